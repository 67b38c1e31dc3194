#include "eval/unknowns.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>

#include "base/ascii.hpp"
#include "catalog/keys.hpp"
#include "eval/binding.hpp"
#include "eval/evaluator_impl.hpp"
#include "eval/matching.hpp"

namespace policysim::eval {

using catalog::ValueKind;
using program::kNone;
using program::Program;
using request::ValueState;

namespace {

constexpr std::size_t kMostCompletions = 4096;
// Stands for every value that no policy names; no policy writes a control character.
constexpr std::string_view kAnother = "\x01 another value";

// One unknown key or fact, and a value for each class of its values; of a key the first is
// "absent".
struct Unknown {
  std::string name;
  std::vector<std::optional<std::string>> values;
  bool list = false;      // values are single members of longer lists
  bool compared = false;  // with texts that the request knows: a pattern or a variable reads it
};

// Text that a constant pattern matches.
std::string witness(const Program& program, const program::Pattern& pattern) {
  std::string out;
  for (std::uint32_t i = 0; i < pattern.count; ++i) {
    const program::Token& token = program.tokens[pattern.first + i];
    if (token.key != kNone) continue;
    if (token.glob.kind == values::GlobToken::Kind::kLiteral) {
      out += token.glob.text;
    } else {
      out += 'x';
    }
  }
  return out;
}

void add(Unknown& unknown, std::string value) {
  for (const auto& known : unknown.values) {
    if (known && *known == value) return;
  }
  unknown.values.emplace_back(std::move(value));
}

std::string text_of(const values::Decimal& number, const char* beyond) {
  std::string out = number.negative ? "-" : "";
  out += number.integer.empty() ? "0" : std::string(number.integer);
  return out + "." + std::string(number.fraction) + beyond;
}

std::string text_of(const values::IpPrefix& prefix) {
  std::string out;
  for (std::size_t i = 0; i < (prefix.address.v6 ? 16U : 4U); ++i) {
    constexpr char kHex[] = "0123456789abcdef";
    const unsigned byte = prefix.address.bytes[i];
    if (prefix.address.v6) {
      if (i != 0 && i % 2 == 0) out += ':';
      out += kHex[byte >> 4U];
      out += kHex[byte & 15U];
    } else {
      out += (i == 0 ? "" : ".") + std::to_string(byte);
    }
  }
  return out;
}

void add_instants(const values::Timestamp& instant, Unknown& unknown) {
  if (!instant.magnitude.empty()) {  // an epoch that 64 bits do not hold
    add(unknown, std::string(instant.magnitude));
    add(unknown, std::string(instant.magnitude) + '0');
    return;
  }
  // As epochs: a year beyond 9999 has no other form. Digits of fewer than five would be a year.
  const auto text = [](std::int64_t seconds) {
    const bool epoch = seconds > 99'999;
    return epoch ? std::to_string(seconds) : values::format_timestamp(seconds);
  };
  add(unknown, text(instant.seconds));
  if (instant.seconds < std::numeric_limits<std::int64_t>::max()) {
    add(unknown, text(instant.seconds + 1));
  }
}

// Values on both sides of every operand.
void add_operand(const Program& program, const program::Predicate& predicate, std::uint32_t operand,
                 Unknown& unknown) {
  switch (predicate.kind) {
    case ValueKind::kString:
    case ValueKind::kArn:
    case ValueKind::kBinary:
    case ValueKind::kBool: {
      const program::Pattern& pattern = program.patterns[operand];
      if (pattern.kind != program::Pattern::Kind::kLiteral) unknown.compared = true;
      add(unknown, witness(program, pattern));
      return;
    }
    case ValueKind::kNumeric:
      add(unknown, text_of(program.decimals[operand], ""));
      add(unknown, text_of(program.decimals[operand], "1"));
      add(unknown, "-" + std::string(30, '9'));
      return;
    case ValueKind::kDate:
      add_instants(program.instants[operand], unknown);
      add(unknown, "0001");
      return;
    case ValueKind::kIpAddress:
      add(unknown, text_of(program.prefixes[operand]));
      return;
    case ValueKind::kNull:
      return;
  }
}

void add_classes(const Program& program, std::uint32_t key, Unknown& unknown) {
  for (const program::Predicate& predicate : program.predicates) {
    if (predicate.key != key) continue;
    if (predicate.kind == ValueKind::kBool) {
      add(unknown, "true");
      add(unknown, "false");
    }
    for (std::uint32_t i = 0; i < predicate.count; ++i) {
      add_operand(program, predicate, program.operands[predicate.first + i], unknown);
    }
  }
  for (const program::Token& token : program.tokens) {
    if (token.key == key) unknown.compared = true;
  }
}

bool is_unknown(const Binding& binding, std::uint32_t key) {
  const std::uint32_t slot = binding.slots[key];
  return slot != 0 && binding.values[slot - 1].state == ValueState::kUnknown;
}

// What rules of the service ask beside statements.
void add_fact(const request::Data& request, std::vector<Unknown>& out) {
  const services::UnknownFact fact = services::unknown_fact(request);
  const bool known = std::any_of(out.begin(), out.end(), [&](const Unknown& unknown) {
    return base::equals_ignore_case(unknown.name, fact.name);
  });
  if (fact.name.empty() || known) return;
  Unknown unknown;
  unknown.name = std::string(fact.name);
  if (fact.may_be_absent) unknown.values.emplace_back(std::nullopt);
  for (const std::string_view value : fact.values) {
    if (!value.empty()) add(unknown, std::string(value));
  }
  out.push_back(std::move(unknown));
}

// The unknown keys that candidates read, each once whatever its spellings.
std::vector<Unknown> unknown_keys(const Program& program, const request::Data& request,
                                  Scratch& scratch) {
  Binding binding;
  bind(program, request, binding);
  scratch.next_request();
  Recorder recorder;
  recorder.keys_read.assign(program.keys.size(), 0);
  match_layers(binding, scratch, recorder);
  std::map<std::string_view, Unknown> found;
  for (std::uint32_t key = 0; key < program.keys.size(); ++key) {
    if (recorder.keys_read[key] == 0 || !is_unknown(binding, key)) continue;
    Unknown& unknown = found[program.keys[key].folded];
    if (unknown.name.empty()) {
      unknown.name = std::string(program.keys[key].name);
      // A fact (`kms.policy`) has some value; a key may be absent or empty.
      if (unknown.name.find(':') != std::string::npos) {
        unknown.values.emplace_back(std::nullopt);
        add(unknown, {});
      }
      add(unknown, std::string(kAnother));
      unknown.list = catalog::find_key(unknown.name).multivalued;
    }
    add_classes(program, key, unknown);
  }
  std::vector<Unknown> out;
  for (auto& entry : found) out.push_back(std::move(entry.second));
  add_fact(request, out);
  // Two unknown keys that a variable compares with each other must be able to be equal.
  for (Unknown& a : out) {
    for (const Unknown& b : out) {
      const bool small = a.values.size() + b.values.size() < 64;
      if (&a == &b || !a.compared || !small) continue;
      for (const auto& value : b.values) {
        if (value) add(a, *value);
      }
    }
  }
  return out;
}

request::Data complete(const request::Data& request, const std::vector<Unknown>& unknowns,
                       const std::vector<std::size_t>& choice) {
  request::Data out = request;
  for (std::size_t i = 0; i < unknowns.size(); ++i) {
    const std::string& name = unknowns[i].name;
    out.context.erase(std::remove_if(out.context.begin(), out.context.end(),
                                     [&](const request::ContextEntry& entry) {
                                       return base::equals_ignore_case(entry.key, name);
                                     }),
                      out.context.end());
    const auto& value = unknowns[i].values[choice[i]];
    const bool list = unknowns[i].list;
    request::ContextEntry entry;
    entry.key = name;
    entry.state = !value ? ValueState::kAbsent : list ? ValueState::kList : ValueState::kScalar;
    if (value) entry.values.push_back(*value);
    out.context.push_back(std::move(entry));
  }
  return out;
}

// All completions in mixed-radix order and their outcomes.
class Completions {
 public:
  Completions(const Program& program, const request::Data& request,
              const std::vector<Unknown>& unknowns)
      : program_(program), request_(request), unknowns_(unknowns) {}

