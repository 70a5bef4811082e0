#include <crumbproof/suite/app.hpp>

namespace crumbproof {

App::App(Recipe recipe, std::string url) : recipe_(std::move(recipe)), url_(std::move(url)) {}

App App::at(std::string url) const { return App(recipe_, std::move(url)); }

}  // namespace crumbproof
