#pragma once

#include <crumbproof/proxy/dice.hpp>
#include <crumbproof/proxy/head.hpp>
#include <crumbproof/proxy/incoming.hpp>
#include <crumbproof/proxy/signing.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace crumbproof::proxy {

/// How many pairs are remembered; beyond, the one that has been silent for longest is forgotten.
inline constexpr std::size_t kMostPairs = 50'000;

/// One thing that was done to a delivery.
struct Deed {
  Kind kind;
  std::string words;  ///< as in "the Cookie header was withheld"
};

/// What is to wait for a later delivery of its pair.
enum class Hold : std::uint8_t {
  no,
  until_answered,  ///< until that is answered: it is overtaken
  until_arrived,   ///< until that comes: then both go out at once
};

/// What was decided of one delivery.
struct Course {
  Pair pair;
  std::uint64_t number = 0;  ///< among those of its pair, from 1
  bool drop = false;
  bool lose_response = false;
  bool duplicate = false;
  Hold hold = Hold::no;
  std::vector<Deed> deeds;  ///< what made a difference, in the order in which it was done
};

/// What all deliveries have in common.
struct StageSettings {
  Rates rates;
  std::uint64_t seed = 1;
  std::uint64_t outage_length = 5;  ///< deliveries without cookies, the first included
};

/// Decides what happens to each delivery, and edits its request and its answer. Remembers of each
/// pair how many there were, the cookies that its sender had, and those that are held back. For one
/// thread.
class Stage {
 public:
  Stage(const StageSettings& settings, Signing signing);

  /// A webhook has come, with that signature. Edits its head; with no fault that strikes, and
  /// nothing to sign anew, it stays as it is to the byte.
  Course begin(const Incoming& incoming, Signature signature, Head& head);
  /// Its answer is about to go to the sender. Edits the head of that.
  void answer(Course& course, Head& head);

  /// How many pairs are known.
  [[nodiscard]] std::size_t pairs() const { return pairs_.size(); }

 private:
  /// Set-Cookie lines that were taken from an answer.
  struct HeldCookies {
    std::vector<std::string> lines;
    std::uint64_t delivery;  ///< whose answer had them
    std::uint64_t due;       ///< so many answers later they go out
  };

  struct Memory {
    std::uint64_t deliveries = 0;
    std::uint64_t outage_left = 0;
    bool held_last = false;            ///< the last delivery was to wait
    std::deque<std::string> versions;  ///< of the sender's cookies, the current ones last
    std::vector<HeldCookies> late;
    std::uint64_t last_seen = 0;  ///< by deliveries of all pairs
  };

  Memory& remember(const Pair& pair);
  void make_room();
  [[nodiscard]] bool strikes(Kind kind, const Course& course) const;
  [[nodiscard]] std::uint64_t draw(Kind kind, const Course& course, std::uint64_t bound) const;
  void decide_delivery(Course& course, Memory& memory) const;
  void edit_cookies(Course& course, Memory& memory, Head& head) const;
  void send_stale(Course& course, const Memory& memory, Head& head) const;
  void send_foreign(Course& course, Head& head) const;
  void spoil_signature(Course& course, Head& head) const;
  void hold_cookies(Course& course, Memory& memory, Head& head) const;

  Dice dice_;
  StageSettings settings_;
  Signing signing_;
  std::map<Pair, Memory> pairs_;
  std::uint64_t clock_ = 0;  ///< deliveries of all pairs
  /// The last cookies of the two pairs that had some last, each with its pair.
  std::deque<std::pair<Pair, std::string>> others_;
};

}  // namespace crumbproof::proxy
