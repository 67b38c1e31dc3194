#include "policy/variables.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace policysim::policy {
namespace {

// "text", "*lit*", "<key>", "<key|default>", "!" for a malformed one.
std::string shape(std::string_view value, bool version_2012 = true) {
  std::string out;
  std::size_t end = 0;
  for (const Piece& piece : split_variables(value, version_2012)) {
    EXPECT_EQ(piece.offset, end) << value;
    end = piece.offset + piece.length;
    switch (piece.kind) {
      case Piece::Kind::kText:
        out += "[" + piece.text + "]";
        break;
      case Piece::Kind::kLiteral:
        out += "=" + piece.text + "=";
        break;
      case Piece::Kind::kVariable:
        out += "<" + piece.text + (piece.default_text ? "|" + *piece.default_text : "") + ">";
        break;
      case Piece::Kind::kMalformed:
        out += "!";
        break;
    }
  }
  EXPECT_EQ(end, value.size()) << value;
  return out;
}

struct Row {
  const char* value;
  const char* shape;
};

class SplitVariables : public testing::TestWithParam<Row> {};

TEST_P(SplitVariables, CutsAtVariablesAndEscapes) {
  EXPECT_EQ(shape(GetParam().value), GetParam().shape);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SplitVariables,
    testing::Values(
        Row{"", ""}, Row{"plain*?", "[plain*?]"}, Row{"${aws:username}", "<aws:username>"},
        Row{"a/${aws:username}/*", "[a/]<aws:username>[/*]"},
        Row{"${aws:PrincipalTag/team}${aws:userid}", "<aws:PrincipalTag/team><aws:userid>"},
        Row{"${aws:PrincipalTag/team, 'none'}", "<aws:PrincipalTag/team|none>"},
        Row{"${a:b, ''}", "<a:b|>"}, Row{"${a:b, '*, ?'}", "<a:b|*, ?>"},
        Row{"${*}${?}${$}", "=*==?==$="}, Row{"x${$}{a:b}", "[x]=$=[{a:b}]"}, Row{"${}", "!"},
        Row{"${ a:b}", "!"}, Row{"${a:b c}", "!"}, Row{"${username}", "!"}, Row{"${:b}", "!"},
        Row{"${a:}", "!"}, Row{"${a:b,'x'}", "!"}, Row{"${a:b, x}", "!"}, Row{"${a:b, 'x}", "!"},
        Row{"${a:b, '}", "!"}, Row{"${**}", "!"}, Row{"${${a:b}}", "![}]"}, Row{"${a:b", "[${a:b]"},
        Row{"x${a:b}y${", "[x]<a:b>[y${]"}, Row{"$", "[$]"}, Row{"$$", "[$$]"},
        Row{"{a:b}", "[{a:b}]"}, Row{"$${a:b}", "[$]<a:b>"},
        Row{"${oidc.example.com/id/1:sub}", "<oidc.example.com/id/1:sub>"}));

TEST(SplitVariablesTest, KnowsNoneInVersion2008) {
  EXPECT_EQ(shape("a${aws:username}${*}", false), "[a${aws:username}${*}]");
  EXPECT_EQ(shape("", false), "");
}

TEST(SplitVariablesTest, TakesLinearTime) {
  std::string value;
  for (int i = 0; i < 200'000; ++i) value += "${";
  EXPECT_EQ(split_variables(value, true).size(), 1U);
  EXPECT_EQ(split_variables(value + "}", true).size(), 1U);
}

}  // namespace
}  // namespace policysim::policy
