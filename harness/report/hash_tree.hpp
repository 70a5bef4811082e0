#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::report {

/// The Merkle tree hash of RFC 6962 section 2.1 over a list of texts, by SHA-256. Whoever has the
/// root can tell if any of them was changed, left out, added or moved.
class HashTree {
 public:
  void add(std::string_view entry);
  [[nodiscard]] std::size_t size() const { return size_; }
  /// 64 lower-case hex digits.
  [[nodiscard]] std::string root() const;

 private:
  /// Of full subtrees, the largest first: one for each bit of the size that is set.
  std::vector<std::string> subtrees_;
  std::size_t size_ = 0;
};

}  // namespace crumbproof::report
