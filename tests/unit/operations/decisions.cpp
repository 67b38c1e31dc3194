#include "decisions.hpp"

#include <gtest/gtest.h>

#include "policysim/evaluator.hpp"
#include "policysim/policy_set.hpp"
#include "world/fixture.hpp"

namespace policysim::operations {

std::vector<Explanation> decide(const Json& world, const std::vector<request::Data>& requests,
                                const Options& options) {
  const Json fixture = {{"policysim", 1}, {"world", world}};
  const auto loaded = world::load_fixture_text("test.json", fixture.dump());
  CompileOptions compile;
  compile.semantics = options;
  PolicySet::Builder builder;
  builder.world(loaded->base);
  auto policies = std::move(builder).compile(compile);
  EXPECT_TRUE(policies.has_value());
  Evaluator evaluator(std::move(policies).value());
  std::vector<Explanation> out;
  for (const request::Data& data : requests) {
    out.push_back(evaluator.explain(Request(std::make_shared<const request::Data>(data))));
  }
  return out;
}

}  // namespace policysim::operations
