// The cookies that frameworks set by default, in the form in which they set them.

#include <chrono>
#include <string>
#include <utility>

#include "pair.hpp"

using namespace crumbproof;
using namespace crumbproof::twilio;
using namespace std::chrono_literals;

namespace {

/// A cookie for all paths of the host, as every one of these frameworks sets it.
SetCookie for_all_paths(std::string name, std::string value, bool http_only) {
  SetCookie cookie;
  cookie.name = std::move(name);
  cookie.value = std::move(value);
  cookie.path = "/";
  cookie.http_only = http_only;
  return cookie;
}

/// It comes back byte for byte, on every path of the host, for 4 h from `set_at`.
void check_comes_back_for_4_hours(const Pair& pair, const std::string& cookie, Duration set_at) {
  CHECK(pair.carries(set_at) == cookie);
  CHECK(pair.carries(set_at, "https://app.test/") == cookie);
  CHECK(pair.carries(set_at, "https://app.test/other/page") == cookie);
  CHECK(pair.carries(set_at, "http://app.test/sms") == cookie);
  CHECK(pair.carries(set_at, "https://www.app.test/sms") == "none");
  CHECK(pair.carries(set_at + 4h - 1ms) == cookie);
  CHECK(pair.carries(set_at + 4h) == "none");
}

}  // namespace

TEST_CASE("express-session: connect.sid is set once, so it ends 4 h after the first answer") {
  const std::string id = "s%3AWm9v-k3T0xQ2hYpLr7uVnB1cE5sJdFa8.Kq%2Fz7nXvP0bT%2B4mYd1RcW8sLgHe";
  const std::string header = "connect.sid=" + id + "; Path=/; HttpOnly";
  CHECK(readable(header) == for_all_paths("connect.sid", id, true));

  Pair pair;
  CHECK(pair.answer({header}).empty());
  // The session is alive, but later answers do not set its cookie again.
  CHECK(pair.answer({}, 1h).empty());
  CHECK(pair.answer({}, 3h).empty());
  check_comes_back_for_4_hours(pair, "connect.sid=" + id, 0ms);

  SECTION("one lost read, and the id of a new session replaces it for good") {
    pair.answer({"connect.sid=s%3Anew.sig; Path=/; HttpOnly"}, 1h);
    check_comes_back_for_4_hours(pair, "connect.sid=s%3Anew.sig", 1h);
    CHECK(pair.kept(1h).size() == 1);
  }
}

TEST_CASE("cookie-session: session and session.sig are two cookies that must agree") {
  const std::string state = "eyJjb3VudCI6MX0=";
  const std::string signature = "Nv3yQm0_K-4hVwX2oZr8sTb6LcE";
  const std::string session = "session=" + state + "; path=/; httponly";
  const std::string session_sig = "session.sig=" + signature + "; path=/; httponly";
  CHECK(readable(session) == for_all_paths("session", state, true));
  CHECK(readable(session_sig) == for_all_paths("session.sig", signature, true));

  Pair pair;
  CHECK(pair.answer({session, session_sig}).empty());
  check_comes_back_for_4_hours(pair, "session=" + state + "; session.sig=" + signature, 0ms);

  pair.answer({"session=eyJjb3VudCI6Mn0=; path=/; httponly",
               "session.sig=b7PpVd_ZkQ1uTn9sWxR3eYc5LaM; path=/; httponly"},
              1h);
  check_comes_back_for_4_hours(
      pair, "session=eyJjb3VudCI6Mn0=; session.sig=b7PpVd_ZkQ1uTn9sWxR3eYc5LaM", 1h);
  // Both are of one version, so a stale read finds two that agree; of two versions in all.
  CHECK(pair.store().version() == 2);
  const auto stale = pair.store().cookies_for(1, Url::parse(kSms), Instant(1h), Expiry::observed);
  CHECK(cookie_header(stale) == "session=" + state + "; session.sig=" + signature);
}

