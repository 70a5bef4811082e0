#include <crumbproof/html/markup.hpp>
#include <crumbproof/html/timeline.hpp>
#include <crumbproof/html/word_difference.hpp>
#include <crumbproof/properties/twin.hpp>
#include <crumbproof/report/delivery_words.hpp>
#include <crumbproof/report/excerpt.hpp>
#include <crumbproof/report/fault_words.hpp>
#include <crumbproof/report/moment.hpp>
#include <crumbproof/report/text.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof::html {

namespace {

using properties::DifferenceKind;
using report::excerpt;
using report::told;

/// One of the two texts, with what is only in it marked.
std::string marked(const std::vector<Piece>& pieces, Piece::In own, std::string_view element,
                   std::string_view sign) {
  std::string text;
  for (const Piece& piece : pieces) {
    if (piece.in == Piece::In::both) {
      text += verbatim(piece.text);
    } else if (piece.in == own) {
      text += fmt::format(R"(<{0}><span class="sign">{1}</span>{2}</{0}>)", element, sign,
                          verbatim(piece.text));
    }
  }
  return text;
}

std::string row(std::string_view name, std::string_view content) {
  return fmt::format("<dt>{}</dt><dd>{}</dd>", name, content);
}

std::string cookies_in(const std::vector<run::KeptCookie>& version) {
  std::vector<std::string> cookies;
  for (const run::KeptCookie& cookie : version) {
    cookies.push_back(fmt::format("<code>{}</code> from delivery {}, until {}",
                                  verbatim(cookie.name), cookie.set_by.value(),
                                  told(cookie.expires)));
  }
  return cookies.empty() ? "nothing" : fmt::format("{}", fmt::join(cookies, "; "));
}

class Lanes {
 public:
  explicit Lanes(const TimelineOf& of)
      : of_(of), deliveries_(of.trace.deliveries), words_(of.schedule, of.trace) {}

  std::string draw() {
    text_ += fmt::format(
        R"(<div class="timeline"><div class="lanes" aria-hidden="true"><span></span><span>Sender</span><span>Cookie store</span><span>App</span></div><ol aria-label="{}">)",
        escaped(of_.name));
    for (std::size_t i = 0; i < deliveries_.size(); ++i) delivery(i);
    text_ += "</ol></div>\n";
    return std::move(text_);
  }

 private:
  [[nodiscard]] bool differs_at(const Delivery& delivery) const {
    return of_.difference != nullptr && of_.difference->kind != DifferenceKind::probe &&
           of_.difference->delivery == delivery.number;
  }

  void delivery(std::size_t index) {
    const Delivery& delivery = deliveries_[index];
    const bool differs = differs_at(delivery);
    text_ += fmt::format(R"(<li><details class="delivery{}{}" id="{}-{}"{}><summary>)",
                         differs ? " differs" : "", delivery.faults.empty() ? "" : " faulted",
                         of_.id, delivery.number.value(), differs ? " open" : "");
    summary(index, differs);
    text_ += R"(</summary><div class="more">)";
    request(index);
    store(index);
    answer(index);
    reply(index, differs);
    text_ += "</div></details></li>\n";
  }

  void summary(std::size_t index, bool differs) {
    const Delivery& delivery = deliveries_[index];
    text_ += fmt::format(
        R"(<span class="number"><span class="sr">Delivery </span>{}</span><span class="lane sender"><span class="sr">. Sender, </span><span class="at">at {}</span> {}</span>)",
        delivery.number.value(), told(delivery.arrived), verbatim(excerpt(words_.title(delivery))));
    text_ += R"(<span class="lane store"><span class="sr">. Cookie store: </span>)";
    for (const std::string& kind : delivery.faults) {
      text_ += fmt::format(
          R"(<span class="fault"><span aria-hidden="true">✗ </span><span class="sr">fault </span>{}</span> )",
          verbatim(kind));
    }
    text_ += fmt::format("{}</span>", verbatim(delivery.answered ? words_.cookies(index) : ""));
    text_ += fmt::format(
        R"(<span class="lane app"><span class="sr">. App: </span>{}{}</span>)",
        verbatim(excerpt(words_.reply(index))),
        differs
            ? R"( <strong class="mark"><span aria-hidden="true">≠ </span>first difference</strong>)"
            : "");
  }

