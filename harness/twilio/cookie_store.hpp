#pragma once

#include <crumbproof/sim/clock.hpp>
#include <crumbproof/sim/ids.hpp>
#include <crumbproof/twilio/answer_cookies.hpp>
#include <crumbproof/twilio/url.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::twilio {

/// How long Twilio keeps a cookie at most, and when nothing shorter is asked for
/// (https://help.twilio.com/articles/223136287).
inline constexpr Duration kCookieLifetime = std::chrono::hours(4);

/// A cookie as Twilio keeps it.
struct StoredCookie {
  std::string name;         ///< as it was set; names differ by case
  std::string value;        ///< as it was set
  std::string domain;       ///< lower case: the Domain attribute, or the host that set it
  bool host_only = true;    ///< set without a Domain: goes back to that very host alone
  std::string path;         ///< the Path attribute, or the folder of the URL that set it
  bool secure = false;      ///< goes over https alone
  Duration lifetime{0};     ///< from when it was set
  Instant expires;          ///< at this moment and later it is not sent
  std::size_t created = 0;  ///< order of creation; a replacement keeps it (RFC 6265 5.3 step 11)
  DeliveryNumber set_by;    ///< the delivery whose answer first gave it this value

  friend bool operator==(const StoredCookie&, const StoredCookie&) = default;
};

/// What the store makes of the answer to one request.
struct CookieWrite {
  AnswerCookies cookies;    ///< of the answer
  Url url;                  ///< that was requested
  Instant answered;         ///< lifetimes count from here, whenever the answer is stored
  DeliveryNumber delivery;  ///< whose answer it is
};

/// Where Twilio's rules for cookies are not known (Assumptions of the same names).
struct CookieRules {
  bool one_cookie = false;        ///< the last one set replaces all
  bool any_path = false;          ///< Path is ignored
  bool sliding_lifetime = false;  ///< each webhook renews all

  friend bool operator==(const CookieRules&, const CookieRules&) = default;
};

/// Which cookies time takes away.
enum class Expiry : bool {
  observed,  ///< an expired cookie is not sent, as at Twilio
  ignored,   ///< the fresh twin's store: only deletion takes a cookie away
};

/// The cookies of one (From, To) pair. Every write that changes something makes a new version, and
/// the old ones are kept, so that a stale read is possible. Version 0 is the empty store.
class CookieStore {
 public:
  CookieStore() = default;
  /// A store without cookies.
  explicit CookieStore(CookieRules rules) : rules_(rules) {}

  /// Stores what the answer sets, by RFC 6265 section 5.3 and Twilio's lifetime. Returns warnings
  /// for the app's author, one sentence each, as in "Set-Cookie 'sid' asks for 86400 s; Twilio
  /// keeps it 4 h"; 20 at most. They never quote a cookie's value.
  ///
  /// Max-Age counts before Expires; Expires is counted from the answer's Date, that is by the app's
  /// own clock. Without a Date that can be read there is no clock to ask: then an Expires before
  /// the year 2000, the usual way to delete a cookie, deletes it, and any other leaves it the full
  /// lifetime, with a warning.
  ///
  /// A cookie that had expired when the answer was given is gone, as at Twilio, so setting it again
  /// creates it anew. No list of public suffixes is consulted: RFC 6265 leaves that to the user
  /// agent, and nothing is published of Twilio's.
  std::vector<std::string> write(const CookieWrite& write);

  /// Whether write() would change anything.
  [[nodiscard]] bool would_change(const CookieWrite& write) const;

  /// A webhook of the pair sets out: where lifetimes slide, those that live get the full one anew.
  void touch(Instant now);

  /// The latest version's number.
  [[nodiscard]] std::size_t version() const { return versions_.size() - 1; }

  /// All cookies of that version, expired ones too, in order of creation. Throws std::out_of_range
  /// for a version later than the latest.
  [[nodiscard]] const std::vector<StoredCookie>& all_of(std::size_t version) const {
    return versions_.at(version);
  }

  /// The cookies that a request to `url` at `now` carries from that version of the store, in the
  /// order of RFC 6265 section 5.4: longer paths first, then older ones. Throws std::out_of_range
  /// for a version later than the latest.
  [[nodiscard]] std::vector<StoredCookie> cookies_for(std::size_t version, const Url& url,
                                                      Instant now, Expiry expiry) const;

 private:
  using Version = std::vector<StoredCookie>;

  CookieRules rules_;
  std::vector<Version> versions_{Version{}};  // each in order of creation
  std::size_t creations_ = 0;
};

/// The content of the Cookie header: "a=1; b=2"; empty for no cookies.
std::string cookie_header(const std::vector<StoredCookie>& cookies);

}  // namespace crumbproof::twilio
