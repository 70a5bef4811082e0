#include <crumbproof/report/json_fields.hpp>
#include <crumbproof/report/merge.hpp>
#include <crumbproof/report/merged_counts.hpp>
#include <crumbproof/report/proof_json.hpp>
#include <crumbproof/report/proof_reader.hpp>
#include <crumbproof/report/shard_set.hpp>
#include <crumbproof/search/audit.hpp>
#include <crumbproof/search/check.hpp>
#include <crumbproof/search/conversations.hpp>
#include <crumbproof/search/size.hpp>
#include <crumbproof/sim/json.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof::report {

namespace {

using Json = nlohmann::ordered_json;
using search::Size;
using search::Verdict;

/// A counterexample of one of the shards.
struct Found {
  const ShardReport* shard;
  const Json* json;
  std::string property;
  Size size;
  bool smallest_of_shard;
};

class Merge {
 public:
  explicit Merge(std::vector<ShardReport> reports)
      : reports_(shards_in_order(std::move(reports))),
        settings_(search::settings_of(reports_.front().part.searched)),
        conversations_(settings_) {}

  Merged run() {
    find_missing();
    find_counterexamples();
    judge();
    merged_.json = first().json;
    Json& json = merged_.json;
    for (const char* const of_one : {"shard", "reason", "resume", "proof"}) json.erase(of_one);
    json["verdict"] = std::string(to_string(merged_.verdict));
    add_properties();
    add_counterexamples();
    add_ledger();
    add_bounds();
    json["masks"] = merged_list(reports_, "masks");
    json["warnings"] = merged_warnings(reports_);
    json["codes"] = merged_list(reports_, "codes");
    json["stats"] = merged_stats(reports_, bounds_.voided.total() + bounds_.answered_from_cache);
    return std::move(merged_);
  }

 private:
  [[nodiscard]] const ShardReport& first() const { return reports_.front(); }

  void find_missing() {
    std::set<std::uint32_t> there;
    for (const ShardReport& report : reports_) there.insert(report.shard.index);
    for (std::uint32_t index = 1; index <= first().shard.of; ++index) {
      if (!there.contains(index)) merged_.missing.push_back(index);
    }
    all_complete_ =
        merged_.missing.empty() && std::ranges::all_of(reports_, &ShardReport::complete);
  }

  /// The smallest of each property, or of all.
  void find_counterexamples() {
    for (const ShardReport& report : reports_) {
      for (const Json& json : list_at(report.json, "counterexamples")) {
        Found found{&report, &json, text_at(json, "property"), size_of(json),
                    flag_at(json, "smallest_of_shard")};
        const auto same = std::ranges::find_if(found_, [&](const Found& other) {
          return !first().keep_going || other.property == found.property;
        });
        all_found_.push_back(found);
        if (same == found_.end()) {
          found_.push_back(std::move(found));
        } else if (found.size < same->size) {
          *same = std::move(found);
        }
      }
    }
    std::ranges::sort(found_, {}, &Found::size);
  }

  [[nodiscard]] Size size_of(const Json& counterexample) const {
    const std::vector<Message> messages = messages_of(list_at(counterexample, "messages"));
    std::vector<Fault> faults;
    for (const Json& fault : list_at(counterexample, "faults")) {
      faults.push_back(fault_from_json(fault));
    }
    std::size_t conversation = 0;
    while (conversation < conversations_.size() &&
           conversations_.at(conversation).messages != messages) {
      ++conversation;
    }
    return search::size_of(conversation, messages.size(), faults);
  }

  void judge() {
    const auto with = [&](Verdict verdict) {
      return std::ranges::find(reports_, std::string(to_string(verdict)), &ShardReport::verdict);
    };
    if (!found_.empty()) {
      merged_.verdict = Verdict::fail;
      return;
    }
    for (const Verdict verdict : {Verdict::error, Verdict::inconclusive}) {
      const auto report = with(verdict);
      if (report == reports_.end()) continue;
      merged_.verdict = verdict;
      merged_.reason =
          fmt::format("shard {}: {}", report->shard.index,
                      report->json.contains("reason") ? text_at(report->json, "reason")
                                                      : std::string("no reason given"));
      return;
    }
    if (merged_.missing.empty()) return;
    merged_.verdict = Verdict::inconclusive;
    merged_.reason = fmt::format("of {} shards {} missing: {}", first().shard.of,
                                 merged_.missing.size() == 1 ? "one is" : "some are",
                                 fmt::join(merged_.missing, ", "));
  }

  /// What most speaks against a property is what is known of it. Where the search ends at its first
  /// counterexample, that is what the shard says which has found it: another one's is not reached.
  void add_properties() {
    const bool ends_at_first = merged_.verdict == Verdict::fail && !first().keep_going;
    const ShardReport& telling = ends_at_first ? *found_.front().shard : first();
    Json properties = Json::array();
    for (const Json& property : list_at(telling.json, "properties")) {
      Json worst = property;
      for (const ShardReport& report : reports_) {
        for (const Json& other : list_at(report.json, "properties")) {
          if (at(other, "name") != at(property, "name")) continue;
          if (ends_at_first && text_at(other, "verdict") == "fail") continue;
          if (badness(other) < badness(worst)) worst = other;
        }
      }
      if (text_at(worst, "verdict") == "pass" && merged_.verdict == Verdict::inconclusive) {
        worst["verdict"] = "inconclusive";
        worst["reason"] = merged_.reason;
      }
      properties.push_back(std::move(worst));
    }
    merged_.json["properties"] = std::move(properties);
    if (!merged_.reason.empty()) merged_.json["reason"] = merged_.reason;
  }

