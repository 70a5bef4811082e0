#include <crumbproof/twilio/ascii.hpp>
#include <crumbproof/twilio/cookie_match.hpp>
#include <crumbproof/twilio/cookie_store.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include <hold.hpp>
#include <input.hpp>
#include <targets.hpp>

namespace crumbproof::fuzz {

namespace {

using twilio::CookieStore;
using twilio::CookieWrite;
using twilio::Expiry;
using twilio::StoredCookie;
using twilio::Url;

constexpr std::size_t kMostCookies = 50;  // of a domain
constexpr std::size_t kMostBytes = 4096;  // of name and value

/// A pair's store, and all that has happened to it.
class Course {
 public:
  explicit Course(std::size_t rules)
      : rules_{(rules & 1U) != 0, (rules & 2U) != 0, (rules & 4U) != 0}, store_(rules_) {}

  /// A line: a URL asked for, as many `+` as times ten minutes pass, or a field of the answer to
  /// the last request.
  void take(std::string_view line) {
    if (line.starts_with("http")) {
      answer();
      if (const auto url = read_or_complain([&] { return Url::parse(line); })) url_ = *url;
      ask();
    } else if (line.starts_with('+')) {
      answer();
      constexpr std::size_t kStep = 600;
      now_ += std::chrono::seconds(kStep * line.size());
      store_.touch(now_);
    } else if (line.starts_with("Date: ")) {
      fields_.push_back({"Date", std::string(line.substr(6))});
    } else {
      fields_.push_back({"Set-Cookie", std::string(line)});
    }
  }

  void end() {
    answer();
    ask();
  }

 private:
  /// Stores what the fields set, and holds what is said of it.
  void answer() {
    if (fields_.empty()) return;
    const CookieWrite write{twilio::AnswerCookies(fields_), url_, now_, delivery_};
    for (const auto& cookie : write.cookies.cookies()) {
      if (const auto* const set = std::get_if<twilio::SetCookie>(&cookie)) names_.insert(set->name);
    }
    const std::size_t before = store_.version();
    const bool would_change = store_.would_change(write);
    for (const std::string& warning : store_.write(write)) {
      hold(!warning.empty(), "a warning says something");
    }
    hold(store_.version() == before + (would_change ? 1 : 0),
         "what would change makes a version, and nothing else does");
    fields_.clear();
    delivery_ = delivery_.next();
    hold_of(store_.all_of(store_.version()));
  }

  void hold_of(const std::vector<StoredCookie>& cookies) const {
    std::set<std::tuple<std::string, std::string, std::string>> keys;
    std::map<std::string, std::size_t> alive;
    for (std::size_t i = 0; i < cookies.size(); ++i) {
      const StoredCookie& cookie = cookies[i];
      hold(names_.contains(cookie.name), "a name in the store was set");
      hold(cookie.name.size() + cookie.value.size() <= kMostBytes, "no cookie is too long");
      hold(keys.insert({cookie.name, cookie.domain, cookie.path}).second,
           "no two cookies have name, domain and path in common");
      hold(cookie.path.starts_with('/'), "a path begins with a slash");
      hold(cookie.lifetime > Duration::zero() && cookie.lifetime <= twilio::kCookieLifetime,
           "a cookie lives for up to four hours");
      hold(cookie.domain == twilio::lower_case(cookie.domain), "a domain is in lower case");
      hold(i == 0 || cookies[i - 1].created < cookie.created, "cookies are in order of creation");
      if (cookie.expires > now_) ++alive[cookie.domain];
    }
    hold(!rules_.one_cookie || cookies.size() <= 1, "of one cookie there is one at most");
    for (const auto& [domain, count] : alive) {
      hold(count <= kMostCookies, "a domain has fifty cookies at most");
    }
  }

  /// Holds of a request what is said of its cookies, of each version.
  void ask() const {
    for (std::size_t version = 0; version <= store_.version(); ++version) {
      const auto sent = store_.cookies_for(version, url_, now_, Expiry::observed);
      const auto ever = store_.cookies_for(version, url_, now_, Expiry::ignored);
      hold(std::ranges::includes(created(ever), created(sent)),
           "what is sent is sent without expiry too");
      for (std::size_t i = 0; i < sent.size(); ++i) {
        hold_of_sent(sent[i]);
        hold(i == 0 || sent[i - 1].path.size() >= sent[i].path.size(), "longer paths come first");
      }
      hold_of_header(twilio::cookie_header(sent), sent);
    }
  }

  void hold_of_sent(const StoredCookie& cookie) const {
    hold(cookie.expires > now_, "nothing is sent that has expired");
    hold(!cookie.secure || url_.scheme == "https", "Secure goes over https alone");
    hold(cookie.host_only ? cookie.domain == url_.host
                          : twilio::domain_matches(url_.host, cookie.domain),
         "a cookie goes to its own hosts");
    hold(rules_.any_path || twilio::path_matches(url_.path, cookie.path),
         "a cookie goes to its own paths");
  }

  /// The header has the cookies that are sent, one after the other, and nothing else: no name that
  /// was not set, no byte that would end the field.
  static void hold_of_header(std::string_view header, const std::vector<StoredCookie>& sent) {
    constexpr std::string_view kControl("\0\t\n\v\f\r", 6);
    hold(header.find_first_of(kControl) == std::string_view::npos,
         "the header has no control bytes that would end it");
    for (const StoredCookie& cookie : sent) {
      const std::string pair = cookie.name + '=' + cookie.value;
      hold(header.starts_with(pair), "the header has each cookie in turn");
      header.remove_prefix(pair.size());
      hold(header.empty() || header.starts_with("; "), "cookies are set apart");
      header.remove_prefix(std::min<std::size_t>(header.size(), 2));
    }
    hold(header.empty(), "the header has nothing beside the cookies");
  }

  static std::vector<std::size_t> created(const std::vector<StoredCookie>& cookies) {
    std::vector<std::size_t> numbers;
    for (const StoredCookie& cookie : cookies) numbers.push_back(cookie.created);
    std::ranges::sort(numbers);
    return numbers;
  }

  twilio::CookieRules rules_;
  CookieStore store_;
  Url url_ = Url::parse("http://shop.example.com/sms/in");
  Instant now_;
  DeliveryNumber delivery_{1};
  std::vector<twilio::Field> fields_;
  std::set<std::string> names_;
};

}  // namespace

void fuzz_cookie_store(std::string_view bytes) {
  Input input(bytes);
  Course course(input.below(8));
  input.line();
  while (!input.empty()) course.take(input.line());
  course.end();
}

}  // namespace crumbproof::fuzz
