#pragma once

#include <crumbproof/rapidcheck/space.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace crumbproof::rapidcheck {

/// All schedules of a space that are smaller than one, smallest first, each made when it is asked
/// for. A copy goes on from where the original is.
class Smaller {
 public:
  Smaller(std::shared_ptr<const Space> space, Draft than);

  /// Nothing after the last.
  std::optional<Draft> next();

 private:
  /// What comes before the conversation in the order of sizes.
  struct Group {
    std::size_t swaps = 0;
    std::int64_t parameters = 0;

    friend auto operator<=>(const Group&, const Group&) = default;
  };
  /// Faults by their place in singles_, one list behind the other.
  using Lists = std::vector<std::uint32_t>;

  static Group group_of(const Fault& fault);
  [[nodiscard]] bool next_size();
  void begin_size();
  void begin_group();
  [[nodiscard]] std::vector<Fault> faults_at(std::size_t list) const;

  std::shared_ptr<const Space> space_;
  Draft than_;
  std::size_t faults_ = 0;
  std::size_t messages_ = 1;
  bool begun_ = false;
  std::shared_ptr<const std::vector<Fault>> singles_;
  std::vector<Group> groups_;
  std::size_t group_ = 0;
  std::shared_ptr<const Lists> lists_;
  std::size_t count_ = 0;  ///< of lists
  std::size_t list_ = 0;
  std::optional<Said> said_;
};

}  // namespace crumbproof::rapidcheck
