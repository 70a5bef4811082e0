#include <crumbproof/search/check.hpp>
#include <crumbproof/search/proof.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <fmt/format.h>

namespace crumbproof::search {

namespace {

template <class Named>
std::vector<std::string> all_names(const std::vector<const Named*>& all) {
  std::vector<std::string> names;
  for (const Named* one : all) names.emplace_back(one->name());
  return names;
}

template <class Find>
auto find_all(const std::vector<std::string>& names, std::string_view what, Find find) {
  std::vector<decltype(find(std::string_view()))> all;
  for (const std::string& name : names) {
    all.push_back(find(name));
    if (all.back() == nullptr) throw BadInput(fmt::format("there is no {} {:?}", what, name));
  }
  return all;
}

}  // namespace

Searched searched_by(const CheckSettings& settings) {
  Searched searched;
  for (const Script& script : settings.scripts) searched.scripts.push_back(script.messages);
  searched.alphabet = settings.alphabet;
  searched.origin = settings.origin;
  searched.max_messages = settings.max_messages;
  searched.max_faults = settings.max_faults;
  searched.kinds = all_names(settings.kinds);
  searched.properties = all_names(settings.properties);
  searched.ignore = settings.ignore;
  return searched;
}

CheckSettings settings_of(const Searched& searched) {
  CheckSettings settings;
  for (const std::vector<Message>& messages : searched.scripts) {
    settings.scripts.push_back({"", messages});
  }
  settings.alphabet = searched.alphabet;
  settings.origin = searched.origin;
  settings.max_messages = searched.max_messages;
  settings.max_faults = searched.max_faults;
  settings.kinds = find_all(searched.kinds, "fault", faults::find);
  settings.properties = find_all(searched.properties, "property", properties::find);
  settings.ignore = searched.ignore;
  return settings;
}

}  // namespace crumbproof::search
