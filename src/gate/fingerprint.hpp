// A hash that is the same everywhere and in every version: for files that outlive the program.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace policysim::gate {

// FNV-1a of parts, each with an end of its own, so that ("ab", "c") is not ("a", "bc").
class Fingerprint {
 public:
  void add(std::string_view part) noexcept {
    for (const char c : part) mix(static_cast<unsigned char>(c));
    mix(kEnd);
  }
  std::uint64_t value() const noexcept { return hash_; }

 private:
  static constexpr unsigned kEnd = 0x100;  // no byte

  void mix(unsigned byte) noexcept { hash_ = (hash_ ^ byte) * 1099511628211U; }

  std::uint64_t hash_ = 14695981039346656037U;
};

// Sixteen hexadecimal digits.
inline std::string hex(std::uint64_t value) {
  std::string out;
  for (int shift = 60; shift >= 0; shift -= 4) {
    out += "0123456789abcdef"[value >> static_cast<unsigned>(shift) & 15U];
  }
  return out;
}

}  // namespace policysim::gate