  void request(std::size_t index) {
    const Delivery& delivery = deliveries_[index];
    const run::WireStep* const step = step_at(index);
    text_ += R"(<section class="part"><h4>Request</h4><dl>)";
    text_ += row("URL", fmt::format("<code>{} {}</code>", verbatim(delivery.method.str()),
                                    verbatim(delivery.url.str())));
    text_ += row("Why", to_string(delivery.kind));
    text_ += row("Triggered", fmt::format("at {}", told(delivery.triggered)));
    const std::string overtaken = words_.overtaken(index);
    if (!overtaken.empty()) text_ += row("Note", sentence(overtaken));
    if (step != nullptr && !step->token.empty()) {
      text_ += row("Idempotency token", verbatim(step->token));
    }
    text_ += "</dl>";
    if (!delivery.answered) text_ += "<p>It never reached the app.</p>";
    if (step != nullptr && !step->parameters.empty()) parameters(*step, delivery);
    text_ += "</section>";
  }

  void parameters(const run::WireStep& step, const Delivery& delivery) {
    text_ += fmt::format(
        R"(<table class="parameters"><caption>Parameters of delivery {}</caption><thead><tr><th scope="col">Name</th><th scope="col">Value</th></tr></thead><tbody>)",
        delivery.number.value());
    for (const twilio::Field& field : step.parameters) {
      text_ += fmt::format(R"(<tr><th scope="row">{}</th><td>{}</td></tr>)", verbatim(field.name),
                           verbatim(excerpt(field.value)));
    }
    text_ += "</tbody></table>";
  }

  void store(std::size_t index) {
    const Delivery& delivery = deliveries_[index];
    text_ += R"(<section class="part"><h4>Cookies</h4>)";
    for (const std::string& kind : delivery.faults) {
      text_ += fmt::format(R"(<p class="fault"><span aria-hidden="true">✗ </span>{}</p>)",
                           verbatim(words_.fault(kind, delivery)));
    }
    text_ += "<dl>";
    const run::WireStep* const step = step_at(index);
    const run::StoreStates* const states = states_of(delivery.pair);
    const bool known = step != nullptr && states != nullptr &&
                       delivery.kind != DeliveryKind::callback &&
                       std::max(step->before, step->after) < states->versions.size();
    if (known) {
      text_ += row("Store before", version(*states, step->before));
      if (step->read != step->before) {
        text_ += row("Read when triggered", version(*states, step->read));
      }
    }
    if (delivery.answered) text_ += row("Sent", sent(delivery));
    const auto& set = delivery.answer->set_cookies;
    if (step != nullptr && !step->set_cookies.empty()) {
      for (const std::string& content : step->set_cookies) {
        text_ += row("Set-Cookie", fmt::format("<code>{}</code>", verbatim(content)));
      }
    } else {
      text_ += row("Set-Cookie",
                   set.empty() ? "none" : verbatim(fmt::format("{}", fmt::join(set, ", "))));
    }
    if (known) {
      text_ += row("Store after", step->after == step->before
                                      ? fmt::format("unchanged, version {}", step->after)
                                      : version(*states, step->after));
    }
    text_ += "</dl></section>";
  }

  [[nodiscard]] static std::string version(const run::StoreStates& states, std::size_t version) {
    return fmt::format("version {}: {}", version, cookies_in(states.versions.at(version)));
  }

  [[nodiscard]] static std::string sent(const Delivery& delivery) {
    std::vector<std::string> cookies;
    for (const CookieSent& cookie : delivery.cookies) {
      cookies.push_back(cookie.set_by == DeliveryNumber()
                            ? fmt::format("<code>{}</code>", verbatim(cookie.name))
                            : fmt::format("<code>{}</code> from delivery {}", verbatim(cookie.name),
                                          cookie.set_by.value()));
    }
    return cookies.empty() ? "no cookie" : fmt::format("{}", fmt::join(cookies, "; "));
  }

