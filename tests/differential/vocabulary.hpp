// The small world that generated policies and requests speak of, small so that they meet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policysim/policy.hpp"

namespace policysim::differential {

// Accounts. Resources are of the first one as a rule.
inline constexpr const char* kHome = "111122223333";
inline constexpr const char* kOther = "444455556666";
inline constexpr const char* kThird = "777788889999";

// A family of operators with the keys and values that it is used with.
struct Family {
  std::vector<std::string> operators;  // with their negated forms
  std::vector<std::string> keys;
  std::vector<std::string> request_values;
  std::vector<std::string> bad_request_values;  // do not parse
  std::vector<std::string> policy_values;
};
const std::vector<Family>& families();

struct Operator {
  std::string name;  // with set operator and IfExists
  std::string base;
  std::size_t family = 0;
};
// Every base operator with every set operator, with and without IfExists.
const std::vector<Operator>& operators();

// All keys of all families, each once.
const std::vector<std::string>& keys();

struct Target {
  std::vector<std::string> actions;
  std::vector<std::string> resources;
  PolicyType policy = PolicyType::kResource;  // type of the resource's own policy
  bool has_policy = true;
};
// Those with a policy come first.
const std::vector<Target>& targets();
inline constexpr std::size_t kTargetsWithPolicy = 15;
inline constexpr std::size_t kTrustTarget = 3;
// One service more often than the others: its facts have rows of their own.
inline constexpr std::size_t kObjectTarget = 0;
inline constexpr std::size_t kKeyTarget = 2;

struct OptionReadings {
  std::string name;
  std::vector<std::string> others;  // not the default
};
const std::vector<OptionReadings>& options();

}  // namespace policysim::differential
