#include "base/ascii.hpp"

#include <gtest/gtest.h>

namespace policysim::base {
namespace {

TEST(Ascii, LowerFoldsLettersOnly) {
  EXPECT_EQ(lower("AZaz09@[`{"), "azaz09@[`{");
  EXPECT_EQ(lower("ÉÀ"), "ÉÀ");
  EXPECT_EQ(lower(""), "");
}

TEST(Ascii, EqualsIgnoreCase) {
  EXPECT_TRUE(equals_ignore_case("aws:SourceIp", "AWS:sourceIP"));
  EXPECT_TRUE(equals_ignore_case("", ""));
  EXPECT_FALSE(equals_ignore_case("a", "ab"));
  EXPECT_FALSE(equals_ignore_case("@", "`"));
  EXPECT_FALSE(equals_ignore_case("é", "É"));
}

TEST(Ascii, StartsWithIgnoreCase) {
  EXPECT_TRUE(starts_with_ignore_case("ForAnyValue:StringLike", "foranyvalue:"));
  EXPECT_TRUE(starts_with_ignore_case("a", ""));
  EXPECT_FALSE(starts_with_ignore_case("for", "foranyvalue:"));
  EXPECT_FALSE(starts_with_ignore_case("xforanyvalue:", "foranyvalue:"));
}

}  // namespace
}  // namespace policysim::base
