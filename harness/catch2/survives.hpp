#pragma once

#include <crumbproof/catch2/raw_failure.hpp>
#include <crumbproof/catch2/verdicts.hpp>
#include <crumbproof/suite/check.hpp>

#include <string>
#include <utility>

#include <catch2/catch.hpp>

namespace Catch {

/// How Catch names an App in its messages.
template <>
struct StringMaker<crumbproof::App> {
  /// Tells the app by its URL.
  static std::string convert(const crumbproof::App& app) { return "app at " + app.url(); }
};

}  // namespace Catch

namespace crumbproof {

/// Matches an App of which all properties of the scenario hold. Where Catch tells of it, the
/// console report is printed beside.
class Survives final : public Catch::MatcherBase<App> {
 public:
  /// Of that scenario.
  explicit Survives(Scenario scenario) : scenario_(std::move(scenario)) {}

  /// Searches for a counterexample, and keeps the report for describe().
  [[nodiscard]] bool match(const App& app) const override {
    report_ = check(app, scenario_);
    return report_.passed();
  }

 protected:
  /// Catch asks once, and only where it tells of the assertion.
  [[nodiscard]] std::string describe() const override {
    Catch::cout() << report_.text << '\n';
    return "survives the scenario\n" + catch2::headline_of(report_.text);
  }

 private:
  Scenario scenario_;
  mutable Report report_;
};

/// As in REQUIRE_THAT(App(handler), survives(Scenario{}.say({"order", "yes"}))).
inline Survives survives(Scenario scenario) { return Survives(std::move(scenario)); }

}  // namespace crumbproof
