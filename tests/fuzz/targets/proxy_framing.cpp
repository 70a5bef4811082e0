#include <crumbproof/proxy/framing.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include <hold.hpp>
#include <input.hpp>
#include <targets.hpp>

namespace crumbproof::fuzz {

namespace {

using proxy::Framing;

/// What has come of some bytes of a connection.
struct Framed {
  std::string head;
  std::string body;
  std::string content;
  std::string complaint;
  bool head_is_whole = false;
  bool whole = false;
  int status = 0;
  bool keeps_alive = false;
  std::size_t taken = 0;

  friend bool operator==(const Framed&, const Framed&) = default;
};

/// They come in pieces of at most that size, as the proxy reads them: what does not suffice is kept
/// for the next.
Framed frame(std::string_view bytes, std::size_t piece, Framing::Kind kind) {
  Framing framing(kind);
  Framed framed;
  std::string unread;
  while (!framing.is_whole() && framing.complaint().empty()) {
    const std::size_t more = std::min(piece, bytes.size());
    unread += bytes.substr(0, more);
    bytes.remove_prefix(more);
    while (!unread.empty() && !framing.is_whole() && framing.complaint().empty()) {
      const bool in_head = !framing.head_is_whole();
      const std::size_t taken = framing.put(unread);
      hold(taken <= unread.size(), "no more is taken than there is");
      (in_head ? framed.head : framed.body).append(unread, 0, taken);
      unread.erase(0, taken);
      framed.taken += taken;
      if (taken == 0) break;
    }
    if (more == 0) {
      framing.put_end();
      break;
    }
  }
  framed.complaint = framing.complaint();
  framed.whole = framing.is_whole();
  framed.head_is_whole = framing.head_is_whole();
  if (framed.complaint.empty()) framed.content = framing.content();
  if (framed.complaint.empty() && framed.head_is_whole) {
    framed.status = framing.status();
    framed.keeps_alive = framing.keeps_alive();
  }
  return framed;
}

/// What counts of a message that is none: that it is none.
Framed judged(Framed framed) {
  if (framed.complaint.empty()) return framed;
  Framed garbled;
  garbled.complaint = "garbled";
  return garbled;
}

}  // namespace

void fuzz_proxy_framing(std::string_view bytes) {
  constexpr std::array kKinds{Framing::Kind::request, Framing::Kind::answer,
                              Framing::Kind::answer_to_head};
  Input input(bytes);
  const Framing::Kind kind = kKinds.at(input.below(kKinds.size()));
  const std::size_t piece = 1 + input.below(100);
  input.line();
  const std::string_view message = input.rest();
  const Framed whole = frame(message, message.size() + 1, kind);
  if (!whole.complaint.empty()) hold_one_line(whole.complaint);
  hold(judged(frame(message, piece, kind)) == judged(whole),
       "how bytes are cut into pieces makes no difference");
  if (!whole.whole || !whole.complaint.empty()) return;
  hold(whole.head + whole.body == message.substr(0, whole.taken), "what is taken is kept in order");
  hold(whole.head.ends_with("\r\n\r\n"), "a head ends with its blank line");
  hold(whole.content.size() <= whole.body.size(), "content is part of the body");
  hold(frame(whole.head + whole.body, 1, kind) == whole,
       "a message by itself is the same, and whole");
}

}  // namespace crumbproof::fuzz
