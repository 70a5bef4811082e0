#include <crumbproof/report/command.hpp>
#include <crumbproof/report/console_merge.hpp>
#include <crumbproof/report/headline.hpp>
#include <crumbproof/report/json_fields.hpp>
#include <crumbproof/report/page.hpp>
#include <crumbproof/report/proof_reader.hpp>
#include <crumbproof/report/text.hpp>
#include <crumbproof/sim/json.hpp>

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof::report {

namespace {

using Json = nlohmann::ordered_json;
using search::Verdict;

std::uint64_t number(const Json& json, const char* key) {
  return number_at(json, key, kMostNumber);
}

std::string what_held(const Json& json) {
  const Json& bounds = at(json, "bounds");
  const std::string schedules = count(
      number(bounds, "executed") + number(bounds, "answered_from_cache"), "schedule", "schedules");
  const std::string size =
      fmt::format("{} and {}", count(number(bounds, "max_messages"), "message", "messages"),
                  count(number(bounds, "max_faults"), "fault", "faults"));
  const std::string properties =
      count(list_at(json, "properties").size(), "property", "properties");
  return flag_at(bounds, "exhausted")
             ? fmt::format("{} held in every schedule of up to {} (exhausted: {})", properties,
                           size, schedules)
             : fmt::format("{} held in {} of up to {} (not exhausted: there are more)", properties,
                           schedules, size);
}

void add_counterexample(Page& page, const Json& json) {
  Schedule schedule;
  schedule.messages = messages_of(list_at(json, "messages"));
  for (const Json& fault : list_at(json, "faults")) {
    schedule.faults.push_back(fault_from_json(fault));
  }
  page.paragraph({"Counterexample: ", Tone::strong}, harmless(to_string(schedule), Words::app));
  page.paragraph({"Expected: ", Tone::plain}, text_at(json, "expected"));
  page.paragraph({"Actual: ", Tone::plain}, text_at(json, "actual"));
  if (const std::string cause = text_at(json, "cause"); !cause.empty()) {
    page.paragraph({"", Tone::plain}, cause);
  }
  page.paragraph({"Minimal: ", Tone::plain},
                 text_at(json, "minimal") == "certified"
                     ? "certified; every shard has looked at everything smaller over the same "
                       "messages"
                     : "locally; not every shard has looked at everything smaller");
}

}  // namespace

std::string console(const Merged& merged, const std::string& replay_file, const Style& style) {
  Page page(style);
  const Json& json = merged.json;
  const Json& counterexamples = list_at(json, "counterexamples");
  switch (merged.verdict) {
    case Verdict::pass:
      page.paragraph({"PASS  ", Tone::good}, what_held(json));
      break;
    case Verdict::fail:
      page.paragraph({"FAIL  ", Tone::bad},
                     fmt::format("{}: {}", text_at(counterexamples.front(), "property"),
                                 accusation(text_at(counterexamples.front(), "property"))));
      break;
    case Verdict::error:
      page.paragraph({"ERROR  ", Tone::bad}, merged.reason);
      break;
    default:
      page.paragraph({"INCONCLUSIVE  ", Tone::caution}, merged.reason);
  }
  if (!style.quiet) {
    const Json& shards = at(at(json, "bounds"), "shards");
    const std::uint64_t of = number(shards, "of");
    page.paragraph(
        {"", Tone::plain},
        fmt::format("joined of {} of {}, {} in all",
                    count(of - merged.missing.size(), "shard", "shards"), of,
                    count(number(at(json, "stats"), "deliveries"), "delivery", "deliveries")));
    if (!merged.missing.empty()) {
      page.paragraph({"warning: ", Tone::caution},
                     fmt::format("missing: {}", fmt::join(merged.missing, ", ")));
    }
    for (const Json& counterexample : counterexamples) {
      page.gap();
      add_counterexample(page, counterexample);
    }
    for (const Json& warning : list_at(json, "warnings")) {
      page.paragraph({"warning: ", Tone::caution}, warning.get<std::string>());
    }
  }
  if (!replay_file.empty()) {
    page.command({"Replay it:     ", Tone::strong}, replay_command(replay_file));
  }
  return page.text();
}

}  // namespace crumbproof::report
