// ARNs, base64 and case folding.
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "values/arn.hpp"
#include "values/base64.hpp"
#include "values/fold.hpp"
#include "values/lower_case.hpp"

namespace policysim::values {
namespace {

TEST(Arn, Parts) {
  const auto arn = split_arn("arn:aws:logs:us-east-1:111122223333:log-group:a:*");
  ASSERT_TRUE(arn);
  EXPECT_EQ(arn->parts[0], "arn");
  EXPECT_EQ(arn->partition(), "aws");
  EXPECT_EQ(arn->service(), "logs");
  EXPECT_EQ(arn->region(), "us-east-1");
  EXPECT_EQ(arn->account(), "111122223333");
  EXPECT_EQ(arn->resource(), "log-group:a:*");
}

TEST(Arn, EmptyPartsCount) {
  const auto arn = split_arn("arn:::::");
  ASSERT_TRUE(arn);
  for (std::size_t i = 1; i < 6; ++i) EXPECT_EQ(arn->parts[i], "");
  EXPECT_EQ(split_arn("arn:aws:s3:::bucket/key")->resource(), "bucket/key");
}

TEST(Arn, WhatIsNone) {
  for (const char* text : {"", "arn", "arn:", "arn:aws:s3::", "ARN:aws:s3:::b", " arn:aws:s3:::b",
                           "xarn:aws:s3:::b", "*", "a:b:c:d:e:f"}) {
    EXPECT_FALSE(split_arn(text)) << text;
  }
}

TEST(Arn, AccountIds) {
  EXPECT_TRUE(is_account_id("012345678901"));
  for (const char* text : {"", "12345678901", "1234567890123", "12345678901a", "12345678901 "}) {
    EXPECT_FALSE(is_account_id(text)) << text;
  }
}

TEST(Base64, WhatDecodes) {
  for (const char* text : {"", "QQ==", "QUI=", "QUJD", "+/+/", "QUJDRA==", "QR=="}) {
    EXPECT_TRUE(is_base64(text)) << text;
  }
  for (const char* text : {"Q", "QQ", "QQ=", "QUI", "Q===", "====", "QQ==QQ==", "QU=I", "Q=JD",
                           "QUJ ", "QUJD\n", "-_-_", "QUJDQ", "\xC3\xA9QQ"}) {
    EXPECT_FALSE(is_base64(text)) << text;
  }
}

TEST(Base64, EqualityIsOfBytes) {
  EXPECT_TRUE(base64_equal("QmluYXJ5VmFsdWVJbkJhc2U2NA==", "QmluYXJ5VmFsdWVJbkJhc2U2NA=="));
  EXPECT_TRUE(base64_equal("", ""));
  EXPECT_TRUE(base64_equal("QQ==", "QR=="));  // both are the byte A: stray bits do not count
  EXPECT_TRUE(base64_equal("QUI=", "QUJ="));
  EXPECT_FALSE(base64_equal("QQ==", "Qg=="));
  EXPECT_FALSE(base64_equal("QQ==", "QQA="));
  EXPECT_FALSE(base64_equal("QUJD", "QUJE"));
  EXPECT_FALSE(base64_equal("QUJD", "QUJDQQ=="));
  EXPECT_FALSE(base64_equal("QQ", "QQ"));  // what does not decode equals nothing
  EXPECT_FALSE(base64_equal("****", "****"));
  EXPECT_FALSE(base64_equal("QUJD", "qujd"));
}

TEST(Fold, EqualTexts) {
  const std::array<const char*, 2> equal[] = {
      {"", ""},           {"Admin", "aDMIN"},
      {"ÄÖÜ", "äöü"},     {"ÉCOLE", "école"},
      {"ΑΒΓ", "αβγ"},     {"МОСКВА", "москва"},
      {"\u212A", "k"},    {"\u212A", "K"},
      {"\u212B", "å"},    {"ẞ", "ß"},
      {"Σ", "σ"},         {"Ǆ", "ǆ"},
      {"ǅ", "ǆ"},         {"\U00010400", "\U00010428"},
      {"Ÿ", "ÿ"},         {"\xFF", "\xFF"},
      {"A\xC3", "a\xC3"}, {"Ⴀ", "ⴀ"},
  };
  for (const auto& [a, b] : equal) {
    EXPECT_TRUE(equals_ignore_case(a, b)) << a << " " << b;
    EXPECT_TRUE(equals_ignore_case(b, a)) << a << " " << b;
  }
}

TEST(Fold, DifferentTexts) {
  const std::array<const char*, 2> different[] = {
      {"a", ""},
      {"a", "b"},
      {"ab", "a"},
      {"ß", "ss"},
      {"ß", "SS"},  // one code
                    // point for one
      {"İ", "i"},
      {"İ", "i̇"},  // its lower-case form is two code points
      {"ı", "i"},
      {"I", "ı"},  // no Turkish rules
      {"ſ", "s"},
      {"µ", "μ"},        // lower-case letters both
      {"é", "e\u0301"},  // no normalization
      {"ς", "σ"},
      {"\xFF", "\xFE"},
      {"\xC3", "Ã"},
      {"[", "{"},
      {"@", "`"},
      {"×", "÷"},
  };
  for (const auto& [a, b] : different) {
    EXPECT_FALSE(equals_ignore_case(a, b)) << a << " " << b;
    EXPECT_FALSE(equals_ignore_case(b, a)) << a << " " << b;
  }
}

TEST(Fold, CursorTakesPieces) {
  FoldCursor cursor("Team/ÄRZTE");
  EXPECT_TRUE(cursor.consume("tEAM"));
  EXPECT_TRUE(cursor.consume(""));
  EXPECT_FALSE(cursor.at_end());
  EXPECT_TRUE(cursor.consume("/ärz"));
  EXPECT_TRUE(cursor.consume("te"));
  EXPECT_TRUE(cursor.at_end());
  EXPECT_FALSE(cursor.consume("x"));
}

TEST(Fold, LowerCaseIsStableAndTableIsSorted) {
  char32_t before = 0;
  for (const LowerCaseRange& range : lower_case_ranges()) {
    EXPECT_LT(before, range.first);
    EXPECT_LE(range.first, range.last);
    before = range.last;
  }
  for (char32_t code = 0; code <= 0x10FFFF; ++code) {
    const char32_t lower = simple_lower(code);
    ASSERT_EQ(simple_lower(lower), lower) << std::hex << static_cast<std::uint32_t>(code);
  }
  EXPECT_EQ(simple_lower(U'×'), U'×');
  EXPECT_EQ(simple_lower(0x130), char32_t{0x130});
  EXPECT_EQ(simple_lower(0x110041), char32_t{0x110041});
}

}  // namespace
}  // namespace policysim::values
