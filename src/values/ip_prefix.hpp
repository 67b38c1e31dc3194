// IP addresses and prefixes, both families, as bytes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace policysim::values {

// IPv4 uses the first four bytes. IPv4-mapped IPv6 stays IPv6.
struct IpAddress {
  bool v6 = false;
  std::array<std::uint8_t, 16> bytes{};
  friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

struct IpPrefix {
  IpAddress address;
  std::uint8_t bits = 0;
};

std::optional<IpAddress> parse_ip(std::string_view text) noexcept;
// Address or CIDR; no prefix means the single address. Bits after the prefix are ignored.
std::optional<IpPrefix> parse_ip_prefix(std::string_view text) noexcept;
// Families never contain each other.
bool contains(const IpPrefix& prefix, const IpAddress& address) noexcept;

}  // namespace policysim::values
