#include <crumbproof/cli/list_command.hpp>
#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/sim/names.hpp>

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

}  // namespace

ExitCode list_command(const Given& given, Environment& environment) {
  const std::string_view what = given.arguments.front();
  if (what == "faults") {
    print(faults::catalogue(), environment.out);
  } else if (what == "properties") {
    print(properties::catalogue(), environment.out);
  } else {
    throw BadInput(fmt::format("there is no list of {:?}; did you mean \"{}\"?", what,
                               nearest(what, {"faults", "properties"})));
  }
  return ExitCode::pass;
}

}  // namespace crumbproof::cli