  void answer(std::size_t index) {
    const Delivery& delivery = deliveries_[index];
    if (!delivery.answered) return;
    const Answer& answer = *delivery.answer;
    text_ += R"(<section class="part"><h4>Answer</h4><dl>)";
    text_ += row("Status", answer.status == 0 ? "none" : fmt::format("{}", answer.status));
    if (!answer.content_type.empty()) text_ += row("Content-Type", verbatim(answer.content_type));
    if (answer.error_code != 0) text_ += row("Twilio error", fmt::format("{}", answer.error_code));
    if (!answer.problem.empty()) text_ += row("Problem", verbatim(excerpt(answer.problem)));
    if (!answer.next.empty()) text_ += row("Redirects to", verbatim(excerpt(answer.next)));
    if (!delivery.received) text_ += row("Received", "never");
    text_ += "</dl>";
    if (!answer.body.empty()) {
      text_ += fmt::format(
          R"(<pre tabindex="0" role="region" aria-label="Body of the answer to delivery {}, {}">{}</pre>)",
          delivery.number.value(), escaped(of_.name), preformatted(excerpt(answer.body)));
    }
    for (const ReplyMessage& message : delivery.sent) {
      text_ += fmt::format("<p>{}</p>", verbatim(excerpt(properties::describe_sent(message))));
    }
    text_ += "</section>";
  }

  /// What is expected and what came, of the delivery that decides what its sender gets.
  void reply(std::size_t index, bool differs) {
    const Delivery& delivery = deliveries_[index];
    const auto& outcomes = of_.trace.outcomes;
    const auto decided = std::ranges::find(outcomes, delivery.number, &Outcome::last);
    std::string expected;
    std::string actual = words_.reply(index);
    if (differs) {
      expected = of_.difference->expected;
      actual = of_.difference->actual;
    } else if (of_.difference != nullptr && decided != outcomes.end()) {
      const auto twin = std::ranges::find_if(of_.other.outcomes, [&](const Outcome& outcome) {
        return outcome.message == decided->message && outcome.duplicate == decided->duplicate;
      });
      if (twin != of_.other.outcomes.end()) expected = properties::describe(*twin);
    }
    text_ += R"(<section class="part wide"><h4>What the sender gets</h4>)";
    if (expected.empty()) {
      text_ += fmt::format("<p>{}</p>", verbatim(excerpt(actual)));
    } else if (expected == actual) {
      text_ += fmt::format("<p>{} <span class=\"note\">(as expected)</span></p>",
                           verbatim(excerpt(actual)));
    } else {
      text_ += expected_and_actual(expected, actual);
    }
    if (delivery.number.index() <= of_.other.deliveries.size()) {
      text_ += fmt::format(R"(<p class="note"><a href="#{}-{}">Delivery {} of the {}</a></p>)",
                           of_.other_id, delivery.number.value(), delivery.number.value(),
                           of_.difference != nullptr ? "fresh twin" : "counterexample");
    }
    text_ += "</section>";
  }

  [[nodiscard]] const run::WireStep* step_at(std::size_t index) const {
    const bool known = of_.wire != nullptr && index < of_.wire->steps.size();
    return known ? &of_.wire->steps[index] : nullptr;
  }

  [[nodiscard]] const run::StoreStates* states_of(PairIndex pair) const {
    if (of_.wire == nullptr) return nullptr;
    const auto found = std::ranges::find(of_.wire->stores, pair, &run::StoreStates::pair);
    return found == of_.wire->stores.end() ? nullptr : &*found;
  }

  const TimelineOf& of_;
  const std::vector<Delivery>& deliveries_;
  report::DeliveryWords words_;
  std::string text_;
};

}  // namespace

std::string expected_and_actual(std::string_view expected, std::string_view actual) {
  const auto [good, bad] = report::excerpts(expected, actual);
  const auto pieces = word_difference(good, bad);
  return fmt::format(
      R"(<div class="beside"><div role="group" aria-label="Expected"><p class="side">Expected</p><p>{}</p></div><div role="group" aria-label="Actual"><p class="side">Actual</p><p>{}</p></div></div>)",
      marked(pieces, Piece::In::first, "del", "−"), marked(pieces, Piece::In::second, "ins", "+"));
}

std::string timeline(const TimelineOf& of) { return Lanes(of).draw(); }

}  // namespace crumbproof::html
