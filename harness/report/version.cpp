#include <crumbproof/report/version.hpp>

namespace crumbproof::report {

std::string_view version() { return CRUMBPROOF_VERSION; }

}  // namespace crumbproof::report
