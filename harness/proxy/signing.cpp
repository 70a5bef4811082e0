#include <crumbproof/proxy/signing.hpp>
#include <crumbproof/twilio/signature.hpp>

#include <utility>

namespace crumbproof::proxy {

namespace {

constexpr std::string_view kSignature = "X-Twilio-Signature";

std::string origin_of_url(const twilio::Url& url) { return url.scheme + "://" + url.host_header(); }

}  // namespace

Signing::Signing(std::string token, const std::optional<twilio::Url>& public_url,
                 const twilio::Url& app_url)
    : token_(std::move(token)),
      public_origin_(public_url ? origin_of_url(*public_url) : std::string()),
      app_origin_(origin_of_url(app_url)) {}

std::string Signing::public_origin(const Head& head) const {
  if (!public_origin_.empty()) return public_origin_;
  return "http://" + std::string(head.value("Host"));
}

std::string Signing::made(const std::string& origin, const Head& head,
                          const Incoming& incoming) const {
  return twilio::signature(token_, origin + std::string(head.target()), incoming.form);
}

Signature Signing::check(const Head& head, const Incoming& incoming) const {
  if (token_.empty()) return Signature::unknown;
  const auto given = head.values(kSignature);
  if (given.empty()) return Signature::none;
  const bool right =
      given.size() == 1 && given.front() == made(public_origin(head), head, incoming);
  return right ? Signature::right : Signature::wrong;
}

void Signing::sign_anew(Head& head, const Incoming& incoming) const {
  if (public_origin(head) == app_origin_) return;
  head.replace(kSignature, made(app_origin_, head, incoming));
}

}  // namespace crumbproof::proxy
