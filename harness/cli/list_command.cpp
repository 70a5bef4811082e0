#include <crumbproof/cli/list_command.hpp>
#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/sim/names.hpp>
#include <crumbproof/twilio/assumptions.hpp>
#include <crumbproof/twilio/error_codes.hpp>

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <string_view>

#include <fmt/format.h>

namespace crumbproof::cli {

namespace {

template <class Catalogue>
void print(const Catalogue& catalogue, std::ostream& out) {
  std::size_t width = 0;
  for (const auto* item : catalogue) width = std::max(width, item->name().size());
  for (const auto* item : catalogue) {
    out << fmt::format("{:<{}}  {}\n", item->name(), width, item->summary());
  }
  out << std::flush;
}

void print_assumptions(std::ostream& out) {
  std::size_t width = 0;
  for (const auto& known : twilio::assumption_names()) width = std::max(width, known.name.size());
  for (const auto& known : twilio::assumption_names()) {
    out << fmt::format("{:<{}}  {}\n", known.name, width, known.summary);
  }
  out << std::flush;
}

void print_codes(std::ostream& out) {
  for (const twilio::ErrorCode& known : twilio::error_codes()) {
    out << fmt::format("{}  {:<7}  {} {}\n", known.code,
                       known.severity == twilio::Severity::error ? "error" : "warning",
                       known.meaning, known.remedy);
  }
  out << std::flush;
}

}  // namespace

ExitCode list_command(const Given& given, Environment& environment) {
  const std::string_view what = given.arguments.front();
  if (what == "faults") {
    print(faults::catalogue(), environment.out);
  } else if (what == "properties") {
    print(properties::catalogue(), environment.out);
  } else if (what == "assumptions") {
    print_assumptions(environment.out);
  } else if (what == "codes") {
    print_codes(environment.out);
  } else {
    throw BadInput(fmt::format("there is no list of {:?}; did you mean \"{}\"?", what,
                               nearest(what, {"faults", "properties", "assumptions", "codes"})));
  }
  return ExitCode::pass;
}

}  // namespace crumbproof::cli