  static std::size_t count(const std::vector<Unknown>& unknowns) {
    std::size_t product = 1;
    for (const Unknown& unknown : unknowns) {
      product *= unknown.values.size();
      if (product > kMostCompletions) return product;
    }
    return product;
  }

  // The outcome of each. `classes`: a text that no policy names stands for all such texts, and a
  // list for all lists, so that equal outcomes hold for every value; else each is one example.
  void decide(Scratch& scratch, bool classes) {
    outcomes_.clear();
    Binding binding;
    const std::size_t all = count(unknowns_);
    for (std::size_t i = 0; i < all; ++i) {
      const auto chosen = choice(i);
      const request::Data filled = complete(request_, unknowns_, chosen);
      bind(program_, filled, binding);
      if (classes) generalize(chosen, binding);
      outcomes_.push_back(decide_bounds(binding, scratch).outcome);
    }
  }
  bool uniform() const {
    return std::all_of(outcomes_.begin(), outcomes_.end(), [&](Outcome outcome) {
      return outcome == outcomes_.front() && outcome != Outcome::kConditional;
    });
  }
  // Does changing only this key change some outcome?
  bool matters(std::size_t key) const {
    std::size_t stride = 1;
    for (std::size_t i = 0; i < key; ++i) stride *= unknowns_[i].values.size();
    const std::size_t radix = unknowns_[key].values.size();
    for (std::size_t i = 0; i < outcomes_.size(); ++i) {
      const std::size_t base = i - (i / stride % radix) * stride;
      if (outcomes_[i] != outcomes_[base]) return true;
    }
    return false;
  }
  // An example for each outcome: the first completion that has it, as far as it is about `keys`.
  std::vector<Completion> examples(const std::vector<std::string>& keys) const {
    std::vector<Completion> out;
    for (const Outcome outcome :
         {Outcome::kAllow, Outcome::kExplicitDeny, Outcome::kImplicitDeny}) {
      const auto found = std::find(outcomes_.begin(), outcomes_.end(), outcome);
      if (found == outcomes_.end()) continue;
      const auto chosen = choice(static_cast<std::size_t>(found - outcomes_.begin()));
      Completion example;
      example.outcome = outcome;
      for (const std::string& key : keys) {
        for (std::size_t i = 0; i < unknowns_.size(); ++i) {
          if (unknowns_[i].name != key) continue;
          auto value = unknowns_[i].values[chosen[i]];
          if (value == kAnother) value = "(another value)";
          example.values.emplace_back(key, std::move(value));
        }
      }
      out.push_back(std::move(example));
    }
    return out;
  }
  std::vector<std::size_t> choice(std::size_t number) const {
    std::vector<std::size_t> out;
    for (const Unknown& unknown : unknowns_) {
      out.push_back(number % unknown.values.size());
      number /= unknown.values.size();
    }
    return out;
  }

