#include <crumbproof/asio/context.hpp>

#include <stdexcept>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/defer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/execution.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/recycling_allocator.hpp>
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::asio;
namespace execution = boost::asio::execution;

namespace {

/// All that Asio may ask of the executor of an io_context.
template <class E>
constexpr bool is_like_io_context =
    execution::is_executor_v<E>&& boost::asio::can_require_v<E, execution::blocking_t::possibly_t>&&
        boost::asio::can_require_v<E, execution::blocking_t::never_t> &&
    !boost::asio::can_require_v<E, execution::blocking_t::always_t> &&
    boost::asio::can_require_v<E, execution::relationship_t::fork_t> &&
    boost::asio::can_require_v<E, execution::relationship_t::continuation_t> &&
    boost::asio::can_require_v<E, execution::outstanding_work_t::tracked_t> &&
    boost::asio::can_require_v<E, execution::outstanding_work_t::untracked_t> &&
    boost::asio::can_require_v<E, execution::allocator_t<boost::asio::recycling_allocator<void>>> &&
    boost::asio::can_query_v<E, execution::context_t> &&
    boost::asio::can_query_v<E, execution::context_as_t<boost::asio::execution_context&>> &&
    boost::asio::can_query_v<E, execution::blocking_t> &&
    boost::asio::can_query_v<E, execution::relationship_t> &&
    boost::asio::can_query_v<E, execution::outstanding_work_t> &&
    boost::asio::can_query_v<E, execution::mapping_t> &&
    boost::asio::can_query_v<E, execution::allocator_t<void>> &&
    std::is_convertible_v<E, boost::asio::any_io_executor> &&
    std::is_nothrow_move_constructible_v<E>;

static_assert(is_like_io_context<boost::asio::io_context::executor_type>);
static_assert(is_like_io_context<Executor>);
static_assert(is_like_io_context<BasicExecutor<boost::asio::recycling_allocator<void>>>);

bool never() { return false; }

}  // namespace

TEST_CASE("an executor tells the properties that were required of it") {
  Context context;
  const Executor executor = context.get_executor();
  CHECK(&boost::asio::query(executor, execution::context) == &context);
  CHECK(boost::asio::query(executor, execution::blocking) == execution::blocking.possibly);
  CHECK(boost::asio::query(executor, execution::relationship) == execution::relationship.fork);
  CHECK(boost::asio::query(executor, execution::mapping) == execution::mapping.thread);

  const Executor never_blocking = boost::asio::require(executor, execution::blocking.never);
  CHECK(boost::asio::query(never_blocking, execution::blocking) == execution::blocking.never);
  CHECK(never_blocking != executor);
  CHECK(boost::asio::require(never_blocking, execution::blocking.possibly) == executor);
  const Executor continuing = boost::asio::require(executor, execution::relationship.continuation);
  CHECK(boost::asio::query(continuing, execution::relationship) ==
        execution::relationship.continuation);
  CHECK(boost::asio::require(continuing, execution::relationship.fork) == executor);

  CHECK(executor == context.get_executor());
  Context other;
  CHECK(executor != other.get_executor());
  CHECK(boost::asio::any_io_executor(executor) == boost::asio::any_io_executor(executor));
}

TEST_CASE("tracked work is counted once for each executor") {
  Context context;
  {
    auto guard = boost::asio::make_work_guard(context.get_executor());
    CHECK(context.outstanding_work() == 1);
    auto copy = guard;
    CHECK(context.outstanding_work() == 2);
    auto moved = std::move(copy);
    CHECK(context.outstanding_work() == 2);
    const boost::asio::any_io_executor any = boost::asio::prefer(
        boost::asio::any_io_executor(context.get_executor()), execution::outstanding_work.tracked);
    CHECK(context.outstanding_work() == 3);
    guard.reset();
    CHECK(context.outstanding_work() == 2);
  }
  CHECK(context.outstanding_work() == 0);
}

TEST_CASE("dispatch runs at once within a handler, post and defer do not") {
  Context context;
  std::string order;
  boost::asio::post(context, [&] {
    order += "[";
    boost::asio::post(context, [&] { order += "p"; });
    boost::asio::defer(context, [&] { order += "f"; });
    boost::asio::dispatch(context, [&] { order += "d"; });
    order += "]";
  });
  boost::asio::dispatch(context, [&] { order += "outside"; });
  CHECK(order.empty());
  CHECK(context.run_until(never) == Stopped::idle);
  CHECK(order == "[d]outsidepf");
}

TEST_CASE("an exception leaves the run and the context stays usable") {
  Context context;
  int run = 0;
  const auto fail = [] { throw std::runtime_error("from a handler"); };
  boost::asio::post(context, fail);
  boost::asio::post(context, [&] { ++run; });
  boost::asio::post(context, [&] {
    boost::asio::dispatch(context, fail);
    ++run;
  });
  boost::asio::post(context, [&] { ++run; });
  CHECK_THROWS_WITH(context.run_until(never), "from a handler");
  CHECK(run == 0);
  CHECK_THROWS_WITH(context.run_until(never), "from a handler");
  CHECK(run == 2);
  CHECK(context.run_until(never) == Stopped::idle);
  CHECK(run == 3);
}
