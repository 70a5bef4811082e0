#include <crumbproof/cli/text_style.hpp>

namespace crumbproof::cli {

report::Style text_style(const Given& given, const Environment& environment, Stream stream) {
  const bool terminal =
      stream == Stream::out ? environment.out_is_terminal : environment.err_is_terminal;
  report::Style style;
  style.color = terminal && !given.has("--no-color") && environment.variable("NO_COLOR").empty() &&
                environment.variable("TERM") != "dumb";
  if (terminal) style.width = environment.width;
  style.verbose = given.has("--verbose");
  style.quiet = given.has("--quiet");
  return style;
}

}  // namespace crumbproof::cli
