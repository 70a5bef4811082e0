#include <crumbproof/rapidcheck/gtest.hpp>
#include <crumbproof/suite/examiner.hpp>

#include "../../suites/counting_apps.hpp"
#include <gtest/gtest.h>

// Tests for GoogleTest that fail on purpose: test_gtest.cpp runs them and looks at what they print.

namespace crumbproof::example {

TEST(Counting, SurvivesLostCookies) {
  Examiner examiner(counts_in_cookie, Scenario{}.faults("missing"));
  rapidcheck::gtest_prop("any schedule", [&](const Schedule& schedule) {
    RC_ASSERT(examiner.examine(schedule).holds());
  });
}

TEST(Counting, IsFineWithNoFault) {
  Examiner examiner(counts_in_cookie, Scenario{});
  rapidcheck::gtest_prop("any conversation", [&](const Conversation& conversation) {
    RC_ASSERT(examiner.examine({conversation.messages, {}}).holds());
  });
}

}  // namespace crumbproof::example
