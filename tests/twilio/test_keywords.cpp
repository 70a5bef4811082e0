#include <crumbproof/twilio/addresses.hpp>
#include <crumbproof/twilio/base64.hpp>
#include <crumbproof/twilio/countries.hpp>
#include <crumbproof/twilio/identity.hpp>
#include <crumbproof/twilio/keywords.hpp>

#include <set>
#include <stdexcept>
#include <string>

#include <catch2/catch.hpp>

using namespace crumbproof::twilio;

TEST_CASE("Opt-out words stop, opt-in words start, in any case and alone") {
  for (const char* word : {"STOP", "stop", "StopAll", "UNSUBSCRIBE", "cancel", "End", "quit",
                           "REVOKE", "optout", " stop \n"}) {
    CAPTURE(word);
    CHECK(keyword_of(word) == Keyword::stop);
  }
  for (const char* word : {"START", "yes", "UnStop"}) CHECK(keyword_of(word) == Keyword::start);
  for (const char* word : {"HELP", "info"}) CHECK(keyword_of(word) == Keyword::help);
  for (const char* text : {"STOP please", "stopp", "", "no", "s top", "STOP."}) {
    CAPTURE(text);
    CHECK(keyword_of(text) == Keyword::none);
  }
  CHECK(to_string(Keyword::stop) == "STOP");
  CHECK(to_string(Keyword::start) == "START");
  CHECK(to_string(Keyword::help) == "HELP");
  CHECK(to_string(Keyword::none).empty());
}

TEST_CASE("Addresses are E.164, short codes, or either on a channel") {
  for (const char* text : {"+14155550100", "+447112345678", "20123", "whatsapp:+14155550100",
                           "client:ann", "messenger:123", "rcs:brand"}) {
    CAPTURE(text);
    CHECK(is_address(text));
  }
  for (const char* text : {"", "Ann", "+0123456789", "+1415555010a", "+1", "12", "123456789",
                           "whatsapp:", "client:", "(415) 555-0100"}) {
    CAPTURE(text);
    CHECK_FALSE(is_address(text));
  }
  CHECK(channel_prefix("whatsapp:+1") == "whatsapp:");
  CHECK(channel_prefix("+1").empty());
}

TEST_CASE("Senders of each country have its numbers, none twice") {
  const Identities run("countries");
  for (const Country& country : countries()) {
    CAPTURE(country.code);
    std::set<std::string> numbers;
    for (std::uint64_t n = 0; n < 5'000; ++n) {
      const std::string number = run.sender(country, n);
      REQUIRE(is_e164(number));
      REQUIRE(country_of(number) != nullptr);
      REQUIRE(country_of(number)->code == country.code);
      numbers.insert(number);
    }
    CHECK(numbers.size() == 5'000);
  }
}

TEST_CASE("A small country's numbers come to an end, each once, and that is said") {
  const Identities run("france");
  const Country& france = *find_country("FR");
  std::set<std::string> numbers;
  for (std::uint64_t n = 0; n < 10'000; ++n) numbers.insert(run.sender(france, n));
  CHECK(numbers.size() == 10'000);
  CHECK_THROWS_WITH(run.sender(france, 10'000), "a run has numbers for 10000 senders of FR");
}

TEST_CASE("A number of no known country has none") {
  CHECK(country_of("+99123456789") == nullptr);
  CHECK(country_of("20123") == nullptr);
  CHECK(find_country("us") == nullptr);
  CHECK(country_of("+14165550100")->code == "CA");
  CHECK(country_of("+14155550100")->code == "US");
}

TEST_CASE("What was encoded in base64 is decoded, and what is none is nothing") {
  for (const std::string text : {"a", "ab", "abc", "abcd", "user:pa=ss"}) {
    CHECK(base64_decoded(base64(text)) == text);
  }
  for (const char* text : {"", "a", "ab=", "!!!!"}) CHECK(base64_decoded(text).empty());
}
