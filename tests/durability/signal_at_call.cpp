// For LD_PRELOAD: a signal at a chosen moment of what a process does to files.
//
// SIGNAL_AT_CALL=N,NUMBER: this process, and none that it starts, gets that signal right before its
// Nth call of those below. LOG_CALLS_IN=FILE: their names are written there in the end, a line
// each.

#include <array>
#include <atomic>
#include <csignal>
#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

std::atomic<long> calls{0};
long chosen = 0;
int chosen_signal = 0;
pid_t process = 0;
std::array<char, 4096> log_file{};
std::array<const char*, 4096> names{};

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

void note_call(const char* name) {
  if (::getpid() != process) return;
  const long number = ++calls;
  if (static_cast<std::size_t>(number) <= names.size()) {
    names[static_cast<std::size_t>(number - 1)] = name;
  }
  if (number == chosen) ::kill(process, chosen_signal);
}

struct Start {
  Start() {
    process = ::getpid();
    if (const char* const moment = std::getenv("SIGNAL_AT_CALL")) {
      std::sscanf(moment, "%ld,%d", &chosen, &chosen_signal);
    }
    if (const char* const file = std::getenv("LOG_CALLS_IN")) {
      std::snprintf(log_file.data(), log_file.size(), "%s", file);
    }
    for (const char* const name : {"LD_PRELOAD", "SIGNAL_AT_CALL", "LOG_CALLS_IN"}) {
      ::unsetenv(name);
    }
  }
  ~Start() {
    if (::getpid() != process || log_file[0] == '\0') return;
    if (std::FILE* const file = std::fopen(log_file.data(), "w")) {
      for (const char* const name : names) {
        if (name != nullptr) std::fprintf(file, "%s\n", name);
      }
      std::fclose(file);
    }
  }
  Start(const Start&) = delete;
  Start& operator=(const Start&) = delete;
};
const Start start;

}  // namespace

extern "C" {

ssize_t write(int file, const void* bytes, size_t size) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t)>("write");
  note_call("write");
  return real(file, bytes, size);
}

ssize_t writev(int file, const iovec* parts, int count) {
  static const auto real = next<ssize_t (*)(int, const iovec*, int)>("writev");
  note_call("writev");
  return real(file, parts, count);
}

int fsync(int file) {
  static const auto real = next<int (*)(int)>("fsync");
  note_call("fsync");
  return real(file);
}

int rename(const char* from, const char* to) noexcept {
  static const auto real = next<int (*)(const char*, const char*)>("rename");
  note_call("rename");
  return real(from, to);
}

int unlink(const char* name) noexcept {
  static const auto real = next<int (*)(const char*)>("unlink");
  note_call("unlink");
  return real(name);
}

int open(const char* name, int flags, ...) {
  static const auto real = next<int (*)(const char*, int, mode_t)>("open");
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  note_call("open");
  return real(name, flags, mode);
}

}  // extern "C"
