#include "gate/equivalence.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "gate/mutation_edit.hpp"
#include "gate/value_classes.hpp"
#include "services/public_policy.hpp"

namespace policysim::gate {
namespace {

using catalog::ConditionOperator;
using catalog::SetOperator;
using catalog::ValueKind;
using policy::Statement;
using Way = ValueClasses::Way;

constexpr std::size_t kMostConditions = 16;    // of one key
constexpr std::size_t kMostClasses = 200'000;  // of all keys

// Readings that change what a condition says; each is tried both ways.
struct Doubts {
  bool unreadable = false;       // a negated comparison with a value of another type holds
  bool list = false;             // a list meets an operator without set operator
  bool empty_as_absent = false;  // `Null` of the empty text, asked for presence …
  bool empty_as_present = false;
};

// A condition on one key, as numbers of comparisons.
struct Test {
  ConditionOperator op;
  std::uint64_t hits = 0;
  std::uint64_t readable = 0;                  // 0: every text is
  bool want_true = false, want_false = false;  // Null

  bool meets(const Way& way, const Doubts& doubts) const {
    if (readable != 0 && (way.bits & readable) == 0) return op.negated && doubts.unreadable;
    return ((way.bits & hits) != 0) != op.negated;
  }
};

// What the request holds under a key, as far as its tests see it: a bit a test.
struct Situation {
  bool absent = false;
  bool list = false;
  bool all_empty = false;
  std::uint32_t any = 0, all = 0;  // met by some value, by every value

  auto key() const { return std::tuple(absent, list, all_empty, any, all); }
  friend bool operator<(const Situation& a, const Situation& b) { return a.key() < b.key(); }
};

bool when_missing(const ConditionOperator& op) {
  if (op.if_exists || op.set == SetOperator::kForAllValues) return true;
  return op.set == SetOperator::kNone && op.negated;
}

bool null_holds(const Test& test, const Situation& now, const Doubts& doubts) {
  if (test.op.set != SetOperator::kNone) return test.op.set == SetOperator::kForAllValues;
  if (now.absent) return test.want_true;
  if (!now.all_empty) return test.want_false;
  if (test.want_true && test.want_false) return true;
  return (test.want_true && doubts.empty_as_absent) || (test.want_false && doubts.empty_as_present);
}

bool holds(const Test& test, std::size_t number, const Situation& now, const Doubts& doubts) {
  const ConditionOperator& op = test.op;
  if (op.info().kind == ValueKind::kNull) return null_holds(test, now, doubts);
  const bool set = op.set != SetOperator::kNone;
  if (now.absent || (set && now.all_empty)) return when_missing(op);
  const bool some = op.set == SetOperator::kForAnyValue || (!set && !op.negated);
  const bool met = ((some ? now.any : now.all) >> number & 1U) != 0;
  return met && (set || !now.list || doubts.list);
}

// The tests that two statements make of one key.
struct KeyTests {
  ValueClasses values;
  std::vector<Test> tests;
  std::uint32_t before = 0, after = 0;  // which of them each makes

  std::set<Situation> situations(const std::vector<Way>& ways, const Doubts& doubts) const {
    std::set<Situation> singles, lists;
    for (const Way& way : ways) {
      Situation now;
      now.all_empty = way.empty;
      for (std::size_t i = 0; i < tests.size(); ++i) {
        if (tests[i].meets(way, doubts)) now.any |= 1U << i;
      }
      now.all = now.any;
      singles.insert(now);
    }
    // Lists of any length: grown until nothing new comes up.
    std::vector<Situation> open;
    const auto add = [&](Situation now) {
      now.list = true;
      if (lists.insert(now).second) open.push_back(now);
    };
    for (const Situation& one : singles) add(one);
    while (!open.empty() && lists.size() <= kMostClasses) {
      const Situation now = open.back();
      open.pop_back();
      for (const Situation& one : singles) {
        add({false, true, now.all_empty && one.all_empty, now.any | one.any, now.all & one.all});
      }
    }
    std::set<Situation> out = std::move(singles);
    out.insert(lists.begin(), lists.end());
    out.insert(Situation{true, false, false, 0, 0});
    return out;
  }

