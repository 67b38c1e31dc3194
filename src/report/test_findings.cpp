#include "report/test_findings.hpp"

#include <unordered_map>
#include <utility>

#include "catalog/rules.hpp"
#include "report/changes_words.hpp"
#include "report/sarif.hpp"
#include "report/test_words.hpp"
#include "text/source.hpp"

namespace policysim::report {
namespace {

using gate::Direction;
using gate::TestResult;

constexpr std::size_t kNamedTests = 5;  // of a group

constexpr std::string_view kErrored = "PS4010", kFailed = "PS4004", kGolden = "PS4011",
                           kWidened = "PS4012", kSurvivor = "PS4013", kUncovered = "PS4014";

// Stable and unique within a report: equal ones would be taken for one finding.
class Fingerprints {
 public:
  std::string make(std::initializer_list<std::string_view> parts) {
    std::string out = fingerprint(parts);
    const std::size_t known = counts_[out]++;
    return known == 0 ? out : fingerprint({out, std::to_string(known)});
  }

 private:
  std::unordered_map<std::string, std::size_t> counts_;
};

gate::SourceRange range_of(const Location& location) {
  return {location.line, location.column, 0, 0};
}

// `sid`, or the place in the policy where there is none.
std::string name_of(const std::optional<std::string>& sid, std::optional<std::uint32_t> index) {
  if (sid) return *sid;
  return index ? "#" + std::to_string(*index) : std::string();
}

class Findings {
 public:
  Findings(const TestReport& report, bool grouped) : report_(report), grouped_(grouped) {}

  std::vector<TestFinding> make() {
    for (const FailureGroup& group : group_failures(*report_.run)) {
      if (grouped_) {
        add_failure(group);
      } else {
        for (const TestResult* result : group) add_failure({result});
      }
    }
    if (report_.golden != nullptr) add_golden(*report_.golden);
    if (report_.base != nullptr) add_widened(*report_.base);
    if (report_.mutation != nullptr) add_survivors(*report_.mutation);
    if (report_.coverage != nullptr) add_uncovered(*report_.coverage);
    return std::move(out_);
  }

 private:
  TestFinding& add(std::string_view rule, const std::string& message) {
    TestFinding& finding = out_.emplace_back();
    finding.rule = rule;
    if (const catalog::Rule* row = catalog::find_rule(rule)) finding.severity = row->severity;
    std::size_t begin = 0;
    for (std::size_t end = 0; end != message.npos; begin = end + 1) {
      end = message.find('\n', begin);
      if (begin > 0) finding.message += '\n';
      finding.message += text::escape_terminal(
          std::string_view(message).substr(begin, end == message.npos ? end : end - begin));
    }
    return finding;
  }

  void add_failure(const FailureGroup& group) {
    const TestResult& first = *group.front();
    std::string message = first.id + ": " + failure_words(first);
    if (group.size() > 1) message = counted(group.size(), "test") + ": " + failure_words(first);
    if (!first.because.empty()) message += " (" + first.because + ")";
    if (group.size() > 1) message += "\n" + names_of(group);
    const bool errored = first.status == gate::Status::kErrored;
    TestFinding& finding = add(errored ? kErrored : kFailed, message);
    finding.count = group.size();
    finding.file = explain::shown_file(first.location);
    finding.range = range_of(first.location);
    if (first.record) {
      finding.decided_at =
          first.record->error ? first.record->error->location : first.record->location;
    }
    finding.fingerprint = fingerprints_.make({first.id, finding.rule});
  }

  static std::string names_of(const FailureGroup& group) {
    std::string out;
    for (std::size_t i = 0; i < group.size() && i < kNamedTests; ++i) {
      out += (i == 0 ? "" : "\n") + group[i]->id;
    }
    if (group.size() > kNamedTests) {
      out += "\nand " + std::to_string(group.size() - kNamedTests) + " more";
    }
    return out;
  }

  void add_golden(const gate::ChangeReport& changes) {
    for (const gate::DecisionChange* change : by_direction(changes)) {
      TestFinding& finding = add(kGolden, change_message(*change));
      if (change->direction == Direction::kAdded || change->direction == Direction::kRemoved) {
        finding.severity = Severity::kWarning;
      }
      place(finding, *change, changes.before);
    }
  }

  void add_widened(const gate::ChangeReport& changes) {
    for (const gate::DecisionChange& change : changes.changes) {
      if (change.direction != Direction::kWidened) continue;
      place(add(kWidened, change_message(change)), change, changes.before);
    }
  }

  static std::string change_message(const gate::DecisionChange& change) {
    return change.id + ": " + std::string(gate::to_string(change.direction)) + ", was " +
           side_words(change.before) + ", is " + side_words(change.after);
  }

  // Where the test is stated; a test that is no longer there: where it was decided.
  void place(TestFinding& finding, const gate::DecisionChange& change, const std::string& before) {
    finding.fingerprint = fingerprints_.make({change.id, finding.rule});
    for (const auto* side : {&change.after, &change.before}) {
      if (*side && (*side)->location && !finding.decided_at) {
        finding.decided_at = (*side)->location;
      }
    }
    Location location{before, 0, 0};
    if (const TestResult* test = find(change.id)) {
      location = test->location;
    } else if (finding.decided_at) {
      location = *finding.decided_at;
    }
    finding.file = explain::shown_file(location);
    finding.range = range_of(location);
  }

  const TestResult* find(const std::string& id) {
    if (by_id_.empty()) {
      for (const TestResult& result : report_.run->results) by_id_.emplace(result.id, &result);
    }
    const auto found = by_id_.find(id);
    const bool placed = found != by_id_.end() && found->second->location.line != 0;
    return placed ? found->second : nullptr;
  }

  void add_survivors(const gate::MutationReport& mutation) {
    for (const gate::Mutant* mutant : list_survivors(mutation)) {
      const std::string name = name_of(mutant->sid, mutant->statement);
      std::string message = "no test notices: " + mutant->what + " (policy `" + mutant->policy +
                            "`" + (name.empty() ? "" : ", statement `" + name + "`") + ")";
      TestFinding& finding = add(kSurvivor, message);
      finding.file = mutant->file;
      finding.range = mutant->range;
      finding.fingerprint =
          fingerprints_.make({mutant->policy, name, finding.rule, mutant->op, mutant->what});
    }
  }

  void add_uncovered(const gate::CoverageReport& coverage) {
    for (const Uncovered& gap : list_uncovered(coverage)) {
      if (gap.item != nullptr) continue;
      TestFinding& finding = add(kUncovered, gap.words + " (policy `" + gap.policy->name + "`)");
      finding.file = gap.policy->file;
      finding.range = gap.range;
      finding.fingerprint = fingerprints_.make(
          {gap.policy->name, name_of(gap.statement->sid, gap.statement->index), finding.rule});
    }
  }

  const TestReport& report_;
  bool grouped_;
  std::vector<TestFinding> out_;
  Fingerprints fingerprints_;
  std::unordered_map<std::string_view, const TestResult*> by_id_;
};

}  // namespace

std::vector<TestFinding> make_test_findings(const TestReport& report, bool grouped) {
  return Findings(report, grouped).make();
}

}  // namespace policysim::report
