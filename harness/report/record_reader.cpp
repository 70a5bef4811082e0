#include <crumbproof/report/bytes.hpp>
#include <crumbproof/report/json_fields.hpp>
#include <crumbproof/report/proof_reader.hpp>
#include <crumbproof/report/record_reader.hpp>
#include <crumbproof/run/cookie_values.hpp>
#include <crumbproof/sim/json.hpp>

#include <charconv>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof::report {

namespace {

using Json = nlohmann::ordered_json;

std::uint64_t optional_number(const Json& json, const char* key, std::uint64_t otherwise,
                              std::uint64_t largest) {
  return json.contains(key) ? number_at(json, key, largest) : otherwise;
}

std::vector<std::string> optional_texts(const Json& json, const char* key) {
  return json.contains(key) ? texts_at(json, key) : std::vector<std::string>();
}

std::vector<ReplyMessage> optional_messages(const Json& json, const char* key) {
  if (!json.contains(key)) return {};
  return part(json, key, [](const Json& list) { return reply_messages_from_json(list); });
}

run::NextDocument next_from_json(const Json& json) {
  run::NextDocument next;
  next.url.scheme = text_at(json, "scheme");
  if (next.url.scheme != "http" && next.url.scheme != "https") {
    throw BadInput("the key \"scheme\" has to be http or https");
  }
  next.url.host = bytes_of_text(text_at(json, "host"));
  if (!at(json, "port").is_null()) {
    constexpr std::uint64_t kMost = std::numeric_limits<std::uint16_t>::max();
    next.url.port = static_cast<std::uint16_t>(number_at(json, "port", kMost));
  }
  next.url.path = bytes_of_text(text_at(json, "path"));
  next.url.has_query = !at(json, "query").is_null();
  if (next.url.has_query) next.url.query = bytes_of_text(text_at(json, "query"));
  next.url.fragment = bytes_of_text(text_at(json, "fragment"));
  next.method = bytes_of_text(text_at(json, "method"));
  next.by_http = flag_at(json, "by_http");
  return next;
}

twilio::AnswerCookies cookies_of(const Json& json) {
  if (!json.contains("cookies")) return {};
  std::vector<twilio::Field> fields;
  for (const Json& field : list_at(json, "cookies")) {
    const bool is_field =
        field.is_array() && field.size() == 2 && field[0].is_string() && field[1].is_string();
    if (!is_field) throw BadInput("a cookie has to be a list of the field's name and its value");
    fields.push_back(
        {bytes_of_text(field[0].get<std::string>()), bytes_of_text(field[1].get<std::string>())});
  }
  return twilio::AnswerCookies(fields);
}

run::SeenAnswer seen_from_json(const Json& json) {
  run::SeenAnswer seen;
  seen.answer = part(json, "answer", [](const Json& answer) { return answer_from_json(answer); });
  seen.messages = optional_messages(json, "messages");
  if (json.contains("next")) seen.next = part(json, "next", next_from_json);
  seen.failure = static_cast<twilio::Failure>(optional_number(
      json, "failure", 0, static_cast<std::uint64_t>(twilio::Failure::server_error)));
  constexpr auto kOther = static_cast<std::uint64_t>(target::Unreachable::other);
  seen.why = static_cast<target::Unreachable>(optional_number(json, "why", kOther, kOther));
  seen.cookies = cookies_of(json);
  if (json.contains("cookie_values")) {
    constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
    for (const Json& value : list_at(json, "cookie_values")) {
      if (!value.is_number_unsigned() || value.get<std::uint64_t>() > kMost) {
        throw BadInput("the key \"cookie_values\" has to be a list of whole numbers");
      }
      seen.cookie_values.push_back(value.get<std::uint32_t>());
    }
  }
  if (seen.cookie_values.size() != seen.cookies.cookies().size()) {
    throw BadInput("there has to be one of \"cookie_values\" for each Set-Cookie");
  }
  seen.warnings = optional_texts(json, "warnings");
  seen.sent = optional_messages(json, "sent");
  return seen;
}

/// Reads a number that a text begins with, and the character behind it.
template <class Number>
Number take_number(std::string_view& text, char behind, int base) {
  Number number = 0;
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number, base);
  const bool ends_well = at == end ? behind == ' ' : *at == behind;
  if (error != std::errc() || !ends_well) {
    throw BadInput("the key \"requests\" has to be like \"b0532e84b7ca4932:0:812\"");
  }
  text.remove_prefix(static_cast<std::size_t>(at - text.data()) + (at == end ? 0 : 1));
  return number;
}

