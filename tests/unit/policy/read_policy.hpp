// Policy text -> what the parser makes of it, with the sources that its spans point into.
#pragma once

#include <memory>
#include <string>

#include "policy/parse.hpp"
#include "text/reader.hpp"
#include "text/source.hpp"

namespace policysim::policy {

struct ReadPolicy {
  bool read = false;  // false: no JSON or YAML at all
  text::SourceMap sources;
  Parsed parsed;
};

inline std::unique_ptr<ReadPolicy> read_policy(std::string text, PolicyType type,
                                               bool lenient = false) {
  auto policy = std::make_unique<ReadPolicy>();
  const std::uint32_t source = policy->sources.add("policy", std::move(text));
  const auto root = text::read(policy->sources, source);
  if (!root) return policy;
  policy->read = true;
  ParseOptions options;
  options.lenient = lenient;
  policy->parsed = parse(*root, type, options);
  return policy;
}

}  // namespace policysim::policy
