#include <crumbproof/cli/version.hpp>

namespace crumbproof::cli {

std::string_view version() { return CRUMBPROOF_VERSION; }

}  // namespace crumbproof::cli
