#include <crumbproof/asio/stream.hpp>

namespace crumbproof::asio {

std::pair<Stream, Stream> make_pair(Context& context) {
  const auto connection = std::make_shared<detail::Connection>(0);
  return {Stream(context.get_executor(), Socket(connection, detail::End::client)),
          Stream(context.get_executor(), Socket(connection, detail::End::server))};
}

}  // namespace crumbproof::asio
