#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace crumbproof::fuzz {

/// An input of several parts, which are taken off it from the front. When it is used up there are
/// empty ones.
class Input {
 public:
  explicit Input(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] bool empty() const { return bytes_.empty(); }

  /// What stands before the next line feed, which is taken off as well.
  std::string_view line() {
    const std::string_view taken = bytes_.substr(0, bytes_.find('\n'));
    bytes_.remove_prefix(std::min(bytes_.size(), taken.size() + 1));
    return taken;
  }

  /// The next character; 0 if there is none.
  char character() {
    if (bytes_.empty()) return 0;
    const char taken = bytes_.front();
    bytes_.remove_prefix(1);
    return taken;
  }

  /// A number below `end`, by the next character: of the digits each is itself.
  std::size_t below(std::size_t end) {
    return (static_cast<unsigned char>(character()) + std::size_t{256} - '0') % 256 % end;
  }

  /// All that is left.
  std::string_view rest() {
    const std::string_view taken = bytes_;
    bytes_ = {};
    return taken;
  }

 private:
  std::string_view bytes_;
};

}  // namespace crumbproof::fuzz
