#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace crumbproof::asio {

/// Bytes that wait to be read, first in, first out. It takes as many as come, so that a writer
/// never has to wait, and reading all of them takes linear time however small the pieces are.
class ByteQueue {
 public:
  void append(std::string_view bytes) { bytes_.append(bytes); }

  [[nodiscard]] std::string_view front() const { return std::string_view(bytes_).substr(begin_); }

  /// Takes out so many; there must be as many.
  void consume(std::size_t count) {
    begin_ += count;
    if (begin_ == bytes_.size()) {
      bytes_.clear();
      begin_ = 0;
    } else if (begin_ > bytes_.size() / 2) {
      bytes_.erase(0, begin_);
      begin_ = 0;
    }
  }

  std::string take_all() {
    bytes_.erase(0, std::exchange(begin_, 0));
    return std::exchange(bytes_, {});
  }

 private:
  std::string bytes_;
  std::size_t begin_ = 0;
};

}  // namespace crumbproof::asio