 private:
  void generalize(const std::vector<std::size_t>& chosen, Binding& binding) const {
    for (std::size_t i = 0; i < unknowns_.size(); ++i) {
      const auto& value = unknowns_[i].values[chosen[i]];
      const auto first = program_.key_of_folded.find(base::lower(unknowns_[i].name));
      if (!value || first == program_.key_of_folded.end()) continue;
      for (std::uint32_t id = first->second; id != kNone; id = program_.keys[id].next_spelling) {
        if (binding.slots[id] == 0) continue;
        BoundValue& bound = binding.values[binding.slots[id] - 1];
        if (unknowns_[i].list) bound.state = ValueState::kUnknown;
        bound.any_other = *value == kAnother;
      }
    }
  }

  const Program& program_;
  const request::Data& request_;
  const std::vector<Unknown>& unknowns_;
  std::vector<Outcome> outcomes_;
};

}  // namespace

UnknownSplit split_unknowns(const Program& program, const request::Data& request,
                            Scratch& scratch) {
  const std::vector<Unknown> unknowns = unknown_keys(program, request, scratch);
  UnknownSplit out;
  const auto all_names = [&] {
    out.keys.clear();
    for (const Unknown& unknown : unknowns) out.keys.push_back(unknown.name);
  };
  if (unknowns.empty() || Completions::count(unknowns) > kMostCompletions) {
    all_names();
    out.minimal = unknowns.empty();
    std::sort(out.keys.begin(), out.keys.end());
    return out;
  }
  Completions completions(program, request, unknowns);
  completions.decide(scratch, true);
  if (completions.uniform()) {
    out.completion = complete(request, unknowns, completions.choice(0));
    return out;
  }
  completions.decide(scratch, false);
  for (std::size_t i = 0; i < unknowns.size(); ++i) {
    if (completions.matters(i)) out.keys.push_back(unknowns[i].name);
  }
  if (out.keys.empty()) all_names();
  std::sort(out.keys.begin(), out.keys.end());
  out.examples = completions.examples(out.keys);
  return out;
}

}  // namespace policysim::eval