/// Its cookies have to be numbered as those of an execution are, in the order of their values.
void check_cookies(const run::Record::Execution& execution, const run::AnswerPool& pool) {
  run::CookieValues values;
  for (const auto& entry : execution.entries) {
    const run::SeenAnswer& seen = *pool.at(entry.answer);
    if (values.number(seen.cookies) != seen.cookie_values) {
      throw BadInput(fmt::format("the cookie values of answer {} do not fit", entry.answer));
    }
  }
}

run::Record::Execution execution_from_json(const Json& json, const run::AnswerPool& pool) {
  constexpr int kHex = 16;
  constexpr int kDecimal = 10;
  run::Record::Execution execution;
  execution.id = hash_at(json, "id");
  const std::string requests = text_at(json, "requests");
  std::string_view left = requests;
  while (!left.empty()) {
    auto& entry = execution.entries.emplace_back();
    entry.key = take_number<std::uint64_t>(left, ':', kHex);
    entry.answer = take_number<std::uint32_t>(left, ':', kDecimal);
    entry.took_us = take_number<std::uint32_t>(left, ' ', kDecimal);
    if (entry.answer >= pool.size()) {
      throw BadInput(fmt::format("there is no answer {}", entry.answer));
    }
  }
  execution.deliveries =
      optional_number(json, "deliveries", execution.entries.size(), kMostNumber / 2);
  if (json.contains("probe")) execution.probe = text_at(json, "probe");
  execution.warnings = optional_texts(json, "warnings");
  check_cookies(execution, pool);
  return execution;
}

run::Record record_from_json(const Json& json) {
  run::Record record;
  const auto each = [&](const char* key, auto read) {
    const Json& list = list_at(json, key);
    for (std::size_t n = 0; n < list.size(); ++n) {
      try {
        read(list[n]);
      } catch (const BadInput& bad) {
        throw BadInput(fmt::format("entry {} of \"{}\": {}", n, key, bad.what()));
      }
    }
  };
  each("answers", [&](const Json& answer) {
    const std::size_t before = record.pool().size();
    record.pool().add(seen_from_json(answer));
    if (record.pool().size() == before) throw BadInput("it is there twice");
  });
  each("executions",
       [&](const Json& execution) { record.add(execution_from_json(execution, record.pool())); });
  return record;
}

/// What a person calls it: as in `budget` or `--method`.
std::string shown(const std::string& key) {
  constexpr std::string_view kOption = "option ";
  return key.starts_with(kOption) ? "--" + key.substr(kOption.size()) : key;
}

void check_is_same(const Json& recorded, const Json& search) {
  const auto value_of = [](const Json& json, const std::string& key) {
    const auto found = json.find(key);
    return found == json.end() ? Json() : *found;
  };
  const auto check = [&](const std::string& key) {
    const Json then = value_of(recorded, key);
    const Json now = value_of(search, key);
    if (then == now) return;
    throw BadInput(fmt::format(
        "it is of another search: its {} is {}, here it is {}; give --resume with the options of "
        "the check that wrote it",
        shown(key), shortened(then.dump()), shortened(now.dump())));
  };
  if (!recorded.is_object()) throw BadInput("the key \"search\" has to be an object");
  for (const auto& [key, value] : search.items()) check(key);
  for (const auto& [key, value] : recorded.items()) check(key);
}

}  // namespace

Recorded read_record(std::string_view text, const std::string& path, const Json& search) {
  const Json json = parse_json(text, path, "a report that check has written (--json)");
  check_schema(json, path, kReportSchema);
  try {
    if (!json.contains("resume")) {
      throw BadInput("there is nothing to resume: the check that wrote it had come to its end");
    }
    const Json& resume = at(json, "resume");
    check_is_same(at(resume, "search"), search);
    return {part(json, "resume", record_from_json), text_at(json, "run_id")};
  } catch (const BadInput& bad) {
    throw BadInput(fmt::format("{}: {}", path, shortened(bad.what())));
  }
}

}  // namespace crumbproof::report
