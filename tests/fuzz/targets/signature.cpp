#include <crumbproof/api/form.hpp>
#include <crumbproof/twilio/base64.hpp>
#include <crumbproof/twilio/signature.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <hold.hpp>
#include <input.hpp>
#include <targets.hpp>

namespace crumbproof::fuzz {

/// Token, URL and a form, a line each.
void fuzz_signature(std::string_view bytes) {
  Input input(bytes);
  const std::string_view token = input.line();
  const std::string_view url = input.line();
  const std::string_view form = input.rest();
  auto parameters = api::parse_form(form);
  const std::string made = twilio::signature(token, url, parameters);
  const std::string mac = twilio::base64_decoded(made);
  constexpr std::size_t kBytes = 20;
  hold(mac.size() == kBytes && twilio::base64(mac) == made, "a signature is 20 bytes in base64");
  hold(twilio::base64_decoded(twilio::base64(form)) == form, "base64 reads back the same");
  static_cast<void>(twilio::base64_decoded(form));
  std::ranges::reverse(parameters);
  hold(twilio::signature(token, url, parameters) == made,
       "the order of parameters does not matter");
  if (!parameters.empty()) parameters.push_back(parameters.front());
  hold(twilio::signature(token, url, parameters) == made, "a value that repeats counts once");
  hold(twilio::signature(token, std::string(url) + "x", parameters) != made,
       "another URL has another signature");
}

}  // namespace crumbproof::fuzz
