#include <crumbproof/twilio/http_auth.hpp>

#include <string>
#include <vector>

#include <fmt/format.h>
#include <hold.hpp>
#include <input.hpp>
#include <targets.hpp>

namespace crumbproof::fuzz {

/// User info of a URL, and then a WWW-Authenticate a line.
void fuzz_http_auth(std::string_view bytes) {
  Input input(bytes);
  const std::string_view user = input.line();
  twilio::Url url = twilio::Url::parse("http://127.0.0.1/");
  if (const auto given = read_or_complain(
          [&] { return twilio::Url::parse(fmt::format("http://{}@127.0.0.1/", user)); })) {
    url = *given;
  }
  const auto credentials =
      twilio::credentials_of(url).value_or(twilio::Credentials{"user", "pa\"ss\\word"});
  std::vector<twilio::Field> headers;
  while (!input.empty()) {
    // As the client's parser lets it through.
    std::string value(input.line());
    std::erase_if(value, [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7f'; });
    headers.push_back({"WWW-Authenticate", value});
  }
  const auto answer = twilio::authorization(headers, credentials, {"POST", "/sms?a=b", "0a4f113b"});
  if (!answer) return;
  hold(answer->starts_with("Digest ") || answer->starts_with("Basic "),
       "an answer is one of the two schemes");
  hold(answer->find_first_of(std::string_view("\0\r\n", 3)) == std::string::npos,
       "an answer is one field");
}

}  // namespace crumbproof::fuzz
