#include <crumbproof/api/form.hpp>

#include <string>

#include <boost/url/encoding_opts.hpp>
#include <boost/url/params_encoded_ref.hpp>
#include <boost/url/params_encoded_view.hpp>
#include <boost/url/parse_query.hpp>

namespace crumbproof::api {

std::vector<twilio::Field> parse_form(std::string_view body) {
  namespace urls = boost::urls;
  std::vector<twilio::Field> fields;
  // Boost 1.81 takes the last value to end where a NUL is, wherever the text ends.
  const std::string ended(body);
  const auto parsed = urls::parse_query(ended);
  if (!parsed) return fields;
  urls::encoding_opts a_plus_is_a_space;
  a_plus_is_a_space.space_as_plus = true;
  for (const auto& pair : *parsed) {
    fields.push_back({pair.key.decode(a_plus_is_a_space), pair.value.decode(a_plus_is_a_space)});
  }
  return fields;
}

}  // namespace crumbproof::api
