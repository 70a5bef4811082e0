#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/report/fault_words.hpp>
#include <crumbproof/report/moment.hpp>
#include <crumbproof/report/text.hpp>

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof::report {

namespace {

using Names = std::vector<std::string>;

std::string stale(std::int64_t versions) {
  if (versions == 1) return "the cookies of one version ago were sent";
  return fmt::format("the cookies of {} versions ago were sent", versions);
}

std::string late_write(std::int64_t by, std::string_view unit) {
  const auto number = static_cast<std::uint64_t>(by);
  if (unit == "after") {
    return fmt::format("this Set-Cookie was stored only after {} of its pair",
                       count(number, "later trigger or store", "later triggers and stores"));
  }
  return fmt::format("this Set-Cookie was stored only after {} had been triggered",
                     count(number, "later delivery", "later deliveries"));
}

std::string forged(std::string_view how, const Names& names) {
  const std::string cookies = fmt::format("{}", fmt::join(names, ", "));
  if (how == "flip") return fmt::format("one bit of {} was flipped", cookies);
  if (how == "cut") return fmt::format("the last part of {} was cut off", cookies);
  return fmt::format("{}, which had been deleted, was sent again", cookies);
}

}  // namespace

Way way_of(std::string_view fault_kind) {
  const bool back = fault_kind == "lost-write" || fault_kind == "late-write" ||
                    fault_kind == "lost-response" || fault_kind == "duplicate" ||
                    fault_kind == "repeat" || fault_kind == "unsigned";
  return back ? Way::back : Way::there;
}

std::string what_happened(std::string_view fault_kind, const Fault* fault) {
  const auto* names =
      fault != nullptr && fault->parameter ? std::get_if<Names>(&fault->parameter->value) : nullptr;
  const auto* number = fault != nullptr && fault->parameter
                           ? std::get_if<std::int64_t>(&fault->parameter->value)
                           : nullptr;
  if (fault_kind == "missing") return "the Cookie header was withheld";
  if (fault_kind == "outage") return "no cookie is sent from here on";
  if (fault_kind == "stale" && number != nullptr) return stale(*number);
  if (fault_kind == "partial" && names != nullptr) {
    return fmt::format("of the cookies, {} {} withheld", fmt::join(*names, ", "),
                       names->size() == 1 ? "was" : "were");
  }
  if (fault_kind == "lost-write") return "this Set-Cookie was never stored";
  if (fault_kind == "late-write" && number != nullptr) {
    return late_write(*number, fault->parameter->name);
  }
  if (fault_kind == "expire" && number != nullptr) {
    return fmt::format("{} passed before this message, more than the cookies' lifetime",
                       told(Duration(*number * 1000)));
  }
  if (fault_kind == "foreign" && names != nullptr) {
    return fmt::format("with another pair's {}", fmt::join(*names, ", "));
  }
  if (fault_kind == "forged" && names != nullptr) return forged(fault->parameter->name, *names);
  if (fault_kind == "unsigned" && names != nullptr) {
    return fmt::format("a stranger says the same, {}",
                       names->front() == "none" ? "without a signature" : "wrongly signed");
  }
  if (fault_kind == "plain-http") return "it comes over plain http";
  if (fault_kind == "repeat") return "the same text comes again as another message";
  if (fault_kind == "duplicate") return "the same webhook arrives again";
  if (fault_kind == "lost-response") return "the answer was lost on its way back";
  if (fault_kind == "drop") return "the request never reached the app";
  if (fault_kind == "overlap") return "the next message came before this one was answered";
  if (fault_kind == "shuffle" && number != nullptr) {
    return fmt::format("from here on the app's ready handlers run in order {}", *number);
  }
  if (fault_kind == "reorder") {
    return number == nullptr
               ? "a message that was sent later arrived before this one"
               : fmt::format("{} messages that were sent later arrived before this one", *number);
  }
  const faults::FaultKind* known = faults::find(fault_kind);
  return known == nullptr ? "struck here" : std::string(known->summary());
}

}  // namespace crumbproof::report
