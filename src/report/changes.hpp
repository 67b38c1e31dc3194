// Decisions that changed against a golden file or another revision.
#pragma once

#include <cstddef>
#include <string>

#include "gate/change_report.hpp"
#include "report/decision_format.hpp"
#include "text/json_writer.hpp"

namespace policysim::report {

// "3 of 250 decisions changed against `origin/main`: 2 widened, 1 narrowed". Not escaped.
std::string summary_of_changes(const gate::ChangeReport& report);

// For a terminal: widened ones first, tests that changed in the same way together.
std::string render_changes_text(const gate::ChangeReport& report, const RenderOptions& options);

// An object: `before`, `compared`, `counts` by direction, `changes`, `notes`.
void write_changes(text::JsonWriter& json, const gate::ChangeReport& report);

// A summary and a table of test, before and after, widened ones first. Of what does not fit into
// `most_bytes` whole rows are left out and counted.
std::string render_changes_markdown(const gate::ChangeReport& report,
                                    std::size_t most_bytes = std::size_t{200} << 10U);

}  // namespace policysim::report
