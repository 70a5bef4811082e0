#pragma once

#include <crumbproof/target/handler_target.hpp>
#include <crumbproof/twilio/http.hpp>

#include <concepts>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

namespace crumbproof {

using twilio::Request;
using twilio::Response;

/// A callable that answers one webhook.
template <class F>
concept WebhookHandler =
    std::copy_constructible<F> && std::is_invocable_r_v<Response, F&, const Request&>;

/// The app under test of a property suite: how it is made anew, and the URL that it believes it
/// has. An App is a recipe and has no state; each execution has an app of its own.
class App {
 public:
  /// Makes what the harness sends its requests to.
  using Recipe = std::function<std::unique_ptr<target::Target>()>;

  /// How long what the app remembers lasts.
  enum class Memory : bool {
    of_target,  ///< as long as what the recipe has made
    lasting,    ///< longer, as that of a server that runs by itself: it must never meet a number
                ///< twice
  };

  /// The app that this recipe makes.
  explicit App(Recipe recipe, std::string url = "http://app.test/sms",
               Memory memory = Memory::of_target);

  /// A handler in this process. Each execution has a copy of it, so what it holds by value starts
  /// anew; what it refers to is shared by all executions, as a server's database is.
  // An App is ruled out first: whether it is a handler would depend on whether it is one.
  template <class F>
  requires(!std::same_as<F, App> && WebhookHandler<F>)
      // NOLINTNEXTLINE(google-explicit-constructor): any handler is an app
      App(F handler)
      : App(made_by([handler = std::move(handler)] { return handler; })) {}

  /// A handler that a factory makes for each execution, so that executions share no state but what
  /// the factory shares.
  template <std::invocable Factory>
  requires WebhookHandler<std::invoke_result_t<Factory&>>
  static App made_by(Factory factory) {
    return App(Recipe([factory = std::move(factory)]() -> std::unique_ptr<target::Target> {
      return std::make_unique<target::HandlerTarget>(target::HandlerFactory(factory));
    }));
  }

  /// A handler that is called with a state: `Response handle(State&, const Request&)`. Each
  /// execution has a copy of the first state, and where two begin alike the second goes on from a
  /// copy of the first one's state instead of sending everything again. So the state must hold, by
  /// value, all that the handler remembers.
  template <std::copyable State, std::copy_constructible Handle>
  requires std::is_invocable_r_v<Response, const Handle&, State&, const Request&>
  static App with_state(State first, Handle handle) {
    return App(Recipe([first = std::move(first),
                       handle = std::move(handle)]() -> std::unique_ptr<target::Target> {
      return std::make_unique<target::ForkingTarget>(
          std::make_unique<StatefulHandler<State, Handle>>(first, handle));
    }));
  }

  /// The same app with another URL: absolute, http or https, as configured at Twilio; requests are
  /// signed for it, and cookies are stored for its host.
  [[nodiscard]] App at(std::string url) const;

  /// Makes the app anew.
  [[nodiscard]] std::unique_ptr<target::Target> make() const { return recipe_(); }
  /// The URL that it believes it has.
  [[nodiscard]] const std::string& url() const { return url_; }
  /// How long what it remembers lasts.
  [[nodiscard]] Memory memory() const { return memory_; }

 private:
  template <class State, class Handle>
  class StatefulHandler final : public target::ForkableHandler {
   public:
    StatefulHandler(State state, Handle handle)
        : state_(std::move(state)), handle_(std::move(handle)) {}

    Response answer(const Request& request) override { return handle_(state_, request); }
    [[nodiscard]] std::unique_ptr<target::ForkableHandler> fork() const override {
      return std::make_unique<StatefulHandler>(state_, handle_);
    }

   private:
    State state_;
    const Handle handle_;
  };

  Recipe recipe_;
  std::string url_;
  Memory memory_ = Memory::of_target;
};

}  // namespace crumbproof
