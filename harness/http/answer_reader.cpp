#include <crumbproof/http/answer_reader.hpp>
#include <crumbproof/http/exchange_failed.hpp>
#include <crumbproof/twilio/last_chunk.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <fmt/format.h>

namespace crumbproof::http {

namespace {

namespace beast = boost::beast;
using beast::string_view;
using boost::system::error_code;

/// Room for a read, on top of the longest headers.
constexpr std::size_t kReadBytes = 16 * std::size_t{1024};
constexpr int kSwitchingProtocols = 101;

std::string_view view(string_view text) { return {text.data(), text.size()}; }

/// Keeps a response's headers as they came: all of them, in order, names as written.
class Parser final : public beast::http::basic_parser<false> {
 public:
  Parser(const HttpLimits& limits, std::size_t& head_bytes)
      : head_limit_(limits.header_bytes), head_bytes_(head_bytes) {
    eager(true);
    header_limit(static_cast<std::uint32_t>(limits.header_bytes));
    body_limit(limits.body_bytes);
  }

  twilio::Response& response() { return response_; }
  /// Whether a chunk's size is to come.
  [[nodiscard]] bool is_between_chunks() const {
    return is_header_done() && chunked() && between_chunks_;
  }
  [[nodiscard]] bool has_status() const { return has_status_; }

 private:
  void on_request_impl(beast::http::verb /*method*/, string_view /*name*/, string_view /*target*/,
                       int /*version*/, error_code& /*error*/) override {}

  void on_response_impl(int status, string_view reason, int /*version*/,
                        error_code& error) override {
    response_.status = status;
    has_status_ = true;
    if (status < 100 || status == kSwitchingProtocols) error = beast::http::error::bad_status;
    count(reason.size(), error);
  }

  void on_field_impl(beast::http::field field, string_view name, string_view value,
                     error_code& error) override {
    if (in_trailers_) return;
    count(name.size() + value.size(), error);
    if (field == beast::http::field::content_length &&
        (std::exchange(has_length_, true) || value.find(',') != string_view::npos)) {
      error = beast::http::error::multiple_content_length;
    }
    if (!error) response_.headers.push_back({std::string(view(name)), std::string(view(value))});
  }

  void on_header_impl(error_code& /*error*/) override { in_trailers_ = true; }

  void on_body_init_impl(const boost::optional<std::uint64_t>& length,
                         error_code& /*error*/) override {
    if (length) response_.body.reserve(static_cast<std::size_t>(*length));
  }

  std::size_t on_body_impl(string_view part, error_code& /*error*/) override {
    response_.body += view(part);
    return part.size();
  }

  void on_chunk_header_impl(std::uint64_t size, string_view /*extensions*/,
                            error_code& /*error*/) override {
    between_chunks_ = size == 0;
  }

  std::size_t on_chunk_body_impl(std::uint64_t remaining, string_view part,
                                 error_code& error) override {
    between_chunks_ = part.size() == remaining;
    return on_body_impl(part, error);
  }

  void on_finish_impl(error_code& /*error*/) override {}

  /// The parser bounds only the headers that it waits for the end of, so those that it has handed
  /// over are counted here.
  void count(std::size_t bytes, error_code& error) {
    constexpr std::size_t kSeparators = 4;
    head_bytes_ += bytes + kSeparators;
    if (head_bytes_ > head_limit_) error = beast::http::error::header_limit;
  }

  std::size_t head_limit_;
  std::size_t& head_bytes_;
  bool has_status_ = false;
  bool has_length_ = false;
  bool in_trailers_ = false;
  bool between_chunks_ = true;
  twilio::Response response_;
};

}  // namespace

class AnswerReader::State {
 public:
  explicit State(const HttpLimits& limits)
      : limits_(limits), buffer_(limits.header_bytes + kReadBytes) {}

  void begin(bool to_head) {
    begin_ = end_ = 0;
    head_bytes_ = 0;
    began_ = false;
    to_head_ = to_head;
    restart();
  }

  std::span<char> room() {
    if (begin_ > 0) {
      std::copy(buffer_.begin() + offset(begin_), buffer_.begin() + offset(end_), buffer_.begin());
      end_ -= std::exchange(begin_, 0);
    }
    return std::span(buffer_).subspan(end_);
  }

  bool received(std::size_t bytes) {
    end_ += bytes;
    began_ = began_ || bytes > 0;
    while (begin_ < end_) {
      if (parser_->is_between_chunks() && twilio::is_begun_last_chunk(unparsed())) return false;
      error_code error;
      begin_ += parser_->put(boost::asio::buffer(&buffer_[begin_], end_ - begin_), error);
      if (error && error != beast::http::error::need_more) fail(error);
      if (!parser_->is_done()) {
        if (end_ - begin_ == buffer_.size()) fail(beast::http::error::buffer_overflow);
        return false;
      }
      if (!is_interim()) return true;
      restart();
    }
    return false;
  }

