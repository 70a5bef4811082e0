#pragma once

#include <crumbproof/target/handler_target.hpp>

#include <cstdint>
#include <string>

/// Small apps with known virtues and vices. Each function makes the factory of one; what state an
/// app keeps beside its cookie lives as long as one execution unless it says otherwise.
namespace crumbproof::zoo {

using target::HandlerFactory;

/// What all of them talk about: "order", then a size, then "yes". `status` tells the step.
struct Dialogue {
  std::string step = "start";
  std::string order;

  /// Takes a message; returns the reply.
  std::string turn(const std::string& body);
  /// The state as a cookie value, and back; an unusable value is the start.
  [[nodiscard]] std::string pack() const;
  static Dialogue unpack(std::string_view value);
};

twilio::Response reply(const std::string& text);

// ---- sound

HandlerFactory keeps_by_pair();           ///< in a database; no cookie at all
HandlerFactory caches_with_version();     ///< in a database, a versioned copy in the cookie
HandlerFactory reloads_by_redirect();     ///< without its cookie it redirects, then answers alike
HandlerFactory echoes_numbers();          ///< sound, and says the sender's number and MessageSid
HandlerFactory numbers_its_tickets();     ///< sound, with a counter over all executions
HandlerFactory sets_cookie_reads_none();  ///< sound, with a new random cookie each time
HandlerFactory rolls_its_session();       ///< sound, and sets the same cookie again each time

// ---- dependent on cookies

HandlerFactory keeps_in_session();        ///< found by its cookie only; a lost one is lost for good
HandlerFactory keeps_in_cookie();         ///< the state itself
HandlerFactory trusts_old_copy();         ///< copes without its cookie, believes an old one
HandlerFactory needs_both_cookies();      ///< copes without any; two halves must come together
HandlerFactory crashes_without_cookie();  ///< 500
HandlerFactory says_no_twiml_without_cookie();
HandlerFactory loops_without_cookie();      ///< redirects to itself until the cookie comes back
HandlerFactory forgets_after_two_misses();  ///< one missing cookie is no matter, a second one is
HandlerFactory dies_of_old_deletion();      ///< ends its session by deleting a cookie
HandlerFactory short_lived_cookie();        ///< Max-Age=5: runs out between two messages
HandlerFactory remembers_sids_in_cookie();  ///< sees a duplicate by its cookie only
HandlerFactory counts_in_cookie();          ///< beside another cookie that says nothing

HandlerFactory crashes_on_old_version();          ///< 500 for a cookie that is not the latest
HandlerFactory needs_its_cookie_at(int message);  ///< that one alone, from 1
HandlerFactory merges_old_cart();            ///< what was taken out comes back with an old cookie
HandlerFactory survives_one_version_back();  ///< not two

// ---- sound against faults; what they promise, and how they stand attacks (promises.cpp)

inline constexpr const char* kToken = "12345";  ///< by which they check signatures

HandlerFactory follows_any_session();  ///< by its cookie, else by its pair: hands out another's
HandlerFactory follows_any_session_on_https();  ///< likewise, but over http by its pair only
HandlerFactory checks_its_session();        ///< the pair's own session, whatever the cookie says
HandlerFactory greets_by_unsigned_name();   ///< shows what its cookie says
HandlerFactory greets_by_signed_name();     ///< likewise, if the cookie is its own
HandlerFactory remembers_who_logged_out();  ///< by a cookie alone, which comes again
HandlerFactory checks_signatures();
HandlerFactory checks_signatures_that_are_there();  ///< lets in whoever sends none
HandlerFactory refuses_who_has_no_cookie();         ///< though the signature is right
HandlerFactory counts_orders();                     ///< each time that they come
HandlerFactory counts_before_it_refuses();          ///< who has not signed
HandlerFactory counts_each_sid_once();
HandlerFactory answers_by_keyword();  ///< in whatever order

// ---- that vary by themselves, from a seed of their own (traps.cpp)

HandlerFactory draws_its_words();  ///< another wording each second time
HandlerFactory words_at_random(std::uint32_t seed);
HandlerFactory tells_the_time(std::uint32_t seed);
HandlerFactory gives_random_tokens(std::uint32_t seed);
HandlerFactory counts_visitors(std::uint32_t seed);     ///< of all pairs and executions
HandlerFactory changes_its_markup(std::uint32_t seed);  ///< white space, order of attributes
HandlerFactory limits_its_rate(std::uint32_t seed);  ///< by pair: two messages, however they come
/// Depends on its cookie, behind random words.
HandlerFactory words_at_random_in_session(std::uint32_t seed);
HandlerFactory forgets_at_random(
    std::uint32_t seed);  ///< with no fault, so that nothing can be told

// ---- not to be judged

HandlerFactory sets_cookies_at_times();  ///< sound, but a cookie comes with each third answer
HandlerFactory always_500();
HandlerFactory answers_json();

// ---- says little

HandlerFactory never_sets_a_cookie_nor_varies();

}  // namespace crumbproof::zoo
