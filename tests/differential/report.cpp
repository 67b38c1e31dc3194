#include "differential/report.hpp"

#include <algorithm>
#include <cstdio>

#include "differential/generator.hpp"
#include "differential/names.hpp"
#include "differential/rows.hpp"
#include "reference/text.hpp"

namespace policysim::differential {
namespace {

using reference::Meeting;

constexpr std::array<Meeting, 4> kMeetings{Meeting::kTrue, Meeting::kFalse, Meeting::kAbsent,
                                           Meeting::kIllTyped};

bool names(const reference::Decision& decision, const reference::StatementRef& ref) {
  return std::any_of(decision.reasons.begin(), decision.reasons.end(),
                     [&](const reference::Reason& reason) { return reason.statement == ref; });
}

// The one condition that fails, if there is exactly one and all others hold.
const policy::Condition* only_failing(const reference::Surroundings& s,
                                      const policy::Statement& statement) {
  const policy::Condition* failing = nullptr;
  for (const policy::ConditionBlock& block : statement.condition) {
    for (const policy::Condition& condition : block.conditions) {
      const reference::Tri result = reference::match_condition(s, block.name.value, condition);
      if (result == reference::Tri::kTrue) continue;
      if (failing != nullptr || result == reference::Tri::kUnknown) return nullptr;
      failing = &condition;
    }
  }
  return failing;
}

bool same(const reference::Decision& a, const reference::Decision& b) {
  return a.outcome == b.outcome && a.layer == b.layer && a.reasons == b.reasons;
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
  char buffer[32];
  const double share =
      whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  std::snprintf(buffer, sizeof buffer, "%.1f %%", share);
  return buffer;
}

}  // namespace

std::optional<std::string> Report::add(const Case& generated, const Comparison& comparison) {
  ++cases_;
  if (!comparison.usable) ++rejected_;
  rows_.resize(rows().size());
  for (std::size_t i = 0; i < comparison.seen.size(); ++i) {
    const View view(generated, comparison, i);
    for (std::size_t r = 0; r < rows().size(); ++r) {
      const std::optional<bool> holds = rows()[r].judge(view);
      if (!holds) continue;
      if (!*holds) {
        return "request " + std::to_string(i) + ": the reference decides " + name(view.outcome()) +
               " " + name(view.seen.decision.layer) + " against the row " + rows()[r].name;
      }
      ++rows_[r];
    }
  }
  const reference::StatementRef ref{generated.target_policy, generated.target_statement};
  for (const Seen& seen : comparison.seen) {
    ++outcomes_[static_cast<std::size_t>(seen.decision.outcome)];
    const reference::Policy& policy = comparison.policies[ref.policy];
    const policy::Statement& statement = policy.document->statements[ref.statement];
    const reference::Surroundings s =
        reference::surroundings(policy, statement, seen.request, comparison.options, nullptr);
    const reference::Tri match = seen.matches[ref.policy][ref.statement].match;
    if (match == reference::Tri::kTrue && names(seen.decision, ref)) count(s, statement, nullptr);
    if (match != reference::Tri::kFalse) continue;
    const bool bounded = reference::is_bounded(comparison.policies, seen.request);
    if (reference::match_head(policy, ref.statement, seen.request, comparison.options, bounded) !=
        reference::Tri::kTrue) {
      continue;
    }
    const policy::Condition* failing = only_failing(s, statement);
    if (failing == nullptr) continue;
    reference::Matches flipped = seen.matches;
    flipped[ref.policy][ref.statement].match = reference::Tri::kTrue;
    const auto other =
        reference::decide(comparison.policies, flipped, seen.request, comparison.options);
    if (!same(other, seen.decision)) count(s, statement, failing);
  }
  return std::nullopt;
}

void Report::count(const reference::Surroundings& s, const policy::Statement& statement,
                   const policy::Condition* only) {
  for (const policy::ConditionBlock& block : statement.condition) {
    for (const policy::Condition& condition : block.conditions) {
      if (only != nullptr && only != &condition) continue;
      const std::string op = reference::ascii_lower(block.name.value);
      ++cells_[{op, reference::meet(s, op, condition)}];
    }
  }
}

std::uint64_t Report::cell(std::size_t goal) const {
  const Goal& g = goals()[goal];
  const auto found = cells_.find({reference::ascii_lower(operators()[g.op].name), g.meeting});
  return found == cells_.end() ? 0 : found->second;
}

bool Report::sufficient(std::uint64_t least) const {
  std::uint64_t all = 0;
  for (const std::uint64_t n : outcomes_) all += n;
  for (const std::uint64_t n : outcomes_) {
    if (n * 10 < all) return false;
  }
  if (rows_.empty() || *std::min_element(rows_.begin(), rows_.end()) < least) return false;
  for (std::size_t i = 0; i < goals().size(); ++i) {
    if (cell(i) < least) return false;
  }
  return true;
}

std::string Report::text() const {
  std::uint64_t all = 0;
  for (const std::uint64_t n : outcomes_) all += n;
  std::string out = "cases " + std::to_string(cases_) + ", requests " + std::to_string(all) +
                    ", cases with a rejected policy " + std::to_string(rejected_) + "\n";
  for (std::size_t i = 0; i < outcomes_.size(); ++i) {
    out += "  " + name(static_cast<Outcome>(i)) + " " + percent(outcomes_[i], all) + "\n";
  }
  return out + rows_text() + operators_text();
}

std::string Report::rows_text() const {
  std::string out;
  char line[160];
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    std::snprintf(line, sizeof line, "%-60s %9llu\n", rows()[r].name.c_str(),
                  static_cast<unsigned long long>(rows_[r]));
    out += line;
  }
  const std::uint64_t least = rows_.empty() ? 0 : *std::min_element(rows_.begin(), rows_.end());
  return out + "least " + std::to_string(least) + " of " + std::to_string(rows().size()) +
         " rows\n";
}

std::string Report::operators_text() const {
  std::string out;
  char line[160];
  std::snprintf(line, sizeof line, "%-44s %9s %9s %9s %9s\n", "operator", "true", "false", "absent",
                "ill-typed");
  out += line;
  std::uint64_t least = UINT64_MAX;
  std::size_t goal = 0;
  for (std::size_t op = 0; op < operators().size(); ++op) {
    std::snprintf(line, sizeof line, "%-44s", operators()[op].name.c_str());
    out += line;
    for (const Meeting meeting : kMeetings) {
      const bool possible =
          goal < goals().size() && goals()[goal].op == op && goals()[goal].meeting == meeting;
      if (!possible) {
        out += "         -";
        continue;
      }
      std::snprintf(line, sizeof line, " %9llu", static_cast<unsigned long long>(cell(goal)));
      out += line;
      least = std::min(least, cell(goal++));
    }
    out += "\n";
  }
  return out + "least " + std::to_string(least) + " of " + std::to_string(goals().size()) +
         " situations\n";
}

}  // namespace policysim::differential
