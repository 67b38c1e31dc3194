#include "gate/coverage.hpp"

#include <algorithm>
#include <utility>

#include "gate/coverage_collector.hpp"

namespace policysim::gate {
namespace {

std::string member(const text::Node& node, std::string_view name) {
  const text::Node* value = node.find(name);
  return value == nullptr ? std::string() : value->text;
}

// The shape was checked when the fixture was loaded.
std::vector<Exclusion> exclusions_of(const Suite& suite) {
  std::vector<Exclusion> out;
  for (const auto& fixture : suite.fixtures) {
    const text::Node* list = fixture->coverage ? fixture->coverage->find("exclude") : nullptr;
    if (list == nullptr) continue;
    for (const text::Node& item : list->items) {
      out.push_back({fixture->sources.get(), member(item, "policy"), member(item, "sid"),
                     member(item, "because"), item.span, false});
    }
  }
  return out;
}

bool saw_fixture(const CoverageRecords& records, const text::SourceMap* sources) {
  return std::any_of(records.begin(), records.end(), [sources](const auto& record) {
    const auto& names = record.second.names;
    return std::any_of(names.begin(), names.end(),
                       [sources](const auto& name) { return name.first == sources; });
  });
}

Diagnostic names_nothing(const Exclusion& exclusion) {
  return {"PS4020",
          "the exclusion of `" + exclusion.sid + "` in `" + exclusion.policy +
              "` names no statement that is attached in these tests",
          "take it out, or correct the names",
          Severity::kWarning,
          exclusion.span,
          {}};
}

}  // namespace

Coverage::Coverage() = default;
Coverage::~Coverage() = default;

RunObserver& Coverage::observer() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return *collectors_.emplace_back(std::make_unique<CoverageCollector>());
}

CoverageReport Coverage::report(const Suite& suite, std::vector<SuiteFinding>& findings) const {
  CoverageRecords records;
  for (const auto& collector : collectors_) merge(records, collector->records());
  std::vector<Exclusion> exclusions = exclusions_of(suite);
  CoverageReport out = make_report(records, exclusions);
  for (const Exclusion& exclusion : exclusions) {
    if (exclusion.met || !saw_fixture(records, exclusion.sources)) continue;
    const auto fixture =
        std::find_if(suite.fixtures.begin(), suite.fixtures.end(),
                     [&](const auto& one) { return one->sources.get() == exclusion.sources; });
    findings.push_back({names_nothing(exclusion), (*fixture)->sources});
  }
  return out;
}

}  // namespace policysim::gate