  static std::ptrdiff_t badness(const Json& property) {
    constexpr std::array<std::string_view, 4> kWorstFirst{"fail", "inconclusive", "skipped",
                                                          "pass"};
    return std::ranges::find(kWorstFirst, text_at(property, "verdict")) - kWorstFirst.begin();
  }

  void add_counterexamples() {
    Json counterexamples = Json::array();
    for (const Found& found : found_) {
      Json json = *found.json;
      json.erase("smallest_of_shard");
      if (json.contains("replay_file")) {
        if (!merged_.replay_file) merged_.replay_file = json["replay_file"].dump(2) + '\n';
        json.erase("replay_file");
      }
      json["minimal"] = is_certified(found) ? "certified" : "local";
      json["replay"] = "";
      counterexamples.push_back(std::move(json));
    }
    merged_.json["counterexamples"] = std::move(counterexamples);
  }

  /// Whether each shard has looked at all of its schedules that are smaller: it is complete, or has
  /// stopped at the smallest of its own, which is no smaller than the smallest of all.
  [[nodiscard]] bool is_certified(const Found& found) const {
    if (!merged_.missing.empty()) return false;
    return std::ranges::all_of(reports_, [&](const ShardReport& report) {
      if (report.complete) return true;
      return std::ranges::any_of(all_found_, [&](const Found& other) {
        return other.shard == &report && other.smallest_of_shard &&
               (!first().keep_going || other.property == found.property);
      });
    });
  }

  /// All leaves in order of size, and what they come to.
  void add_ledger() {
    std::vector<std::pair<Size, search::Leaf>> leaves;
    for (const ShardReport& report : reports_) {
      for (std::size_t n = 0; n < report.part.ledger.size(); ++n) {
        search::Leaf leaf = report.part.ledger.at(n);
        if (leaf.conversation >= conversations_.size()) {
          throw BadInput(fmt::format("{}: leaf {} is about a conversation that the search has not",
                                     report.path, n));
        }
        const std::size_t messages = conversations_.at(leaf.conversation).messages.size();
        leaves.emplace_back(search::size_of(leaf.conversation, messages, leaf.faults),
                            std::move(leaf));
      }
    }
    std::ranges::sort(leaves, {}, &std::pair<Size, search::Leaf>::first);
    proof_.searched = first().part.searched;
    for (auto& [size, leaf] : leaves) {
      traces_.add(leaf.account.trace).add(leaf.account.twin);
      proof_.ledger.add(leaf);
    }
    bounds_ = summed_bounds(reports_);
    // What was drawn has no leaf, and no order over all shards.
    if (bounds_.executed + bounds_.answered_from_cache > leaves.size()) {
      for (const ShardReport& report : reports_) traces_.add(text_at(report.json, "trace_hash"));
    }
    bounds_.max_messages = conversations_.max_messages();
    bounds_.max_faults = settings_.max_faults;
    bounds_.exhausted =
        all_complete_ && (merged_.verdict == Verdict::pass || merged_.verdict == Verdict::fail);
    // After a counterexample the shards need not have looked for the same.
    if (!bounds_.exhausted || merged_.verdict != Verdict::pass) return;
    if (const auto wrong = search::audit(proof_, bounds_, traces_.value())) {
      throw BadInput(fmt::format("the shards do not make up a whole search: {}", *wrong));
    }
  }

  void add_bounds() {
    Json& bounds = merged_.json["bounds"];
    bounds["exhausted"] = bounds_.exhausted;
    bounds["offered"] = bounds_.offered;
    bounds["void"] = bounds_.voided.total();
    bounds["void_because"] = {{"no_cookie", bounds_.voided.no_cookie},
                              {"no_difference", bounds_.voided.no_difference},
                              {"simpler_fault", bounds_.voided.simpler_fault}};
    bounds["executed"] = bounds_.executed;
    bounds["answered_from_cache"] = bounds_.answered_from_cache;
    bounds["not_comparable"] = bounds_.not_comparable;
    bounds["pruned"] = {{"same_requests", bounds_.pruned.same_requests},
                        {"twin_cached", bounds_.pruned.twin_cached},
                        {"symmetric_pairs", bounds_.pruned.symmetric_pairs}};
    bounds["shards"] = {{"of", first().shard.of}, {"missing", merged_.missing}};
    bounds["interleavings"] = merged_interleavings(reports_, merged_.missing.empty());
    bounds.erase("handler_orders");
    if (Json orders = merged_handler_orders(reports_, merged_.missing.empty()); !orders.is_null()) {
      bounds["handler_orders"] = std::move(orders);
    }
    add_random(bounds);
    merged_.json["trace_hash"] = traces_.hex();
    if (bounds_.exhausted && merged_.verdict == Verdict::pass) {
      const Json& part = at(at(first().json, "shard"), "part");
      merged_.json["proof"] = proof_json(proof_, options_at(part, "options", "a report"));
    }
  }

  void add_random(Json& bounds) const {
    bounds.erase("random");
    const search::RandomPart sum = summed_random(reports_);
    if (sum.runs == 0 || merged_.verdict != Verdict::pass || bounds_.exhausted) return;
    bounds["random"] = {{"runs", sum.runs},
                        {"seen_once", sum.seen_once},
                        {"residual_chance", sum.residual_chance()},
                        {"excluded_failure_rate", sum.excluded_failure_rate()}};
  }

  std::vector<ShardReport> reports_;
  search::CheckSettings settings_;
  search::Conversations conversations_;
  bool all_complete_ = false;
  std::vector<Found> all_found_;
  std::vector<Found> found_;  ///< that count
  search::Proof proof_;
  search::Bounds bounds_;
  Hasher traces_;
  Merged merged_;
};

}  // namespace

Merged merge(std::vector<ShardReport> reports) { return Merge(std::move(reports)).run(); }

}  // namespace crumbproof::report
