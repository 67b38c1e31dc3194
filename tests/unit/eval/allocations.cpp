#include "unit/eval/allocations.hpp"

#include <atomic>
#include <cstdlib>

#if defined(__SANITIZE_ADDRESS__)
#define PSIM_OWN_HEAP 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PSIM_OWN_HEAP 0
#else
#define PSIM_OWN_HEAP 1
#endif
#else
#define PSIM_OWN_HEAP 1
#endif

namespace {
std::atomic<std::size_t> g_allocations{0};
}

#if PSIM_OWN_HEAP
// operator new of libstdc++ calls malloc, so that hooking malloc counts both.
extern "C" {
void* __libc_malloc(std::size_t size);                 // NOLINT: names of the C library
void* __libc_calloc(std::size_t n, std::size_t size);  // NOLINT
void* __libc_realloc(void* block, std::size_t size);   // NOLINT

void* malloc(std::size_t size) {
  g_allocations.fetch_add(1, std::memory_order_relaxed);
  return __libc_malloc(size);
}
void* calloc(std::size_t n, std::size_t size) {
  g_allocations.fetch_add(1, std::memory_order_relaxed);
  return __libc_calloc(n, size);
}
void* realloc(void* block, std::size_t size) {
  g_allocations.fetch_add(1, std::memory_order_relaxed);
  return __libc_realloc(block, size);
}
}
#endif

namespace policysim::eval_test {

std::size_t allocations() noexcept { return g_allocations.load(std::memory_order_relaxed); }
bool counting_works() noexcept { return PSIM_OWN_HEAP != 0; }

}  // namespace policysim::eval_test
