// One thread's part of the coverage.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gate/coverage_records.hpp"
#include "gate/probes.hpp"
#include "gate/runner.hpp"
#include "policysim/evaluator.hpp"
#include "world/recent.hpp"

namespace policysim::gate {

// One compiled world: its probes, and its policies without one of the statements each.
class CoveredWorld {
 public:
  // Makes records of all its policies.
  CoveredWorld(const PolicySet& policies, CoverageRecords& records);

  void decided(const request::Data& request);

 private:
  // Where to count. `items` has an entry for each part of the statement.
  struct Place {
    StatementRecord* record = nullptr;
    std::vector<std::size_t> items;
  };

  void register_document(const ProbedDocument& document, CoverageRecords& records);
  void observe(const ProbedDocument& document, const ProbedStatement& statement,
               const Place& place);
  void count(const ProbedDocument& document, const ProbedStatement::Part& part, ItemRecord& item);
  bool decides(const Decision& with, StatementRecord* record, const Request& request);
  PolicySet without(const StatementRecord* record) const;

  PolicySet policies_;
  Probes probes_;
  Evaluator evaluator_;
  std::vector<std::vector<Place>> places_;  // by document and statement of the probes
  std::map<const policy::Document*, std::vector<StatementRecord*>> records_of_;
  std::map<const StatementRecord*, Evaluator> without_;
  std::vector<StatementRecord*> matched_;  // scratch
};

class CoverageCollector : public RunObserver {
 public:
  void decided(const PolicySet& policies, const request::Data& request) override;
  void passed_over(const PolicySet& policies) override { world_of(policies); }
  const CoverageRecords& records() const noexcept { return records_; }

 private:
  CoveredWorld& world_of(const PolicySet& policies);

  CoverageRecords records_;
  std::optional<world::Recent<std::unique_ptr<CoveredWorld>>> worlds_;
};

}  // namespace policysim::gate
