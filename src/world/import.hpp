// `import` of a world: principals, groups and policies as AWS prints them.
#pragma once

#include <string>

#include "text/node.hpp"
#include "text/source.hpp"
#include "world/file_source.hpp"
#include "world/findings.hpp"

namespace policysim::world {

// Reads the output of `aws iam get-account-authorization-details` that an item of `import` names,
// as entries of a world. `holder` is the file that says so. Findings: the reader's own, PS2125.
text::Node read_import(const text::Node& item, const std::string& holder, FileSource& files,
                       text::SourceMap& sources, Findings& findings);

// A policy that an import names and that is not known: null, its text the ARN. In files nulls have
// no text.
bool is_unknown_policy(const text::Node& entry) noexcept;

// Policies that imports left unknown although `policies` of `world` holds them: by their ARN, or
// AWS's own by their name.
void resolve_unknown_policies(text::Node& world);

}  // namespace policysim::world
