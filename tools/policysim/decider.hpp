// One world, compiled; requests in, records out.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "compile/sources.hpp"
#include "operations/request_builder.hpp"
#include "policysim/evaluator.hpp"
#include "policysim/result.hpp"
#include "report/decision_record.hpp"
#include "settings.hpp"
#include "text/source.hpp"
#include "world/fixture.hpp"

namespace policysim::cli {

// A call that failed, for the output: `error` spans point into `sources`, which may be null.
report::DecisionRecord failure_record(std::string id, const Error& error,
                                      const text::SourceMap* sources);

// One finding; of a file without text its first line only.
std::string render_finding(const Diagnostic& finding, const text::SourceMap& sources);

// Findings on standard error, unless they are only warnings and these are not wanted.
void print_findings(const std::vector<Diagnostic>& findings, const text::SourceMap& sources,
                    const Settings& settings);

// Why a fixture did not load, on standard error.
void print_failure(const world::FixtureFailure& failure, const Settings& settings);

// One per thread.
class Decider {
 public:
  // `add` may attach more than the world does.
  static Result<Decider> make(const std::shared_ptr<const World>& world, const Settings& settings,
                              const std::function<void(compile::Sources&)>& add = {});

  // Warnings of the policies on standard error: in verbose runs, and in lenient ones, where an
  // error may have become one.
  void print_policy_warnings() const;

  // One call: all its authorizations under one id. `sources` is where its warnings point.
  report::DecisionRecord decide(const std::string& id, const operations::Built& built,
                                const text::SourceMap* sources);

 private:
  Decider(PolicySet policies, const Settings& settings)
      : policies_(policies), evaluator_(std::move(policies)), settings_(&settings) {}
  // A key that a policy reads and the input neither sets nor nulls; empty: none.
  std::string unstated_key(const request::Data& data, const Explanation& explanation);
  report::DecisionRecord decide_one(const std::string& id, const request::Data& data);

  PolicySet policies_;
  Evaluator evaluator_;
  const Settings* settings_;
};

}  // namespace policysim::cli
