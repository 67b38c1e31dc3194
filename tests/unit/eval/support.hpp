// Short ways to policies and requests for the tests of eval/.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "policysim/policysim.hpp"

namespace policysim::eval_test {

inline PolicyDocument document(const std::string& statements, PolicyType type) {
  ParseOptions options;
  options.lenient = true;
  return PolicyDocument::parse(R"({"Version":"2012-10-17","Statement":[)" + statements + "]}", type,
                               options)
      .value();
}

struct Policy {
  PolicyType type;
  std::string name;
  std::string statements;
  std::string target = {};
};

inline PolicySet compile(const std::vector<Policy>& policies, const CompileOptions& options = {}) {
  PolicySet::Builder builder;
  for (const Policy& policy : policies) {
    builder.add(document(policy.statements, policy.type),
                {policy.type, policy.name, policy.target});
  }
  return std::move(builder).compile(options).value();
}

inline Request request(const std::string& principal, const std::string& action,
                       const std::string& resource, const std::string& account = "111122223333") {
  Request::Builder builder;
  builder.principal(principal).action(action).resource(resource).resource_account(account);
  return builder.build().value();
}

inline constexpr const char* kUser = "arn:aws:iam::111122223333:user/alice";
inline constexpr const char* kSession = "arn:aws:sts::111122223333:assumed-role/app/s";
inline constexpr const char* kAllowAll = R"({"Effect":"Allow","Action":"*","Resource":"*"})";

}  // namespace policysim::eval_test
