#include <crumbproof/twilio/signature.hpp>
#include <crumbproof/twilio/url.hpp>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "parts.hpp"
#include <fmt/format.h>

namespace crumbproof::zoo {

namespace {

using twilio::Request;
using twilio::Response;

/// Sessions by id, and whose they are.
struct Sessions {
  std::map<std::string, Dialogue> by_id;
  std::map<Pair, std::string> of_pair;

  /// The pair's own session, which is made if there is none.
  std::string own(const Pair& pair) {
    return of_pair.try_emplace(pair, fmt::format("s{}", of_pair.size())).first->second;
  }
  Response answer(const std::string& id, const Request& request) {
    return reply(by_id[id].turn(body_of(request))).set_cookie("sid=" + id);
  }
};

std::string session_named_by_cookie(Sessions& sessions, const Request& request) {
  const std::string own = sessions.own(pair_of(request));
  const auto named = request.cookie("sid");
  const bool known = named && sessions.by_id.contains(std::string(*named));
  return known ? std::string(*named) : own;
}

std::string checksum(const std::string& text) {
  unsigned sum = 7;
  for (const char c : text) sum = sum * 31 + static_cast<unsigned char>(c);
  return fmt::format("{:x}", sum);
}

bool is_signed_right(const Request& request) {
  const auto given = twilio::find_header(request.headers, "X-Twilio-Signature");
  return given && *given == twilio::signature(kToken, request.url, request.parameters);
}

Response refusal() { return {403, {{"Content-Type", "text/plain"}}, "no"}; }

Response count(Counts& counts, const Request& request) {
  int& orders = counts[pair_of(request)];
  if (body_of(request) == "order") {
    ++orders;
    return reply("Ordered.");
  }
  return reply(fmt::format("{} so far.", orders));
}

}  // namespace

HandlerFactory follows_any_session() {
  return with(Sessions{}, [](Sessions& sessions, const Request& request) {
    return sessions.answer(session_named_by_cookie(sessions, request), request);
  });
}

HandlerFactory follows_any_session_on_https() {
  return with(Sessions{}, [](Sessions& sessions, const Request& request) {
    const bool is_private = request.url.starts_with("https://");
    return sessions.answer(
        is_private ? session_named_by_cookie(sessions, request) : sessions.own(pair_of(request)),
        request);
  });
}

HandlerFactory checks_its_session() {
  return with(Sessions{}, [](Sessions& sessions, const Request& request) {
    return sessions.answer(sessions.own(pair_of(request)), request);
  });
}

HandlerFactory greets_by_unsigned_name() {
  return with(Counts{}, [](Counts& /*none*/, const Request& request) {
    const auto plan = request.cookie("plan");
    return reply(fmt::format("Your plan: {}", plan ? *plan : "free")).set_cookie("plan=free");
  });
}

HandlerFactory greets_by_signed_name() {
  return with(Counts{}, [](Counts& /*none*/, const Request& request) {
    const std::string made = "free." + checksum("free" + pair_of(request).first);
    const auto plan = request.cookie("plan");
    // What is not its own is as good as none, which is "free".
    const std::string_view shown = plan && *plan == made ? plan->substr(0, 4) : "free";
    return reply(fmt::format("Your plan: {}", shown)).set_cookie("plan=" + made);
  });
}

HandlerFactory remembers_who_logged_out() {
  return with(Counts{}, [](Counts& /*none*/, const Request& request) {
    const std::string body = body_of(request);
    if (body == "login") return reply("Welcome.").set_cookie("user=ann");
    if (body == "logout") return reply("Bye.").set_cookie("user=; Max-Age=0");
    return reply(request.cookie("user") && body == "secret" ? "It is 42." : "Log in first.");
  });
}

HandlerFactory checks_signatures() {
  return with(std::map<Pair, Dialogue>{}, [](auto& database, const Request& request) {
    if (!is_signed_right(request)) return refusal();
    return reply(database[pair_of(request)].turn(body_of(request)));
  });
}

HandlerFactory checks_signatures_that_are_there() {
  return with(std::map<Pair, Dialogue>{}, [](auto& database, const Request& request) {
    const bool has_one = twilio::find_header(request.headers, "X-Twilio-Signature").has_value();
    if (has_one && !is_signed_right(request)) return refusal();
    return reply(database[pair_of(request)].turn(body_of(request)));
  });
}

HandlerFactory refuses_who_has_no_cookie() {
  return with(std::map<Pair, Dialogue>{}, [](auto& database, const Request& request) {
    Dialogue& dialogue = database[pair_of(request)];
    const bool is_new = dialogue.step == "start" && dialogue.order.empty();
    if (!is_signed_right(request)) return refusal();
    if (!is_new && !request.cookie("seen")) return refusal();
    return reply(dialogue.turn(body_of(request))).set_cookie("seen=1");
  });
}

HandlerFactory counts_orders() {
  return with(Counts{},
              [](Counts& counts, const Request& request) { return count(counts, request); });
}

HandlerFactory counts_before_it_refuses() {
  return with(Counts{}, [](Counts& counts, const Request& request) {
    const Response answer = count(counts, request);
    return is_signed_right(request) ? answer : refusal();
  });
}

HandlerFactory counts_each_sid_once() {
  struct Seen {
    Counts counts;
    std::set<std::string> sids;
  };
  return with(Seen{}, [](Seen& seen, const Request& request) {
    if (!seen.sids.insert(std::string(request.parameter("MessageSid"))).second) {
      return Response::twiml("<Response/>");
    }
    return count(seen.counts, request);
  });
}

HandlerFactory answers_by_keyword() {
  return with(Counts{}, [](Counts& /*none*/, const Request& request) {
    return reply(body_of(request) == "hours" ? "9 to 5." : "Ask for hours.");
  });
}

}  // namespace crumbproof::zoo
