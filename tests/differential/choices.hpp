// Where a generator's choices come from: a seeded generator of numbers, or the bytes of a fuzzer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace policysim::differential {

// A value; copies go their own way.
class Choices {
 public:
  explicit Choices(std::uint64_t seed) : state_(seed) {}
  // One byte a choice (two where more than 256 are open); zeros after the last.
  explicit Choices(std::span<const std::uint8_t> bytes) : bytes_(bytes), from_bytes_(true) {}

  // A number below `n`, which is at least 1.
  std::size_t below(std::size_t n) {
    if (!from_bytes_) return static_cast<std::size_t>(next() % n);
    std::size_t value = take();
    if (n > 256) value = value * 256 + take();
    return value % n;
  }
  bool chance(std::size_t percent) { return below(100) < percent; }

  template <class T>
  const T& of(const std::vector<T>& items) {
    return items[below(items.size())];
  }

 private:
  std::uint64_t next() {  // splitmix64
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  std::size_t take() { return at_ < bytes_.size() ? bytes_[at_++] : 0; }

  std::uint64_t state_ = 0;
  std::span<const std::uint8_t> bytes_;
  std::size_t at_ = 0;
  bool from_bytes_ = false;
};

}  // namespace policysim::differential
