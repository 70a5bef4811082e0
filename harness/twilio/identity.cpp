#include <crumbproof/sim/hash.hpp>
#include <crumbproof/sim/random.hpp>
#include <crumbproof/twilio/identity.hpp>

#include <algorithm>
#include <array>
#include <numeric>
#include <stdexcept>

#include <fmt/format.h>

namespace crumbproof::twilio {

namespace {

/// Geographic area codes in service in the 50 states and Washington D.C., by the North American
/// Numbering Plan Administrator (https://www.nanpa.com). One country, since a webhook says
/// FromCountry=US.
constexpr auto kAreaCodes = std::to_array<std::uint16_t>({
    201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 220, 223,
    224, 225, 228, 229, 231, 234, 239, 240, 248, 251, 252, 253, 254, 256, 260, 262, 267, 269, 270,
    272, 274, 276, 279, 281, 301, 302, 303, 304, 305, 307, 308, 309, 310, 312, 313, 314, 315, 316,
    317, 318, 319, 320, 321, 323, 325, 330, 331, 332, 334, 336, 337, 339, 340, 346, 347, 351, 352,
    360, 361, 364, 380, 385, 386, 401, 402, 404, 405, 406, 407, 408, 409, 410, 412, 413, 414, 415,
    417, 419, 423, 424, 425, 430, 432, 434, 435, 440, 442, 443, 445, 458, 463, 464, 469, 470, 475,
    478, 479, 480, 484, 501, 502, 503, 504, 505, 507, 508, 509, 510, 512, 513, 515, 516, 517, 518,
    520, 530, 531, 534, 539, 540, 541, 551, 559, 561, 562, 563, 564, 567, 570, 571, 573, 574, 575,
    580, 585, 586, 601, 602, 603, 605, 606, 607, 608, 609, 610, 612, 614, 615, 616, 617, 618, 619,
    620, 623, 626, 628, 629, 630, 631, 636, 641, 646, 650, 651, 657, 660, 661, 662, 667, 669, 678,
    680, 681, 682, 689, 701, 702, 703, 704, 706, 707, 708, 712, 713, 714, 715, 716, 717, 718, 719,
    720, 724, 725, 726, 727, 731, 732, 734, 737, 740, 743, 747, 754, 757, 760, 762, 763, 765, 769,
    770, 772, 773, 774, 775, 779, 781, 785, 786, 801, 802, 803, 804, 805, 806, 808, 810, 812, 813,
    814, 815, 816, 817, 818, 828, 830, 831, 832, 838, 839, 843, 845, 847, 848, 850, 854, 856, 857,
    858, 859, 860, 862, 863, 864, 865, 870, 872, 878, 901, 903, 904, 906, 907, 908, 909, 910, 912,
    913, 914, 915, 916, 917, 918, 919, 920, 925, 928, 929, 930, 931, 934, 936, 937, 938, 940, 941,
    947, 949, 951, 952, 954, 956, 959, 970, 971, 972, 973, 978, 979, 980, 984, 985, 986, 989,
});

/// 555-1212 answers: directory assistance.
constexpr std::uint64_t kDirectoryLine = 1212;
constexpr std::uint64_t kLines = 10'000 - 1;
constexpr std::uint64_t kSpace = kAreaCodes.size() * kLines;

/// The n-th number of the space stands n strides from the first, round and round. Near the golden
/// ratio of the space, and of the lines of an area code, so that any few numbers in a row lie far
/// apart in both; coprime to the space, so that all are met before one comes again.
constexpr std::uint64_t kStride = 1'985'987;
static_assert(std::gcd(kStride, kSpace) == 1);

}  // namespace

Identities::Identities(std::string_view run_id) : seed_(Hasher().add(run_id).value()) {}

std::uint64_t Identities::space() { return kSpace; }

std::string Identities::sender(std::uint64_t n) const {
  if (n >= kSpace) {
    throw std::length_error(fmt::format("a run has numbers for {} senders", kSpace));
  }
  const std::uint64_t place = (Random(seed_).below(kSpace) + n) % kSpace * kStride % kSpace;
  std::uint64_t line = place % kLines;
  if (line >= kDirectoryLine) ++line;
  return fmt::format("+1{}555{:04}", kAreaCodes.at(place / kLines), line);
}

std::string Identities::sender(const Country& country, std::uint64_t n) const {
  if (country.prefixes.empty()) return sender(n);
  std::uint64_t lines = 1;
  for (int digit = 0; digit < country.free_digits; ++digit) lines *= 10;
  const std::uint64_t space = country.prefixes.size() * lines;
  if (n >= space) {
    throw std::length_error(
        fmt::format("a run has numbers for {} senders of {}", space, country.code));
  }
  // Of the prefixes in turn, so that two in a row differ there too; the stride is odd and no
  // multiple of 5, so that it is coprime to the powers of 10 that there are lines.
  constexpr std::uint64_t kLineStride = 61'803'399;
  const std::uint64_t place = (Random(seed_).below(space) + n) % space;
  const std::uint64_t prefix = place % country.prefixes.size();
  const std::uint64_t line = place / country.prefixes.size() * kLineStride % lines;
  return fmt::format("{}{:0{}}", country.prefixes[prefix], line, country.free_digits);
}

std::string Identities::sid(std::string_view prefix, std::uint64_t n) const {
  Random bits(Hasher().add("sid").add(seed_).add(prefix).add(n).value());
  const std::uint64_t high = bits.next();
  return fmt::format("{}{:016x}{:016x}", prefix, high, bits.next());
}

std::string Identities::uuid(std::uint64_t n) const {
  Random bits(Hasher().add("uuid").add(seed_).add(n).value());
  const std::uint64_t high = bits.next();
  const std::uint64_t low = bits.next();
  constexpr std::uint64_t kVersion = 0x4000;  // 4, in the third group
  constexpr std::uint64_t kVariant = 0x8000;  // binary 10, in the fourth
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32U, (high >> 16U) & 0xffffU,
                     kVersion | (high & 0x0fffU), kVariant | ((low >> 48U) & 0x3fffU),
                     low & 0xffff'ffff'ffffU);
}

}  // namespace crumbproof::twilio
