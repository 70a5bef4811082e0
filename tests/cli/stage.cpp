#include "stage.hpp"

#include <crumbproof/cli/run.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <stdexcept>

namespace fs = std::filesystem;

Folder::Folder() {
  std::string name = (fs::temp_directory_path() / "crumbproof-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for the test");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void Folder::write(const std::string& name, const std::string& content) const {
  std::ofstream(path_ / name, std::ios::binary) << content;
}

std::string Folder::read(const std::string& name) const {
  std::ifstream stream(path_ / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::vector<std::string> Folder::names() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path_)) names.push_back(entry.path().filename());
  std::ranges::sort(names);
  return names;
}

crumbproof::cli::Environment in(const fs::path& folder) {
  return {.out = std::cout, .err = std::cerr, .folder = folder, .variables = {}};
}

Stage::Stage() : environment{.out = out_, .err = err_, .folder = folder.path(), .variables = {}} {}

int Stage::run(const std::vector<std::string>& args) {
  return crumbproof::cli::run(args, environment);
}
