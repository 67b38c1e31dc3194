// Authorizations of API calls as test data states them: JSON in, differences out.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "request/request.hpp"

namespace policysim::operations {

using Json = nlohmann::ordered_json;

Json read_test_json(const std::string& path);  // below tests/data

// The authorizations that a request makes in a world, both as in a fixture. Fails the test, and
// returns none, if the request is refused.
struct Answer {
  std::vector<request::Data> requests;
  std::vector<std::string> warnings;  // rule and message
  std::string error;                  // the same; then there are no requests
};
Answer authorizations(const Json& world, const Json& request);

// Compares the keys that fit one of the patterns (a final `*` stands for anything), and those that
// `expected` names, with `expected`: values, lists, {"unknown": true}. Returns the differences.
std::string differences(const request::Data& data, const Json& expected,
                        const std::vector<std::string>& patterns);

}  // namespace policysim::operations
