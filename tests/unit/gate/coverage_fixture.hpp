// Runs the tests of small fixtures and states what they cover as text.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "gate/coverage.hpp"
#include "gate/runner.hpp"

namespace policysim::gate {

struct Covered {
  CoverageReport report;
  std::vector<SuiteFinding> findings;
};

inline std::shared_ptr<const world::Fixture> load(const std::string& yaml,
                                                  const std::string& name) {
  world::FixtureFailure failure;
  auto fixture = world::load_fixture_text(name, yaml, &failure);
  if (!fixture) {
    for (const Diagnostic& finding : failure.error.diagnostics) {
      ADD_FAILURE() << text::render(finding, *failure.sources);
    }
    return nullptr;
  }
  return std::make_shared<const world::Fixture>(*std::move(fixture));
}

inline Covered cover(const std::vector<std::shared_ptr<const world::Fixture>>& fixtures,
                     unsigned jobs = 1) {
  Covered out;
  std::vector<SuiteFinding> findings;
  const Suite suite = select_tests(fixtures, {}, false, findings);
  EXPECT_TRUE(findings.empty());
  Coverage coverage;
  RunOptions options;
  options.jobs = jobs;
  options.observer = [&coverage]() -> RunObserver& { return coverage.observer(); };
  const TestRun run = run_tests(suite, Settings{}, options);
  for (const TestResult& result : run.results) {
    EXPECT_TRUE(result.status == Status::kPassed || result.status == Status::kSkipped)
        << result.id << (result.mismatches.empty() ? "" : result.mismatches[0].actual);
  }
  out.report = coverage.report(suite, out.findings);
  return out;
}

// "guard #0 One: asked 2, matches 1, decides 1" and a line for each item.
inline std::string dump(const CoverageReport& report) {
  std::string out;
  for (const PolicyCoverage& policy : report.policies) {
    for (const StatementCoverage& one : policy.statements) {
      out += policy.name + " #" + std::to_string(one.index) + ": asked " +
             std::to_string(one.evaluated) + ", matches " + std::to_string(one.matched) +
             ", decides " + std::to_string(one.decisive) + "\n";
      for (const CoverageItem& item : one.items) {
        out += "  " + item.what + ":";
        for (const ItemOutcome& outcome : item.outcomes) {
          out += " " + std::string(outcome.name) + " " + std::to_string(outcome.count);
        }
        out += "\n";
      }
    }
  }
  return out;
}

// A world of one account, with what a row adds; its cases are "WHO ACTION RESOURCE EXPECTED
// [MEMBERS]", the resource being a key of the bucket or an ARN.
struct Row {
  const char* name;
  const char* policies;  // name -> document
  const char* world;     // further members, indented by two
  std::vector<const char*> cases;
  const char* expected;
};

inline std::string fixture_text(const Row& row) {
  std::string out = "policysim: 1\nname: f\nworld:\n  policies:\n";
  out += row.policies;
  out += row.world;
  out += "cases:\n";
  std::size_t number = 0;
  for (const std::string one : row.cases) {
    std::vector<std::string> words;
    std::size_t at = 0;
    for (int i = 0; i < 4; ++i) {
      const std::size_t end = std::min(one.find(' ', at), one.size());
      words.push_back(one.substr(at, end - at));
      at = std::min(end + 1, one.size());
    }
    if (words[2].rfind("arn:", 0) != 0) words[2] = "arn:aws:s3:::b/" + words[2];
    out += "  - {id: c" + std::to_string(number++) + ", request: {principal: " + words[0] +
           ", action: \"" + words[1] + "\", resource: \"" + words[2] + "\"" + one.substr(at) +
           "}, expect: " + words[3] + "}\n";
  }
  return out;
}

inline constexpr const char* kOneUser = R"(
  principals:
    ann: {arn: "arn:aws:iam::111122223333:user/ann", tags: {team: blue, empty: ""}, policies: [p]}
  resources: {b: {arn: "arn:aws:s3:::b", account: "111122223333"}}
)";
inline constexpr const char* kBucketOwner = R"(
  principals:
    ann: {arn: "arn:aws:iam::111122223333:user/ann", tags: {}}
    bob: {arn: "arn:aws:iam::444455556666:user/bob", tags: {}, policies: [all]}
    trail: {service: cloudtrail.amazonaws.com}
  resources: {b: {arn: "arn:aws:s3:::b", account: "111122223333", policy: p}}
)";

// Which statements decide: "POLICY #INDEX DECISIVE".
inline std::string decisive(const CoverageReport& report) {
  std::string out;
  for (const PolicyCoverage& policy : report.policies) {
    for (const StatementCoverage& one : policy.statements) {
      out += policy.name + " #" + std::to_string(one.index) + " " + std::to_string(one.decisive) +
             "\n";
    }
  }
  return out;
}

}  // namespace policysim::gate
