#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/faults/forgery.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace crumbproof::faults {

namespace {

bool is_cookie_octet(char c) {
  return c > ' ' && c < '\x7f' && c != '"' && c != ',' && c != ';' && c != '\\';
}

class Forged final : public FaultKind {
 public:
  [[nodiscard]] std::string_view name() const override { return "forged"; }
  [[nodiscard]] std::string_view summary() const override {
    return "a cookie with altered content is sent: a bit flipped, its last part cut off, or one "
           "that "
           "was deleted sent again";
  }
  [[nodiscard]] Family family() const override { return Family::tampering; }
  [[nodiscard]] bool is_default() const override { return false; }

  [[nodiscard]] std::vector<Offer<ReadEffect>> at_read(const ReadSeam& seam) const override {
    std::vector<Offer<ReadEffect>> offers;
    const auto own =
        seam.store.cookies_for(seam.snapshot, seam.url, seam.triggered, twilio::Expiry::observed);
    for (const twilio::StoredCookie& cookie : own) {
      for (const auto& [how, value] :
           {std::pair("flip", flipped(cookie.value)), std::pair("cut", cut(cookie.value))}) {
        if (value == cookie.value) continue;
        offers.push_back({ReadEffect{own, false, {{cookie.name, value, how}}},
                          Parameter{how, std::vector<std::string>{cookie.name}}});
      }
    }
    for (const twilio::StoredCookie& deleted : deleted_cookies(seam, own)) {
      std::vector<twilio::StoredCookie> revived = own;
      revived.push_back(deleted);
      offers.push_back({ReadEffect{.cookies = std::move(revived)},
                        Parameter{"revive", std::vector<std::string>{deleted.name}}});
    }
    return offers;
  }

 private:
  /// The latest value of each cookie that was there and is no more, though its time is not up: what
  /// someone who kept a copy can send after the app has ended the session.
  static std::vector<twilio::StoredCookie> deleted_cookies(
      const ReadSeam& seam, const std::vector<twilio::StoredCookie>& own) {
    std::vector<twilio::StoredCookie> deleted;
    for (std::size_t version = seam.snapshot; version-- > 0;) {
      for (twilio::StoredCookie& cookie :
           seam.store.cookies_for(version, seam.url, seam.triggered, twilio::Expiry::observed)) {
        const auto is_known = [&](const std::vector<twilio::StoredCookie>& cookies) {
          return std::ranges::find(cookies, cookie.name, &twilio::StoredCookie::name) !=
                 cookies.end();
        };
        if (!is_known(own) && !is_known(deleted)) deleted.push_back(std::move(cookie));
      }
    }
    return deleted;
  }
};

}  // namespace

std::string flipped(std::string value) {
  for (std::size_t at = value.size() / 2; at < value.size(); ++at) {
    const char other = static_cast<char>(value[at] ^ 1);
    if (!is_cookie_octet(other)) continue;
    value[at] = other;
    break;
  }
  return value;
}

std::string cut(const std::string& value) {
  const std::size_t separator = value.find_last_of(".:|-");
  if (separator != std::string::npos && separator > 0) return value.substr(0, separator);
  return value.substr(0, value.size() / 2);
}

const FaultKind& forged() {
  static const Forged kKind;
  return kKind;
}

}  // namespace crumbproof::faults
