#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace crumbproof::twilio {

/// Twilio's codes that this program raises (https://www.twilio.com/docs/api/errors).
namespace code {

inline constexpr int kMalformedUrl = 11100;
inline constexpr int kCouldNotRetrieve = 11200;
inline constexpr int kConnectsTimedOut = 11201;
inline constexpr int kConnectsRefused = 11202;
inline constexpr int kTotalTimeUsedUp = 11203;
inline constexpr int kConnectionFailure = 11205;
inline constexpr int kBrokenHttp = 11206;
inline constexpr int kHostNotResolved = 11210;
inline constexpr int kTooManyHttpRedirects = 11215;
inline constexpr int kInvalidHttpRedirect = 11216;
inline constexpr int kErrorStatus = 11217;
inline constexpr int kTlsReset = 11220;
inline constexpr int kCertificateName = 11235;
inline constexpr int kCertificateExpired = 11236;
inline constexpr int kCertificateUntrusted = 11237;
inline constexpr int kBadEdge = 11240;
inline constexpr int kBadRetryPolicy = 11243;
inline constexpr int kWebhookUrl = 11321;
inline constexpr int kWebhookMethod = 11322;
inline constexpr int kTooLong = 11750;
inline constexpr int kChunkedAndEmpty = 11770;
inline constexpr int kNotParseable = 12100;
inline constexpr int kBadVersion = 12101;
inline constexpr int kBadRoot = 12102;
inline constexpr int kNotInSchema = 12200;
inline constexpr int kBadContentType = 12300;
inline constexpr int kBadTo = 14101;
inline constexpr int kBadFrom = 14102;
inline constexpr int kBadMessageBody = 14103;
inline constexpr int kBadMethod = 14104;
inline constexpr int kBadStatusCallback = 14105;
inline constexpr int kTooManyDocuments = 14106;
inline constexpr int kRepliesTooFast = 14107;
inline constexpr int kFromCannotSend = 14108;
inline constexpr int kTooManyReplies = 14109;
inline constexpr int kVerbNotForMessages = 14110;
inline constexpr int kTrialReply = 14111;
inline constexpr int kAuthentication = 20003;
inline constexpr int kNotFound = 20404;
inline constexpr int kBadApiTo = 21211;
inline constexpr int kBadApiFrom = 21606;
inline constexpr int kNoBody = 21602;
inline constexpr int kNoFrom = 21603;
inline constexpr int kNoTo = 21604;
inline constexpr int kTrialMessage = 21608;
inline constexpr int kBadApiStatusCallback = 21609;
inline constexpr int kOptedOut = 21610;
inline constexpr int kApiBodyTooLong = 21617;
inline constexpr int kTooManyApiMedia = 21623;

}  // namespace code

/// What Twilio does when it meets the trouble.
enum class Severity : std::uint8_t {
  error,    ///< the answer or the message fails
  warning,  ///< the rest is carried out
};

/// A code, for the app's author.
struct ErrorCode {
  int code = 0;
  Severity severity = Severity::error;
  std::string_view meaning;  ///< one sentence
  std::string_view remedy;   ///< what to change, one sentence
};

/// All that are known, in order of their numbers.
std::span<const ErrorCode> error_codes();
/// Null for a code that is not known.
const ErrorCode* find_error_code(int code);

}  // namespace crumbproof::twilio
