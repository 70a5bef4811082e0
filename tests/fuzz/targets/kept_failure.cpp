#include <crumbproof/cli/kept_failure.hpp>
#include <crumbproof/properties/catalogue.hpp>

#include <string>

#include <hold.hpp>
#include <targets.hpp>

namespace crumbproof::fuzz {

void fuzz_kept_failure(std::string_view input) {
  const std::string text(input);
  const auto kept = read_or_complain([&] { return cli::read_kept_failure(text, "k.yaml"); });
  if (!kept) return;
  const search::Recorded& recorded = kept->recorded;
  hold(!recorded.schedule.messages.empty(), "a schedule has a message");
  hold(properties::find(recorded.property) != nullptr, "the property is one that is known");
  for (const Fault& fault : recorded.schedule.faults) {
    hold(faults::find(fault.kind) != nullptr, "each fault is one that is known");
  }
  const std::string name = cli::file_name_of(*kept);
  hold(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string::npos,
       "its file name is no path");
  const std::string written = cli::write_kept_failure(*kept);
  const cli::KeptFailure again = cli::read_kept_failure(written, "w.yaml");
  hold(cli::write_kept_failure(again) == written, "a failure that is written reads back the same");
  hold(again.recorded.schedule == recorded.schedule,
       "a schedule that is written reads back the same");
  hold(cli::file_name_of(again) == name, "the same failure has the same file name");
}

}  // namespace crumbproof::fuzz
