#include <crumbproof/sim/hash.hpp>

#include <fmt/format.h>

namespace crumbproof {

std::string Hasher::hex() const { return fmt::format("{:016x}", state_); }

}  // namespace crumbproof