  // What all this looks like from outside: which tests hold, in each situation.
  std::set<std::uint32_t> answers(const std::set<Situation>& in, const Doubts& doubts) const {
    std::set<std::uint32_t> out;
    for (const Situation& now : in) {
      std::uint32_t answer = 0;
      for (std::size_t i = 0; i < tests.size(); ++i) {
        if (holds(tests[i], i, now, doubts)) answer |= 1U << i;
      }
      out.insert(answer);
    }
    return out;
  }
};

struct FlatCondition {
  ConditionOperator op;
  std::string key;
  std::vector<std::string> values;

  auto key_of() const {
    return std::tuple(op.row, static_cast<int>(op.set), op.negated, op.if_exists,
                      std::string_view(key), values);
  }
  friend bool operator<(const FlatCondition& a, const FlatCondition& b) {
    return a.key_of() < b.key_of();
  }
};

// Every condition on its own. Nothing: a part is read by options, or is no condition.
std::optional<std::set<FlatCondition>> flatten(const Statement& statement) {
  std::set<FlatCondition> out;
  for (const policy::ConditionBlock& block : statement.condition) {
    if (!block.op || block.conditions.empty()) return std::nullopt;
    for (const policy::Condition& one : block.conditions) {
      if (one.values.values.empty()) return std::nullopt;
      FlatCondition flat{*block.op, one.key.value, {}};
      for (const policy::Text& text : one.values.values) flat.values.push_back(text.value);
      out.insert(std::move(flat));
    }
  }
  return out;
}

std::optional<Test> to_test(const FlatCondition& condition, bool version_2012,
                            ValueClasses& values) {
  Test out;
  out.op = condition.op;
  const catalog::OperatorRow& info = out.op.info();
  for (const std::string& text : condition.values) {
    if (info.kind == ValueKind::kNull) {
      out.want_true = out.want_true || base::equals_ignore_case(text, "true");
      out.want_false = out.want_false || base::equals_ignore_case(text, "false");
      continue;
    }
    if (info.kind == ValueKind::kBool && text.find("${") != text.npos) return std::nullopt;
    const std::uint32_t number = values.compare(info, text, version_2012);
    if (number >= 64) return std::nullopt;
    out.hits |= std::uint64_t{1} << number;
  }
  if (const auto readable = values.readable(info.kind)) {
    if (*readable >= 64) return std::nullopt;
    out.readable = std::uint64_t{1} << *readable;
  }
  return out;
}

class ConditionProof {
 public:
  explicit ConditionProof(bool version_2012) : version_2012_(version_2012) {}

  // False: not known to be alike.
  bool run(const std::set<FlatCondition>& before, const std::set<FlatCondition>& after) {
    std::set<std::string> keys;
    for (const FlatCondition& one : before) {
      if (after.count(one) == 0) keys.insert(one.key);
    }
    for (const FlatCondition& one : after) {
      if (before.count(one) == 0) keys.insert(one.key);
    }
    // What both ask of other keys is the same.
    std::set<FlatCondition> all = before;
    all.insert(after.begin(), after.end());
    for (const FlatCondition& one : all) {
      if (keys.count(one.key) == 0) continue;
      if (!add(one, before.count(one) != 0, after.count(one) != 0)) return false;
    }
    for (unsigned doubts = 0; doubts < 16; ++doubts) {
      if (!alike({(doubts & 1U) != 0, (doubts & 2U) != 0, (doubts & 4U) != 0, (doubts & 8U) != 0}))
        return false;
    }
    return true;
  }

  std::size_t classes() const noexcept { return classes_; }
  std::string keys() const {
    std::string out;
    for (const auto& [key, tests] : keys_) out += (out.empty() ? "`" : ", `") + key + "`";
    return out;
  }

 private:
  bool add(const FlatCondition& condition, bool before, bool after) {
    KeyTests& key = keys_[condition.key];
    if (key.tests.size() == kMostConditions) return false;
    const std::optional<Test> test = to_test(condition, version_2012_, key.values);
    if (!test) return false;
    const std::uint32_t bit = 1U << key.tests.size();
    if (before) key.before |= bit;
    if (after) key.after |= bit;
    key.tests.push_back(*test);
    return true;
  }

