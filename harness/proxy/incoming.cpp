#include <crumbproof/api/form.hpp>
#include <crumbproof/proxy/incoming.hpp>
#include <crumbproof/twilio/ascii.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::proxy {

namespace {

std::string_view query_of(const Head& head) {
  const std::string_view target = head.target();
  const std::size_t mark = target.find('?');
  return mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
}

bool is_form(const Head& head) {
  return twilio::lower_case(head.value("Content-Type"))
      .starts_with("application/x-www-form-urlencoded");
}

std::string value_of(const std::vector<twilio::Field>& fields, std::string_view name) {
  return std::string(twilio::find(fields, name).value_or(std::string_view()));
}

std::vector<std::string> media_of(const std::vector<twilio::Field>& fields) {
  constexpr int kMost = 10;
  std::vector<std::string> types;
  for (int n = 0; n < kMost; ++n) {
    std::string type = value_of(fields, fmt::format("MediaContentType{}", n));
    if (type.empty()) break;
    types.push_back(std::move(type));
  }
  return types;
}

}  // namespace

bool may_be_webhook(const Head& head) {
  if (head.method() == "GET") return !query_of(head).empty();
  return head.method() == "POST" && is_form(head);
}

std::optional<Incoming> read_webhook(const Head& head, const std::string& content) {
  if (!may_be_webhook(head)) return std::nullopt;
  const bool post = head.method() == "POST";
  std::vector<twilio::Field> fields = api::parse_form(post ? content : query_of(head));
  Incoming incoming;
  incoming.pair = {value_of(fields, "From"), value_of(fields, "To")};
  if (incoming.pair.from.empty() || incoming.pair.to.empty()) return std::nullopt;
  incoming.message_sid = value_of(fields, "MessageSid");
  incoming.is_message = twilio::find(fields, "Body").has_value() &&
                        !twilio::find(fields, "MessageStatus").has_value();
  if (incoming.is_message) {
    incoming.text = value_of(fields, "Body");
    incoming.media = media_of(fields);
  }
  if (post) incoming.form = std::move(fields);
  return incoming;
}

}  // namespace crumbproof::proxy
