// One decision with everything settled that may be unknown: the best or the worst case.
#pragma once

#include "reference/facts.hpp"
#include "reference/grants.hpp"
#include "reference/s3.hpp"

namespace policysim::reference {

// What a request is decided on.
struct Question {
  const std::vector<Policy>& policies;
  const Matches& matches;
  const Request& request;
  const Options& options;
  UnknownKeys* unknown;
};

// A matching statement, or something built in that acts as one.
struct Hit {
  std::optional<StatementRef> ref;
  std::string level;
  std::set<Strength> strengths;
};
using Hits = std::vector<Hit>;

// The layers on the caller's side.
struct Gates {
  bool identity = false;
  bool boundary = false;
  bool session = false;
  bool lacks_session_policy = false;  // a federated user without any: that alone is blamed

  bool open() const { return boundary && session; }
  void blame(std::vector<Layer>& out) const;
};

class Case {
 public:
  // `owner`: the account that owns the S3 object, where that is not the bucket's.
  Case(const Question& question, bool best, const std::optional<std::string>& owner);

  Decision decide() const;

 private:
  bool is(std::string_view option, std::string_view value) const;

  // Matching statements of one layer and effect: level by level, then in policy order.
  Hits hits(Layer layer, bool deny) const;
  void add_hits(std::size_t policy, bool deny, const std::string& level, Hits& out) const;
  void add_built_in(Hits& out) const;
  Hits allows(Layer layer) const { return hits(layer, false); }
  bool allowed(Layer layer) const { return !allows(layer).empty(); }
  std::vector<std::string> levels_without_allow(Layer layer) const;

  std::vector<Reason> explicit_denies() const;
  std::vector<Reason> explicit_denies(const std::vector<Layer>& layers) const;
  std::optional<Decision> always_allowed() const;
  Decision outcome() const;

  // The grant stage fills `granted`, or returns the layers that block.
  std::vector<Layer> grant_stage(Decision& granted) const;
  std::vector<Layer> unsigned_caller(const Hits& rbp, Decision& granted) const;
  std::vector<Layer> same_account(const Hits& rbp, const Gates& gates, Decision& granted) const;
  std::vector<Layer> cross_account(const Hits& rbp, const Gates& gates, Decision& granted) const;
  Gates gates() const;
  bool strong(const Hit& hit) const;
  bool root_may() const;
  bool enough_by_grant(const Gates& gates) const;

  // Evidence. `resource`: the resource-based statement that was needed.
  void grant(Decision& out, Layer layer, const Hit* resource) const;
  void add_witness(Decision& out, Layer layer) const;
  bool needs_identity(Layer layer) const;
  LayerVerdict verdict(Layer layer, bool present) const;
  void verdicts(Decision& out) const;
  bool refused() const;

  Question question_;
  const Request& request_;
  bool best_;
  Facts facts_;
  GrantWorth grants_;
  Acl acl_;
  bool shut_out_;
  Tri refused_;
};

}  // namespace policysim::reference
