#pragma once

#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/environment.hpp>
#include <crumbproof/twilio/secrets.hpp>

#include <memory>
#include <ostream>
#include <span>
#include <sstream>
#include <string>
#include <vector>

namespace crumbproof::cli {

/// The text with `$TWILIO_AUTH_TOKEN` wherever the token stands in it, as it can in a command that
/// starts the app; unchanged for an empty token.
std::string without_token(std::string text, const std::string& token);

/// Adds what the command line (understood or not) and the environment's variables give away to the
/// environment's secrets.
void learn_secrets(std::span<const std::string> args, const Environment& environment);

/// Reads --auth-token-file into the environment's TWILIO_AUTH_TOKEN and adds it to its secrets.
/// Says so if others can read the file. Throws BadInput if it holds no token, or if --auth-token is
/// given too.
void read_token_file(const Given& given, Environment& environment);

/// Which of the values on the command line has a URL with a password, which others can read in the
/// list of processes: a sentence for each.
std::vector<std::string> password_warnings(const Given& given);

/// Overwrites what is secret in the arguments of this process, so that the list of processes shows
/// it no longer.
void blank_secrets(std::span<char*> args);

/// Hides secrets in what is written, and passes it on when it is flushed and at the end.
class HidingStream final : private std::stringbuf, public std::ostream {
 public:
  /// The stream must outlive this object.
  HidingStream(std::ostream& to, std::shared_ptr<const twilio::Secrets> secrets);
  ~HidingStream() override;
  HidingStream(const HidingStream&) = delete;
  HidingStream& operator=(const HidingStream&) = delete;

 private:
  int sync() override;

  std::ostream& to_;
  std::shared_ptr<const twilio::Secrets> secrets_;
};

}  // namespace crumbproof::cli
