// Text from strangers made safe for the sinks of reports. What cannot be seen (control characters,
// bidi, invalid UTF-8) is made visible first, as on a terminal, but in workflow commands.
#pragma once

#include <string>
#include <string_view>

namespace policysim::report {

// HTML and XML: for text and for quoted attributes.
std::string escape_markup(std::string_view text);
// Markdown of GitHub and GitLab, within a line, a cell of a table or an HTML tag.
std::string escape_markdown(std::string_view text);
// Data of a workflow command; a property cannot hold `:` and `,` either.
std::string escape_command(std::string_view text, bool property);

// `words` in back-ticks as HTML code, which Markdown takes as well; the rest and the words escaped.
std::string mark_code(std::string_view text, std::string (*escape)(std::string_view));

// At most so many code points of a text, with an ellipsis for what is cut.
std::string cut_text(std::string_view text, std::size_t most);

}  // namespace policysim::report
