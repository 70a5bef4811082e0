#include <crumbproof/twilio/ascii.hpp>
#include <crumbproof/twilio/cookie_match.hpp>
#include <crumbproof/twilio/cookie_store.hpp>
#include <crumbproof/twilio/set_cookie.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>
#include <variant>

#include <fmt/format.h>

namespace crumbproof::twilio {

namespace {

using std::chrono::seconds;

constexpr std::size_t kMostBytes = 4096;        // of name and value together, as RFC 6265bis counts
constexpr std::ptrdiff_t kMostCookies = 50;     // of a domain
constexpr std::size_t kMostStoreWarnings = 20;  // ours: an answer may set thousands
constexpr std::size_t kMostQuoted = 60;         // ours: a name may have as many bytes as an answer
// In seconds, so that a comparison with any Max-Age cannot overflow.
constexpr auto kLongestLifetime = std::chrono::duration_cast<seconds>(kCookieLifetime);
constexpr auto kLifetimeHours = std::chrono::duration_cast<std::chrono::hours>(kCookieLifetime);
constexpr std::chrono::sys_seconds kSurelyPast =
    std::chrono::sys_days(std::chrono::year(2000) / std::chrono::January / 1);

/// What RFC 6265bis asks of a cookie whose name begins so, and this one does not fulfil; empty for
/// any other cookie.
std::string_view broken_prefix_rule(const SetCookie& set) {
  const std::string name = lower_case(set.name);
  if (name.starts_with("__secure-") && !set.secure) return "__Secure- needs Secure";
  if (name.starts_with("__host-") && !(set.secure && set.path == "/" && set.domain.empty())) {
    return "__Host- needs Secure, Path=/ and no Domain";
  }
  return {};
}

/// The storing of one answer's cookies, on a copy of the store's.
class Storing {
 public:
  struct Result {
    std::vector<StoredCookie> cookies;
    std::size_t creations;
    std::vector<std::string> warnings;
  };

  Storing(const CookieWrite& write, CookieRules rules, std::vector<StoredCookie> cookies,
          std::size_t creations)
      : write_(write), rules_(rules), result_{std::move(cookies), creations, {}} {}

  Result run() && {
    for (const AnswerCookies::Cookie& cookie : write_.cookies.cookies()) {
      if (const auto* const rejected = std::get_if<RejectedCookie>(&cookie)) {
        warn(fmt::format("A Set-Cookie is not stored: {}", rejected->reason));
      } else {
        store(std::get<SetCookie>(cookie));
      }
    }
    return std::move(result_);
  }

 private:
  /// RFC 6265 section 5.3.
  void store(const SetCookie& set) {
    if (const std::size_t bytes = set.name.size() + set.value.size(); bytes > kMostBytes) {
      warn(set, fmt::format("has {} bytes of name and value; with more than {} it is not stored",
                            bytes, kMostBytes));
      return;
    }
    const Url& url = write_.url;
    if (!set.domain.empty() && !domain_matches(url.host, set.domain)) {
      warn(set, fmt::format("has Domain={}, which {} is not in; it is not stored",
                            quotable(set.domain, kMostQuoted), url.host));
      return;
    }

    StoredCookie cookie;
    cookie.name = set.name;
    cookie.value = set.value;
    cookie.domain = set.domain.empty() ? url.host : set.domain;
    cookie.host_only = set.domain.empty();
    cookie.path = set.path.empty() ? default_path(url.path) : set.path;
    cookie.secure = set.secure;
    cookie.set_by = write_.delivery;

    const seconds asked = asked_lifetime(set);
    if (asked <= seconds::zero()) {
      forget(cookie);
      return;
    }
    if (asked > kLongestLifetime) {
      warn(set, fmt::format("asks for {} s; Twilio keeps it {} h", asked.count(),
                            kLifetimeHours.count()));
    }
    cookie.lifetime = std::min(asked, kLongestLifetime);
    cookie.expires = write_.answered + cookie.lifetime;
    warn_of_reach(set, cookie);
    keep(set, std::move(cookie));
  }

  /// How long the cookie asks to live; 0 or less to be deleted.
  seconds asked_lifetime(const SetCookie& set) {
    if (set.max_age) return *set.max_age;
    if (!set.expires) return kLongestLifetime;
    if (const auto date = write_.cookies.date()) return *set.expires - *date;
    if (*set.expires < kSurelyPast) return seconds::zero();
    warn(set, fmt::format("has an Expires, but its answer has no Date to count from; it is kept "
                          "{} h",
                          kLifetimeHours.count()));
    return kLongestLifetime;
  }

  /// Warns if a browser would not take the cookie, and if it will not come back to where it was
  /// set.
  void warn_of_reach(const SetCookie& set, const StoredCookie& cookie) {
    if (const std::string_view rule = broken_prefix_rule(set); !rule.empty()) {
      warn(set, fmt::format("would be refused by a browser: {}", rule));
    }
    if (cookie.secure && write_.url.scheme != "https") {
      warn(set, "is Secure; it will not be sent over http");
    }
    if (!rules_.any_path && !path_matches(write_.url.path, cookie.path)) {
      warn(set, fmt::format("has Path={}; it will not come back to {}",
                            quotable(cookie.path, kMostQuoted),
                            write_.url.path.empty() ? "/" : write_.url.path));
    }
  }

