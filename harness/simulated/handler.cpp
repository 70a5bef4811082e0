#include <crumbproof/simulated/handler.hpp>

#include <string>

namespace crumbproof::simulated::detail {

target::Exchange threw(const std::exception_ptr& thrown) {
  constexpr int kInternalServerError = 500;
  target::Exchange exchange;
  exchange.response.status = kInternalServerError;
  std::string what = "something that is no std::exception";
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& error) {
    what = error.what();
  } catch (...) {
  }
  exchange.detail = "the handler threw: " + what;
  return exchange;
}

}  // namespace crumbproof::simulated::detail
