#include <crumbproof/search/weak_tests.hpp>

#include <algorithm>
#include <utility>

namespace crumbproof::search {

namespace {

constexpr std::string_view kNoneSet =
    "no cookie was ever set: this check says nothing about cookies; do its messages reach the "
    "code that sets one?";
constexpr std::string_view kNoneSent =
    "no cookie was ever sent back: see its Domain, Path, Secure and lifetime, or let the "
    "conversation go on after it is set";
constexpr std::string_view kOneReply =
    "every reply was the same: a dependency could not have shown; say something that is "
    "answered in another way";
constexpr std::string_view kNoMemory =
    "nothing the app did depended on what was said before: a forgotten conversation could not "
    "have shown";

std::string reply(const run::Executed& executed, std::size_t message) {
  return properties::describe(executed.trace, executed.trace.outcomes.at(message));
}

/// Whether any reply of a conversation differs from what the same words get as a first message.
bool anything_depends_on_earlier_messages(Judge& judge, const Conversations& conversations) {
  run::SameDeliveries no_fault({});
  for (const std::vector<Message>& control : conversations.controls()) {
    const run::Executed whole = *judge.judge({control, control}, no_fault).twin;
    for (std::size_t i = 1; i < control.size(); ++i) {
      std::vector<Message> alone{control[i]};
      alone.front().pair = PairIndex(0);
      alone.front().at = Instant{};
      const run::Executed first = *judge.judge({alone, alone}, no_fault).twin;
      if (judge.masks().apply(reply(whole, i)) != judge.masks().apply(reply(first, 0))) return true;
    }
  }
  return false;
}

}  // namespace

std::vector<std::string> weak_test_warnings(Inquiry& inquiry, const Conversations& conversations) {
  const Inquiry::Seen& seen = inquiry.seen();
  std::vector<std::string> warnings;
  if (!seen.cookie_set) {
    warnings.emplace_back(kNoneSet);
  } else if (!seen.cookie_sent) {
    warnings.emplace_back(kNoneSent);
  }
  if (!seen.replies_differ) {
    warnings.emplace_back(kOneReply);
  } else if (conversations.max_messages() > 1 &&
             !anything_depends_on_earlier_messages(inquiry.judge(), conversations)) {
    warnings.emplace_back(kNoMemory);
  }
  if (seen.mask_covers_reply) {
    warnings.emplace_back("a mask covered all of a reply, so nothing of that reply was compared");
  }
  return warnings;
}

bool says_that_nothing_was_seen(std::string_view warning) {
  return warning == kNoneSet || warning == kNoneSent || warning == kOneReply ||
         warning == kNoMemory;
}

}  // namespace crumbproof::search
