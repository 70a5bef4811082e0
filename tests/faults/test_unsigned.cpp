#include <string>
#include <vector>

#include "stored.hpp"

using namespace crumbproof;
using namespace crumbproof::faults;

TEST_CASE("unsigned lets a stranger speak with a wrong signature and with none") {
  check_kind(unsigned_request(), "unsigned", Family::intrusion, {.deliver = false});
  CHECK_FALSE(unsigned_request().is_default());
  const auto offers =
      unsigned_request().at_deliver({.first_attempt = true, .requests_signed = true});
  REQUIRE(offers.size() == 2);
  CHECK(offers[0].effect == DeliverEffect::intrude_missigned);
  CHECK(offers[0].parameter == Parameter{"signature", std::vector<std::string>{"wrong"}});
  CHECK(offers[1].effect == DeliverEffect::intrude_unsigned);
  CHECK(offers[1].parameter == Parameter{"signature", std::vector<std::string>{"none"}});
}

TEST_CASE("unsigned means nothing where requests are not signed, or between the attempts") {
  CHECK(unsigned_request().at_deliver({.first_attempt = true}).empty());
  CHECK(unsigned_request().at_deliver({.requests_signed = true}).empty());
}
