#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/twilio/delivery_policy.hpp>

#include <string>
#include <string_view>

#include <catch2/catch.hpp>

using crumbproof::BadInput;
using crumbproof::Duration;
using crumbproof::twilio::DeliveryPolicy;
using crumbproof::twilio::Failure;

namespace {

std::string message_of(std::string_view overrides) {
  try {
    static_cast<void>(DeliveryPolicy::parse(overrides));
  } catch (const BadInput& error) {
    return error.what();
  }
  return "accepted";
}

/// Which failures a policy retries, as in "ct rt".
std::string retried(std::string_view overrides) {
  const DeliveryPolicy policy = DeliveryPolicy::parse(overrides);
  std::string names;
  if (policy.retries_after(Failure::connect)) names += "ct ";
  if (policy.retries_after(Failure::no_response)) names += "rt ";
  if (policy.retries_after(Failure::client_error)) names += "4xx ";
  if (policy.retries_after(Failure::server_error)) names += "5xx ";
  if (policy.retries_after(Failure::partial)) names += "partial ";
  if (policy.retries_after(Failure::none)) names += "none ";
  return names;
}

}  // namespace

TEST_CASE("No overrides leave Twilio's defaults") {
  const DeliveryPolicy policy = DeliveryPolicy::parse("");
  CHECK(policy == DeliveryPolicy());
  CHECK(policy.connect_timeout == Duration(5'000));
  CHECK(policy.read_timeout == Duration(15'000));
  CHECK(policy.total_timeout == Duration(15'000));
  CHECK(policy.retries == 1);
  CHECK(retried("") == "ct ");
}

TEST_CASE("Times and the count of retries are read, at both ends of their ranges") {
  const DeliveryPolicy policy = DeliveryPolicy::parse("ct=100&rt=101&tt=102&rc=0");
  CHECK(policy.connect_timeout == Duration(100));
  CHECK(policy.read_timeout == Duration(101));
  CHECK(policy.total_timeout == Duration(102));
  CHECK(policy.retries == 0);
  const DeliveryPolicy most = DeliveryPolicy::parse("rc=5&ct=10000&tt=15000&rt=15000");
  CHECK(most.retries == 5);
  CHECK(most.connect_timeout == Duration(10'000));
}

TEST_CASE("A retry policy replaces the default one") {
  CHECK(retried("rp=ct") == "ct ");
  CHECK(retried("rp=rt") == "rt ");
  CHECK(retried("rp=4xx") == "4xx ");
  CHECK(retried("rp=5xx") == "5xx ");
  CHECK(retried("rp=5xx,rt") == "rt 5xx ");
  CHECK(retried("rp=all") == "ct rt 4xx 5xx ");
  CHECK(retried("rp=rt,all") == "ct rt 4xx 5xx ");
}

TEST_CASE("Of a repeated key the last counts") {
  CHECK(DeliveryPolicy::parse("rc=2&rc=3").retries == 3);
  CHECK(retried("rp=all&rp=rt") == "rt ");
}

TEST_CASE("SNI and edges are checked and change nothing") {
  CHECK(DeliveryPolicy::parse("sni=y&e=ashburn") == DeliveryPolicy());
  CHECK(DeliveryPolicy::parse("e=dublin,frankfurt-ix,san-jose-ix&sni=n") == DeliveryPolicy());
}

TEST_CASE("Overrides that cannot be used are refused in words") {
  struct Row {
    std::string_view overrides;
    std::string_view message;
  };
  const Row row = GENERATE(values<Row>({
      {"ct=99", "connection override ct: \"99\" is no whole number from 100 to 10000 ms"},
      {"ct=10001", "connection override ct: \"10001\" is no whole number from 100 to 10000 ms"},
      {"rt=99", "connection override rt: \"99\" is no whole number from 100 to 15000 ms"},
      {"rt=15001", "connection override rt: \"15001\" is no whole number from 100 to 15000 ms"},
      {"tt=99", "connection override tt: \"99\" is no whole number from 100 to 15000 ms"},
      {"tt=15001", "connection override tt: \"15001\" is no whole number from 100 to 15000 ms"},
      {"rc=6", "connection override rc: \"6\" is no whole number from 0 to 5"},
      {"rc=-1", "connection override rc: \"-1\" is no whole number from 0 to 5"},
      {"rc=", "connection override rc: \"\" is no whole number from 0 to 5"},
      {"rc=2.5", "connection override rc: \"2.5\" is no whole number from 0 to 5"},
      {"rc=2&rc=x", "connection override rc: \"x\" is no whole number from 0 to 5"},
      {"rt=99999999999999999999",
       "connection override rt: \"99999999999999999999\" is no whole number from 100 to 15000 ms"},
      {"rp=6xx",
       "connection override rp: there is no retry policy \"6xx\"; did you mean \"4xx\"? (known: "
       "4xx, 5xx, ct, rt, all); Twilio error 11243"},
      {"rp=",
       "connection override rp: a name is missing in the list of retry policy names (known: "
       "4xx, 5xx, ct, rt, all); Twilio error 11243"},
      {"rp=rt,",
       "connection override rp: a name is missing in the list of retry policy names (known: "
       "4xx, 5xx, ct, rt, all); Twilio error 11243"},
      {"sni=yes", "connection override sni: \"yes\" is neither y nor n"},
      {"e=dubln",
       "connection override e: there is no edge \"dubln\"; did you mean \"dublin\"? (known: "
       "ashburn, dublin, frankfurt, sao-paulo, singapore, sydney, tokyo, umatilla, ashburn-ix, "
       "frankfurt-ix, london-ix, san-jose-ix, singapore-ix); Twilio error 11240"},
      {"tc=1", "there is no connection override \"tc\"; did you mean \"tt\"?"},
      {"RC=1", "there is no connection override \"RC\"; did you mean \"ct\"?"},
      {"snii=y", "there is no connection override \"snii\"; did you mean \"sni\"?"},
      {"rc", "the connection override \"rc\" has no value; they are written like rc=2&rp=5xx,rt"},
      {"rc=2&", "the connection override \"\" has no value; they are written like rc=2&rp=5xx,rt"},
      {"rc=2&&rp=all",
       "the connection override \"\" has no value; they are written like rc=2&rp=5xx,rt"},
      {"rc=2;rp=all", "connection override rc: \"2;rp=all\" is no whole number from 0 to 5"},
  }));
  CHECK(message_of(row.overrides) == row.message);
}
