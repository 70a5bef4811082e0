#include <crumbproof/cli/files.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace crumbproof::cli {

namespace fs = std::filesystem;

namespace {

bool is_special(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

void write_all(const fs::path& path, std::string_view content) {
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream << content;
  stream.close();
  if (!stream) throw std::system_error(errno, std::generic_category());
}

}  // namespace

std::string read_file(const fs::path& path, std::string_view shown, std::size_t most_bytes) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    throw BadInput(fmt::format("{}: this is a folder; a file is expected", shown));
  }
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    throw BadInput(fmt::format("{}: cannot be read: {}", shown, std::strerror(errno)));
  }
  // Piece by piece, since most files are far smaller than they may be.
  constexpr std::size_t kPiece = 64 * 1024;
  std::array<char, kPiece> piece{};
  std::string content;
  while (stream) {
    stream.read(piece.data(), piece.size());
    content.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
    if (content.size() > most_bytes) {
      throw BadInput(fmt::format("{}: the file is larger than {} bytes", shown, most_bytes));
    }
  }
  if (stream.bad()) throw BadInput(fmt::format("{}: cannot be read", shown));
  return content;
}

OutputFile::OutputFile(const fs::path& folder, std::string shown) : shown_(std::move(shown)) {
  const auto refuse = [this](std::string_view why) {
    throw BadInput(fmt::format("{}: cannot be written: {}", shown_, why));
  };
  if (shown_.empty()) throw BadInput("the name of a file to write is empty");
  const fs::path path = fs::absolute(folder / shown_);
  if (is_special(path)) {  // as it is: what /dev/fd/3 stands for has no name of its own
    path_ = path;
    return;
  }
  std::error_code error;
  path_ = fs::weakly_canonical(path, error);
  if (error) refuse(error.message());
  if (fs::is_directory(path_, error)) refuse("this is a folder; a file is expected");
  const fs::path parent = path_.parent_path();
  if (!fs::is_directory(parent, error)) refuse("its folder does not exist");
  if (::faccessat(AT_FDCWD, parent.c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
    refuse(std::string("its folder: ") + std::strerror(errno));
  }
}

bool OutputFile::can_be_replaced() const { return !is_special(path_); }

void OutputFile::write(std::string_view content) const {
  fs::path temporary = path_;
  temporary += fmt::format(".{}.tmp", ::getpid());
  try {
    if (is_special(path_)) {
      write_all(path_, content);
      return;
    }
    write_all(temporary, content);
    fs::rename(temporary, path_);
  } catch (const std::system_error& failure) {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    throw BadInput(fmt::format("{}: cannot be written: {}", shown_, failure.code().message()));
  }
}

}  // namespace crumbproof::cli
