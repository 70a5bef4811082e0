#include <algorithm>
#include <array>

#include <targets.hpp>

namespace crumbproof::fuzz {

namespace {

constexpr std::array kTargets{
    Target{"cookie-date",
           "a date is within 1601 to 9999, and reads back from all three forms of HTTP",
           fuzz_cookie_date},
    Target{"cookie-store",
           "a Cookie header has what was set, goes where it may, and has no byte that ends it",
           fuzz_cookie_store},
    Target{"form",
           "a form reads back; whatever the API is asked, it answers JSON and sets no cookie",
           fuzz_form},
    Target{"http-answer", "bytes in any pieces are one answer, within its bounds, and read back",
           fuzz_http_answer},
    Target{"http-auth", "an answer to a challenge is one field of one scheme", fuzz_http_auth},
    Target{"kept-failure", "a kept failure reads back, and its file name is no path",
           fuzz_kept_failure},
    Target{"merge", "shards in any order make one report, which verify can read", fuzz_merge},
    Target{"overrides", "each override is within its range, and all read back", fuzz_overrides},
    Target{"phone-desk",
           "what is not the page's own is refused and does nothing; what is saved reads back",
           fuzz_phone_desk},
    Target{"proxy-framing", "bytes in any pieces are one message, and none is lost or moved",
           fuzz_proxy_framing},
    Target{"proxy-head", "an edit of one field leaves all others as they were", fuzz_proxy_head},
    Target{"replay", "a replay file reads back, and its traces have the same hashes", fuzz_replay},
    Target{"resume", "a record of a stopped check reads back, and no execution is lost",
           fuzz_resume},
    Target{"retry-after", "a wait is from nothing to an hour, and reads back", fuzz_retry_after},
    Target{"scenario", "a scenario reads back, and all its texts are valid UTF-8", fuzz_scenario},
    Target{"secrets", "no form of a secret is left in a text, and no password in its URLs",
           fuzz_secrets},
    Target{"set-cookie", "a cookie has no separators and no forbidden bytes, and reads back",
           fuzz_set_cookie},
    Target{"signature", "parameters in any order have one signature; base64 reads back",
           fuzz_signature},
    Target{"twiml", "a document is within Twilio's limits, and its messages read back", fuzz_twiml},
    Target{"url", "a URL reads back, ends no request line, and no complaint tells its password",
           fuzz_url},
    Target{"verify", "a report is verified, or what is wrong with it is told on one line",
           fuzz_verify},
    Target{"webhook",
           "a recording is a scenario with what was said; a signature that is made is right",
           fuzz_webhook},
};

}  // namespace

std::span<const Target> targets() { return kTargets; }

const Target* find_target(std::string_view name) {
  const auto* const found = std::ranges::find(kTargets, name, &Target::name);
  return found == kTargets.end() ? nullptr : found;
}

}  // namespace crumbproof::fuzz
