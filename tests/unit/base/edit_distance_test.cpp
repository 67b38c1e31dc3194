#include "base/edit_distance.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace policysim::base {
namespace {

TEST(EditDistance, CountsInsertionsDeletionsSubstitutionsAndSwaps) {
  struct Row {
    std::string_view a;
    std::string_view b;
    std::size_t distance;
  };
  constexpr std::array kRows = {
      Row{"", "", 0},
      Row{"", "abc", 3},
      Row{"abc", "", 3},
      Row{"kitten", "sitting", 3},
      Row{"Action", "action", 0},
      Row{"Efect", "Effect", 1},
      Row{"Acitno", "Action", 2},
      Row{"ca", "abc", 3},  // optimal string alignment edits no part twice
      Row{"é", "e", 2},     // bytes, not characters
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(edit_distance(row.a, row.b), row.distance) << row.a << " " << row.b;
    EXPECT_EQ(edit_distance(row.b, row.a), row.distance) << row.b << " " << row.a;
  }
}

TEST(Nearest, FindsTheNearestWithinAThird) {
  constexpr std::array<std::string_view, 4> kWords = {"StringLike", "StringEquals", "Bool",
                                                      "NumericEquals"};
  EXPECT_EQ(nearest("StringLikes", kWords), "StringLike");
  EXPECT_EQ(nearest("stringlike", kWords), "StringLike");
  EXPECT_EQ(nearest("Boool", kWords), "Bool");
  EXPECT_EQ(nearest("NumberEquals", kWords), "NumericEquals");
  EXPECT_EQ(nearest("Null", kWords), "");
  EXPECT_EQ(nearest("", kWords), "");
  EXPECT_EQ(nearest("x", {}), "");
}

TEST(Nearest, TiesGoToTheFirst) {
  constexpr std::array<std::string_view, 2> kWords = {"bat", "cat"};
  EXPECT_EQ(nearest("rat", kWords), "bat");
}

TEST(Nearest, AbsurdlyLongWordsHaveNoNeighbour) {
  const std::string longest(128, 'a');
  const std::string too_long(129, 'a');
  const std::array<std::string_view, 2> words = {longest, too_long};
  EXPECT_EQ(nearest(longest, words), longest);
  EXPECT_EQ(nearest(too_long, words), "");
}

}  // namespace
}  // namespace policysim::base
