// A change of a statement as a change of its file.
#pragma once

#include <string>

#include "gate/coverage_report.hpp"
#include "gate/mutation_edit.hpp"
#include "policysim/policy.hpp"
#include "text/source.hpp"

namespace policysim::gate {

// Unified diff of the lines around the change, without a final newline; long lines and long
// changes are cut. The text is edited in place where the result reads back as what is meant, else
// the statement is written anew.
std::string statement_diff(const PolicyDocument& document, const StatementEdit& edit);

// The same for an item of a list that is taken out of its file.
std::string removal_diff(const text::Source& source, const SourceSpan& item);

SourceRange range_of(const text::SourceMap& sources, const SourceSpan& span);

}  // namespace policysim::gate
