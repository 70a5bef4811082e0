#pragma once

#include <crumbproof/proxy/stage.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace crumbproof::proxy {

/// Deliveries that wait, each for the next one of its pair.
class Holds {
 public:
  /// None waits longer than that.
  Holds(boost::asio::any_io_executor executor, std::chrono::milliseconds longest)
      : executor_(std::move(executor)), longest_(longest) {}

  /// Waits; returns whether the next delivery of the pair has let it go, or else its time is up.
  boost::asio::awaitable<bool> wait(const Course& course);
  /// A delivery has come.
  void on_arrival(const Course& course) { let_go(course, Hold::until_arrived); }
  /// It was answered, or nothing will come of it any more.
  void on_answer(const Course& course) { let_go(course, Hold::until_answered); }
  /// Lets all go.
  void end();

 private:
  struct Waiting {
    Hold hold;
    boost::asio::steady_timer timer;
    bool let_go = false;
  };
  using Place = std::pair<Pair, std::uint64_t>;  ///< a delivery by pair and number

  /// The one before that delivery, if it waits for just that.
  void let_go(const Course& course, Hold hold);

  boost::asio::any_io_executor executor_;
  std::chrono::milliseconds longest_;
  std::map<Place, std::shared_ptr<Waiting>> waiting_;
};

}  // namespace crumbproof::proxy
