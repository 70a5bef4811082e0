#include <crumbproof/proxy/foreign_page.hpp>

#include <optional>
#include <string>

#include "../http/scripted_server.hpp"
#include "between.hpp"
#include "webhooks.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::proxy;

namespace {

bool is_foreign(const std::string& host, const std::string& more,
                const std::optional<twilio::Url>& public_url = {}) {
  return is_from_foreign_page(Head("POST /sms HTTP/1.1\r\nHost: " + host + "\r\n" + more + "\r\n"),
                              public_url);
}

}  // namespace

TEST_CASE("Who is no browser comes from no page, whatever the Host") {
  CHECK(!is_foreign("app.example.com", ""));
  CHECK(!is_foreign("127.0.0.1:8080", "Sec-Fetch-Site: none\r\n"));
}

TEST_CASE("The app's own pages may ask") {
  CHECK(!is_foreign("127.0.0.1:8080", "Origin: http://127.0.0.1:8080\r\n"));
  CHECK(!is_foreign("localhost:8080",
                    "Origin: http://localhost:8080\r\nSec-Fetch-Site: same-origin\r\n"));
  CHECK(!is_foreign("127.0.0.1:8080", "Origin: https://shop.example\r\n",
                    twilio::Url::parse("https://shop.example")));
}

TEST_CASE("Pages of other sites may not, nor those under a name that leads here") {
  CHECK(is_foreign("127.0.0.1:8080", "Origin: http://evil.example\r\n"));
  CHECK(is_foreign("127.0.0.1:8080", "Origin: null\r\n"));
  CHECK(is_foreign("127.0.0.1:8080", "Origin: http://127.0.0.1:9\r\n"));
  CHECK(is_foreign("evil.example:8080", "Origin: http://evil.example:8080\r\n"));
  CHECK(is_foreign("127.0.0.1:8080", "Sec-Fetch-Site: cross-site\r\n"));
  CHECK(is_foreign("127.0.0.1:8080", "Sec-Fetch-Site: same-site\r\n"));
  CHECK(is_foreign("127.0.0.1:8080",
                   "Origin: http://127.0.0.1:8080\r\nOrigin: http://evil.example\r\n"));
}

TEST_CASE("A webhook that another site's page sends does not reach the app") {
  ScriptedServer app({});
  RunningProxy proxy(app.url(""));
  RawSender sender(proxy.port());
  sender.send(webhook_bytes("+14155550101", "hi", "", "Origin: http://evil.example\r\n"));
  CHECK_THAT(sender.answer(), Catch::StartsWith("HTTP/1.1 403 Forbidden\r\n") &&
                                  Catch::Contains("a page of another site has sent this"));
  proxy.finish();
  CHECK(proxy.notes() == "refused: a page of another site has sent it;");
}
