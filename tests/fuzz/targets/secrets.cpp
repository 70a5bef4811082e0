#include <crumbproof/twilio/secrets.hpp>

#include <string>

#include <hold.hpp>
#include <input.hpp>
#include <targets.hpp>

namespace crumbproof::fuzz {

/// A secret on the first line, and a text that it may stand in.
void fuzz_secrets(std::string_view bytes) {
  Input input(bytes);
  const std::string secret(input.line());
  const std::string text(input.rest());
  const std::string plain = twilio::without_url_users(text);
  hold(twilio::without_url_users(plain) == plain, "what is taken out of URLs is out");
  twilio::Secrets secrets;
  secrets.add(secret, "token");
  hold(secrets.empty() != twilio::is_distinctive(secret), "a secret that can be told is kept");
  // With a brace in it, its own name could become part of it.
  if (secrets.empty() || secret.find_first_of("{}") != std::string::npos) return;
  const std::string hidden = secrets.hidden(text + secret + text);
  for (const twilio::SecretForm& form : secrets.forms()) {
    hold(hidden.find(form.text) == std::string::npos, "no form of a secret is left");
  }
}

}  // namespace crumbproof::fuzz
