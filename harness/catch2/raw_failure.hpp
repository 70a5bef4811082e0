#pragma once

#include <iostream>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

namespace crumbproof::catch2 {

/// Where an assertion stands, and what it is.
struct Assertion {
  std::string_view macro;
  Catch::SourceLineInfo line;
  bool ends_test = false;  ///< as REQUIRE does, and CHECK does not
};

/// Fails with a headline as Catch's message, and then prints the text as it is. Catch breaks the
/// lines of a message by their bytes, which no diagram survives; what is printed under it,
/// reporters that write XML keep by themselves.
inline void fail(const Assertion& assertion, const std::string& headline, std::string_view text) {
  Catch::AssertionHandler handler(Catch::StringRef(assertion.macro.data(), assertion.macro.size()),
                                  assertion.line, Catch::StringRef(),
                                  assertion.ends_test
                                      ? Catch::ResultDisposition::Normal
                                      : Catch::ResultDisposition::ContinueOnFailure);
  handler.handleMessage(Catch::ResultWas::ExplicitFailure, headline);
  Catch::cout() << text << '\n' << std::flush;
  handler.complete();
}

/// Counts as an assertion that held.
inline void succeed(const Assertion& assertion) {
  Catch::AssertionHandler handler(Catch::StringRef(assertion.macro.data(), assertion.macro.size()),
                                  assertion.line, Catch::StringRef(),
                                  Catch::ResultDisposition::ContinueOnFailure);
  handler.handleMessage(Catch::ResultWas::Ok, Catch::StringRef());
  handler.complete();
}

}  // namespace crumbproof::catch2
