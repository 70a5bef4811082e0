#include <crumbproof/target/thrown.hpp>

namespace crumbproof::target {

std::string what(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "something that is no std::exception";
  }
}

Exchange threw(const std::exception_ptr& thrown) {
  constexpr int kInternalServerError = 500;
  Exchange exchange;
  exchange.response.status = kInternalServerError;
  exchange.detail = "the handler threw: " + what(thrown);
  return exchange;
}

}  // namespace crumbproof::target
