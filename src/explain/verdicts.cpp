// Layer verdicts and absent keys of a decision.
#include <algorithm>
#include <set>

#include "explain/explain.hpp"
#include "program/program.hpp"

namespace policysim::explain {

using eval::Bound;
using eval::LayerTally;
using program::Tri;

namespace {

LayerVerdict verdict(const LayerTally& layer, LayerVerdict nothing) {
  if (layer.denies(Bound::kBest)) return LayerVerdict::kExplicitDeny;
  if (layer.denies(Bound::kWorst)) return LayerVerdict::kConditional;
  if (layer.allows(Bound::kWorst)) return LayerVerdict::kAllow;
  return layer.allows(Bound::kBest) ? LayerVerdict::kConditional : nothing;
}

LayerVerdict scp_verdict(const Trace& trace) {
  const eval::Tally& tally = trace.tally;
  const LayerVerdict denied = verdict(tally.scp, LayerVerdict::kAllow);
  if (denied != LayerVerdict::kAllow) return denied;
  if (tally.scp_levels_without_allow[static_cast<std::size_t>(Bound::kBest)] != 0) {
    return LayerVerdict::kImplicitDeny;
  }
  return tally.scp_levels_without_allow[static_cast<std::size_t>(Bound::kWorst)] != 0
             ? LayerVerdict::kConditional
             : LayerVerdict::kAllow;
}

// Nothing but the service itself and an endpoint policy decides.
LayerVerdict always_allowed_verdict(const Trace& trace) {
  const eval::Facts& facts = trace.binding->facts;
  if (!facts.rules.refusal.empty()) return LayerVerdict::kImplicitDeny;
  const auto allows = [&](Bound bound) {
    const eval::Ruling ruling =
        eval::decide(facts, trace.tally, trace.binding->program->readings, bound);
    return ruling.outcome == Outcome::kAllow;
  };
  if (allows(Bound::kWorst)) return LayerVerdict::kAllow;
  return allows(Bound::kBest) ? LayerVerdict::kConditional : LayerVerdict::kNotApplicable;
}

// As if the object were the bucket owner's, or somebody else's, whose objects the bucket's policy
// cannot open.
LayerVerdict resource_verdict(const Trace& trace, bool foreign, bool callers) {
  const eval::Facts& facts = trace.binding->facts;
  const bool same = foreign ? callers : facts.same_account;
  if (facts.rules.open_without_resource_policy && !facts.resource_policy) {
    return LayerVerdict::kAllow;
  }
  const bool needed = facts.mandatory || !same || facts.resource_policy;
  LayerTally layer = trace.tally.resource;
  if (foreign) layer.allow = {};
  return verdict(layer, needed ? LayerVerdict::kImplicitDeny : LayerVerdict::kNotApplicable);
}

LayerVerdict resource_verdict(const Trace& trace) {
  using services::ObjectOwner;
  const eval::Facts& facts = trace.binding->facts;
  if (facts.rules.owner != ObjectOwner::kUnknown) {
    return resource_verdict(trace, facts.rules.owner == ObjectOwner::kOther,
                            facts.caller_owns_object);
  }
  const LayerVerdict own = resource_verdict(trace, false, false);
  const bool equal = own == resource_verdict(trace, true, false) &&
                     own == resource_verdict(trace, true, facts.rules.may_be_callers);
  return equal ? own : LayerVerdict::kConditional;
}

}  // namespace

std::array<LayerVerdict, 12> verdicts_of(const Trace& trace) {
  const eval::Facts& facts = trace.binding->facts;
  const eval::Tally& tally = trace.tally;
  const catalog::Readings& readings = trace.binding->program->readings;
  std::array<LayerVerdict, 12> out{};
  const auto set = [&](Layer layer, LayerVerdict value) {
    out[static_cast<std::size_t>(layer)] = value;
  };
  constexpr LayerVerdict kImplicit = LayerVerdict::kImplicitDeny;
  if (facts.rcp_applies) set(Layer::kRcp, verdict(tally.rcp, LayerVerdict::kAllow));
  if (facts.scp_applies) set(Layer::kScp, scp_verdict(trace));
  if (facts.vpce_applies) {
    set(Layer::kVpce, verdict(tally.vpce, facts.vpce_policy ? kImplicit : LayerVerdict::kAllow));
  }
  set(Layer::kResource, resource_verdict(trace));
  if (facts.has_account) {
    const bool foreign_root =
        !facts.same_account && readings[catalog::Option::kRootCrossAccount] != 0;
    const bool root = facts.is_root() && !foreign_root;
    set(Layer::kIdentity, verdict(tally.identity, root ? LayerVerdict::kAllow : kImplicit));
  }
  if (facts.boundary_present) set(Layer::kBoundary, verdict(tally.boundary, kImplicit));
  if (facts.session_given) {
    set(Layer::kSession, verdict(tally.session, kImplicit));
  } else if (facts.lacks_session_policy() &&
             (facts.kind == request::CallerKind::kRootSession ||
              readings[catalog::Option::kFederatedDefaultSession] == 0)) {
    set(Layer::kSession, kImplicit);
  }
  if (facts.grants_present) set(Layer::kGrant, verdict(tally.grant, kImplicit));
  if (facts.rules.acls) {
    set(Layer::kAcl, facts.rules.acl_allows ? LayerVerdict::kAllow : kImplicit);
  }
  if (facts.public_access_blocked) set(Layer::kBpa, LayerVerdict::kExplicitDeny);
  if (facts.rules.refusal_unknown) set(Layer::kService, LayerVerdict::kConditional);
  if (facts.refused_by_service()) set(Layer::kService, kImplicit);
  if (facts.rules.always_allowed) set(Layer::kService, always_allowed_verdict(trace));
  return out;
}

std::vector<std::string> absent_of(const Trace& trace) {
  const program::Program& program = *trace.binding->program;
  std::set<std::string_view> seen;
  std::vector<std::string> out;
  for (std::uint32_t key = 0; key < program.keys.size(); ++key) {
    const program::Key& row = program.keys[key];
    if (trace.recorder.keys_read[key] == 0 || row.name[0] == '\0') continue;
    const std::uint32_t slot = trace.binding->slots[key];
    const bool absent =
        slot == 0 || trace.binding->values[slot - 1].state == request::ValueState::kAbsent;
    const std::string_view folded =
        row.folded[0] == '\0' ? row.folded.substr(1) : row.folded;  // hidden from key policies
    if (absent && seen.insert(folded).second) out.emplace_back(row.name);
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace policysim::explain
