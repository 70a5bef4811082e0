#include <crumbproof/listening/own_site.hpp>
#include <crumbproof/phone/guard.hpp>

namespace crumbproof::phone {

std::optional<std::string> Guard::refusal(const listening::Request& request, bool is_public) const {
  if (auto why = listening::refusal(request, port)) return why;
  if (is_public) return std::nullopt;
  if (listening::comes_from_another_site(request)) return "it comes from another site";
  if (twilio::find_header(request.headers, kTokenHeader).value_or("") != token) {
    return "it does not carry the page's token";
  }
  return std::nullopt;
}

}  // namespace crumbproof::phone
