#include "policy/statement_keys.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "catalog/keys.hpp"
#include "values/glob.hpp"

namespace policysim::policy {
namespace {

// No action has a longer name; longer patterns are not checked, for the time it takes.
constexpr std::size_t kLongestName = 128;

}  // namespace

ActionPattern::ActionPattern(std::string_view action) {
  const std::size_t colon = std::min(action.find(':'), action.size());
  prefix_ = action.substr(0, colon);
  const std::string_view name = action.substr(std::min(colon + 1, action.size()));
  wild_ = name.find_first_of("*?") != std::string_view::npos;
  if (name.size() <= kLongestName) name_ = base::lower(name);
}

bool ActionPattern::matches(std::string_view name) const {
  if (wild_ && name_.empty()) return true;
  std::array<char, kLongestName> lower{};
  const std::size_t size = std::min(name.size(), lower.size());
  for (std::size_t i = 0; i < size; ++i) lower[i] = base::lower(name[i]);
  return values::glob_match(name_, {lower.data(), size});
}

std::optional<catalog::Action> ActionPattern::first_match() const {
  std::optional<catalog::Action> out;
  for (std::string_view lines = catalog::action_lines(prefix_); !lines.empty();) {
    const catalog::Action action = catalog::next_action(lines);
    if (!matches(action.name)) continue;
    out = action;
    if (!action.documented_only) break;
  }
  return out;
}

StatementKeys::StatementKeys(const Element& action, Context& context) : unknown_(action.negated) {
  for (const Text& text : action.texts.values) {
    if (!unknown_) add(text.value, context);
  }
}

void StatementKeys::add(std::string_view action, Context& context) {
  const ActionPattern pattern(action);
  const bool any_service = pattern.prefix().find_first_of("*?") != std::string_view::npos;
  if (any_service || (pattern.wild() && !context.may_match())) {
    unknown_ = true;
    return;
  }
  const auto take = [this](const catalog::Action& found) {
    unknown_ = unknown_ || found.documented_only;
    if (seen_.insert(found.keys.data()).second) sets_.push_back(found.keys);
  };
  if (!pattern.wild()) {
    if (const auto found = catalog::find_action(action)) take(*found);
    return;
  }
  catalog::each_action(pattern.prefix(), [&](const catalog::Action& found) {
    if (pattern.matches(found.name)) take(found);
  });
}

bool StatementKeys::can_carry(std::string_view key) const {
  if (unknown_ || sets_.empty()) return true;
  return std::any_of(sets_.begin(), sets_.end(),
                     [key](std::string_view set) { return catalog::has_key(set, key); });
}

}  // namespace policysim::policy
