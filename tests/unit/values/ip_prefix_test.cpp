#include "values/ip_prefix.hpp"

#include <gtest/gtest.h>

namespace policysim::values {
namespace {

TEST(IpPrefix, Contains) {
  const struct {
    const char* prefix;
    const char* address;
    bool contained;
  } rows[] = {
      {"203.0.113.0/24", "203.0.113.77", true},
      {"203.0.113.0/24", "203.0.114.0", false},
      {"203.0.113.9/24", "203.0.113.200", true},  // bits after the prefix are ignored
      {"203.0.113.7", "203.0.113.7", true},       // no prefix: one address
      {"203.0.113.7", "203.0.113.8", false},
      {"203.0.113.7/32", "203.0.113.7", true},
      {"203.0.113.128/25", "203.0.113.127", false},
      {"203.0.113.128/25", "203.0.113.128", true},
      {"128.0.0.0/1", "255.255.255.255", true},
      {"128.0.0.0/1", "127.255.255.255", false},
      {"0.0.0.0/0", "8.8.8.8", true},
      {"0.0.0.0/0", "255.255.255.255", true},
      {"0.0.0.0/0", "::1", false},  // families never meet
      {"::/0", "8.8.8.8", false},
      {"::/0", "2001:db8::1", true},
      {"2001:db8::1", "2001:DB8:0:0:0:0:0:1", true},  // bytes, not text
      {"2001:db8::1", "2001:db8::2", false},          // a bare IPv6 address is one address
      {"2001:db8::/32", "2001:db8:ffff::", true},
      {"2001:db8::/32", "2001:db9::", false},
      {"2001:db8::/33", "2001:db8:8000::", false},
      {"::ffff:203.0.113.7", "::ffff:cb00:7107", true},
      {"::ffff:203.0.113.7", "203.0.113.7", false},  // mapped addresses stay IPv6
      {"203.0.113.7", "::ffff:203.0.113.7", false},
      {"1:2:3:4:5:6:7:8/127", "1:2:3:4:5:6:7:9", true},
      {"1::8", "1:0:0:0:0:0:0:8", true},
      {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0", true},
      {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8", true},
      {"1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304", true},
  };
  for (const auto& row : rows) {
    const auto prefix = parse_ip_prefix(row.prefix);
    const auto address = parse_ip(row.address);
    ASSERT_TRUE(prefix && address) << row.prefix << " " << row.address;
    EXPECT_EQ(contains(*prefix, *address), row.contained) << row.prefix << " " << row.address;
  }
}

TEST(IpPrefix, Bytes) {
  const auto address = parse_ip("2001:db8::a:1");
  ASSERT_TRUE(address);
  EXPECT_TRUE(address->v6);
  const std::array<std::uint8_t, 16> bytes = {0x20, 0x01, 0x0d, 0xb8, 0, 0,    0, 0,
                                              0,    0,    0,    0,    0, 0x0a, 0, 1};
  EXPECT_EQ(address->bytes, bytes);
  const auto v4 = parse_ip("192.0.2.1");
  ASSERT_TRUE(v4);
  EXPECT_FALSE(v4->v6);
  EXPECT_EQ(v4->bytes[0], 192);
  EXPECT_EQ(v4->bytes[3], 1);
  EXPECT_EQ(v4->bytes[4], 0);
}

TEST(IpPrefix, NoAddress) {
  for (const char* text : {"",
                           " ",
                           "1",
                           "1.2.3",
                           "1.2.3.",
                           "1.2.3.4.",
                           "1.2.3.4.5",
                           "256.1.1.1",
                           "1.2.3.1000",
                           "01.2.3.4",
                           "1.2.3.04",
                           "1..3.4",
                           "a.b.c.d",
                           "1.2.3.4 ",
                           " 1.2.3.4",
                           "0x1.2.3.4",
                           "-1.2.3.4",
                           ":",
                           ":::",
                           "1:",
                           ":1",
                           "1:2:3:4:5:6:7",
                           "1:2:3:4:5:6:7:8:9",
                           "1::2::3",
                           "1:2:3:4:5:6:7::8",
                           "::1:2:3:4:5:6:7:8",
                           "1:::2",
                           "g::",
                           "12345::",
                           "::1.2.3",
                           "::1.2.3.4.5",
                           "1.2.3.4::",
                           "1:2:3:4:5:6:7:1.2.3.4",
                           "::1.2.3.4:5",
                           "::1%eth0",
                           "[::1]",
                           "1:2:3:4:5:6:7:"}) {
    EXPECT_FALSE(parse_ip(text)) << text;
    EXPECT_FALSE(parse_ip_prefix(text)) << text;
  }
  for (const char* text : {"1.2.3.4/", "1.2.3.4/33", "1.2.3.4/-1", "1.2.3.4/a", "1.2.3.4/24/",
                           "1.2.3.4/255.255.255.0", "1.2.3.4/ 24", "::/129", "::/1000", "/24"}) {
    EXPECT_FALSE(parse_ip_prefix(text)) << text;
    EXPECT_FALSE(parse_ip(text)) << text;
  }
}

}  // namespace
}  // namespace policysim::values
