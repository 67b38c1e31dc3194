// Matches statements against a bound request: each node of the condition graph at most once.
// Instantiated plainly and recording (recorder.hpp). One per evaluation.
#pragma once

#include <cstdint>
#include <string_view>

#include "eval/binding.hpp"
#include "eval/recorder.hpp"
#include "eval/scratch.hpp"

namespace policysim::eval {

struct StatementMatch {
  program::Tri match = program::Tri::kNo;
  Strengths strengths = 0;  // resource-based policies: how the principal element matched
};

template <class Rec>
class Machine {
 public:
  Machine(const Binding& binding, Scratch& scratch, Rec& recorder) noexcept
      : program_(*binding.program), binding_(binding), scratch_(scratch), recorder_(recorder) {}

  // All parts but Action, which made the statement a candidate.
  StatementMatch match(std::uint32_t statement);

 private:
  program::Verdict pick(catalog::Option option, program::Verdict first, program::Verdict second);

  // machine_principals.hpp
  NodeResult principal(std::uint32_t index);
  Strengths named(const program::PrincipalNode& node, const program::PrincipalEntry& entry) const;
  program::Verdict not_principal(const program::PrincipalNode& node);

  // machine_resources.hpp
  struct ElementMatch {
    program::Tri any = program::Tri::kNo;
    bool unresolved = false;  // an entry has a variable without value
  };
  program::Verdict resource_of(const program::StatementRow& row);
  program::Verdict resource(std::uint32_t index);
  program::Verdict resource_uncached(const program::ResourceNode& node);
  program::Verdict resource_reading(const program::ResourceNode& node, bool substitute_early);
  ElementMatch element(const program::ResourceNode& node, bool substitute_early);
  program::Tri resource_entry(const program::ResourcePattern& entry, bool& unresolved);
  std::string_view presented();

  // machine_conditions.hpp
  program::Verdict predicate(std::uint32_t index);
  program::Verdict test(const program::Predicate& predicate);
  bool is_plain(const program::Predicate& predicate) const noexcept;
  program::Verdict null_test(const program::Predicate& predicate, const BoundValue* found);
  program::Verdict missing(const program::Predicate& predicate) const noexcept;
  program::Verdict quantify(const program::Predicate& predicate, const BoundValue& found);
  program::Verdict test_one(const program::Predicate& predicate, const BoundValue& found,
                            std::uint32_t index);
  program::Verdict hit(const program::Predicate& predicate, std::string_view text,
                       const TypedText* typed);
  program::Tri hit_text(const program::Predicate& predicate, std::string_view text);
  bool hit_sorted(const program::Predicate& predicate, std::string_view text) const;
  bool hit_binary(const program::Predicate& predicate, std::string_view text) const;
  bool hit_typed(const program::Predicate& predicate, const TypedText& typed) const;
  program::Verdict hit_bool(const program::Predicate& predicate, std::string_view text);
  program::Tri equals_folded(const program::Pattern& pattern, std::string_view text);
  bool parses(const program::Predicate& predicate, std::string_view text,
              const TypedText* typed) const noexcept;
  void note_readings(const program::Predicate& predicate, std::string_view text);
  void read_variables(const program::Predicate& predicate);

  // machine_patterns.hpp
  // Puts the pattern's tokens, with variables substituted, into the scratch memory. kYes: resolved;
  // kNo: a variable has no value; kUnknown: a variable is unknown.
  program::Tri resolve(const program::Pattern& pattern, bool wildcards);
  program::Tri substitute(const program::Token& token, bool wildcards);
  program::Tri glob(const program::Pattern& pattern, std::string_view text);
  const BoundValue* value(std::uint32_t key);
  values::CharUnit unit() const noexcept;

  const program::Program& program_;
  const Binding& binding_;
  Scratch& scratch_;
  Rec& recorder_;
  bool at_other_arn_ = false;  // reading s3.ap_identity_arn=either: the other authorization's ARN
};

extern template class Machine<NoRecorder>;
extern template class Machine<Recorder>;

}  // namespace policysim::eval
