#include <crumbproof/api/form.hpp>
#include <crumbproof/api/messages.hpp>
#include <crumbproof/twilio/base64.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <string>

#include <fmt/format.h>
#include <hold.hpp>
#include <input.hpp>
#include <nlohmann/json.hpp>
#include <targets.hpp>

namespace crumbproof::fuzz {

namespace {

constexpr std::string_view kSid = "AC00000000000000000000000000000001";

/// What the API answers, whatever is asked: JSON in Twilio's way, with a body that is valid UTF-8
/// and no cookie.
nlohmann::json hold_answer(const twilio::Response& response) {
  hold(response.status >= 200 && response.status < 500, "an answer is no crash");
  hold(!twilio::find_header(response.headers, "Set-Cookie"), "the API sets no cookies");
  for (const twilio::Field& field : response.headers) {
    hold(field.value.find_first_of("\r\n") == std::string::npos, "a field ends where it ends");
  }
  const auto json = nlohmann::json::parse(response.body, nullptr, false);
  hold(json.is_object(), "an answer is JSON");
  if (response.status >= 400) {
    hold(json.at("code").is_number() && json.at("message").is_string(), "a refusal has its code");
  }
  return json;
}

}  // namespace

/// The path behind the account's on the first line, and the form.
void fuzz_form(std::string_view bytes) {
  Input input(bytes);
  const std::string path = fmt::format("/2010-04-01/Accounts/{}{}", kSid, input.line());
  const std::string_view form = input.rest();
  const auto fields = api::parse_form(form);
  hold(api::parse_form(twilio::form_encode(fields)) == fields, "a form that is written reads back");

  api::Messages messages({std::string(kSid), "token", "+15005550006", "", {}},
                         twilio::Identities("fuzz"));
  const std::string user = "Basic " + twilio::base64(std::string(kSid) + ":token");
  const auto made = hold_answer(messages.answer({"POST", path, user, std::string(form)}));
  hold_answer(messages.answer({"GET", path, user, ""}));
  hold(messages.answer({"POST", path, std::string(form), std::string(form)}).status >= 400,
       "without the password nothing is made");
  if (!made.contains("sid")) return;
  const auto shown =
      hold_answer(messages.answer({"GET",
                                   fmt::format("/2010-04-01/Accounts/{}/Messages/{}.json", kSid,
                                               made.at("sid").get<std::string>()),
                                   user, ""}));
  hold(shown == made, "a message that was made is there");
}

}  // namespace crumbproof::fuzz
