// What the functions cost that each delivery goes through. Google Benchmark; its options:
//
//   bench_functions --benchmark_filter=cookie --benchmark_repetitions=5

#include <crumbproof/http/answer_reader.hpp>
#include <crumbproof/http/request_bytes.hpp>
#include <crumbproof/run/answer_trie.hpp>
#include <crumbproof/run/runner.hpp>
#include <crumbproof/target/handler_target.hpp>
#include <crumbproof/twilio/cookie_store.hpp>
#include <crumbproof/twilio/set_cookie.hpp>
#include <crumbproof/twilio/signature.hpp>
#include <crumbproof/twilio/twiml.hpp>
#include <crumbproof/twilio/webhook.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>

using namespace crumbproof;

namespace {

constexpr std::string_view kToken = "0123456789abcdef0123456789abcdef";
constexpr std::string_view kSetCookie =
    "session=s%3A4bf1c2a8.Zm9vYmFy; Path=/; Expires=Tue, 24 Nov 2026 14:00:00 GMT; HttpOnly";
constexpr std::string_view kTwiml =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Message>What size, and how many? For "
    "example '2 large'.</Message></Response>";

twilio::Request webhook(std::string_view token) {
  twilio::IncomingMessage message{"SM0123456789abcdef0123456789abcdef",
                                  "AC00000000000000000000000000000000", "+12015550100",
                                  "+15005550006", "2 large"};
  twilio::WebhookOptions options;
  options.url = twilio::Url::parse("http://127.0.0.1:3000/sms");
  options.method = "POST";
  options.cookie = "session=s%3A4bf1c2a8.Zm9vYmFy";
  options.idempotency_token = "00000000-0000-4000-8000-000000000000";
  options.auth_token = token;
  return twilio::webhook_request(message, options);
}

void set_cookie_parse(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(twilio::parse_set_cookie(kSetCookie));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(set_cookie_parse);

void cookie_store_write(benchmark::State& state) {
  const std::vector<twilio::Field> fields{{"Set-Cookie", "session=s%3A4bf1c2a8; Path=/"}};
  const twilio::CookieWrite write{twilio::AnswerCookies(fields),
                                  twilio::Url::parse("http://127.0.0.1:3000/sms"), Instant(),
                                  DeliveryNumber(1)};
  for (auto _ : state) {
    twilio::CookieStore store;
    benchmark::DoNotOptimize(store.write(write));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(cookie_store_write);

void cookie_store_read(benchmark::State& state) {
  const std::vector<twilio::Field> fields{{"Set-Cookie", "session=s%3A4bf1c2a8; Path=/"}};
  const twilio::Url url = twilio::Url::parse("http://127.0.0.1:3000/sms");
  twilio::CookieStore store;
  store.write({twilio::AnswerCookies(fields), url, Instant(), DeliveryNumber(1)});
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        store.cookies_for(store.version(), url, Instant(), twilio::Expiry::observed));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(cookie_store_read);

void webhook_request(benchmark::State& state) {
  const std::string_view token = state.range(0) == 1 ? kToken : std::string_view();
  for (auto _ : state) benchmark::DoNotOptimize(webhook(token));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(webhook_request)->ArgName("signed")->Arg(0)->Arg(1);

void signature(benchmark::State& state) {
  const twilio::Request request = webhook({});
  for (auto _ : state) {
    benchmark::DoNotOptimize(twilio::signature(kToken, request.url, request.parameters));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(signature);

void request_bytes(benchmark::State& state) {
  const twilio::Request request = webhook(kToken);
  const twilio::Url url = twilio::Url::parse(request.url);
  std::string bytes;
  for (auto _ : state) {
    bytes.clear();
    http::append_request(request, url, false, bytes);
    benchmark::DoNotOptimize(bytes);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(request_bytes);

void answer_reader(benchmark::State& state) {
  const std::string answer =
      "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nSet-Cookie: " + std::string(kSetCookie) +
      "\r\nDate: Tue, 24 Nov 2026 10:00:00 GMT" +
      "\r\nContent-Length: " + std::to_string(kTwiml.size()) + "\r\n\r\n" + std::string(kTwiml);
  http::AnswerReader reader{http::HttpLimits()};
  for (auto _ : state) {
    reader.begin(false);
    const auto room = reader.room();
    std::ranges::copy(answer, room.begin());
    reader.received(answer.size());
    benchmark::DoNotOptimize(reader.take());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(answer_reader);

void twiml(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(twilio::read_document(200, "text/xml", kTwiml));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(twiml);

/// One step down a trie of a hundred thousand nodes, each with ten ways to go on.
void trie_lookup(benchmark::State& state) {
  constexpr std::uint32_t kNodes = 100'000;
  constexpr std::uint32_t kWays = 10;
  run::AnswerTrie trie;
  run::RequestKey key;
  key.method = "POST";
  key.url = "http://127.0.0.1:3000/sms";
  key.text = "2 large";
  const auto answer = std::make_shared<const run::SeenAnswer>();
  const auto way = [&](std::uint32_t n) -> const run::RequestKey& {
    key.message = n % kWays;
    return key;
  };
  for (std::uint32_t n = 0; n < kNodes; ++n) {
    trie.record(run::AnswerTrie::Node(n / kWays), way(n), answer);
  }
  std::uint32_t n = 0;
  for (auto _ : state) {
    n = (n + 7919) % kNodes;
    benchmark::DoNotOptimize(trie.child(run::AnswerTrie::Node(n / kWays), way(n)));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(trie_lookup);

target::HandlerFactory counter() {
  return [] {
    return [counts =
                std::map<std::string, int, std::less<>>()](const twilio::Request& request) mutable {
      const int n = ++counts[std::string(request.parameter("From"))];
      twilio::Response response =
          twilio::Response::twiml("<Response><Message>hello</Message></Response>");
      response.set_cookie("n=" + std::to_string(n) + "; Path=/");
      return response;
    };
  };
}

/// Six messages without a fault, on an app in this process or from what is known of it. Items are
/// deliveries.
void execution(benchmark::State& state) {
  const bool known = state.range(0) == 1;
  run::SenderSettings sender;
  sender.webhook = twilio::Url::parse("http://127.0.0.1:3000/sms");
  if (state.range(1) == 1) sender.auth_token = kToken;
  target::HandlerTarget target(counter());
  run::Runner runner(sender, target, twilio::Identities("bench"));
  std::vector<Message> messages;
  constexpr std::uint32_t kMessages = 6;
  for (std::uint32_t n = 0; n < kMessages; ++n) {
    messages.push_back({PairIndex(0), "message", Instant(std::chrono::seconds(n))});
  }
  const run::Plan plan{messages, faults::default_kinds()};
  run::PlannedChoices none({});
  runner.run_on_app(plan, none);
  for (auto _ : state) {
    run::PlannedChoices choices({});
    benchmark::DoNotOptimize(known ? runner.run(plan, choices) : runner.run_on_app(plan, choices));
  }
  state.SetItemsProcessed(state.iterations() * kMessages);
}
BENCHMARK(execution)->ArgNames({"known", "signed"})->Args({0, 0})->Args({0, 1})->Args({1, 0});

}  // namespace

BENCHMARK_MAIN();
