#include "report/html_sections.hpp"

#include <array>

#include "report/changes.hpp"
#include "report/changes_words.hpp"
#include "report/html_parts.hpp"
#include "report/test_words.hpp"

namespace policysim::report::html {
namespace {

constexpr std::size_t kOpenSurvivors = 10;  // that are unfolded

std::string_view glyph_of(gate::Direction direction) noexcept {
  constexpr std::array<std::string_view, 5> kGlyphs = {"▲", "▼", "◆", "+", "−"};
  return kGlyphs[static_cast<std::size_t>(direction)];
}

std::string note_of(const gate::DecisionChange& change) {
  if (change.note.empty()) return {};
  return "<br><span class=\"dim\">" + text(change.note) + "</span>";
}

}  // namespace

std::string changes_section(const gate::ChangeReport& changes, std::string_view id,
                            std::string_view title) {
  std::string out =
      section(id, std::string(title) + code(changes.before), words(summary_of_changes(changes)));
  for (const std::string& note : changes.notes) out += "<p>" + words(note) + "</p>\n";
  if (!changes.changes.empty()) {
    out += "<div class=\"card\"><div class=\"body\">" + table({"", "test", "before", "after"});
    for (const gate::DecisionChange* change : by_direction(changes)) {
      const bool widened = change->direction == gate::Direction::kWidened;
      out += row({std::string("<span class=\"pill") + (widened ? " bad" : "") + "\">" +
                      std::string(glyph_of(change->direction)) + " " +
                      std::string(gate::to_string(change->direction)) + "</span>",
                  code(change->id) + note_of(*change), words(side_words(change->before)),
                  words(side_words(change->after))});
    }
    out += std::string(kTableEnd) + "</div></div>\n";
  }
  return out + std::string(kSectionEnd);
}

std::string mutation_section(const gate::MutationReport& mutation) {
  const std::vector<const gate::Mutant*> survivors = list_survivors(mutation);
  std::string out =
      section("mutation", "Mutation",
              "changes of the policies that the tests notice" +
                  std::string(mutation.budget_ended ? ", until the time was up" : ""));
  out += "<div class=\"card\"><div class=\"body\">" + meter(mutation.score) + " killed, " +
         std::to_string(survivors.size()) + " survived</div></div>\n";
  std::size_t number = 0;
  for (const gate::Mutant* mutant : survivors) {
    const Location place{mutant->file, mutant->range.line, mutant->range.column};
    out += card({"", "", number++ < kOpenSurvivors}, "<span class=\"pill\">survived</span> " +
                                                         words(mutant->what) + " <small>" +
                                                         code(place_words(place)) + "</small>");
    out += diff(mutant->diff);
    if (!mutant->witness.empty()) {
      out += "<h3>a case that kills it</h3>\n" + lines(mutant->witness);
    }
    out += kCardEnd;
  }
  return out + std::string(kSectionEnd);
}

}  // namespace policysim::report::html
