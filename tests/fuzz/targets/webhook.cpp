#include <crumbproof/cli/scenario.hpp>
#include <crumbproof/proxy/anonymizer.hpp>
#include <crumbproof/proxy/framing.hpp>
#include <crumbproof/proxy/incoming.hpp>
#include <crumbproof/proxy/recording.hpp>
#include <crumbproof/proxy/signing.hpp>
#include <crumbproof/twilio/signature.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <optional>
#include <string>

#include <fmt/format.h>
#include <hold.hpp>
#include <input.hpp>
#include <targets.hpp>

namespace crumbproof::fuzz {

namespace {

using proxy::Incoming;

/// What a proxy has recorded is a scenario that check reads, with the words that were said.
void hold_recording(const Incoming& incoming) {
  proxy::Recording recording{std::nullopt};
  recording.add(incoming, std::chrono::milliseconds(0));
  recording.add(incoming, std::chrono::milliseconds(90'061'001));
  if (recording.messages() == 0) return;
  const auto wishes =
      read_or_complain([&] { return cli::parse_scenario(recording.scenario(), "recorded.yaml"); });
  hold(wishes && wishes->scripts && wishes->scripts->size() == 1,
       "a recording is a scenario of one conversation");
  const search::Script& script = wishes->scripts->front();
  hold(script.messages.size() == (incoming.message_sid.empty() ? 2 : 1),
       "what has the same MessageSid counts once");
  hold(script.messages.front().body.size() <= incoming.text.size() * 3 &&
           twilio::valid_utf8(incoming.text).starts_with(script.messages.front().body),
       "what was said is in the recording");
}

/// A signature that is made is right, and one with another byte is not.
void hold_signature(proxy::Head head, const Incoming& incoming) {
  const auto app = twilio::Url::parse("http://127.0.0.1:3000/");
  const auto front = twilio::Url::parse("https://shop.example.com/");
  const proxy::Signing signing("a token", front, app);
  const std::string right = twilio::signature(
      "a token", "https://shop.example.com" + std::string(head.target()), incoming.form);
  head.take("X-Twilio-Signature");
  hold(signing.check(head, incoming) == proxy::Signature::none, "without one there is none");
  head.append({"X-Twilio-Signature: " + right + "\r\n"});
  hold(signing.check(head, incoming) == proxy::Signature::right, "the right one is right");
  signing.sign_anew(head, incoming);
  const proxy::Signing behind("a token", app, app);
  hold(behind.check(head, incoming) == proxy::Signature::right,
       "signed anew it is right for the app");
  head.replace("X-Twilio-Signature", "A" + right.substr(1));
  hold(right.starts_with('A') || signing.check(head, incoming) == proxy::Signature::wrong,
       "another one is wrong");
}

}  // namespace

/// A request as it comes to the proxy.
void fuzz_webhook(std::string_view bytes) {
  proxy::Framing framing(proxy::Framing::Kind::request);
  const std::size_t length = framing.put(bytes);
  if (!framing.head_is_whole() || !framing.complaint().empty()) return;
  const proxy::Head head{std::string(bytes.substr(0, length))};
  const std::string content(bytes.substr(length));
  const auto incoming = proxy::read_webhook(head, content);
  if (!incoming) return;
  hold(proxy::may_be_webhook(head), "what is a webhook may be one");
  hold(!incoming->pair.from.empty() && !incoming->pair.to.empty(), "a webhook names From and To");
  hold(incoming->media.size() <= 10, "a message has ten media at most");
  hold_recording(*incoming);
  hold_signature(head, *incoming);
}

}  // namespace crumbproof::fuzz
