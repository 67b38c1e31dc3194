#include "eval/matching.hpp"

#include "eval/machine.hpp"

namespace policysim::eval {

using program::kNone;
using program::Tri;

namespace {

template <class Rec>
class LayerMatcher {
 public:
  LayerMatcher(const Binding& binding, Scratch& scratch, Rec& recorder)
      : binding_(binding), recorder_(recorder), machine_(binding, scratch, recorder) {}

  Tally run();

 private:
  // True: a certain Deny was found, and nothing else can change the decision.
  bool denies(Layer layer, std::uint32_t level, const CandidateRange& range, LayerTally& out);
  void allows(Layer layer, std::uint32_t level, const CandidateRange& range, LayerTally& out);
  bool all_denies();
  void scp_allows();
  Tri one(Layer layer, std::uint32_t level, std::uint32_t at, LayerTally& out);
  void add_grant(std::uint32_t statement, const StatementMatch& found);

  const Binding& binding_;
  Rec& recorder_;
  Machine<Rec> machine_;
  Tally tally_;
};

template <class Rec>
Tri LayerMatcher<Rec>::one(Layer layer, std::uint32_t level, std::uint32_t at, LayerTally& out) {
  const std::uint32_t statement = binding_.candidates[at];
  recorder_.visit();
  StatementMatch found = machine_.match(statement);
  if (found.match == Tri::kNo) return Tri::kNo;
  // A grant to a user does not cover the sessions that it lets federated users have.
  if (layer == Layer::kGrant && found.strengths == kParentUser) return Tri::kNo;
  if (found.match == Tri::kUnknown) tally_.unknown = true;
  const bool is_deny = binding_.program->statements[statement].deny();
  out.add(statement, is_deny, found.match);
  if (layer == Layer::kResource && !is_deny) {
    tally_.resource_allows.add(statement, found.match, found.strengths);
  }
  if (layer == Layer::kGrant) add_grant(statement, found);
  recorder_.matched({layer, level, statement, found.match});
  return found.match;
}

template <class Rec>
void LayerMatcher<Rec>::add_grant(std::uint32_t statement, const StatementMatch& found) {
  const program::GrantRow& grant = binding_.program->grants.at(statement);
  GrantClass how = GrantClass::kByName;
  if (grant.by_issuer) {
    how = GrantClass::kByIssuer;
  } else if ((found.strengths & (kAccount | kRoot)) != 0) {
    how = GrantClass::kByAccount;
  } else if ((found.strengths & kRole) != 0) {
    how = GrantClass::kByRole;
  }
  const bool foreign = !binding_.facts.same_account && binding_.facts.has_account &&
                       grant.issuer != binding_.request->caller.account;
  tally_.grant_allows.add(how, foreign, found.match);
}

template <class Rec>
bool LayerMatcher<Rec>::denies(Layer layer, std::uint32_t level, const CandidateRange& range,
                               LayerTally& out) {
  const bool exempt = binding_.facts.rules.always_allowed ||
                      (layer == Layer::kResource && binding_.facts.root_may_unlock);
  for (std::uint32_t i = range.first; i < range.allows; ++i) {
    const bool certain = one(layer, level, i, out) == Tri::kYes;
    if (!Rec::kActive && certain && !exempt) return true;
  }
  return false;
}

template <class Rec>
void LayerMatcher<Rec>::allows(Layer layer, std::uint32_t level, const CandidateRange& range,
                               LayerTally& out) {
  for (std::uint32_t i = range.allows; i < range.end; ++i) {
    const bool certain = one(layer, level, i, out) == Tri::kYes;
    const bool first_is_enough = layer != Layer::kResource && layer != Layer::kGrant;
    if (!Rec::kActive && certain && first_is_enough) return;
  }
}

template <class Rec>
bool LayerMatcher<Rec>::all_denies() {
  for (const LevelCandidates& level : binding_.rcp) {
    if (denies(Layer::kRcp, level.level, level.range, tally_.rcp)) return true;
  }
  for (const LevelCandidates& level : binding_.scp) {
    if (denies(Layer::kScp, level.level, level.range, tally_.scp)) return true;
  }
  return denies(Layer::kVpce, kNone, binding_.vpce, tally_.vpce) ||
         denies(Layer::kResource, kNone, binding_.resource, tally_.resource) ||
         denies(Layer::kIdentity, kNone, binding_.identity, tally_.identity) ||
         denies(Layer::kBoundary, kNone, binding_.boundary, tally_.boundary) ||
         denies(Layer::kSession, kNone, binding_.session, tally_.session);
}

// Every level must allow on its own.
template <class Rec>
void LayerMatcher<Rec>::scp_allows() {
  for (const LevelCandidates& level : binding_.scp) {
    LayerTally own;
    allows(Layer::kScp, level.level, level.range, own);
    for (const Bound bound : {Bound::kWorst, Bound::kBest}) {
      if (!own.allows(bound)) {
        ++tally_.scp_levels_without_allow[static_cast<std::size_t>(bound)];
      }
    }
  }
}

template <class Rec>
Tally LayerMatcher<Rec>::run() {
  if (all_denies()) return tally_;
  scp_allows();
  allows(Layer::kVpce, kNone, binding_.vpce, tally_.vpce);
  allows(Layer::kResource, kNone, binding_.resource, tally_.resource);
  allows(Layer::kIdentity, kNone, binding_.identity, tally_.identity);
  allows(Layer::kBoundary, kNone, binding_.boundary, tally_.boundary);
  allows(Layer::kSession, kNone, binding_.session, tally_.session);
  allows(Layer::kGrant, kNone, binding_.grant, tally_.grant);
  return tally_;
}

}  // namespace

template <class Rec>
Tally match_layers(const Binding& binding, Scratch& scratch, Rec& recorder) {
  return LayerMatcher<Rec>(binding, scratch, recorder).run();
}

template Tally match_layers(const Binding&, Scratch&, NoRecorder&);
template Tally match_layers(const Binding&, Scratch&, Recorder&);

}  // namespace policysim::eval