TEST_CASE("Flask: session is the state, set anew whenever it changes") {
  const std::string state = "eyJjb3VudCI6MX0.aXyZ1A.5fQn8Lr_2vK-tWb0sYc7PzHd3Eo";
  const std::string header = "session=" + state + "; HttpOnly; Path=/";
  CHECK(readable(header) == for_all_paths("session", state, true));

  Pair pair;
  CHECK(pair.answer({"session=eyJjb3VudCI6MH0.aXyZ0w.x; HttpOnly; Path=/"}).empty());
  CHECK(pair.answer({header}, 1h).empty());
  // What leaves the state as it is sets nothing, and so renews nothing.
  CHECK(pair.answer({}, 3h).empty());
  check_comes_back_for_4_hours(pair, "session=" + state, 1h);
  CHECK(pair.kept(1h).at(0).set_by == DeliveryNumber(2));
}

TEST_CASE("Rack::Session::Cookie: rack.session is the state, set and so renewed by every answer") {
  const std::string state =
      "BAh7B0kiD3Nlc3Npb25faWQGOgZFVEkiCmNvdW50BjsAVGkG%0A"
      "--0f3c9a7be2d14c58a6b7d0913e5f2c4481ad6b02";
  const std::string header = "rack.session=" + state + "; path=/; HttpOnly";
  CHECK(readable(header) == for_all_paths("rack.session", state, true));

  Pair pair;
  for (const Duration at : {0h, 3h, 6h, 9h}) {
    CHECK(pair.answer({header}, at).empty());
  }
  check_comes_back_for_4_hours(pair, "rack.session=" + state, 9h);
  // The value was the first answer's all along.
  CHECK(pair.kept(9h).at(0).set_by == DeliveryNumber(1));
}

TEST_CASE("PHP: PHPSESSID is the id of a session on the server") {
  const std::string id = "k3v9s0a7qj2m5t8r1c4n6p0b2e";
  const std::string header = "PHPSESSID=" + id + "; path=/";
  CHECK(readable(header) == for_all_paths("PHPSESSID", id, false));

  Pair pair;
  CHECK(pair.answer({header}).empty());
  CHECK(pair.answer({}, 2h).empty());
  check_comes_back_for_4_hours(pair, "PHPSESSID=" + id, 0ms);
}

TEST_CASE("Django: sessionid asks for 2 weeks and is cut to 4 h, with one warning") {
  const std::string id = "q7x2m9c4v1b8n5z0k3j6h2g9f4d1s7a0";
  const std::string header = "sessionid=" + id +
                             "; expires=Wed, 16 Jan 2030 03:04:05 GMT; HttpOnly; "
                             "Max-Age=1209600; Path=/; SameSite=Lax";
  SetCookie expected = for_all_paths("sessionid", id, true);
  expected.max_age = 14 * 24h;
  expected.expires =
      std::chrono::sys_days(std::chrono::year(2030) / std::chrono::January / 16) + 3h + 4min + 5s;
  CHECK(readable(header) == expected);

  Pair pair;
  CHECK(pair.answer_headers({{"Date", "Wed, 02 Jan 2030 03:04:05 GMT"}, {"Set-Cookie", header}},
                            0ms) ==
        Warnings{"Set-Cookie 'sessionid' asks for 1209600 s; Twilio keeps it 4 h"});
  check_comes_back_for_4_hours(pair, "sessionid=" + id, 0ms);
}

TEST_CASE("Servlet: JSESSIONID is the id of a session on the server") {
  const std::string id = "8F3A1C5D7E9B2046A1C3E5D7F9B80246";
  const std::string header = "JSESSIONID=" + id + "; Path=/; HttpOnly";
  CHECK(readable(header) == for_all_paths("JSESSIONID", id, true));

  Pair pair;
  CHECK(pair.answer({header}).empty());
  CHECK(pair.answer({}, 2h).empty());
  check_comes_back_for_4_hours(pair, "JSESSIONID=" + id, 0ms);
}

TEST_CASE("ASP.NET Core: .AspNetCore.Session has a dot in front and attributes in small letters") {
  const std::string id =
      "CfDJ8Kq3n0Z7m%2FxPb1vQe5TgYw2LrHs9uDcNa4jFoXk6Wi8%2BRzVtBpCyMlGhSdEoAfUqJ%3D%3D";
  const std::string header = ".AspNetCore.Session=" + id + "; path=/; samesite=lax; httponly";
  CHECK(readable(header) == for_all_paths(".AspNetCore.Session", id, true));

  Pair pair;
  CHECK(pair.answer({header}).empty());
  CHECK(pair.answer({}, 2h).empty());
  check_comes_back_for_4_hours(pair, ".AspNetCore.Session=" + id, 0ms);
}
