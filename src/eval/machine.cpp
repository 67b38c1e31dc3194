#include "eval/machine.hpp"

#include "eval/machine_conditions.hpp"
#include "eval/machine_patterns.hpp"
#include "eval/machine_principals.hpp"
#include "eval/machine_resources.hpp"

namespace policysim::eval {

using program::both;
using program::Tri;
using program::Verdict;

// Under the closed reading (0) both readings count: an Allow needs the two, a Deny one of them.
template <class Rec>
Verdict Machine<Rec>::pick(catalog::Option option, Verdict first, Verdict second) {
  if (first != second) recorder_.touch(option);
  switch (program_.readings[option]) {
    case 1:
      return first;
    case 2:
      return second;
    default:
      return {both(first.strict, second.strict), either(first.loose, second.loose)};
  }
}

template <class Rec>
StatementMatch Machine<Rec>::match(std::uint32_t statement) {
  using program::StatementRow;
  const StatementRow& row = program_.statements[statement];
  if (row.has(StatementRow::kNeverMatches)) return {};
  recorder_.touch_all(row.touched);
  StatementMatch out;
  out.match = Tri::kYes;
  if (row.principal != program::kNone) {
    const NodeResult result = principal(row.principal);
    out.match = result.verdict.of(row.deny());
    out.strengths = result.strengths;
    if ((out.strengths & kWildcardPlain) != 0 && row.has(StatementRow::kPrincipalArnCondition)) {
      out.strengths = static_cast<Strengths>((out.strengths & ~kWildcardPlain) | kWildcard);
    }
    if (out.match == Tri::kNo) return {};
  }
  if (row.resource != program::kNone) {
    out.match = both(out.match, resource_of(row).of(row.deny()));
    if (out.match == Tri::kNo) return {};
  }
  const std::uint32_t* const conditions = program_.condition_lists.data() + row.first_condition;
  for (std::uint32_t i = 0; i < row.condition_count; ++i) {
    out.match = both(out.match, predicate(conditions[i]).of(row.deny()));
    if (!Rec::kActive && out.match == Tri::kNo) return {};
  }
  return out.match == Tri::kNo ? StatementMatch{} : out;
}

template class Machine<NoRecorder>;
template class Machine<Recorder>;

}  // namespace policysim::eval
