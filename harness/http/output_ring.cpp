#include <crumbproof/http/output_ring.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <new>
#include <system_error>

#include <sys/mman.h>

namespace crumbproof::http {

struct OutputRing::Shared {
  /// How many bytes were ever begun to be written, and how many are. They differ while the writer
  /// writes; what is older than a capacity before `begun` is gone.
  std::atomic<std::uint64_t> begun{0};
  std::atomic<std::uint64_t> written{0};
  std::array<std::atomic<char>, kCapacity> bytes{};
};

OutputRing::OutputRing() {
  static_assert(std::atomic<std::uint64_t>::is_always_lock_free &&
                std::atomic<char>::is_always_lock_free);  // else they do not work across processes
  void* const memory =
      ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
  shared_ = new (memory) Shared;
}

OutputRing::~OutputRing() { ::munmap(shared_, sizeof(Shared)); }

void OutputRing::append(std::string_view bytes) {
  std::uint64_t end = shared_->written.load();
  shared_->begun = end + bytes.size();
  for (const char byte : bytes) {
    shared_->bytes[end++ % kCapacity].store(byte, std::memory_order_release);
  }
  shared_->written = end;
}

std::string OutputRing::contents() const {
  const std::uint64_t end = shared_->written.load();
  const std::uint64_t start = end - std::min<std::uint64_t>(end, kCapacity);
  std::string result;
  for (std::uint64_t n = start; n < end; ++n) {
    result += shared_->bytes[n % kCapacity].load(std::memory_order_acquire);
  }
  // What the writer may have overwritten meanwhile is no longer what stood there.
  const std::uint64_t begun = shared_->begun.load();
  const std::uint64_t oldest = begun - std::min<std::uint64_t>(begun, kCapacity);
  if (oldest > start) result.erase(0, static_cast<std::size_t>(std::min(oldest, end) - start));
  return result;
}

}  // namespace crumbproof::http