  void ended() {
    error_code error = beast::http::error::partial_message;
    if (parser_->got_some()) parser_->put_eof(error);
    if (error && !starts_as_http()) fail(beast::http::error::bad_version);
    if (error) check_headers();
    if (error) {
      throw ExchangeFailed(target::Ending::cut, fmt::format("the connection ended {}", progress()));
    }
  }

  [[nodiscard]] bool began() const { return began_; }

  [[nodiscard]] std::string_view progress() const {
    if (!parser_->got_some()) return "before the answer began";
    return parser_->is_header_done() ? "within the body of the answer"
                                     : "within the headers of the answer";
  }

  [[nodiscard]] bool connection_is_reusable() const {
    return parser_->is_done() && parser_->keep_alive() && begin_ == end_;
  }

  [[nodiscard]] bool has_more() const { return parser_->is_done() && begin_ < end_; }

  twilio::Response take() { return std::move(parser_->response()); }

 private:
  static std::ptrdiff_t offset(std::size_t index) { return static_cast<std::ptrdiff_t>(index); }

  void restart() {
    parser_.emplace(limits_, head_bytes_);
    parser_->skip(to_head_);
  }

  /// The parser does not look at a status line before it is sure to hold all of the version.
  [[nodiscard]] bool starts_as_http() const {
    constexpr std::string_view kStart = "HTTP/";
    if (parser_->has_status()) return true;
    return std::string_view(buffer_.data() + begin_, std::min(end_ - begin_, kStart.size())) ==
           kStart.substr(0, end_ - begin_);
  }

  [[nodiscard]] std::string_view unparsed() const {
    return std::string_view(buffer_.data(), end_).substr(begin_);
  }

  /// The parser looks at headers that came in pieces only once all of them are there. So that it
  /// makes no difference how they were cut, those that ended too early are looked at in one piece.
  void check_headers() {
    if (parser_->is_header_done()) return;
    std::string bytes(parser_->has_status() ? "HTTP/1.1 200 OK\r\n" : "");
    bytes += unparsed();
    if (bytes.empty()) return;
    std::size_t head_bytes = 0;
    Parser parser(limits_, head_bytes);
    error_code error;
    parser.put(boost::asio::buffer(bytes), error);
    if (error && error != beast::http::error::need_more) fail(error);
  }

  [[nodiscard]] bool is_interim() { return parser_->response().status / 100 == 1; }

  [[noreturn]] void fail(const error_code& error) const {
    if (error == beast::http::error::header_limit) {
      throw ExchangeFailed(
          target::Ending::too_large,
          fmt::format("the headers of the answer are over {} bytes", limits_.header_bytes));
    }
    if (error == beast::http::error::body_limit) {
      throw ExchangeFailed(
          target::Ending::too_large,
          fmt::format("the body of the answer is over {} bytes", limits_.body_bytes));
    }
    if (error == beast::http::error::buffer_overflow) {
      throw ExchangeFailed(target::Ending::too_large, "a chunk of the answer has endless extras");
    }
    constexpr char kTlsAlert = 0x15;  // RFC 8446 section 5.1
    if (error == beast::http::error::bad_version && buffer_[begin_] == kTlsAlert) {
      throw ExchangeFailed(target::Ending::malformed,
                           "the answer is TLS, not HTTP: https is expected");
    }
    throw ExchangeFailed(target::Ending::malformed,
                         fmt::format("the answer is malformed HTTP: {}", error.message()));
  }

  HttpLimits limits_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  ///< what the parser has not taken yet begins here
  std::size_t end_ = 0;
  std::size_t head_bytes_ = 0;  ///< of the answer and the interim ones before it
  bool began_ = false;
  bool to_head_ = false;
  std::optional<Parser> parser_;
};

AnswerReader::AnswerReader(const HttpLimits& limits) : state_(std::make_unique<State>(limits)) {}
AnswerReader::~AnswerReader() = default;

void AnswerReader::begin(bool to_head) { state_->begin(to_head); }
std::span<char> AnswerReader::room() { return state_->room(); }
bool AnswerReader::received(std::size_t bytes) { return state_->received(bytes); }
void AnswerReader::ended() { state_->ended(); }
bool AnswerReader::began() const { return state_->began(); }
std::string_view AnswerReader::progress() const { return state_->progress(); }
bool AnswerReader::connection_is_reusable() const { return state_->connection_is_reusable(); }
bool AnswerReader::has_more() const { return state_->has_more(); }
twilio::Response AnswerReader::take() { return state_->take(); }

}  // namespace crumbproof::http
