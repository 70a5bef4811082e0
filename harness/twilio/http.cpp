#include <crumbproof/twilio/ascii.hpp>
#include <crumbproof/twilio/http.hpp>

#include <algorithm>
#include <utility>

#include <boost/url/encode.hpp>
#include <boost/url/grammar/alnum_chars.hpp>
#include <boost/url/grammar/lut_chars.hpp>

namespace crumbproof::twilio {

namespace {

template <class Matches>
std::optional<std::string_view> value_of_first(const std::vector<Field>& fields, Matches matches) {
  const auto found = std::ranges::find_if(fields, matches, &Field::name);
  if (found == fields.end()) return std::nullopt;
  return found->value;
}

/// What the WHATWG URL standard, browsers and Java leave as it is in a form; the apostrophe and the
/// tilde are not among them.
constexpr boost::urls::grammar::lut_chars kPlainInForm =
    boost::urls::grammar::alnum_chars + boost::urls::grammar::lut_chars("*-._");

std::string form_encode(std::string_view text) {
  const boost::urls::encoding_opts space_as_plus(true);
  return boost::urls::encode(text, kPlainInForm, space_as_plus);
}

}  // namespace

std::optional<std::string_view> find(const std::vector<Field>& fields, std::string_view name) {
  return value_of_first(fields, [&](const std::string& candidate) { return candidate == name; });
}

std::optional<std::string_view> find_header(const std::vector<Field>& headers,
                                            std::string_view name) {
  const std::string wanted = lower_case(name);
  return value_of_first(
      headers, [&](const std::string& candidate) { return lower_case(candidate) == wanted; });
}

std::string_view Request::parameter(std::string_view name) const {
  return find(parameters, name).value_or(std::string_view());
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
  constexpr std::string_view kSeparator = "; ";
  std::string_view rest = find_header(headers, "Cookie").value_or(std::string_view());
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find(kSeparator));
    rest.remove_prefix(std::min(rest.size(), pair.size() + kSeparator.size()));
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
      return pair.substr(equals + 1);
    }
  }
  return std::nullopt;
}

std::string Request::body() const {
  return method == "GET" ? std::string() : form_encode(parameters);
}

Response Response::twiml(std::string document) {
  return {200, {{"Content-Type", "text/xml; charset=utf-8"}}, std::move(document)};
}

Response& Response::set_cookie(std::string content) {
  headers.push_back({"Set-Cookie", std::move(content)});
  return *this;
}

std::string form_encode(const std::vector<Field>& fields) {
  std::string form;
  for (const Field& field : fields) {
    if (!form.empty()) form += '&';
    form += form_encode(field.name);
    form += '=';
    form += form_encode(field.value);
  }
  return form;
}

}  // namespace crumbproof::twilio
