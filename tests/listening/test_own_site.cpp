#include <crumbproof/listening/own_site.hpp>

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof;

namespace {

constexpr std::uint16_t kPort = 4000;

std::string why_refused(std::vector<twilio::Field> headers) {
  return listening::refusal({"GET", "/", std::move(headers), ""}, kPort).value_or("");
}

}  // namespace

TEST_CASE("A request for this machine by its own name is answered") {
  CHECK(why_refused({{"Host", "127.0.0.1:4000"}}).empty());
  CHECK(why_refused({{"host", "localhost:4000"}}).empty());
  CHECK(why_refused({{"Host", "localhost:4000"}, {"Origin", "http://localhost:4000"}}).empty());
}

TEST_CASE("A request for another name, or two, is refused") {
  const auto headers = GENERATE(values<std::vector<twilio::Field>>({
      {},
      {{"Host", "evil.example:4000"}},
      {{"Host", "localhost.evil.example:4000"}},
      {{"Host", "127.0.0.1.nip.io:4000"}},
      {{"Host", "127.0.0.1"}},
      {{"Host", "127.0.0.1:4001"}},
      {{"Host", "localhost:4000"}, {"HOST", "evil.example"}},
  }));
  CHECK(why_refused(headers) == "the Host is not 127.0.0.1:4000");
}

TEST_CASE("A request of another site's page is refused") {
  const std::string origin = GENERATE("http://evil.example", "null", "https://localhost:4000",
                                      "http://127.0.0.1:4000", "http://localhost:4001");
  CHECK(why_refused({{"Host", "localhost:4000"}, {"Origin", origin}}) ==
        "the Origin is another site");
}

TEST_CASE("A browser says where a request comes from") {
  const auto comes = [](const std::string& site) {
    return listening::comes_from_another_site({"GET", "/", {{"Sec-Fetch-Site", site}}, ""});
  };
  CHECK(comes("cross-site"));
  CHECK(comes("same-site"));
  CHECK(!comes("same-origin"));
  CHECK(!listening::comes_from_another_site({"GET", "/", {}, ""}));
}
