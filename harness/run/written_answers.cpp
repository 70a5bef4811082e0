#include <crumbproof/run/written_answers.hpp>

#include <utility>

namespace crumbproof::run {

std::optional<AppAnswer> WrittenAnswers::answer(const AppRequest& request, CookieValues& values) {
  write(request);
  return answers_.answer(request, values);
}

std::optional<std::vector<AppAnswer>> WrittenAnswers::answer_together(
    std::span<const AppRequest> requests, CookieValues& values) {
  for (const AppRequest& request : requests) write(request);
  return answers_.answer_together(requests, values);
}

void WrittenAnswers::write(const AppRequest& request) {
  LoggedExchange written;
  written.request = request.news ? participants_.news(request) : participants_.webhook(request);
  requests_.insert_or_assign(request.number,
                             participants_.without_secrets(std::move(written)).request);
}

}  // namespace crumbproof::run
