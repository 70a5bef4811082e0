#include <crumbproof/cli/completions.hpp>
#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/sim/names.hpp>
#include <crumbproof/twilio/assumptions.hpp>
#include <crumbproof/twilio/countries.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace crumbproof::cli {

namespace {

template <class Catalogue>
std::vector<OfferedWord> words_of_catalogue(const Catalogue& catalogue) {
  std::vector<OfferedWord> words;
  for (const auto* item : catalogue) words.push_back({item->name(), item->summary()});
  return words;
}

std::vector<OfferedWord> words_of_list(std::string_view option) {
  if (option == "--faults") return words_of_catalogue(faults::catalogue());
  if (option == "--properties") return words_of_catalogue(properties::catalogue());
  std::vector<OfferedWord> words;
  if (option == "--assume") {
    for (const auto& known : twilio::assumption_names()) {
      words.push_back({known.name, known.summary});
    }
  }
  return words;
}

std::vector<OfferedWord> words_of_countries() {
  std::vector<OfferedWord> words;
  for (const twilio::Country& country : twilio::countries()) words.push_back({country.code, {}});
  return words;
}

/// The words of `sms|whatsapp`.
std::vector<OfferedWord> words_between_bars(std::string_view value) {
  std::vector<OfferedWord> words;
  while (true) {
    const std::size_t bar = value.find('|');
    words.push_back({value.substr(0, bar), {}});
    if (bar == std::string_view::npos) return words;
    value.remove_prefix(bar + 1);
  }
}

}  // namespace

Offered offered(std::string_view option, std::string_view value) {
  const std::string_view first = value.substr(0, value.find('|'));
  if (first == "FILE" || first == "FOLDER" || first == "REPORT") return {Offer::files, {}};
  if (value == "CMD") return {Offer::programs, {}};
  if (value == "CC") return {Offer::one_of, words_of_countries()};
  if (value == "LIST") return {Offer::some_of, words_of_list(option)};
  if (value.find('|') != std::string_view::npos) {
    return {Offer::one_of, words_between_bars(value)};
  }
  return {};
}

Shell parse_shell(std::string_view name) {
  if (name == "bash") return Shell::bash;
  if (name == "zsh") return Shell::zsh;
  if (name == "fish") return Shell::fish;
  throw BadInput(fmt::format("there is no completion for {:?}; did you mean \"{}\"?", name,
                             nearest(name, {"bash", "zsh", "fish"})));
}

std::string completion_script(Shell shell) {
  switch (shell) {
    case Shell::bash:
      return bash_completion();
    case Shell::zsh:
      return zsh_completion();
    case Shell::fish:
      break;
  }
  return fish_completion();
}

}  // namespace crumbproof::cli
