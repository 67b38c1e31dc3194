// Numbers, instants, addresses and bytes, as policies and requests write them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace policysim::reference {

// Digits without leading (integer) and trailing (fraction) zeros.
struct Number {
  bool negative = false;
  std::string integer;
  std::string fraction;
};
std::optional<Number> parse_number(std::string_view text, bool exponent);
int compare(const Number& a, const Number& b);

// Whole seconds since 1970 (rounded down) and the digits after them.
struct Instant {
  Number seconds;
  std::string fraction;
};
std::optional<Instant> parse_instant(std::string_view text, bool four_digits_epoch);
int compare(const Instant& a, const Instant& b);

struct Network {
  bool v6 = false;
  std::array<std::uint8_t, 16> bytes{};
  int bits = 0;
};
std::optional<Network> parse_address(std::string_view text);
std::optional<Network> parse_network(std::string_view text);
bool contains(const Network& network, const Network& address);

std::optional<std::string> decode_base64(std::string_view text);

}  // namespace policysim::reference
