#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/report/account.hpp>
#include <crumbproof/report/by_hand.hpp>
#include <crumbproof/report/counterexample_text.hpp>
#include <crumbproof/report/diagram.hpp>
#include <crumbproof/report/text.hpp>

#include <algorithm>

namespace crumbproof::report {

void add_counterexample(Page& page, const search::Counterexample& found, const RunInfo& info,
                        const Style& style) {
  page.paragraph({"Counterexample: ", Tone::strong},
                 harmless(to_string(found.schedule), Words::app));
  page.gap();
  page.block(diagram({found.schedule, found.actual, &found.difference}, style));
  page.gap();
  if (!found.cause.empty()) page.paragraph({"", Tone::plain}, found.cause);
  if (const properties::Property* property = properties::find(found.property)) {
    page.paragraph({"What to change: ", Tone::strong}, property->remedy());
  }
  page.paragraph({"Minimal: ", Tone::strong}, minimality(found));
  const std::string commands = by_hand(found, info, std::max(style.width, kNarrowest));
  if (commands.empty()) return;
  page.gap();
  page.paragraph({"By hand, in a shell: ", Tone::strong},
                 "(each answer's headers go to step-N, where later steps find the cookies)");
  page.block(commands);
}

}  // namespace crumbproof::report
