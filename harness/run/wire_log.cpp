#include <crumbproof/run/wire_log.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <utility>
#include <variant>

#include <fmt/format.h>

namespace crumbproof::run {

namespace {

/// The contents of a Set-Cookie field with a name in the place of the value. An empty value, which
/// deletes as a rule, stays.
std::string without_value(const std::string& content, const twilio::AnswerCookies::Cookie& cookie,
                          const CookieValues& values) {
  const auto* set = std::get_if<twilio::SetCookie>(&cookie);
  if (set == nullptr) return "(a Set-Cookie that is no cookie)";
  const std::size_t end = content.find(';');
  const std::string attributes = end == std::string::npos ? std::string() : content.substr(end);
  if (set->value.empty()) return fmt::format("{}={}", set->name, attributes);
  return fmt::format("{}=<value {}>{}", set->name, values.number_of(set->name, set->value),
                     attributes);
}

}  // namespace

WireLog::WireLog(Answers& answers, const SenderSettings& settings)
    : identities_("report"), written_(answers, settings, identities_, unused_) {}

std::optional<AppAnswer> WireLog::answer(const AppRequest& request, CookieValues& values) {
  auto answer = written_.answer(request, values);
  if (answer) write_down(request, *answer, values);
  return answer;
}

std::optional<std::vector<AppAnswer>> WireLog::answer_together(std::span<const AppRequest> requests,
                                                               CookieValues& values) {
  auto answers = written_.answer_together(requests, values);
  for (std::size_t i = 0; answers && i < requests.size(); ++i) {
    write_down(requests[i], answers->at(i), values);
  }
  return answers;
}

void WireLog::write_down(const AppRequest& request, const AppAnswer& answer,
                         const CookieValues& values) {
  const twilio::Request& sent = written_.requests().at(request.number);
  const Pseudonyms& pseudonyms = written_.pseudonyms();
  WireStep& step = steps_[request.number];
  for (const twilio::Field& field : sent.parameters) {
    step.parameters.push_back({field.name, twilio::valid_utf8(pseudonyms.hide(field.value))});
  }
  step.token =
      pseudonyms.hide(twilio::find_header(sent.headers, "I-Twilio-Idempotency-Token").value_or(""));
  std::size_t n = 0;
  for (const twilio::Field& field : answer.cookies.fields()) {
    if (!twilio::is_set_cookie(field)) continue;
    const std::string content = without_value(field.value, answer.cookies.cookies()[n++], values);
    step.set_cookies.push_back(twilio::valid_utf8(pseudonyms.hide(content)));
  }
}

void WireLog::complete(Wire& wire) {
  for (auto& [number, step] : steps_) {
    WireStep& known = wire.steps.at(number.index() - 1);
    known.parameters = std::move(step.parameters);
    known.token = std::move(step.token);
    known.set_cookies = std::move(step.set_cookies);
  }
}

}  // namespace crumbproof::run
