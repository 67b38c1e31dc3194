// Changes for people.
#include <algorithm>

#include "report/changes.hpp"
#include "report/changes_words.hpp"
#include "report/text_layout.hpp"
#include "text/source.hpp"

namespace policysim::report {
namespace {

using gate::DecisionChange;
using gate::DecisionSide;
using gate::Direction;
using text::escape_terminal;

constexpr std::size_t kShownTests = 5;    // of those that changed in the same way
constexpr std::size_t kShownGroups = 50;  // more with -v

Style style_of(Direction direction) noexcept {
  if (direction == Direction::kWidened) return Style::kBad;
  return direction == Direction::kNarrowed ? Style::kUnsure : Style::kStrong;
}

bool same(const std::optional<DecisionSide>& a, const std::optional<DecisionSide>& b) {
  if (!a || !b) return !a && !b;
  return same_decision(*a, *b) && a->error == b->error && a->location == b->location;
}

bool same(const DecisionChange& a, const DecisionChange& b) {
  return a.direction == b.direction && same(a.before, b.before) && same(a.after, b.after) &&
         a.note == b.note;
}

class ChangesText {
 public:
  ChangesText(const gate::ChangeReport& report, const RenderOptions& options)
      : report_(report), options_(options), layout_(options) {}

  std::string run() {
    out_ = escape_terminal(summary_of_changes(report_)) + "\n";
    for (const std::string& note : report_.notes) out_ += "  " + escape_terminal(note) + "\n";
    std::vector<std::vector<const DecisionChange*>> groups;
    for (const DecisionChange* change : by_direction(report_)) add(groups, change);
    std::size_t left = 0;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (options_.verbosity == 0 && i >= kShownGroups) {
        left += groups[i].size();
      } else {
        group(groups[i]);
      }
    }
    if (left > 0) {
      out_ += "\n" + std::to_string(left) + " more changes; -v shows all\n";
    }
    return std::move(out_);
  }

 private:
  // Neighbours that changed in the same way stand together. Cells of a matrix alternate, so that
  // some groups before are looked at, too.
  static void add(std::vector<std::vector<const DecisionChange*>>& groups,
                  const DecisionChange* change) {
    constexpr std::size_t kBack = 16;
    const std::size_t begin = groups.size() > kBack ? groups.size() - kBack : 0;
    for (std::size_t i = groups.size(); i > begin; --i) {
      if (!same(*groups[i - 1].front(), *change)) continue;
      groups[i - 1].push_back(change);
      return;
    }
    groups.push_back({change});
  }

  void group(const std::vector<const DecisionChange*>& group) {
    const DecisionChange& first = *group.front();
    const std::size_t shown =
        options_.verbosity > 0 ? group.size() : std::min(group.size(), kShownTests);
    out_ += '\n';
    for (std::size_t i = 0; i < shown; ++i) {
      const std::string label = layout_.label(i == 0 ? to_string(first.direction) : "");
      out_ +=
          layout_.paint(style_of(first.direction), label) + escape_terminal(group[i]->id) + "\n";
    }
    if (shown < group.size()) {
      out_ += layout_.label("") + "and " + std::to_string(group.size() - shown) + " more tests\n";
    }
    side("before", first.before, true);
    side("after", first.after, false);
    if (!first.note.empty()) out_ += layout_.label("note") + escape_terminal(first.note) + "\n";
  }

  void side(std::string_view label, const std::optional<DecisionSide>& side, bool before) {
    if (!side) return;
    std::string words(decision_words(side->decision));
    if (side->is_error()) {
      words += " " + escape_terminal(side->error);
    } else {
      if (!side->layer.empty()) words += " by " + escape_terminal(side->layer);
      if (!side->policy.empty()) words += " `" + escape_terminal(side->policy) + "`";
      if (!side->sid.empty()) words += " `" + escape_terminal(side->sid) + "`";
    }
    std::string place = escape_terminal(place_of(*side));
    if (!place.empty() && before) place += " in " + escape_terminal(report_.before);
    if (!place.empty()) words += " (" + place + ")";
    out_ += layout_.label(label) + words + "\n";
  }

  const gate::ChangeReport& report_;
  const RenderOptions& options_;
  TextLayout layout_;
  std::string out_;
};

}  // namespace

std::string render_changes_text(const gate::ChangeReport& report, const RenderOptions& options) {
  return ChangesText(report, options).run();
}

}  // namespace policysim::report
