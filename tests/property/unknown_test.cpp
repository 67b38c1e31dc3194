// A decision in spite of unknown keys holds whatever the keys are: tried for every class of the
// values of each unknown key, where policies compare it with something.
#include <algorithm>
#include <map>
#include <set>

#include "base/ascii.hpp"
#include "differential/vocabulary.hpp"
#include "property/support.hpp"

namespace policysim::property {
namespace {

using request::ContextEntry;
using request::Data;
using request::ValueState;

constexpr std::size_t kMostCompletions = 512;

// A value of a key, or none.
using Value = std::optional<std::vector<std::string>>;

// A text that the pattern matches, so far as it has no variables.
std::string instance(std::string pattern) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool escape = pattern.compare(i, 2, "${") == 0 && i + 3 < pattern.size() &&
                        pattern[i + 3] == '}' &&
                        std::string("*?$").find(pattern[i + 2]) != std::string::npos;
    if (escape) {
      out += pattern[i + 2];
      i += 3;
    } else {
      out += pattern[i] == '*' || pattern[i] == '?' ? 'x' : pattern[i];
    }
  }
  return out;
}

void add_variables(const std::string& text, std::set<std::string>& out) {
  for (std::size_t at = text.find("${"); at != std::string::npos; at = text.find("${", at + 1)) {
    const std::size_t end = text.find_first_of(",}", at);
    if (end != std::string::npos && end > at + 3) out.insert(text.substr(at + 2, end - at - 2));
  }
}

// Keys that the policies read, in lower case, and what they are compared with.
std::map<std::string, std::set<std::string>> keys_read(const Case& generated) {
  std::map<std::string, std::set<std::string>> out;
  std::set<std::string> variables;
  for (const differential::Policy& policy : generated.policies) {
    for (const differential::Statement& statement : policy.statements) {
      for (const std::string& resource : statement.resources) add_variables(resource, variables);
      for (const differential::Condition& condition : statement.conditions) {
        auto& values = out[base::lower(condition.key)];
        for (const std::string& value : condition.values) {
          values.insert(instance(value));
          add_variables(value, variables);
        }
      }
    }
  }
  for (const std::string& key : variables) out[base::lower(key)].insert("red");
  return out;
}

bool starts_with_one(const std::string& key, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return key.starts_with(prefix); });
}

bool is_unknown(const Data& data, const std::string& key) {
  bool stated = false;
  for (const ContextEntry& entry : data.context) {
    if (!base::equals_ignore_case(entry.key, key)) continue;
    if (entry.state == ValueState::kUnknown) return true;
    stated = true;
  }
  if (stated) return false;
  if (starts_with_one(key, data.unknown_prefixes)) return true;
  return data.missing_unknown && !starts_with_one(key, data.complete_prefixes);
}

struct Unknown {
  std::string key;
  std::vector<Value> values;
};

std::vector<Unknown> unknown_keys(const Case& generated, const Data& data) {
  std::vector<Unknown> out;
  for (const auto& [key, values] : keys_read(generated)) {
    if (!is_unknown(data, key)) continue;
    Unknown unknown{key, {std::nullopt, {{""}}, {{"something else"}}}};
    for (const std::string& value : values) {
      unknown.values.push_back({{value}});
      unknown.values.push_back({{value, "something else"}});
    }
    out.push_back(std::move(unknown));
  }
  return out;
}

void set(Data& data, const std::string& key, const Value& value) {
  ContextEntry entry{key, ValueState::kAbsent, {}, request::Origin::kContext};
  if (value) {
    entry.state = value->size() > 1 ? ValueState::kList : ValueState::kScalar;
    entry.values = *value;
  }
  bool found = false;
  for (ContextEntry& have : data.context) {
    if (have.state != ValueState::kUnknown || !base::equals_ignore_case(have.key, key)) continue;
    entry.key = have.key;
    have = entry;
    found = true;
  }
  if (!found) data.context.push_back(entry);
}

Data complete(Choices& choices, const Data& data, const std::vector<Unknown>& unknowns,
              std::size_t number, bool enumerate) {
  Data out = data;
  for (const Unknown& unknown : unknowns) {
    const std::size_t count = unknown.values.size();
    set(out, unknown.key, unknown.values[enumerate ? number % count : choices.below(count)]);
    number /= count;
  }
  out.missing_unknown = false;
  out.unknown_prefixes.clear();
  return out;
}

std::size_t combinations(const std::vector<Unknown>& unknowns) {
  std::size_t out = 1;
  for (const Unknown& unknown : unknowns) {
    out *= unknown.values.size();
    if (out > kMostCompletions) break;
  }
  return out;
}

Verdict holds(Choices& choices, Case& generated, std::string& why) {
  Data& asked = generated.requests.front();
  if (choices.chance(60)) asked.missing_unknown = true;
  generated.requests.resize(1);
  for (ContextEntry& entry : asked.context) {
    if (choices.chance(10)) entry.state = ValueState::kUnknown;
  }
  std::optional<Compiled> compiled = compile(generated);
  if (!compiled) return Verdict::kDoesNotApply;
  const std::vector<Unknown> unknowns = unknown_keys(generated, asked);
  const Decision decided = compiled->decisions[0];
  if (unknowns.empty() || decided.outcome == Outcome::kConditional) return Verdict::kDoesNotApply;
  const std::size_t all = combinations(unknowns);
  const bool enumerate = all <= kMostCompletions;
  for (std::size_t i = 0; i < (enumerate ? all : kMostCompletions / 4); ++i) {
    const Data completed = complete(choices, asked, unknowns, i, enumerate);
    const Decision decision = compiled->evaluator.evaluate(to_request(completed));
    if (decision.outcome == decided.outcome) continue;
    why = words(decided) + " for unknown keys, but " + words(decision) + " for these" +
          words(generated, asked) + differential::to_text(completed);
    return Verdict::kFails;
  }
  return Verdict::kHolds;
}

TEST(UnknownKeys, DecisionHoldsUnderEveryCompletion) { check(holds); }

}  // namespace
}  // namespace policysim::property
