// Pieces of pages: each makes markup of data and escapes it.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "gate/coverage_report.hpp"

namespace policysim::report::html {

// Escaped, and cut where it is very long.
std::string text(std::string_view text);
std::string code(std::string_view text);
// With `names` as code.
std::string words(std::string_view text);

// "85"; of nothing all is reached.
std::string percent(const gate::Ratio& ratio);
// A bar and words.
std::string meter(const gate::Ratio& ratio);
// A unified diff with its lines marked.
std::string diff(std::string_view text);
// A text of several lines as it stands.
std::string lines(std::string_view text);

// What follows takes markup. `note` may be empty.
std::string section(std::string_view id, std::string_view title, std::string_view note = {});
inline constexpr std::string_view kSectionEnd = "</section>\n";

struct Card {
  std::string_view classes;  // "fail", or empty
  std::string id;            // empty: none
  bool open = true;
};
// What can be folded.
std::string card(const Card& card, std::string_view summary);
inline constexpr std::string_view kCardEnd = "</div></details>\n";

std::string table(std::initializer_list<std::string_view> heads);
std::string row(const std::vector<std::string>& cells);
inline constexpr std::string_view kTableEnd = "</tbody></table>\n";

}  // namespace policysim::report::html
