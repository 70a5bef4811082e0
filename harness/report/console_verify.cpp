#include <crumbproof/report/console_verify.hpp>
#include <crumbproof/report/page.hpp>
#include <crumbproof/report/text.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace crumbproof::report {

namespace {

constexpr std::size_t kMostDifferences = 5;

const Label& verified() {
  static const Label kLabel{"VERIFIED  ", Tone::good};
  return kLabel;
}

const Label& not_verified() {
  static const Label kLabel{"NOT VERIFIED: ", Tone::bad};
  return kLabel;
}

std::string what_is_proved(const ProvenReport& report) {
  return fmt::format("every schedule of up to {} and {} is accounted for, {} in all",
                     count(report.max_messages, "message", "messages"),
                     count(report.proof.searched.max_faults, "fault", "faults"),
                     report.proof.ledger.size());
}

/// Percent of the leaves; were there more that differ, so large a sample would have one of them
/// with a confidence of 95 %.
double excluded_share(std::size_t clean) {
  constexpr double kDoubt = 0.05;
  constexpr double kPercent = 100;
  return std::ceil(kPercent * (1 - std::pow(kDoubt, 1 / static_cast<double>(clean))));
}

std::string what_was_run(const ProvenReport& report, const search::Recheck& recheck,
                         const std::string& target) {
  const std::size_t all = report.proof.ledger.size();
  std::string text = fmt::format("{} of {} and twins on {}: {} as recorded", recheck.sampled,
                                 count(all, "schedule", "schedules"), target, recheck.alike);
  if (recheck.judged_again > 0) {
    text += fmt::format(
        ", and {} in other words, since the app varies by itself or words were ignored; of those, "
        "every property held again, and more cannot be compared",
        recheck.judged_again);
  }
  if (recheck.sampled < all) {
    text += fmt::format(
        ". If {} in more than {:.0f} % of the schedules, this sample would have shown it, with "
        "95 % confidence",
        recheck.judged_again > 0 ? "a property were broken" : "it were otherwise",
        excluded_share(recheck.sampled));
  }
  return text + '.';
}

}  // namespace

std::string console(const Verification& verification, const Style& style) {
  Page page(style);
  switch (verification.status) {
    case VerifyStatus::verified:
      page.paragraph(verified(), what_is_proved(*verification.proven));
      if (style.quiet) break;
      page.paragraph({"root ", Tone::plain}, verification.proven->root);
      page.paragraph({"", Tone::plain},
                     "The app was not asked. --url URL runs some of the schedules again.");
      break;
    case VerifyStatus::not_verified:
      page.paragraph(not_verified(), harmless(verification.reason));
      break;
    case VerifyStatus::no_proof:
      page.paragraph({"NO PROOF  ", Tone::caution}, harmless(verification.reason));
      break;
  }
  return page.text();
}

std::string console(const ProvenReport& report, const search::Recheck& recheck,
                    const std::string& target, const Style& style) {
  Page page(style);
  if (recheck.unstable) {
    page.paragraph({"INCONCLUSIVE  ", Tone::caution}, harmless(*recheck.unstable));
    return page.text();
  }
  if (recheck.differences.empty()) {
    page.paragraph(verified(), what_is_proved(report));
    if (style.quiet) return page.text();
    page.paragraph({"root ", Tone::plain}, report.root);
    page.paragraph({"run again: ", Tone::plain}, what_was_run(report, recheck, target));
    return page.text();
  }
  page.paragraph(
      not_verified(),
      fmt::format("{} of {} that were run again on {} {} not as recorded",
                  recheck.differences.size(), count(recheck.sampled, "schedule", "schedules"),
                  target, recheck.differences.size() == 1 ? "is" : "are"));
  if (style.quiet) return page.text();
  const std::size_t told = std::min(recheck.differences.size(), kMostDifferences);
  for (std::size_t i = 0; i < told; ++i) {
    page.paragraph({"  ", Tone::plain}, harmless(recheck.differences[i]));
  }
  if (told < recheck.differences.size()) {
    page.paragraph({"  ", Tone::plain},
                   fmt::format("and {} more", recheck.differences.size() - told));
  }
  return page.text();
}

}  // namespace crumbproof::report
