#include <crumbproof/proxy/framing.hpp>
#include <crumbproof/twilio/last_chunk.hpp>

#include <optional>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>

namespace crumbproof::proxy {

namespace {

namespace beast = boost::beast;
using boost::system::error_code;

/// Keeps what is asked of a message, and leaves its fields alone.
template <bool is_request>
class Reader final : public beast::http::basic_parser<is_request> {
 public:
  Reader() {
    this->header_limit(kMostHeadBytes);
    this->body_limit(boost::none);
  }

  [[nodiscard]] int status() const { return status_; }
  /// Whether a chunk's size is to come.
  [[nodiscard]] bool is_between_chunks() const {
    return this->is_header_done() && this->chunked() && between_chunks_;
  }
  std::string content;
  bool keep_content = true;

 private:
  using View = beast::string_view;

  void on_request_impl(beast::http::verb /*method*/, View /*name*/, View /*target*/,
                       int /*version*/, error_code& /*error*/) override {}

  void on_response_impl(int status, View /*reason*/, int /*version*/, error_code& error) override {
    status_ = status;
    if (status < 100) error = beast::http::error::bad_status;
  }

  void on_field_impl(beast::http::field field, View /*name*/, View /*value*/,
                     error_code& /*error*/) override {
    has_encoding_ = has_encoding_ || field == beast::http::field::transfer_encoding;
  }

  /// A body that is encoded but not chunked ends nowhere in a request (RFC 9112 section 6.3): what
  /// one reads as that body, another would read as a request of its own.
  void on_header_impl(error_code& error) override {
    if (is_request && has_encoding_ && !this->chunked()) {
      error = beast::http::error::bad_transfer_encoding;
    }
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>& /*length*/,
                         error_code& /*error*/) override {}

  std::size_t on_body_impl(View part, error_code& /*error*/) override {
    if (keep_content) content.append(part.data(), part.size());
    return part.size();
  }

  void on_chunk_header_impl(std::uint64_t size, View /*extensions*/,
                            error_code& /*error*/) override {
    between_chunks_ = size == 0;
  }

  std::size_t on_chunk_body_impl(std::uint64_t remaining, View part, error_code& error) override {
    between_chunks_ = part.size() == remaining;
    return on_body_impl(part, error);
  }

  void on_finish_impl(error_code& /*error*/) override {}

  int status_ = 0;
  bool has_encoding_ = false;
  bool between_chunks_ = true;
};

}  // namespace

class Framing::Parser {
 public:
  explicit Parser(Kind kind) {
    if (kind == Kind::request) {
      request_.emplace();
    } else {
      answer_.emplace();
      answer_->skip(kind == Kind::answer_to_head);
    }
  }

  /// Calls with the parser that there is.
  template <class Call>
  decltype(auto) with(Call call) {
    return request_ ? call(*request_) : call(*answer_);
  }

  [[nodiscard]] int status() const { return answer_ ? answer_->status() : 0; }
  [[nodiscard]] bool has_body() const { return request_ && !request_->is_done(); }

  std::string complaint;

 private:
  std::optional<Reader<true>> request_;
  std::optional<Reader<false>> answer_;
};

Framing::Framing(Kind kind) : parser_(std::make_unique<Parser>(kind)) {}
Framing::~Framing() = default;
Framing::Framing(Framing&&) noexcept = default;
Framing& Framing::operator=(Framing&&) noexcept = default;

std::size_t Framing::put(std::string_view bytes) {
  return parser_->with([&](auto& parser) {
    const bool head = !parser.is_header_done();
    std::size_t taken = 0;
    while (taken < bytes.size() && !parser.is_done() && parser_->complaint.empty()) {
      if (parser.is_between_chunks() && twilio::is_begun_last_chunk(bytes.substr(taken))) break;
      error_code error;
      const std::size_t more =
          parser.put(boost::asio::const_buffer(&bytes[taken], bytes.size() - taken), error);
      taken += more;
      if (error && error != beast::http::error::need_more) parser_->complaint = error.message();
      if (error || (head && parser.is_header_done())) break;
    }
    return taken;
  });
}

void Framing::put_end() {
  parser_->with([&](auto& parser) {
    if (parser.is_done() || !parser_->complaint.empty()) return;
    error_code error;
    if (parser.is_header_done()) {
      parser.put_eof(error);
    } else {
      error = beast::http::error::partial_message;
    }
    if (error) parser_->complaint = error.message();
  });
}

bool Framing::head_is_whole() const {
  return parser_->with([](const auto& parser) { return parser.is_header_done(); });
}

bool Framing::is_whole() const {
  return parser_->with([](const auto& parser) { return parser.is_done(); });
}

const std::string& Framing::complaint() const { return parser_->complaint; }

bool Framing::keeps_alive() const {
  return parser_->with([](const auto& parser) { return parser.keep_alive(); });
}

int Framing::status() const { return parser_->status(); }

bool Framing::has_body() const { return parser_->has_body(); }

const std::string& Framing::content() const {
  return parser_->with([](const auto& parser) -> const std::string& { return parser.content; });
}

void Framing::forget_content() {
  parser_->with([](auto& parser) {
    parser.keep_content = false;
    parser.content = {};
  });
}

}  // namespace crumbproof::proxy
