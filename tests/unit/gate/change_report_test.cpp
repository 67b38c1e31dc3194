// What counts as a change, and in which direction.
#include "gate/change_report.hpp"

#include <gtest/gtest.h>

namespace policysim::gate {
namespace {

// "allow", "explicit_deny scp guard KeepReports", "error PS2102"; empty: not there.
std::optional<DecisionSide> side(const std::string& words) {
  if (words.empty()) return std::nullopt;
  std::vector<std::string> parts = {""};
  for (const char c : words) {
    if (c == ' ') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  DecisionSide out;
  out.decision = parts[0];
  if (out.is_error()) {
    out.error = words.substr(6);
    return out;
  }
  parts.resize(4);
  out.layer = parts[1];
  out.policy = parts[2];
  out.sid = parts[3];
  return out;
}

struct Row {
  const char* before;
  const char* after;
  const char* direction;
};

TEST(Changes, HaveADirection) {
  constexpr Row kRows[] = {
      {"allow identity p S", "allow identity p S", "none"},
      {"explicit_deny scp p S", "explicit_deny scp p S", "none"},
      {"error PS2102: no `x`", "error PS2102: no `y`", "none"},
      {"implicit_deny identity", "allow identity p S", "widened"},
      {"explicit_deny scp p S", "allow identity p S", "widened"},
      {"explicit_deny scp p S", "conditional", "widened"},
      {"implicit_deny identity", "conditional", "widened"},
      {"conditional", "allow identity p S", "widened"},
      {"allow identity p S", "conditional", "narrowed"},
      {"allow identity p S", "implicit_deny identity", "narrowed"},
      {"conditional", "explicit_deny rcp p S", "narrowed"},
      {"explicit_deny scp p S", "implicit_deny identity", "other"},
      {"implicit_deny identity", "explicit_deny scp p S", "other"},
      {"implicit_deny identity", "implicit_deny scp", "other"},
      {"allow identity p S", "allow resource p S", "other"},
      {"allow identity p S", "allow identity q S", "other"},
      {"allow identity p S", "allow identity p T", "other"},
      {"error PS2102: x", "error PS3001: x", "other"},
      {"", "allow identity p S", "added"},
      {"error PS2102: x", "explicit_deny scp p S", "added"},
      {"", "error PS2102: x", "added"},
      {"allow identity p S", "", "removed"},
      {"allow identity p S", "error PS1001: x", "removed"},
      {"error PS1001: x", "", "removed"},
  };
  for (const Row& row : kRows) {
    SCOPED_TRACE(std::string(row.before) + " -> " + row.after);
    const auto direction = direction_of(side(row.before), side(row.after));
    EXPECT_EQ(direction ? to_string(*direction) : "none", row.direction);
  }
}

TEST(Changes, ArePlacesNot) {
  auto a = side("allow identity p S"), b = a;
  a->location = Location{"a", 1, 1};
  b->location = Location{"b", 2, 2};
  EXPECT_FALSE(direction_of(a, b));
}

TEST(Changes, AreCounted) {
  ChangeReport report;
  report.changes.resize(3);
  report.changes[0].direction = Direction::kWidened;
  report.changes[1].direction = Direction::kRemoved;
  report.changes[2].direction = Direction::kWidened;
  EXPECT_EQ(report.count(Direction::kWidened), 2U);
  EXPECT_EQ(report.count(Direction::kRemoved), 1U);
  EXPECT_EQ(report.count(Direction::kOther), 0U);
}

}  // namespace
}  // namespace policysim::gate
