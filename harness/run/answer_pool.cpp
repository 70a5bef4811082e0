#include <crumbproof/run/answer_pool.hpp>
#include <crumbproof/sim/hash.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include <fmt/format.h>

namespace crumbproof::run {

namespace {

/// No shorter and no longer than the value, since the store refuses long ones; none where there is
/// none, since that cannot be altered.
std::string number_in_place_of(const std::string& value, std::uint32_t number) {
  return value.empty() ? value : fmt::format("{:0{}}", number, value.size());
}

bool counts_from_date(const twilio::AnswerCookies& cookies) {
  return std::ranges::any_of(cookies.cookies(), [](const twilio::AnswerCookies::Cookie& cookie) {
    const auto* set = std::get_if<twilio::SetCookie>(&cookie);
    return set != nullptr && set->expires && !set->max_age;
  });
}

twilio::AnswerCookies without_values(const SeenAnswer& seen) {
  const bool keeps_date = counts_from_date(seen.cookies);
  std::vector<twilio::Field> fields;
  std::size_t n = 0;
  for (twilio::Field& field : seen.cookies.fields()) {
    if (!twilio::is_set_cookie(field)) {
      if (keeps_date) fields.push_back(std::move(field));
      continue;
    }
    if (const auto* set = std::get_if<twilio::SetCookie>(&seen.cookies.cookies()[n])) {
      const std::size_t attributes = std::min(field.value.find(';'), field.value.size());
      field.value =
          fmt::format("{}={}{}", set->name, number_in_place_of(set->value, seen.cookie_values[n]),
                      field.value.substr(attributes));
    }
    ++n;
    fields.push_back(std::move(field));
  }
  return twilio::AnswerCookies(fields);
}

/// Of what most answers that differ differ in.
std::uint64_t hash_of(const SeenAnswer& seen) {
  Hasher hasher;
  hasher.add(seen.answer.status).add(seen.answer.body).add(seen.answer.problem);
  for (const twilio::Field& field : seen.cookies.fields()) hasher.add(field.value);
  return hasher.value();
}

}  // namespace

std::optional<AnswerPool::Index> AnswerPool::find(const SeenAnswer& own, std::uint64_t hash) const {
  const auto [first, last] = by_hash_.equal_range(hash);
  for (auto known = first; known != last; ++known) {
    if (*answers_[known->second] == own) return known->second;
  }
  return std::nullopt;
}

AnswerPool::Index AnswerPool::add(const SeenAnswer& seen) {
  constexpr std::size_t kMostBodyBytes = 64 * std::size_t{1024 * 1024};
  constexpr std::size_t kShortBody = 1024;
  SeenAnswer own = seen;
  own.cookies = without_values(seen);
  std::uint64_t hash = hash_of(own);
  if (const auto known = find(own, hash)) return *known;
  if (body_bytes_ >= kMostBodyBytes && own.answer.body.size() > kShortBody) {
    own.answer.body = twilio::quotable(own.answer.body, kShortBody);
    hash = hash_of(own);
    if (const auto known = find(own, hash)) return *known;
  }
  body_bytes_ += own.answer.body.size();
  const auto index = static_cast<Index>(answers_.size());
  answers_.push_back(std::make_shared<const SeenAnswer>(std::move(own)));
  by_hash_.emplace(hash, index);
  return index;
}

}  // namespace crumbproof::run
