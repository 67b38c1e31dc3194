// A policy document as it was written: the abstract syntax tree that everything else reads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalog/operators.hpp"
#include "policysim/diagnostic.hpp"
#include "policysim/policy.hpp"

namespace policysim::policy {

// Text with its place. Comparison ignores places throughout the tree, so that
// parse(unparse(x)) == x can be stated.
struct Text {
  std::string value;
  SourceSpan span;

  friend bool operator==(const Text& a, const Text& b) { return a.value == b.value; }
};

// A string or a list of strings; `list` tells which, for unparse.
struct Texts {
  std::vector<Text> values;
  bool list = false;
  SourceSpan span;

  friend bool operator==(const Texts& a, const Texts& b) {
    return a.values == b.values && a.list == b.list;
  }
};

enum class Effect : std::uint8_t { kAllow, kDeny };
enum class Version : std::uint8_t { k2008, k2012 };
enum class PrincipalKind : std::uint8_t { kAws, kService, kFederated, kCanonicalUser };

// Action or NotAction, Resource or NotResource.
struct Element {
  bool negated = false;
  Texts texts;
  SourceSpan key_span;

  friend bool operator==(const Element& a, const Element& b) {
    return a.negated == b.negated && a.texts == b.texts;
  }
};

struct PrincipalEntry {
  PrincipalKind kind = PrincipalKind::kAws;
  Texts texts;

  friend bool operator==(const PrincipalEntry&, const PrincipalEntry&) = default;
};

// Principal or NotPrincipal: `"*"`, or a map of kinds in file order.
struct Principal {
  bool negated = false;
  bool star = false;                    // the bare string "*"
  std::vector<PrincipalEntry> entries;  // empty when star (lenient: a bare string is AWS)
  SourceSpan span;
  SourceSpan key_span;

  friend bool operator==(const Principal& a, const Principal& b) {
    return a.negated == b.negated && a.star == b.star && a.entries == b.entries;
  }
};

// One key of an operator block. `values` hold JSON booleans and numbers as their text.
struct Condition {
  Text key;
  Texts values;

  friend bool operator==(const Condition&, const Condition&) = default;
};

// `"StringEquals": { key: values, … }`. `op` is empty for an unknown operator (lenient reading):
// such a block never holds.
struct ConditionBlock {
  Text name;  // as written
  std::optional<catalog::ConditionOperator> op;
  std::vector<Condition> conditions;
  SourceSpan span;  // with its name

  friend bool operator==(const ConditionBlock& a, const ConditionBlock& b) {
    return a.name == b.name && a.op == b.op && a.conditions == b.conditions;
  }
};

struct Statement {
  std::optional<Text> sid;
  Effect effect = Effect::kAllow;
  std::optional<Principal> principal;
  Element action;
  std::optional<Element> resource;
  bool has_condition = false;  // `"Condition": {}` is not the same text as none
  std::vector<ConditionBlock> condition;
  SourceSpan span;
  SourceSpan effect_span;     // of the value
  SourceSpan condition_span;  // of the element with its name

  friend bool operator==(const Statement& a, const Statement& b) {
    return a.sid == b.sid && a.effect == b.effect && a.principal == b.principal &&
           a.action == b.action && a.resource == b.resource && a.has_condition == b.has_condition &&
           a.condition == b.condition;
  }
};

struct Document {
  PolicyType type = PolicyType::kIdentity;
  std::optional<Text> version;  // as written; absent means 2008-10-17
  std::optional<Text> id;
  std::vector<Statement> statements;
  bool statement_list = true;  // Statement was an array
  SourceSpan span;

  Version effective_version() const noexcept {
    return version && version->value == "2012-10-17" ? Version::k2012 : Version::k2008;
  }
  friend bool operator==(const Document& a, const Document& b) {
    return a.type == b.type && a.version == b.version && a.id == b.id &&
           a.statements == b.statements && a.statement_list == b.statement_list;
  }
};

}  // namespace policysim::policy
