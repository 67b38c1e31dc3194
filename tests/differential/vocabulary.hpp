// The small world that generated policies and requests speak of, small so that they meet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policysim/policy.hpp"

namespace policysim::differential {

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
const std::vector<Target>& targets();

struct OptionReadings {
  std::string name;
  std::vector<std::string> others;  // not the default
};
const std::vector<OptionReadings>& options();

}  // namespace policysim::differential
