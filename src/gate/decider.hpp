// One world, compiled; requests in, records out.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "compile/sources.hpp"
#include "explain/decision_record.hpp"
#include "gate/settings.hpp"
#include "operations/request_builder.hpp"
#include "policysim/evaluator.hpp"
#include "policysim/result.hpp"
#include "text/source.hpp"

namespace policysim::gate {

// A request that must not outlive `data`.
Request borrowed(const request::Data& data);

// One per thread; lives no longer than the settings.
class Decider {
 public:
  // `add` may attach more than the world does.
  static Result<Decider> make(const std::shared_ptr<const World>& world, const Settings& settings,
                              const std::function<void(compile::Sources&)>& add = {});

  // Of policies that are compiled already.
  Decider(PolicySet policies, const Settings& settings)
      : policies_(policies), evaluator_(std::move(policies)), settings_(&settings) {}

  // One call: all its authorizations under one id. `sources` is where its warnings point.
  explain::DecisionRecord decide(const std::string& id, const operations::Built& built,
                                 const text::SourceMap* sources);

  // One authorization without its evidence; the same outcome, layer and statement.
  Decision decide_plainly(const request::Data& data);

  const PolicySet& policies() const noexcept { return policies_; }

 private:
  // A key that a policy reads and the input neither sets nor nulls; empty: none.
  std::string unstated_key(const request::Data& data, const Explanation& explanation);
  explain::DecisionRecord decide_one(const std::string& id, const request::Data& data);

  PolicySet policies_;
  Evaluator evaluator_;
  const Settings* settings_;
};

}  // namespace policysim::gate
