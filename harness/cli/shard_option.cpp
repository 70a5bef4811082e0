#include <crumbproof/cli/numbers.hpp>
#include <crumbproof/cli/shard_option.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace crumbproof::cli {

namespace {

constexpr Range kShards{1, 10'000};
constexpr Range kAnyIndex{0, 1'000'000'000};

/// What an environment says of a job among several.
struct Position {
  std::string_view variable;  ///< that says which one it is
  std::uint64_t index = 0;    ///< from 1
  std::optional<std::uint64_t> of;
};

class Variables {
 public:
  explicit Variables(const Environment& environment) : environment_(environment) {}

  [[nodiscard]] std::optional<std::uint64_t> number(const std::string& name) const {
    const std::string text = environment_.variable(name);
    if (text.empty()) return std::nullopt;
    try {
      return parse_whole(text, kAnyIndex);
    } catch (const BadInput& bad) {
      throw BadInput(fmt::format("--shard: {}: {}", name, bad.what()));
    }
  }

  /// Of all that are set.
  [[nodiscard]] std::vector<Position> positions() const {
    std::vector<Position> positions;
    if (const auto index = number("CI_NODE_INDEX")) {
      positions.push_back({"CI_NODE_INDEX", *index, number("CI_NODE_TOTAL")});
    }
    if (const auto id = number("SLURM_ARRAY_TASK_ID")) {
      const std::uint64_t first = number("SLURM_ARRAY_TASK_MIN").value_or(0);
      const std::uint64_t step =
          std::max<std::uint64_t>(1, number("SLURM_ARRAY_TASK_STEP").value_or(1));
      const std::uint64_t before = *id < first ? 0 : (*id - first) / step;
      positions.push_back({"SLURM_ARRAY_TASK_ID", before + 1, number("SLURM_ARRAY_TASK_COUNT")});
    }
    if (const auto index = number("JOB_COMPLETION_INDEX")) {
      positions.push_back({"JOB_COMPLETION_INDEX", *index + 1, std::nullopt});
    }
    return positions;
  }

 private:
  const Environment& environment_;
};

search::Shard checked(std::uint64_t index, std::uint64_t of) {
  if (index < 1 || index > of) {
    throw BadInput(
        fmt::format("--shard: there is no shard {} of {}, they are from 1 to {}", index, of, of));
  }
  return {static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(of)};
}

search::Shard from_environment(std::optional<std::uint64_t> of, const Environment& environment) {
  const std::vector<Position> positions = Variables(environment).positions();
  if (positions.empty()) {
    throw BadInput(
        "--shard auto: none of CI_NODE_INDEX, SLURM_ARRAY_TASK_ID and JOB_COMPLETION_INDEX is set; "
        "say --shard I/N");
  }
  if (positions.size() > 1) {
    throw BadInput(fmt::format("--shard auto: both {} and {} are set; say --shard I/N",
                               positions[0].variable, positions[1].variable));
  }
  const Position& position = positions.front();
  if (!of && !position.of) {
    throw BadInput(
        fmt::format("--shard auto: {} does not say how many there are; say --shard "
                    "auto/N",
                    position.variable));
  }
  if (of && position.of && *of != *position.of) {
    throw BadInput(
        fmt::format("--shard auto/{}: by the environment there are {}", *of, *position.of));
  }
  return checked(position.index, of ? *of : *position.of);
}

search::Shard parse(std::string_view text, const Environment& environment) {
  const std::size_t slash = text.find('/');
  const std::string_view index = text.substr(0, slash);
  std::optional<std::uint64_t> of;
  try {
    if (slash != std::string_view::npos) of = parse_whole(text.substr(slash + 1), kShards);
    if (index == "auto") return from_environment(of, environment);
    if (of) return checked(parse_whole(index, kAnyIndex), *of);
  } catch (const BadInput& bad) {
    const std::string_view what = bad.what();
    if (what.starts_with("--shard")) throw;
    throw BadInput(fmt::format("--shard: {}", what));
  }
  throw BadInput(
      fmt::format("--shard: {:?} is neither I/N, as in 1/4, nor auto, nor auto/N", text));
}

}  // namespace

std::optional<search::Shard> shard_option(const Given& given, const Environment& environment) {
  const auto text = given.value("--shard");
  if (!text) return std::nullopt;
  return parse(*text, environment);
}

}  // namespace crumbproof::cli
