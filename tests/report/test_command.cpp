#include <crumbproof/report/command.hpp>
#include <crumbproof/report/shaping_options.hpp>

#include <map>
#include <string>

#include <catch2/catch.hpp>

using namespace crumbproof::report;

TEST_CASE("A word that a shell would take apart is quoted, and no other") {
  CHECK(shell_word("http://127.0.0.1:3000/sms") == "http://127.0.0.1:3000/sms");
  CHECK(shell_word("caf\xc3\xa9") == "caf\xc3\xa9");
  CHECK(shell_word("") == "''");
  CHECK(shell_word("2 large") == "'2 large'");
  CHECK(shell_word("it's") == "'it'\\''s'");
}

TEST_CASE("Options that name the app shape a search alike wherever the app listens") {
  using Options = std::map<std::string, std::string>;
  const Options options{{"probe", "http://127.0.0.1:3000/orders?of={From}"},
                        {"start", "node app.js"}};
  CHECK(shaping_options(options, "http://127.0.0.1:3000/sms") ==
        Options{{"probe", "{app}/orders?of={From}"}});
  CHECK(shaping_options(options, "http://127.0.0.1:3001/sms") ==
        Options{{"probe", "http://127.0.0.1:3000/orders?of={From}"}});
  // Of no app nothing is known, nor is it named by an option that is empty.
  CHECK(shaping_options({{"probe", ""}}, "") == Options{{"probe", ""}});
}
