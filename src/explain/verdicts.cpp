// Layer verdicts, absent keys and warnings of a decision.
#include <algorithm>
#include <set>

#include "base/ascii.hpp"
#include "explain/explain.hpp"
#include "program/program.hpp"
#include "services/registry.hpp"

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

// Is an RCP attached to the resource's account that names the action, while the service takes none?
bool silent_rcp(const eval::Binding& binding) {
  const program::Program& program = *binding.program;
  const request::Data& request = *binding.request;
  if (program.rcp_supports(services::service_of(request.action))) return false;
  const auto found = program.accounts.find(request.resource_facts.account);
  const auto& account = found == program.accounts.end() ? program.everywhere : found->second;
  if (!account.rcp_enabled || account.management) return false;
  for (const std::uint32_t level : account.rcp_levels) {
    const std::uint32_t group = program.levels[level].rcps;
    if (group == program::kNone) continue;
    for (const std::uint32_t statement : program.groups[group].order) {
      if (eval::action_matches(program, statement, binding.patterns)) return true;
    }
  }
  return false;
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
  constexpr LayerVerdict kNone = LayerVerdict::kNotApplicable;
  constexpr LayerVerdict kImplicit = LayerVerdict::kImplicitDeny;
  if (facts.rcp_applies) set(Layer::kRcp, verdict(tally.rcp, LayerVerdict::kAllow));
  if (facts.scp_applies) set(Layer::kScp, scp_verdict(trace));
  if (facts.vpce_applies) {
    set(Layer::kVpce, verdict(tally.vpce, facts.vpce_policy ? kImplicit : LayerVerdict::kAllow));
  }
  const bool needs_resource = facts.resource_policy || facts.mandatory || !facts.same_account;
  set(Layer::kResource, verdict(tally.resource, needs_resource ? kImplicit : kNone));
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
  if (facts.refused_by_service()) set(Layer::kService, kImplicit);
  if (trace.ruling.layer == Layer::kService && trace.ruling.outcome == Outcome::kAllow) {
    set(Layer::kService, LayerVerdict::kAllow);
  }
  return out;
}

std::vector<DecisionWarning> warnings_of(const Trace& trace) {
  std::vector<DecisionWarning> out;
  const std::string service(services::service_of(trace.binding->request->action));
  if (silent_rcp(*trace.binding)) {
    out.push_back({"PS3101", "resource control policies do not apply to `" + service + "`", {}});
  }
  if ((trace.recorder.touched & catalog::bit(catalog::Option::kNotPrincipal)) != 0) {
    out.push_back({"PS3102",
                   "NotPrincipal lists only a part of the caller's principals: what then applies "
                   "depends on the service",
                   {}});
  }
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
