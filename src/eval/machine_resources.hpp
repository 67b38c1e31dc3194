// Resource elements. Part of machine.cpp.
#pragma once

#include "base/ascii.hpp"
#include "eval/machine.hpp"

namespace policysim::eval {

// What the service presents: the request's resource, but for one documented doubt.
template <class Rec>
std::string_view Machine<Rec>::presented() {
  const request::Data& request = *binding_.request;
  if (at_other_arn_) return request.other_arn;
  if (request.resource != "*" || !base::equals_ignore_case(request.action, "s3:ListAllMyBuckets")) {
    return request.resource;
  }
  recorder_.touch(catalog::Option::kResourceListAllPresents);
  const bool other = program_.readings[catalog::Option::kResourceListAllPresents] != 0;
  return other ? std::string_view("arn:aws:s3:::*") : std::string_view(request.resource);
}

// Only text that is exactly "*" covers an action without resource types (all-star patterns are
// found before).
inline bool is_single_star(const std::vector<values::GlobToken>& tokens) noexcept {
  std::size_t size = 0;
  bool star = true;
  for (const values::GlobToken& token : tokens) {
    if (token.kind != values::GlobToken::Kind::kLiteral) return false;
    size += token.text.size();
    if (!token.text.empty()) star = token.text == "*";
  }
  return size == 1 && star;
}

template <class Rec>
program::Tri Machine<Rec>::resource_entry(const program::ResourcePattern& entry, bool& unresolved) {
  using program::Tri;
  const program::Pattern& pattern = program_.patterns[entry.pattern];
  if (pattern.kind == program::Pattern::Kind::kAll) return Tri::kYes;
  const std::string_view resource = presented();
  const bool wildcard_only = resource == "*";
  if (wildcard_only || pattern.never || pattern.kind == program::Pattern::Kind::kVariables) {
    const Tri resolved = resolve(pattern, true);
    if (resolved == Tri::kNo) unresolved = true;
    if (resolved != Tri::kYes) return resolved;
    if (wildcard_only) return program::tri(is_single_star(scratch_.tokens));
  }
  if (!entry.is_arn) return Tri::kNo;
  const Tri hit = glob(pattern, resource);
  if (hit == Tri::kYes || entry.padded == program::kNone) return hit;
  return either(hit, glob(program_.patterns[entry.padded], resource));
}

template <class Rec>
typename Machine<Rec>::ElementMatch Machine<Rec>::element(const program::ResourceNode& node,
                                                          bool substitute_early) {
  using program::Tri;
  ElementMatch out;
  for (std::uint32_t i = 0; i < node.count; ++i) {
    const program::ResourcePattern& entry = program_.resource_patterns[node.first + i];
    if (entry.early_variable && !substitute_early) continue;
    out.any = either(out.any, resource_entry(entry, out.unresolved));
    if (!Rec::kActive && out.any == Tri::kYes) return out;
  }
  return out;
}

template <class Rec>
program::Verdict Machine<Rec>::resource_reading(const program::ResourceNode& node,
                                                bool substitute_early) {
  using program::Tri;
  const ElementMatch found = element(node, substitute_early);
  if (!node.negated) return program::verdict(found.any);
  const Tri applies = negate(found.any);
  if (!found.unresolved) return program::verdict(applies);
  return pick(catalog::Option::kResourceNotResourceUnresolved, program::verdict(applies),
              program::verdict(Tri::kNo));
}

template <class Rec>
program::Verdict Machine<Rec>::resource_uncached(const program::ResourceNode& node) {
  if (!node.early_variable) return resource_reading(node, true);
  const program::Verdict never = resource_reading(node, false);
  return pick(catalog::Option::kResourceEarlyVariable, never, resource_reading(node, true));
}

template <class Rec>
program::Verdict Machine<Rec>::resource(std::uint32_t index) {
  NodeResult& known = scratch_.resources[index];
  if (known.epoch == scratch_.epoch) return known.verdict;
  known.epoch = scratch_.epoch;
  known.verdict = resource_uncached(program_.resources[index]);
  return known.verdict;
}

// Identity-based Allows at an access point: their own authorization's ARN, or under the other
// reading that of the second authorization, too.
template <class Rec>
program::Verdict Machine<Rec>::resource_of(const program::StatementRow& row) {
  const program::Verdict own = resource(row.resource);
  const bool two_arns =
      row.type == PolicyType::kIdentity && !row.deny() && !binding_.request->other_arn.empty();
  if (!two_arns) return own;
  recorder_.touch(catalog::Option::kS3ApIdentityArn);
  if (program_.readings[catalog::Option::kS3ApIdentityArn] == 0) return own;
  at_other_arn_ = true;
  const program::Verdict other = resource_uncached(program_.resources[row.resource]);
  at_other_arn_ = false;
  return {program::either(own.strict, other.strict), program::either(own.loose, other.loose)};
}

}  // namespace policysim::eval
