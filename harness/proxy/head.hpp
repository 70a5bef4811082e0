#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::proxy {

/// The head of an HTTP message as it came: start line, fields, blank line. What is not edited stays
/// as it is to the byte: order, case, white space, folded lines.
class Head {
 public:
  /// None.
  Head() = default;
  /// Ends with the blank line.
  explicit Head(std::string bytes) : bytes_(std::move(bytes)) {}

  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  /// The first and the second word of the start line: of a request its method and its target.
  [[nodiscard]] std::string_view method() const;
  [[nodiscard]] std::string_view target() const;

  /// The contents of the fields of that name, whose case does not matter, without the white space
  /// around them; in their order.
  [[nodiscard]] std::vector<std::string_view> values(std::string_view name) const;
  /// The first of them; empty if there is none.
  [[nodiscard]] std::string_view value(std::string_view name) const;

  /// Takes the fields of that name out, and returns their lines, line ends included.
  std::vector<std::string> take(std::string_view name);
  /// Gives the first field of that name another content, and takes out the others of the name;
  /// nothing happens if there is none.
  void replace(std::string_view name, std::string_view value);
  /// Adds lines, line ends included, behind the last field.
  void append(const std::vector<std::string>& lines);

 private:
  /// A field: where its line begins and ends (with its line end), and where its content does.
  struct Line {
    std::size_t begin;
    std::size_t end;
    std::size_t value_begin;
    std::size_t value_end;
  };

  /// The fields of that name, in their order.
  [[nodiscard]] std::vector<Line> lines(std::string_view name) const;

  std::string bytes_;
};

}  // namespace crumbproof::proxy
