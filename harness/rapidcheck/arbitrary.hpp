#pragma once

#include <crumbproof/rapidcheck/generators.hpp>
#include <crumbproof/rapidcheck/show.hpp>
#include <crumbproof/rapidcheck/space.hpp>

#include <rapidcheck.h>

namespace crumbproof::rapidcheck {

/// What is said where no alphabet is given. An app that knows other words needs its own: to what it
/// does not know, most apps answer the same with or without a cookie.
Alphabet default_alphabet();

}  // namespace crumbproof::rapidcheck

namespace rc {

/// A Conversation as an argument of a property is drawn over the default alphabet.
template <>
struct Arbitrary<crumbproof::Conversation> {
  /// The generator that RapidCheck asks for.
  static Gen<crumbproof::Conversation> arbitrary() {
    return crumbproof::rapidcheck::gen::conversations(crumbproof::rapidcheck::default_alphabet());
  }
};

/// Likewise a Schedule.
template <>
struct Arbitrary<crumbproof::Schedule> {
  /// The generator that RapidCheck asks for.
  static Gen<crumbproof::Schedule> arbitrary() {
    return crumbproof::rapidcheck::gen::schedules(crumbproof::rapidcheck::default_alphabet());
  }
};

/// Likewise a FaultPlan.
template <>
struct Arbitrary<crumbproof::FaultPlan> {
  /// The generator that RapidCheck asks for.
  static Gen<crumbproof::FaultPlan> arbitrary() {
    return crumbproof::rapidcheck::gen::fault_plans(crumbproof::rapidcheck::default_alphabet());
  }
};

/// Likewise a Trial.
template <>
struct Arbitrary<crumbproof::rapidcheck::Trial> {
  /// The generator that RapidCheck asks for.
  static Gen<crumbproof::rapidcheck::Trial> arbitrary() {
    return crumbproof::rapidcheck::gen::trials(crumbproof::rapidcheck::default_alphabet());
  }
};

}  // namespace rc
