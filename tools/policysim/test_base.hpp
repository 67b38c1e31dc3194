// `policysim test --base REF`.
#pragma once

#include <string>
#include <vector>

#include "gate/base_compare.hpp"
#include "git.hpp"
#include "policysim/result.hpp"
#include "settings.hpp"

namespace policysim::cli {

// The fixtures of the revision at `paths`, as `policysim test` finds them in the working tree.
// Fails where git does not answer; what does not load there is no failure.
Result<gate::Base> base_at(GitRevision& revision, const std::string& ref,
                           const std::vector<std::string>& paths);

// Does it ask for exit code 1? `fail_on`: widen (widened decisions), narrow (narrowed ones), any
// (every decision that differs). Tests that only one side can decide never do.
bool fails_on(const gate::ChangeReport& report, const std::string& fail_on);

}  // namespace policysim::cli
