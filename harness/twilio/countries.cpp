#include <crumbproof/twilio/countries.hpp>

#include <algorithm>
#include <array>

namespace crumbproof::twilio {

namespace {

using Prefixes = std::span<const std::string_view>;

/// Of the five largest provinces; 555 belongs to no one there either.
constexpr auto kCanadian =
    std::to_array<std::string_view>({"+1416555", "+1647555", "+1514555", "+1604555", "+1403555",
                                     "+1587555", "+1613555", "+1905555", "+1778555", "+1438555"});
/// 071 is open for mobile phones and not allotted (Ofcom's National Telephone Numbering Plan).
constexpr auto kBritish = std::to_array<std::string_view>({"+4471"});
/// 0150 has been given back (Bundesnetzagentur's list of mobile blocks).
constexpr auto kGerman = std::to_array<std::string_view>({"+49150"});
/// Reserved for fiction (ARCEP, decision 2018-0881).
constexpr auto kFrench = std::to_array<std::string_view>({"+3363998"});

constexpr int kLine = 4;
constexpr int kSubscriber = 8;

// The senders of the United States are another scheme's (Identities::sender).
constexpr std::array kCountries{
    Country{"US", "+1", Prefixes{}, 0, {"SAN FRANCISCO", "CA", "94103"}},
    Country{"CA", "+1", kCanadian, kLine, {"TORONTO", "ON", ""}},
    Country{"GB", "+44", kBritish, kSubscriber, {}},
    Country{"DE", "+49", kGerman, kSubscriber, {}},
    Country{"FR", "+33", kFrench, kLine, {}},
};

/// +1 is shared: Canada's area codes are those that the senders come from.
bool is_canadian(std::string_view number) {
  constexpr std::size_t kAreaEnd = 5;
  return std::ranges::any_of(kCanadian, [&](std::string_view prefix) {
    return number.starts_with(prefix.substr(0, kAreaEnd));
  });
}

}  // namespace

std::span<const Country> countries() { return kCountries; }

const Country* find_country(std::string_view code) {
  const auto* const found = std::ranges::find(kCountries, code, &Country::code);
  return found == kCountries.end() ? nullptr : found;
}

const Country* country_of(std::string_view number) {
  if (is_canadian(number)) return find_country("CA");
  const auto* const found = std::ranges::find_if(
      kCountries, [&](const Country& country) { return number.starts_with(country.calling); });
  return found == kCountries.end() ? nullptr : found;
}

}  // namespace crumbproof::twilio
