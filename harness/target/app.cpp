#include <crumbproof/target/app.hpp>

namespace crumbproof {

App::App(Recipe recipe, std::string url, Memory memory)
    : recipe_(std::move(recipe)), url_(std::move(url)), memory_(memory) {}

App App::at(std::string url) const { return App(recipe_, std::move(url), memory_); }

}  // namespace crumbproof
