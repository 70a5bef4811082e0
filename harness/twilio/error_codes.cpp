#include <crumbproof/twilio/error_codes.hpp>

#include <algorithm>
#include <array>

namespace crumbproof::twilio {

namespace {

constexpr Severity kError = Severity::error;
constexpr Severity kWarning = Severity::warning;

// In order of their numbers.
constexpr auto kCodes = std::to_array<ErrorCode>({
    {11100, kError, "A URL in the answer is malformed.",
     "Write an absolute http or https URL, or one relative to the document."},
    {11200, kError, "Twilio could not retrieve the document.",
     "Answer every webhook in time, with status 200 and a Content-Type."},
    {11201, kError, "Two attempts to connect timed out.",
     "Let the app accept connections within 5 s, or raise ct in the URL's fragment."},
    {11202, kError, "Two attempts to connect were refused.",
     "Let the app listen at the URL's host and port."},
    {11203, kError, "The time for all attempts together, tt, was used up.",
     "Answer faster, or raise tt in the URL's fragment up to 15000."},
    {11205, kError, "The connection failed: no connection, or no answer within 15 s.",
     "Answer at once and do slow work afterwards, or set a fallback URL."},
    {11206, kError, "The answer is broken or incomplete HTTP, or a cookie in it is invalid.",
     "Send a whole HTTP answer; keep control characters out of Set-Cookie, and name every cookie."},
    {11210, kError, "The URL's host cannot be resolved.", "Use a name that public DNS knows."},
    {11215, kError, "There are too many HTTP redirects in a row.",
     "Answer at the webhook's own URL."},
    {11216, kError, "An HTTP redirect is invalid.",
     "Redirect by 301, 302, 303 or 307, with a Location; 308 is not followed."},
    {11217, kError, "The app answered with status 4xx or 5xx.",
     "Answer 200 with TwiML even when something is wrong inside; a 429 does not slow Twilio down."},
    {11220, kError, "The TLS handshake was reset.", "Serve TLS 1.2 on this port."},
    {11235, kError, "The certificate is for another host name.",
     "Get a certificate for the URL's host."},
    {11236, kError, "The certificate has expired or is not valid yet.", "Renew the certificate."},
    {11237, kError, "The certificate does not lead to a known authority.",
     "Serve the whole chain of a public authority's certificate."},
    {11240, kError, "The connection override e names no edge.", "Take an edge from Twilio's list."},
    {11243, kError, "The connection override rp names no retry policy.",
     "Take 4xx, 5xx, ct, rt or all."},
    {11321, kWarning, "The webhook's URL is malformed: nothing is sent.",
     "Configure an absolute http or https URL."},
    {11322, kWarning, "The webhook's method is wrong: nothing is sent.", "Configure POST or GET."},
    {11750, kError, "The answer is longer than 64 kB.",
     "Send less: a reply has at most 1600 characters."},
    {11770, kError, "The answer is chunked and its body empty.",
     "Send <Response/>, with its length."},
    {12100, kError, "The document is no well-formed XML.",
     "Build TwiML with a library, and let nothing stand before <?xml."},
    {12101, kError, "The Response has a bad version.", "Leave the version out."},
    {12102, kError, "The document's root is not Response.", "Put all verbs into one <Response>."},
    {12200, kWarning, "A verb, an attribute or its place is unknown; the rest is carried out.",
     "Mind spelling and case: <Message>, <Body>, <Media>, <Redirect>, statusCallback."},
    {12300, kError, "The Content-Type cannot be used.",
     "Answer with text/xml, application/xml, text/html or text/plain."},
    {14101, kWarning, "The to of a message is no number that can be written to.",
     "Write it as in +14155550100, or leave it out to answer the sender."},
    {14102, kWarning, "The from of a message is no number of this account.",
     "Leave it out to answer from the number that was written to."},
    {14103, kWarning, "A message has neither text nor media, or more than 1600 characters.",
     "Send text or media; split long text into several messages."},
    {14104, kWarning, "The method is neither GET nor POST.", "Write GET or POST."},
    {14105, kWarning, "The statusCallback is no URL.",
     "Write an absolute http or https URL, or one relative to the document."},
    {14106, kWarning, "One message has fetched more than 50 documents.",
     "Let every chain of redirects end."},
    {14107, kError,
     "More than 30 replies went out between two numbers, each within 30 s of the last.",
     "Look for two machines that answer each other, or a loop of redirects."},
    {14108, kWarning, "The from of a message cannot send SMS.", "Send from a number that can."},
    {14109, kWarning, "One message has more than 10 replies; the rest is not sent.",
     "Join replies, or send them through the API."},
    {14110, kWarning, "A verb is for calls; it is skipped.",
     "Answer messages with <Message> and <Redirect>."},
    {14111, kWarning, "A trial account cannot reply to a number that is not verified.",
     "Verify the number, or upgrade the account."},
    {20003, kError, "The API request has no valid credentials.",
     "Send the account SID and auth token, or an API key and its secret, by HTTP Basic."},
    {20404, kError, "The API does not know the resource.",
     "Check the path, the account SID and the message SID."},
    {21211, kError, "The API's To is no phone number.", "Write it as in +14155550100."},
    {21602, kError, "The API message has no body.", "Give Body, MediaUrl or ContentSid."},
    {21603, kError, "The API message has no sender.", "Give From or MessagingServiceSid."},
    {21604, kError, "The API message has no recipient.", "Give To."},
    {21606, kError, "The API's From is no number of this account that can send.",
     "Send from the number that the user wrote to."},
    {21608, kError, "A trial account cannot write to a number that is not verified.",
     "Verify the number, or upgrade the account."},
    {21609, kError, "The API's StatusCallback is no URL.", "Write an absolute http or https URL."},
    {21610, kError, "The recipient has opted out.",
     "Send nothing after STOP until the user writes START."},
    {21617, kError, "The API message has more than 1600 characters.",
     "Split long text into several messages."},
    {21623, kError, "The API message has more than 10 media.", "Send 10 or fewer."},
});

}  // namespace

std::span<const ErrorCode> error_codes() { return kCodes; }

const ErrorCode* find_error_code(int code) {
  const auto* const found = std::ranges::find(kCodes, code, &ErrorCode::code);
  return found == kCodes.end() ? nullptr : found;
}

}  // namespace crumbproof::twilio
