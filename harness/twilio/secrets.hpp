#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::twilio {

/// One way in which a secret can be written, and what is shown in its place.
struct SecretForm {
  std::string text;  ///< as it is looked for
  std::string name;  ///< in braces, another one for each form, so that it can be undone
};

/// Whether a text can be told from all others: 8 characters and more, not all of them letters or
/// all digits; or 16. What is shorter, as `1` or `pass`, is found in too much that is no secret.
bool is_distinctive(std::string_view secret);

/// A secret as it is, percent-encoded, in JSON, in XML and HTML, and in base64 wherever in the
/// encoded bytes it stands. `name` is that of the first, without its braces. None if the secret is
/// not distinctive.
std::vector<SecretForm> forms_of(std::string_view secret, std::string_view name);

/// Whether one of the patterns is that name; `*` stands for any text, also for none.
bool matches_any(const std::vector<std::string>& patterns, std::string_view name);

/// User and password of each URL in the text that has both, as they stand there, like
/// `user:password` in http://user:password@host/; each once, and the first 64 of them.
std::vector<std::string> url_users(std::string_view text);

/// The text without user and password wherever a URL in it has both; its first URL also without a
/// user that has no password.
std::string without_url_users(std::string_view text);

/// Texts that nothing which is written may have in it.
class Secrets {
 public:
  /// From now on the secret, if it is distinctive, is shown as `{name}`. Adding it again does
  /// nothing.
  void add(std::string_view secret, std::string_view name);
  /// The passwords of all URLs in the text, as they stand there and as they are sent.
  void add_url_passwords(std::string_view text, std::string_view name);
  /// Whether nothing is hidden.
  [[nodiscard]] bool empty() const { return forms_.empty(); }
  /// Longer ones first.
  [[nodiscard]] const std::vector<SecretForm>& forms() const { return forms_; }
  /// The text with each form of each secret replaced by its name.
  [[nodiscard]] std::string hidden(std::string text) const;

 private:
  std::vector<SecretForm> forms_;
};

}  // namespace crumbproof::twilio
