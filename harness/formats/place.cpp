#include <crumbproof/formats/place.hpp>

#include <algorithm>

namespace crumbproof::formats {

namespace {

/// Counterexamples are beginnings of the conversations that are written down.
bool begins_with(const report::ScriptPlace& script, const std::vector<Message>& messages) {
  return messages.size() <= script.bodies.size() &&
         std::ranges::equal(messages.begin(), messages.end(), script.bodies.begin(),
                            script.bodies.begin() + static_cast<std::ptrdiff_t>(messages.size()),
                            {}, &Message::body);
}

}  // namespace

std::optional<Place> place_of(const search::Counterexample& found, const report::RunInfo& info) {
  if (info.scenario.empty()) return std::nullopt;
  const auto script = std::ranges::find_if(info.scripts, [&](const report::ScriptPlace& one) {
    return begins_with(one, found.schedule.messages);
  });
  return Place{info.scenario, script == info.scripts.end() ? 1 : script->line};
}

}  // namespace crumbproof::formats
