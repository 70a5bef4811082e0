#include <crumbproof/rapidcheck/property.hpp>

#include <cstddef>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <rapidcheck/detail/TestListenerAdapter.h>

namespace crumbproof::rapidcheck {

namespace {

using rc::detail::CaseDescription;
using rc::detail::CaseResult;
using rc::detail::FailureResult;
using rc::detail::TestResult;

/// The time that is left for making a case smaller; it runs from the first failure on.
class Deadline {
 public:
  explicit Deadline(const PropertySettings& settings) : settings_(settings) {}

  void start() { until_ = settings_.now() + settings_.shrink_limit; }
  /// Whether the time is up; that it once was is kept.
  bool is_over() {
    if (until_ && !was_over_) was_over_ = settings_.now() >= *until_;
    return was_over_;
  }
  [[nodiscard]] bool was_over() const { return was_over_; }

 private:
  const PropertySettings& settings_;
  std::optional<std::chrono::steady_clock::time_point> until_;
  bool was_over_ = false;
};

using Case = rc::Shrinkable<CaseDescription>;

/// The same case, with nothing to make it smaller any more once the time is up. Where a case
/// stands among the shrinks, which a reproduce string tells, stays the same.
Case limited(const Case& failing, const std::shared_ptr<Deadline>& deadline) {
  struct Shrinks {
    rc::Maybe<Case> operator()() {
      if (deadline->is_over()) return rc::Nothing;
      rc::Maybe<Case> next = all.next();
      if (!next) return rc::Nothing;
      return limited(*next, deadline);
    }

    rc::Seq<Case> all;
    std::shared_ptr<Deadline> deadline;
  };
  return rc::shrinkable::lambda([failing] { return failing.value(); },
                                [failing, deadline] {
                                  return rc::Seq<Case>(Shrinks{failing.shrinks(), deadline});
                                });
}

/// Shows the failing case with which RapidCheck stops drawing, and starts the time.
class Listener final : public rc::detail::TestListenerAdapter {
 public:
  Listener(const PropertyName& name, std::ostream& out, Deadline& deadline)
      : name_(name), out_(out), deadline_(deadline) {}

  void onTestCaseFinished(const CaseDescription& description) override {
    if (description.result.type != CaseResult::Type::Failure) return;
    std::string block = fmt::format("The first case in which \"{}\" fails, to be made smaller:\n",
                                    name_.description);
    for (const auto& [type, value] : description.example()) {
      block += fmt::format("{}:\n{}\n", type, value);
    }
    out_ << block << std::flush;
    deadline_.start();
  }

 private:
  const PropertyName& name_;
  std::ostream& out_;
  Deadline& deadline_;
};

std::string message_of(const TestResult& result) {
  std::ostringstream out;
  rc::detail::printResultMessage(result, out);
  std::string text = out.str();
  if (text.empty() || text.back() != '\n') text += '\n';
  return text;
}

std::string reproducing(const FailureResult& failure, const PropertyName& name) {
  rc::detail::Configuration only;
  only.reproduce.emplace(name.id, failure.reproduce);
  return rc::detail::configToMinimalString(only);
}

}  // namespace

PropertyOutcome check_property(const rc::detail::Property& property, const PropertyName& name,
                               const PropertySettings& settings) {
  const rc::detail::Configuration& configuration = rc::detail::configuration();
  const auto& wanted = configuration.reproduce;
  PropertyOutcome outcome;
  if (!wanted.empty() && wanted.find(name.id) == wanted.end()) {
    outcome.holds = true;
    outcome.skipped = true;
    outcome.headline = fmt::format(
        "\"{}\" was not looked at: RC_PARAMS reproduces another property", name.description);
    return outcome;
  }

  const auto deadline = std::make_shared<Deadline>(settings);
  Listener listener(name, settings.first_case != nullptr ? *settings.first_case : std::cerr,
                    *deadline);
  const rc::detail::Property with_limit([property, deadline](const rc::Random& random, int size) {
    return limited(property(random, size), deadline);
  });
  const TestResult result = rc::detail::checkProperty(with_limit, {name.id, name.description},
                                                      configuration.testParams, listener, wanted);

  if (result.is<rc::detail::SuccessResult>()) {
    outcome.holds = true;
    outcome.headline = fmt::format("\"{}\" holds", name.description);
    if (!wanted.empty()) outcome.headline += " in the case that RC_PARAMS reproduces";
    if (!result.get<rc::detail::SuccessResult>().distribution.empty()) {
      outcome.text = message_of(result);
    }
    return outcome;
  }
  outcome.headline = fmt::format("\"{}\" does not hold", name.description);
  outcome.text = message_of(result);
  if (result.is<rc::detail::Error>()) {
    outcome.headline = fmt::format("\"{}\" could not be checked", name.description);
    if (!wanted.empty()) {
      outcome.text +=
          "RC_PARAMS names no case of this property: its generators have changed since, or the "
          "string is not whole.\n";
    }
  } else if (result.is<rc::detail::GaveUpResult>()) {
    outcome.headline = fmt::format("\"{}\" was not checked to the end", name.description);
  } else {
    if (deadline->was_over()) {
      outcome.text +=
          fmt::format("This is not the minimum: making it smaller was given up after {} s.\n",
                      std::chrono::duration<double>(settings.shrink_limit).count());
    }
    outcome.text += fmt::format("Reproduce it:  RC_PARAMS=\"{}\"\n",
                                reproducing(result.get<FailureResult>(), name));
  }
  return outcome;
}

}  // namespace crumbproof::rapidcheck
