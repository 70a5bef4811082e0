#pragma once

#include <crumbproof/asio/byte_queue.hpp>
#include <crumbproof/asio/operation.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>

#include <boost/system/error_code.hpp>

namespace crumbproof::asio::detail {

class Scheduler;

/// An end of a connection.
enum class End : std::uint8_t { client, server };

class ReadOperation;

/// A connection of two ends in memory, with TCP's manners. It buffers without a bound, so a write
/// never waits.
class Connection {
 public:
  /// `number` tells its client's address from those of others.
  explicit Connection(std::uint32_t number) : number_(number) {}

  [[nodiscard]] std::uint32_t number() const { return number_; }

  /// Bytes from that end to the other. broken_pipe if they can never be read, connection_reset if
  /// the other end has reset the connection.
  boost::system::error_code write(End from, std::string_view bytes);

  /// A read at that end, which is posted at once if it has a result, and else waits, at most until
  /// `due`; whether it waits. Only one may.
  bool read(End at, OwnedAs<ReadOperation> read, Scheduler& scheduler, Clock::time_point due);
  [[nodiscard]] bool is_reading(End at) const { return !side(at).reader.empty(); }
  /// Ends the read that waits with operation_aborted.
  void cancel(End at) { cancel_all(side(at).reader); }

  /// What has come and was not read.
  [[nodiscard]] ByteQueue& incoming(End at) { return side(at).incoming; }
  [[nodiscard]] const ByteQueue& incoming(End at) const { return side(at).incoming; }

  /// That end sends nothing more.
  void shut_down_sending(End end);
  /// That end reads nothing more: end of file.
  void shut_down_receiving(End end);
  /// That end does neither, and its read is cancelled. If something that has come was not read, the
  /// other end sees a reset.
  void close(End end);
  /// The other end's reads and writes fail.
  void reset(End end);

  [[nodiscard]] bool has_ended_sending(End end) const { return side(end).sends_no_more; }
  [[nodiscard]] bool is_closed(End end) const { return side(end).closed; }
  [[nodiscard]] bool was_reset_by(End end) const { return side(end).has_reset; }

 private:
  struct Side {
    ByteQueue incoming;
    OperationList reader;
    bool sends_no_more = false;
    bool receives_no_more = false;
    bool closed = false;
    bool has_reset = false;
  };

  static End other(End end) { return end == End::client ? End::server : End::client; }
  [[nodiscard]] Side& side(End end) { return sides_[static_cast<std::size_t>(end)]; }
  [[nodiscard]] const Side& side(End end) const { return sides_[static_cast<std::size_t>(end)]; }
  /// Gives the read its result if it can have one by now.
  bool try_read(End at, ReadOperation& read);
  /// Lets a read that waits have what has come.
  void wake(End at);

  std::array<Side, 2> sides_;
  std::uint32_t number_;
};

/// A read of at least one byte, if there is room for one.
class ReadOperation : public Operation {
 public:
  ReadOperation() : Operation(PendingKind::read) {}

  /// The connection at whose end it waits, which lives as long as it does so.
  void set_place(Connection& connection, End end) {
    connection_ = &connection;
    end_ = end;
  }
  /// As many bytes of those as fit its buffers.
  void fill(ByteQueue& bytes) {
    count_ = copy(bytes.front());
    bytes.consume(count_);
  }
  [[nodiscard]] virtual bool has_room() const = 0;
  /// The stream's time is over: it is closed, as by boost::beast::tcp_stream.
  void expire() override;
  [[nodiscard]] std::tuple<boost::system::error_code, std::size_t> result() const {
    return {error(), count_};
  }

 private:
  virtual std::size_t copy(std::string_view bytes) = 0;

  Connection* connection_ = nullptr;
  End end_ = End::server;
  std::size_t count_ = 0;
};

/// A write, which has its result from the beginning.
class WriteOperation : public Operation {
 public:
  WriteOperation(boost::system::error_code error, std::size_t count)
      : Operation(PendingKind::write), count_(count) {
    set_error(error);
  }
  [[nodiscard]] std::tuple<boost::system::error_code, std::size_t> result() const {
    return {error(), count_};
  }

 private:
  std::size_t count_;
};

}  // namespace crumbproof::asio::detail
