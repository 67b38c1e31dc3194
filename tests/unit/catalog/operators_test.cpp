#include "catalog/operators.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "base/ascii.hpp"

namespace policysim::catalog {
namespace {

// Every legal spelling with its meaning.
std::vector<ConditionOperator> every_operator() {
  std::vector<ConditionOperator> out;
  for (std::size_t row = 0; row < operators().size(); ++row) {
    for (const SetOperator set :
         {SetOperator::kNone, SetOperator::kForAllValues, SetOperator::kForAnyValue}) {
      for (const bool negated : {false, true}) {
        for (const bool if_exists : {false, true}) {
          const OperatorRow& info = operators()[row];
          if (negated && info.negated.empty()) continue;
          if (if_exists && info.kind == ValueKind::kNull) continue;
          out.push_back({static_cast<std::uint8_t>(row), set, negated, if_exists});
        }
      }
    }
  }
  return out;
}

TEST(Operators, TableHoldsWhatTheUserGuideLists) {
  std::string names;
  for (const OperatorRow& row : operators()) {
    names += std::string(row.name) + " " + std::string(row.negated) + "\n";
  }
  EXPECT_EQ(names,
            "StringEquals StringNotEquals\n"
            "StringEqualsIgnoreCase StringNotEqualsIgnoreCase\n"
            "StringLike StringNotLike\n"
            "NumericEquals NumericNotEquals\n"
            "NumericLessThan \n"
            "NumericLessThanEquals \n"
            "NumericGreaterThan \n"
            "NumericGreaterThanEquals \n"
            "DateEquals DateNotEquals\n"
            "DateLessThan \n"
            "DateLessThanEquals \n"
            "DateGreaterThan \n"
            "DateGreaterThanEquals \n"
            "Bool \n"
            "BinaryEquals \n"
            "IpAddress NotIpAddress\n"
            "ArnEquals ArnNotEquals\n"
            "ArnLike ArnNotLike\n"
            "Null \n");
}

TEST(Operators, NamesAreUniqueAndNoneEndsInIfExists) {
  std::set<std::string> names;
  for (const OperatorRow& row : operators()) {
    for (const std::string_view name : {row.name, row.negated}) {
      if (name.empty()) continue;
      EXPECT_TRUE(names.insert(base::lower(name)).second) << name;
      EXPECT_FALSE(base::lower(name).ends_with("ifexists")) << name;
      EXPECT_EQ(name.find(':'), std::string_view::npos);
    }
    EXPECT_FALSE(row.source.empty()) << row.name;
  }
}

TEST(Operators, ArnEqualsAndArnLikeCompareAlike) {
  const auto equals = parse_operator("ArnEquals");
  const auto like = parse_operator("ArnLike");
  ASSERT_TRUE(equals && like);
  EXPECT_NE(equals->row, like->row);
  EXPECT_EQ(equals->info().comparison, like->info().comparison);
  EXPECT_EQ(equals->info().kind, like->info().kind);
}

TEST(Operators, VariablesAreForStringsAndArnsAndPerhapsBool) {
  for (const OperatorRow& row : operators()) {
    const bool text = row.kind == ValueKind::kString || row.kind == ValueKind::kArn;
    const VariableUse expected = text                           ? VariableUse::kYes
                                 : row.kind == ValueKind::kBool ? VariableUse::kAmbiguous
                                                                : VariableUse::kNo;
    EXPECT_EQ(row.variables, expected) << row.name;
  }
}

TEST(Operators, EverySpellingRoundTripsInAnyCase) {
  std::set<std::string> spellings;
  for (const ConditionOperator& op : every_operator()) {
    std::string text = to_string(op);
    EXPECT_TRUE(spellings.insert(text).second) << text;
    EXPECT_EQ(parse_operator(text), op) << text;
    EXPECT_EQ(parse_operator(base::lower(text)), op) << text;
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    EXPECT_EQ(parse_operator(text), op) << text;
  }
}

TEST(Operators, ParsesAttributes) {
  const auto op = parse_operator("foranyvalue:stringNOTlikeifexists");
  ASSERT_TRUE(op);
  EXPECT_EQ(op->info().name, "StringLike");
  EXPECT_EQ(op->set, SetOperator::kForAnyValue);
  EXPECT_TRUE(op->negated);
  EXPECT_TRUE(op->if_exists);
  EXPECT_EQ(to_string(*op), "ForAnyValue:StringNotLikeIfExists");
}

TEST(Operators, UnknownOnes) {
  for (const char* text : {"",
                           ":",
                           "IfExists",
                           "ForAllValues",
                           "ForAllValues:",
                           "ForAllValues:IfExists",
                           ":StringEquals",
                           "ForAnyValues:StringEquals",
                           "ForAllValues:ForAnyValue:StringEquals",
                           "ForAllValues: StringEquals",
                           "NullIfExists",
                           "ForAllValues:NullIfExists",
                           "StringLikeIfExistsIfExists",
                           "StringLikes",
                           " StringLike",
                           "StringLike ",
                           "BinaryNotEquals",
                           "StringLikeIgnoreCase",
                           "NotBool",
                           "NotNull",
                           "StringNotEqual"}) {
    EXPECT_FALSE(parse_operator(text)) << "`" << text << "`";
  }
}

TEST(Operators, SuggestsTheNearest) {
  const struct {
    const char* text;
    const char* expected;
  } rows[] = {
      {"StringLikes", "StringLike"},
      {"stringequal", "StringEquals"},
      {"StringNotEqual", "StringNotEquals"},
      {"StringLikeIfExist", "StringLikeIfExists"},
      {"IpAdress", "IpAddress"},
      {"NullIfExists", "Null"},
      {"ForAnyValues:StringLike", "ForAnyValue:StringLike"},
      {"ForAllValue:StringEqualsIfExist", "ForAllValues:StringEqualsIfExists"},
      {"ForAllValues:NullIfExists", "ForAllValues:Null"},
      {"Whatever:StringLike", ""},
      {"ForAllValues:xyz", ""},
      {"completely-different", ""},
      {"", ""},
  };
  for (const auto& row : rows) EXPECT_EQ(suggest_operator(row.text), row.expected) << row.text;
}

}  // namespace
}  // namespace policysim::catalog
