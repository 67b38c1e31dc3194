// How much of the policies the tests reach.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policysim/policy.hpp"

namespace policysim::gate {

// Compared as integers, so that 89.99 % is not 90 %.
struct Ratio {
  std::uint64_t hit = 0, total = 0;

  bool below(std::uint32_t percent) const noexcept { return hit * 100 < total * percent; }
  bool complete() const noexcept { return hit == total; }
  void count(bool was_hit) noexcept {
    hit += was_hit ? 1U : 0U;
    ++total;
  }
};

// Lines and columns from one, columns in code points; the end is exclusive.
struct SourceRange {
  std::uint32_t line = 0, column = 0, end_line = 0, end_column = 0;
};

enum class ItemKind : std::uint8_t { kAction, kPrincipal, kResource, kCondition, kVariable };

// One way in which a part can turn out, and how often it did.
struct ItemOutcome {
  std::string_view name;  // "matched" "unmatched"; "true" "false" "absent"; "resolved" "unresolved"
  std::uint64_t count = 0;
};

struct CoverageItem {
  ItemKind kind = ItemKind::kAction;
  std::string what;  // as the policy spells it: "StringEquals aws:PrincipalTag/Team"
  SourceRange range;
  std::vector<ItemOutcome> outcomes;  // those that can occur
};

struct StatementCoverage {
  std::uint32_t index = 0;
  std::optional<std::string> sid;
  bool deny = false;
  SourceRange range;
  std::uint64_t evaluated = 0;  // requests whose action it names, asked where it is attached
  std::uint64_t matched = 0;
  std::uint64_t decisive = 0;  // without it the decision would have been another
  std::vector<CoverageItem> items;
  std::string excluded;  // why it does not count; empty: it counts
};

struct PolicyCoverage {
  std::string name;  // first of the names that it has in the worlds
  PolicyType type = PolicyType::kIdentity;
  std::string file;    // as reports show it
  std::string source;  // the whole text of the file
  std::vector<StatementCoverage> statements;
  bool decided_allow = false, decided_deny = false;
};

// Of what is not excluded.
struct CoverageRatios {
  Ratio statements;                    // decisive ones
  Ratio conditions;                    // outcomes of conditions
  Ratio elements, variables, effects;  // outcomes of elements and variables; effects of policies

  void add(const CoverageRatios& other) noexcept;
};
CoverageRatios ratios_of(const PolicyCoverage& policy);

struct CoverageReport : CoverageRatios {
  std::vector<PolicyCoverage> policies;  // by file, then place
};

}  // namespace policysim::gate
