// What a row demands of a decision, whoever made it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "conformance/rows.hpp"

namespace policysim::conformance {

struct Answer {
  Outcome outcome = Outcome::kImplicitDeny;
  Layer layer = Layer::kNone;
  std::vector<Layer> layers;              // of the reasons
  std::vector<StatementName> statements;  // of the reasons
};

inline void check(const Row& row, const Answer& answer) {
  SCOPED_TRACE(row.id);
  const auto names = [&](const StatementName& name) {
    return std::find(answer.statements.begin(), answer.statements.end(), name) !=
           answer.statements.end();
  };
  if (row.allow) {
    EXPECT_EQ(answer.outcome, Outcome::kAllow);
    for (const StatementName& name : row.statements) {
      EXPECT_TRUE(names(name)) << "no witness " << name.policy << " " << name.sid;
    }
    return;
  }
  EXPECT_EQ(answer.outcome, row.implicit ? Outcome::kImplicitDeny : Outcome::kExplicitDeny);
  EXPECT_NE(std::find(answer.layers.begin(), answer.layers.end(), row.layer), answer.layers.end());
  if (row.implicit) {
    EXPECT_EQ(answer.layer, row.layer);
  }
  if (!row.statements.empty()) {
    EXPECT_TRUE(std::any_of(row.statements.begin(), row.statements.end(), names))
        << "none of the stated statements denies";
  }
}

}  // namespace policysim::conformance
