#pragma once

#include <string_view>

namespace crumbproof::cli {

/// What `crumbproof init` writes: a scenario that can be run as it is, and every other key as a
/// comment that only has to lose its '#'. (Prose has one space after it.)
inline constexpr std::string_view kStarterScenario =
    R"(# What crumbproof says to the app, and what it tries; the app's URL is given to the command:
# `crumbproof check http://127.0.0.1:3000/sms`. Options on the command line win over this file.

# Conversations that people have with the app, word for word. Each has a sender of its own.
conversations:
  - name: order a pizza
    say: [order, 2 large, "yes"]

# With time between the messages (7 s if nothing is said), or from two senders in turn:
#  - name: a long break
#    say: [{text: order}, {text: 2 large, after: 5s}, {text: "yes", after: 4h30m}]
#  - name: two senders
#    say: [{text: order, pair: 0}, {text: order, pair: 1}, {text: "yes", pair: 0}]

# With media, with no text at all, or with any further parameter of the webhook:
#  - name: a picture
#    say: [{text: look, media: image/jpeg}, {text: ""}, {text: "yes", parameters: {ButtonText: Yes}}]
# By WhatsApp, from another country (US, CA, GB, DE, FR); both can stand at the top level for all:
#  - name: by WhatsApp from London
#    channel: whatsapp
#    country: GB
#    say: [order, 2 large, "yes"]

# Messages from which further conversations are made, in every order, up to that length.
#alphabet: [order, 2 large, "yes", "no", status]
#max-messages: 4

# How many faults in one conversation at most, and which (see `crumbproof list faults`).
max-faults: 2
#overlap-tries: 5
#faults: [missing, outage, stale, partial, lost-write, late-write, expire]

# What must hold (see `crumbproof list properties`).
#properties: [cookie-missing, cookie-stale, no-crash, loop-free]

# How to look for it: auto, exhaustive or random; how many requests; how many seconds.
#strategy: auto
#budget: 20000
#time-limit: 60

# What may differ between two replies, as regular expressions.
#ignore: ["ticket #[0-9]+"]

# Fetched after each execution and compared, to see what the app has stored.
#probe: http://127.0.0.1:3000/debug/orders?from={From}

# A shell command before each execution. Senders are new each time, so few apps need one.
#before-each: ./reset-db.sh

# The webhook as it is configured at Twilio; the last two of a number in a Messaging Service.
#webhook:
#  method: POST
#  fallback: http://127.0.0.1:3000/fallback
#  overrides: "rc=2&rp=all"
#  messaging-service: MG0123456789abcdef0123456789abcdef
#  opt-out: advanced

# How Twilio behaves where its pages leave it open (see `crumbproof list assumptions`).
#assume: [one-cookie, sliding-lifetime]
)";

}  // namespace crumbproof::cli
