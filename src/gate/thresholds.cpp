#include "gate/thresholds.hpp"

#include <algorithm>

#include "base/edit_distance.hpp"

namespace policysim::gate {
namespace {

constexpr std::array<std::string_view, kMeasures.size()> kNames = {"statements", "conditions",
                                                                   "mutation"};

std::optional<Measure> measure_of(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return kMeasures[static_cast<std::size_t>(found - kNames.begin())];
}

std::optional<Ratio> measured(Measure measure, const CoverageReport* coverage,
                              const MutationReport* mutation) {
  switch (measure) {
    case Measure::kStatements:
      if (coverage != nullptr) return coverage->statements;
      break;
    case Measure::kConditions:
      if (coverage != nullptr) return coverage->conditions;
      break;
    case Measure::kMutation:
      if (mutation != nullptr) return mutation->score;
      break;
  }
  return std::nullopt;
}

// Was there nothing to measure? Policies without conditions, or whose statements are all excluded,
// are measured; where every test is skipped, or no mutant was tried, nothing is.
bool is_vacuous(Measure measure, const CoverageReport* coverage, const MutationReport* mutation) {
  if (measure != Measure::kMutation) {
    return coverage->statements.total == 0 && coverage->policies.empty();
  }
  return mutation->score.total == 0 &&
         std::all_of(mutation->mutants.begin(), mutation->mutants.end(),
                     [](const Mutant& mutant) { return mutant.fate == Fate::kNotRun; });
}

}  // namespace

std::string_view to_string(Measure measure) noexcept {
  return kNames[static_cast<std::size_t>(measure)];
}

std::optional<std::uint32_t> read_percent(std::string_view text) noexcept {
  const bool digits = !text.empty() && text.size() <= 3 &&
                      text.find_first_not_of("0123456789") == std::string_view::npos;
  if (!digits || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint32_t out = 0;
  for (const char c : text) out = out * 10 + static_cast<std::uint32_t>(c - '0');
  return out <= 100 ? std::optional<std::uint32_t>(out) : std::nullopt;
}

std::string read_minimum(std::string_view text, Thresholds& out) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    return "expected NAME=PERCENT, as `statements=90`, not `" + std::string(text) + "`";
  }
  const std::string_view name = text.substr(0, equals), value = text.substr(equals + 1);
  const std::optional<Measure> measure = measure_of(name);
  if (!measure) {
    const std::string near = base::nearest(name, kNames);
    return "nothing is measured as `" + std::string(name) + "`; " +
           (near.empty() ? "there are `statements`, `conditions` and `mutation`"
                         : "did you mean `" + near + "`?");
  }
  const std::optional<std::uint32_t> percent = read_percent(value);
  if (!percent) {
    return "`" + std::string(name) + "` takes a whole percentage from 0 to 100, not `" +
           std::string(value) + "`";
  }
  out[*measure] = percent;
  return {};
}

Thresholds thresholds_of(const std::vector<std::shared_ptr<const world::Fixture>>& fixtures) {
  Thresholds out;
  for (const auto& fixture : fixtures) {
    for (const Measure measure : kMeasures) {
      const text::Node* value =
          fixture->coverage ? fixture->coverage->find(to_string(measure)) : nullptr;
      const auto percent = value == nullptr ? std::nullopt : read_percent(value->text);
      if (percent && (!out[measure] || *out[measure] < *percent)) out[measure] = percent;
    }
  }
  return out;
}

Thresholds first_of(const Thresholds& first, const Thresholds& second, const Thresholds& third) {
  Thresholds out = first;
  for (const Measure measure : kMeasures) {
    if (!out[measure]) out[measure] = second[measure] ? second[measure] : third[measure];
  }
  return out;
}

std::string MissedThreshold::words() const {
  const std::string asked = "at least " + std::to_string(percent) + " % are asked for";
  if (reached.total == 0) {
    return std::string(to_string(measure)) + ": nothing was measured, " + asked;
  }
  // Rounded down, so that only all is 100 %.
  return std::string(to_string(measure)) + ": " + std::to_string(reached.hit) + " of " +
         std::to_string(reached.total) + " (" + std::to_string(reached.hit * 100 / reached.total) +
         " %), " + asked;
}

std::vector<MissedThreshold> missed_thresholds(const Thresholds& thresholds,
                                               const CoverageReport* coverage,
                                               const MutationReport* mutation) {
  std::vector<MissedThreshold> out;
  for (const Measure measure : kMeasures) {
    const std::optional<Ratio> reached = measured(measure, coverage, mutation);
    const std::uint32_t percent = thresholds[measure].value_or(0);
    if (!reached || percent == 0) continue;
    if (!reached->below(percent) && !is_vacuous(measure, coverage, mutation)) continue;
    out.push_back({measure, *reached, percent});
  }
  return out;
}

}  // namespace policysim::gate
