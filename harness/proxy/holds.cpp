#include <crumbproof/proxy/holds.hpp>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace crumbproof::proxy {

boost::asio::awaitable<bool> Holds::wait(const Course& course) {
  const Place place(course.pair, course.number);
  const auto waiting = std::make_shared<Waiting>(
      Waiting{course.hold, boost::asio::steady_timer(executor_, longest_)});
  waiting_[place] = waiting;
  boost::system::error_code ignored;
  co_await waiting->timer.async_wait(
      boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
  waiting_.erase(place);
  co_return waiting->let_go;
}

void Holds::end() {
  for (const auto& [place, waiting] : waiting_) waiting->timer.cancel();
}

void Holds::let_go(const Course& course, Hold hold) {
  const auto waiting = waiting_.find(Place(course.pair, course.number - 1));
  if (waiting == waiting_.end() || waiting->second->hold != hold) return;
  waiting->second->let_go = true;
  waiting->second->timer.cancel();
}

}  // namespace crumbproof::proxy
