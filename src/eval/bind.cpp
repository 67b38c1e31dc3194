// Request -> Binding: keys and values. Candidates and facts are found in bind_candidates.cpp.
#include <algorithm>

#include "base/ascii.hpp"
#include "eval/bind_candidates.hpp"
#include "eval/binding.hpp"

namespace policysim::eval {

using catalog::Option;
using catalog::ValueKind;
using program::kNone;
using program::Program;
using request::ValueState;

namespace {

constexpr std::uint8_t kind_bit(ValueKind kind) noexcept {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(kind));
}

TypedText parse(const Program& program, std::string_view text, std::uint8_t kinds) {
  TypedText out;
  if ((kinds & kind_bit(ValueKind::kNumeric)) != 0) {
    out.decimal = values::parse_decimal(text, program.readings[Option::kNumberExponent] != 0);
  }
  if ((kinds & kind_bit(ValueKind::kDate)) != 0) {
    out.instant = values::parse_timestamp(text, program.readings[Option::kDateFourDigits] != 0);
  }
  if ((kinds & kind_bit(ValueKind::kIpAddress)) != 0) out.address = values::parse_ip(text);
  return out;
}

// Two entries of one key are two tags that differ in case only: the one spelled as in the policy
// wins, else the first; the other reading of tags.case_variant takes another.
const request::ContextEntry& choose(const Program& program, const request::Data& request,
                                    const program::Key& key, bool& variants) {
  const request::ContextEntry* chosen = nullptr;
  const request::ContextEntry* other = nullptr;
  for (const request::ContextEntry& entry : request.context) {
    if (!base::equals_ignore_case(entry.key, key.folded)) continue;
    if (chosen == nullptr) {
      chosen = &entry;
    } else if (entry.key == key.name && chosen->key != key.name) {
      other = chosen;
      chosen = &entry;
    } else if (other == nullptr) {
      other = &entry;
    }
  }
  variants = other != nullptr && (other->values != chosen->values || other->state != chosen->state);
  const bool take_other = program.readings[Option::kTagsCaseVariant] != 0;
  return variants && take_other ? *other : *chosen;
}

BoundValue bind_value(const Program& program, const request::ContextEntry& entry,
                      std::uint8_t kinds, std::vector<TypedText>& typed) {
  constexpr std::uint8_t kParsed =
      kind_bit(ValueKind::kNumeric) | kind_bit(ValueKind::kDate) | kind_bit(ValueKind::kIpAddress);
  BoundValue value;
  value.state = entry.state;
  value.count = static_cast<std::uint32_t>(entry.values.size());
  value.texts = entry.values.data();
  if ((kinds & kParsed) != 0) {
    value.typed = static_cast<std::uint32_t>(typed.size());
    for (const std::string& text : entry.values) typed.push_back(parse(program, text, kinds));
  }
  return value;
}

std::string_view fold(std::string_view text, std::string& scratch) {
  scratch.assign(text);
  for (char& c : scratch) c = base::lower(c);
  return scratch;
}

void bind_entry(const Program& program, const request::ContextEntry& entry, Binding& out) {
  const auto found = program.key_of_folded.find(fold(entry.key, out.action));
  if (found == program.key_of_folded.end()) return;
  if (const std::uint32_t slot = out.slots[found->second]; slot != 0) {
    if (!out.values[slot - 1].variants) out.doubled_keys.push_back(found->second);
    out.values[slot - 1].variants = true;
    return;
  }
  for (std::uint32_t id = found->second; id != kNone; id = program.keys[id].next_spelling) {
    out.values.push_back(bind_value(program, entry, program.keys[id].kinds, out.typed));
    out.slots[id] = static_cast<std::uint32_t>(out.values.size());
  }
}

void bind_doubled(const Program& program, const request::Data& request, std::uint32_t first,
                  Binding& out) {
  for (std::uint32_t id = first; id != kNone; id = program.keys[id].next_spelling) {
    const program::Key& key = program.keys[id];
    bool variants = false;
    const request::ContextEntry& entry = choose(program, request, key, variants);
    BoundValue& value = out.values[out.slots[id] - 1];
    value = bind_value(program, entry, key.kinds, out.typed);
    value.variants = variants;
  }
}

bool starts_with_any(std::string_view folded, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(), [&](const std::string& prefix) {
    return folded.substr(0, prefix.size()) == prefix;
  });
}

// Keys that the input does not state: unknown under `missing: unknown`, unless a stated `tags` is
// complete; and where AWS leaves a whole namespace undetermined.
bool is_unknown(const request::Data& request, std::string_view folded) {
  if (folded.empty() || folded[0] == '\0') return false;  // no request can have it
  if (starts_with_any(folded, request.unknown_prefixes)) return true;
  return request.missing_unknown && !starts_with_any(folded, request.complete_prefixes);
}

// Requests differ by some options: the entry that stands for a key where other readings than the
// default are in force, or null. One that takes the key away wins over those that change its value.
const request::AlternativeEntry* replacement(const Program& program, const request::Data& request,
                                             std::string_view key) {
  const request::AlternativeEntry* found = nullptr;
  for (const request::AlternativeEntry& other : request.alternatives) {
    if (program.readings[other.option] != other.reading) continue;
    if (!base::equals_ignore_case(other.entry.key, key)) continue;
    if (found == nullptr || other.entry.state == ValueState::kAbsent) found = &other;
  }
  return found;
}

void bind_unknown(const Program& program, const request::Data& request, Binding& out) {
  BoundValue unknown;
  unknown.state = ValueState::kUnknown;
  out.values.push_back(unknown);
  const auto index = static_cast<std::uint32_t>(out.values.size());
  for (std::uint32_t id = 0; id < program.keys.size(); ++id) {
    if (out.slots[id] == 0 && is_unknown(request, program.keys[id].folded)) out.slots[id] = index;
  }
}

}  // namespace

void bind(const Program& program, const request::Data& request, Binding& out) {
  out.program = &program;
  out.request = &request;
  out.slots.assign(program.keys.size(), 0);
  out.values.clear();
  out.typed.clear();
  out.doubled_keys.clear();
  out.request_touched = 0;
  for (const request::AlternativeEntry& other : request.alternatives) {
    out.request_touched |= catalog::bit(other.option);
    if (replacement(program, request, other.entry.key) == &other) {
      bind_entry(program, other.entry, out);
    }
  }
  for (const request::ContextEntry& entry : request.context) {
    if (replacement(program, request, entry.key) == nullptr) bind_entry(program, entry, out);
  }
  for (const std::uint32_t key : out.doubled_keys) bind_doubled(program, request, key, out);
  if (request.missing_unknown || !request.unknown_prefixes.empty()) {
    bind_unknown(program, request, out);
  }
  fold(request.action, out.action);
  out.patterns.clear();
  program.actions.find(out.action, out.patterns);
  bind_candidates(program, request, out);
  out.facts.touched |= out.request_touched;
}

}  // namespace policysim::eval
