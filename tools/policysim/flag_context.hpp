// Values of flags in the form K=V.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "policysim/result.hpp"
#include "text/json_writer.hpp"

namespace policysim::cli {

// Cuts at the first `=`; fails (usage) without one.
std::optional<Error> split_pair(const std::string& option, const std::string& pair,
                                std::string& key, std::string& value);

// The `context` of a request. A repeated key makes a list.
std::optional<Error> write_context(text::JsonWriter& json, const std::vector<std::string>& pairs);

}  // namespace policysim::cli
