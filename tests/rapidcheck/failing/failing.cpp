#include <crumbproof/rapidcheck/catch.hpp>
#include <crumbproof/suite/examiner.hpp>

#include "../../suites/counting_apps.hpp"
#include <catch2/catch.hpp>

// Tests that fail on purpose: test_output.cpp runs them and looks at what they print. They are also
// the examples of docs/property-suites.md.

namespace crumbproof::example {

TEST_CASE("counting") {
  const rapidcheck::Alphabet words{{{"hi", 3}, {"hi again", 1}}};
  Examiner examiner(counts_in_cookie, Scenario{});

  rapidcheck::prop("survives lost cookies", [&] {
    rapidcheck::Options options;
    options.max_messages = 3;
    options.kinds = faults::parse_list("missing,outage,expire");
    const Schedule schedule = *rapidcheck::gen::schedules({words, options});
    const Examined examined = examiner.examine(schedule);
    if (!examined.holds()) RC_FAIL(examined.text);
  });

  rapidcheck::prop("is fine with no fault", [&] {
    const Conversation conversation = *rapidcheck::gen::conversations(words);
    RC_ASSERT(examiner.examine({conversation.messages, {}}).holds());
  });
}

}  // namespace crumbproof::example
