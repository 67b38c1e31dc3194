// Patterns with variables. Part of machine.cpp.
#pragma once

#include <algorithm>

#include "eval/machine.hpp"

namespace policysim::eval {

template <class Rec>
values::CharUnit Machine<Rec>::unit() const noexcept {
  return program_.readings[catalog::Option::kGlobQuestionMarkUnit] == 0
             ? values::CharUnit::kCodePoint
             : values::CharUnit::kUtf16;
}

// The value of a key, or null where it is absent.
template <class Rec>
const BoundValue* Machine<Rec>::value(std::uint32_t key) {
  recorder_.read(key);
  const std::uint32_t slot = binding_.slots[key];
  if (slot == 0) return nullptr;
  const BoundValue& found = binding_.values[slot - 1];
  if (found.variants) recorder_.touch(catalog::Option::kTagsCaseVariant);
  return found.state == request::ValueState::kAbsent ? nullptr : &found;
}

// Appends the text of a variable to the scratch tokens. Substituted text is literal: no second
// pass, no wildcards (but for the other reading of variable.value_wildcards).
template <class Rec>
program::Tri Machine<Rec>::substitute(const program::Token& token, bool wildcards) {
  using Kind = values::GlobToken::Kind;
  using program::Tri;
  const BoundValue* const found = value(token.key);
  if (found != nullptr && (found->state == request::ValueState::kUnknown || found->any_other)) {
    return Tri::kUnknown;
  }
  const bool list = found != nullptr && found->state == request::ValueState::kList;
  if (list && token.has_default) {
    recorder_.touch(catalog::Option::kVariableMultivaluedDefault);
    if (program_.readings[catalog::Option::kVariableMultivaluedDefault] != 0) return Tri::kNo;
  }
  const bool has_value = found != nullptr && !list && !found->texts[0].empty();
  if (!has_value) {
    if (!token.has_default) return Tri::kNo;
    scratch_.tokens.push_back(token.glob);
    return Tri::kYes;
  }
  const std::string_view text = found->texts[0];
  const bool pattern_like = wildcards && text.find_first_of("*?") != std::string_view::npos;
  if (pattern_like) recorder_.touch(catalog::Option::kVariableValueWildcards);
  if (!pattern_like || program_.readings[catalog::Option::kVariableValueWildcards] == 0) {
    scratch_.tokens.push_back({Kind::kLiteral, text});
    return Tri::kYes;
  }
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of("*?", at), text.size());
    if (end > at) scratch_.tokens.push_back({Kind::kLiteral, text.substr(at, end - at)});
    if (end < text.size()) {
      const bool run = text[end] == '*';
      const Kind in_part = run ? Kind::kSegmentRun : Kind::kSegmentOne;
      const Kind anywhere = run ? Kind::kAnyRun : Kind::kAnyOne;
      scratch_.tokens.push_back({token.in_part ? in_part : anywhere, {}});
    }
    at = end + 1;
  }
  return Tri::kYes;
}

// Wildcards of an ARN pattern stay within their part; parts are found after substitution, as a
// variable may hold a whole ARN. False: fewer than six parts.
inline bool cut_into_parts(std::vector<values::GlobToken>& tokens) noexcept {
  using Kind = values::GlobToken::Kind;
  std::size_t colons = 0;
  for (values::GlobToken& token : tokens) {
    const bool run = token.kind == Kind::kAnyRun || token.kind == Kind::kSegmentRun;
    if (token.kind == Kind::kLiteral) {
      colons += static_cast<std::size_t>(std::count(token.text.begin(), token.text.end(), ':'));
    } else if (colons < 5) {
      token.kind = run ? Kind::kSegmentRun : Kind::kSegmentOne;
    } else {
      token.kind = run ? Kind::kAnyRun : Kind::kAnyOne;
    }
  }
  return colons >= 5;
}

template <class Rec>
program::Tri Machine<Rec>::resolve(const program::Pattern& pattern, bool wildcards) {
  using program::Tri;
  scratch_.tokens.clear();
  if (pattern.never) return Tri::kNo;
  Tri out = Tri::kYes;
  for (std::uint32_t i = 0; i < pattern.count; ++i) {
    const program::Token& token = program_.tokens[pattern.first + i];
    if (token.key == program::kNone) {
      scratch_.tokens.push_back(token.glob);
    } else {
      out = both(out, substitute(token, wildcards));
    }
  }
  if (out == Tri::kYes && pattern.arn && !cut_into_parts(scratch_.tokens)) return Tri::kNo;
  return out;
}

// Text against a pattern; an unresolved pattern never matches.
template <class Rec>
program::Tri Machine<Rec>::glob(const program::Pattern& pattern, std::string_view text) {
  using program::Tri;
  using Kind = program::Pattern::Kind;
  if (pattern.never) return Tri::kNo;
  const program::Token* const tokens = program_.tokens.data() + pattern.first;
  switch (pattern.kind) {
    case Kind::kAll:
      return Tri::kYes;
    case Kind::kLiteral:
      return program::tri(pattern.count == 0 ? text.empty() : text == tokens[0].glob.text);
    case Kind::kPrefix:
      return program::tri(text.substr(0, tokens[0].glob.text.size()) == tokens[0].glob.text);
    case Kind::kGlob:
    case Kind::kVariables:
      break;
  }
  const Tri resolved = resolve(pattern, !pattern.exact);
  if (resolved != Tri::kYes) return resolved;
  if constexpr (Rec::kActive) {
    const bool beyond_bmp = std::any_of(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xF0; });
    if (beyond_bmp) recorder_.touch(catalog::Option::kGlobQuestionMarkUnit);
  }
  return program::tri(values::glob_match(scratch_.tokens, text, unit()));
}

}  // namespace policysim::eval
