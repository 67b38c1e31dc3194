// The corpora of policies from the field. They are not part of the repository; the tests run where
// they are present (POLICYSIM_CORPORA names the folder) and say so otherwise.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "policysim/policy.hpp"
#include "text/reader.hpp"

namespace policysim::corpora {

// One line of a corpus. `document` stands in `sources` as source 0.
struct Entry {
  std::string id;  // "organization-policies.ndjson:17"
  std::string name;
  PolicyType type = PolicyType::kIdentity;
  const text::Node& document;
  const text::SourceMap& sources;
};

// The folder, or none where the corpora are not.
std::optional<std::filesystem::path> find_folder();

// Calls `visit` for each document of both corpora; false and a message when one cannot be read.
bool for_each(const std::filesystem::path& folder, const std::function<void(const Entry&)>& visit,
              std::string& problem);

}  // namespace policysim::corpora