  // Over all keys at once: do both hold in the same combinations?
  bool alike(const Doubts& doubts) {
    // Of a combination only this matters: do both hold so far, or one alone?
    bool some_before_only = false, some_after_only = false, some_both = true;
    std::size_t classes = 1;
    for (const auto& [name, key] : keys_) {
      const auto ways = key.values.ways();
      if (!ways) return false;
      const std::set<Situation> situations = key.situations(*ways, doubts);
      if (situations.size() > kMostClasses / classes) return false;
      classes *= situations.size();
      bool before_only = false, after_only = false, both = false;
      for (const std::uint32_t answer : key.answers(situations, doubts)) {
        const bool before = (answer & key.before) == key.before;
        const bool after = (answer & key.after) == key.after;
        both = both || (before && after);
        before_only = before_only || (before && !after);
        after_only = after_only || (after && !before);
      }
      const bool may_before = both || before_only, may_after = both || after_only;
      some_before_only = (some_before_only && may_before) || (some_both && before_only);
      some_after_only = (some_after_only && may_after) || (some_both && after_only);
      some_both = some_both && both;
    }
    classes_ = std::max(classes_, classes);
    return !some_before_only && !some_after_only;
  }

  bool version_2012_;
  std::map<std::string, KeyTests> keys_;
  std::size_t classes_ = 0;
};

// Do two lists of patterns cover the same, `compare` giving the numbers of their entries?
template <class Compare>
bool cover_alike(const policy::Element& before, const policy::Element& after, ValueClasses& values,
                 Compare compare) {
  const auto mask = [&](const policy::Element& element) {
    std::uint64_t out = 0;
    for (const policy::Text& text : element.texts.values) {
      const std::uint32_t number = compare(text.value);
      out |= number < 64 ? std::uint64_t{1} << number : 0;
    }
    return out;
  };
  if (before.texts.values.size() + after.texts.values.size() > 64) return false;
  const std::uint64_t one = mask(before), two = mask(after);
  const auto ways = values.ways();
  return ways && std::all_of(ways->begin(), ways->end(), [&](const Way& way) {
           const bool first = ((way.bits & one) != 0) != before.negated;
           const bool second = ((way.bits & two) != 0) != after.negated;
           return first == second;
         });
}

bool actions_alike(const policy::Element& before, const policy::Element& after) {
  if (before == after) return true;
  ValueClasses values;
  return cover_alike(before, after, values,
                     [&values](const std::string& text) { return values.compare_action(text); });
}

bool resources_alike(const std::optional<policy::Element>& before,
                     const std::optional<policy::Element>& after) {
  if (before == after) return true;
  if (!before || !after) return false;
  // A variable without value makes NotResource a matter of readings.
  const auto has_variable = [](const policy::Element& element) {
    return std::any_of(
        element.texts.values.begin(), element.texts.values.end(),
        [](const policy::Text& text) { return text.value.find("${") != std::string::npos; });
  };
  const bool doubtful =
      (before->negated || after->negated) && (has_variable(*before) || has_variable(*after));
  if (doubtful) return false;
  ValueClasses values;
  return cover_alike(*before, *after, values, [&values](const std::string& text) {
    return text == "*" ? values.compare_action(text) : values.compare_opaque(text);
  });
}

// A condition on the caller's ARN also says how a resource policy names the caller.
bool strength_may_change(PolicyType type, const std::string& keys) {
  const bool counts = type == PolicyType::kResource || type == PolicyType::kKey ||
                      type == PolicyType::kTrust || type == PolicyType::kEndpoint;
  return counts && base::lower(keys).find("`aws:principalarn`") != std::string::npos;
}

}  // namespace

std::optional<std::string> prove_equivalent(const policy::Document& document,
                                            const Statement& before, const Statement& after) {
  if (before.effect != after.effect || !(before.principal == after.principal)) return std::nullopt;
  if (!actions_alike(before.action, after.action)) return std::nullopt;
  if (!resources_alike(before.resource, after.resource)) return std::nullopt;
  if (before.condition == after.condition) return "both cover the same actions and resources";
  const auto first = flatten(before), second = flatten(after);
  if (!first || !second) return std::nullopt;
  ConditionProof proof(document.effective_version() == policy::Version::k2012);
  if (!proof.run(*first, *second)) return std::nullopt;
  if (strength_may_change(document.type, proof.keys())) return std::nullopt;
  return "both conditions hold in the same of " + std::to_string(proof.classes()) +
         " classes of values of " + proof.keys() +
         ": absent, empty, one or several values, each text that is compared met or not";
}

bool equally_public(const policy::Document& before, const policy::Document& after,
                    const catalog::Readings& readings) {
  for (const bool access_point : {false, true}) {
    const services::PublicTest one = services::test_public(before, readings, access_point);
    const services::PublicTest two = services::test_public(after, readings, access_point);
    if (one.is_public != two.is_public || one.touched != two.touched) return false;
  }
  return true;
}

}  // namespace policysim::gate
