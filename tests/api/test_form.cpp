#include <crumbproof/api/form.hpp>

#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

using crumbproof::api::parse_form;
using Fields = std::vector<crumbproof::twilio::Field>;

TEST_CASE("a form is read to its end, and no further") {
  constexpr std::string_view kLine = "From=%2B1&Body=a+b HTTP/1.1";
  CHECK(parse_form(kLine.substr(0, kLine.find(' '))) == Fields{{"From", "+1"}, {"Body", "a b"}});
  CHECK(parse_form("").empty());
  CHECK(parse_form("a=%zz").empty());
}