  /// RFC 6265 section 5.3 steps 11 and 12, and its limit on the cookies of a domain.
  void keep(const SetCookie& set, StoredCookie cookie) {
    if (rules_.one_cookie) {
      std::erase_if(result_.cookies,
                    [&](const StoredCookie& other) { return !has_same_key(other, cookie); });
    }
    const auto old = same_key(cookie);
    if (old != result_.cookies.end() && is_alive(*old)) {
      cookie.created = old->created;
      if (cookie.value == old->value) cookie.set_by = old->set_by;
      *old = std::move(cookie);
      return;
    }
    forget(cookie);  // one that had expired
    cookie.created = result_.creations++;
    result_.cookies.push_back(std::move(cookie));
    drop_oldest_over_limit(set);
  }

  /// After a cookie was added at the end. Expired ones do not count and stay, for Expiry::ignored.
  void drop_oldest_over_limit(const SetCookie& set) {
    std::vector<StoredCookie>& cookies = result_.cookies;
    const std::string& domain = cookies.back().domain;
    const auto counts = [&](const StoredCookie& cookie) {
      return cookie.domain == domain && is_alive(cookie);
    };
    if (std::count_if(cookies.begin(), cookies.end(), counts) <= kMostCookies) return;
    const auto oldest = std::find_if(cookies.begin(), cookies.end(), counts);
    warn(set, fmt::format("makes more than {} cookies of {}; the oldest, '{}', is dropped",
                          kMostCookies, domain, quotable(oldest->name, kMostQuoted)));
    cookies.erase(oldest);
  }

  void forget(const StoredCookie& cookie) {
    const auto old = same_key(cookie);
    if (old != result_.cookies.end()) result_.cookies.erase(old);
  }

  std::vector<StoredCookie>::iterator same_key(const StoredCookie& cookie) {
    return std::find_if(result_.cookies.begin(), result_.cookies.end(),
                        [&](const StoredCookie& old) { return has_same_key(old, cookie); });
  }

  static bool has_same_key(const StoredCookie& one, const StoredCookie& other) {
    return std::tie(one.name, one.domain, one.path) ==
           std::tie(other.name, other.domain, other.path);
  }

  [[nodiscard]] bool is_alive(const StoredCookie& cookie) const {
    return cookie.expires > write_.answered;
  }

  void warn(const SetCookie& set, std::string_view what) {
    warn(fmt::format("Set-Cookie '{}' {}", quotable(set.name, kMostQuoted), what));
  }

  void warn(std::string warning) {
    if (result_.warnings.size() < kMostStoreWarnings)
      result_.warnings.push_back(std::move(warning));
  }

  const CookieWrite& write_;
  CookieRules rules_;
  Result result_;
};

/// RFC 6265 section 5.4 step 1.
bool goes_to(const StoredCookie& cookie, const Url& url, bool any_path) {
  const bool host =
      cookie.host_only ? url.host == cookie.domain : domain_matches(url.host, cookie.domain);
  return host && (any_path || path_matches(url.path, cookie.path)) &&
         (!cookie.secure || url.scheme == "https");
}

}  // namespace

std::vector<std::string> CookieStore::write(const CookieWrite& write) {
  Storing::Result result = Storing(write, rules_, versions_.back(), creations_).run();
  if (result.cookies != versions_.back()) {
    versions_.push_back(std::move(result.cookies));
    creations_ = result.creations;
  }
  return std::move(result.warnings);
}

bool CookieStore::would_change(const CookieWrite& write) const {
  return Storing(write, rules_, versions_.back(), creations_).run().cookies != versions_.back();
}

void CookieStore::touch(Instant now) {
  if (!rules_.sliding_lifetime) return;
  for (Version& version : versions_) {
    for (StoredCookie& cookie : version) {
      if (cookie.expires > now && cookie.lifetime == kCookieLifetime) {
        cookie.expires = now + kCookieLifetime;
      }
    }
  }
}

std::vector<StoredCookie> CookieStore::cookies_for(std::size_t version, const Url& url, Instant now,
                                                   Expiry expiry) const {
  std::vector<StoredCookie> sent;
  for (const StoredCookie& cookie : versions_.at(version)) {
    if (expiry == Expiry::observed && cookie.expires <= now) continue;
    if (goes_to(cookie, url, rules_.any_path)) sent.push_back(cookie);
  }
  // A version is in order of creation already.
  const auto longer_path = [](const StoredCookie& a, const StoredCookie& b) {
    return a.path.size() > b.path.size();
  };
  if (sent.size() > 1) std::stable_sort(sent.begin(), sent.end(), longer_path);
  return sent;
}

std::string cookie_header(const std::vector<StoredCookie>& cookies) {
  std::string header;
  for (const StoredCookie& cookie : cookies) {
    if (!header.empty()) header += "; ";
    header += fmt::format("{}={}", cookie.name, cookie.value);
  }
  return header;
}

}  // namespace crumbproof::twilio
