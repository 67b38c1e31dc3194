#include "names/checker.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/quoted.hpp"
#include "catalog/keys.hpp"
#include "catalog/services.hpp"
#include "values/glob.hpp"

namespace policysim::names {
namespace {

std::string quoted(std::string_view text) { return base::quoted(text, 100); }

std::string reference() {
  return "the service reference of " + std::string(catalog::catalog_date());
}

std::string_view prefix_of(std::string_view name) noexcept {
  return name.substr(0, std::min(name.find(':'), name.size()));
}

bool is_wild(std::string_view text) noexcept {
  return text.find_first_of("*?") != std::string_view::npos;
}

// The wildcards of an action's name.
class Pattern {
 public:
  explicit Pattern(std::string_view name) {
    if (name.size() <= kLongest) name_ = base::lower(name);
  }

  bool matches(std::string_view name) const {
    if (name_.empty()) return true;
    std::array<char, kLongest> lower{};
    const std::size_t size = std::min(name.size(), lower.size());
    for (std::size_t i = 0; i < size; ++i) lower[i] = base::lower(name[i]);
    return values::glob_match(name_, {lower.data(), size});
  }

 private:
  // No action has a longer name; longer patterns are not checked, for the time it takes.
  static constexpr std::size_t kLongest = 128;

  std::string name_;  // in lower case; empty: it matches everything
};

Finding only_documented(std::string_view action) {
  return {Fault::kRetired,
          reference() + " lacks " + quoted(action) +
              ", which AWS's documentation names: the service is retired or special",
          {}};
}

std::optional<Finding> retired(std::string_view name) {
  const auto successor = catalog::find_retired(name);
  if (!successor) return std::nullopt;
  return Finding{Fault::kRetired, quoted(name) + " is no more: AWS has given it up",
                 successor->empty() ? std::string() : quoted(*successor) + " took its place"};
}

}  // namespace

bool ActionKeys::can_carry(std::string_view key) const {
  if (any_ || sets_.empty()) return true;
  return std::any_of(sets_.begin(), sets_.end(),
                     [key](std::string_view set) { return catalog::has_key(set, key); });
}

std::string_view Checker::lines_of(std::string_view prefix) {
  if (prefix != prefix_) {
    prefix_ = prefix;
    lines_ = catalog::action_lines(prefix);
  }
  return lines_;
}

std::optional<Finding> Checker::action(std::string_view action) {
  const std::string_view prefix = prefix_of(action);
  const std::string_view name = action.substr(std::min(prefix.size() + 1, action.size()));
  const bool known_service = !lines_of(prefix).empty();
  if (known_service && is_wild(name)) return pattern(action);
  if (const auto known = catalog::find_action(lines_of(prefix), name)) {
    if (!known->documented_only) return std::nullopt;
    return only_documented(action);
  }
  if (auto found = retired(action)) return found;
  if (auto found = retired(prefix)) return found;
  if (!known_service) {
    return Finding{
        Fault::kUnknownService, reference() + " has no service with the prefix " + quoted(prefix),
        may_suggest() ? base::did_you_mean(catalog::suggest_service(prefix)) : std::string()};
  }
  return Finding{
      Fault::kUnknownAction, reference() + " has no action " + quoted(action),
      may_suggest() ? base::did_you_mean(catalog::suggest_action(action)) : std::string()};
}

std::optional<Finding> Checker::pattern(std::string_view action) {
  if (!may_match()) return std::nullopt;
  const std::string_view prefix = prefix_of(action);
  const Pattern pattern(action.substr(prefix.size() + 1));
  bool documented = false;
  for (std::string_view lines = lines_of(prefix); !lines.empty();) {
    const catalog::Action one = catalog::next_action(lines);
    if (!pattern.matches(one.name)) continue;
    if (!one.documented_only) return std::nullopt;
    documented = true;
  }
  if (documented) return only_documented(action);
  return Finding{
      Fault::kMatchesNothing, quoted(action) + " matches no known action of " + quoted(prefix), {}};
}

std::optional<Finding> Checker::key(std::string_view key) {
  if (catalog::find_key(key).known) return std::nullopt;
  const std::string_view prefix = prefix_of(key);
  const bool claim = prefix.size() < key.size() && prefix.find('.') != std::string_view::npos;
  if (claim || catalog::find_retired(prefix)) return std::nullopt;
  std::string_view actions = catalog::action_lines(prefix);
  if (!actions.empty() && catalog::next_action(actions).documented_only) return std::nullopt;
  return Finding{Fault::kUnknownKey, reference() + " has no condition key " + quoted(key),
                 may_suggest() ? base::did_you_mean(catalog::suggest_key(key)) : std::string()};
}

void Checker::add_keys(std::string_view action, ActionKeys& out) {
  if (out.any_) return;
  const auto take = [&out](const catalog::Action& found) {
    out.any_ = out.any_ || found.documented_only;
    if (out.seen_.insert(found.keys.data()).second) out.sets_.push_back(found.keys);
  };
  const std::string_view prefix = prefix_of(action);
  const std::string_view name = action.substr(std::min(prefix.size() + 1, action.size()));
  if (!is_wild(action)) {
    if (const auto found = catalog::find_action(lines_of(prefix), name)) take(*found);
  } else if (is_wild(prefix) || !may_match()) {
    out.any_ = true;
  } else {
    const Pattern pattern(name);
    catalog::each_action(prefix, [&](const catalog::Action& found) {
      if (pattern.matches(found.name)) take(found);
    });
  }
}

bool Checker::never_carried(const ActionKeys& actions, std::string_view key) const {
  const catalog::KeyInfo info = catalog::find_key(key);
  return info.known && !info.anywhere && !actions.can_carry(key);
}

std::string Checker::carriers(std::string_view key) {
  constexpr std::size_t kMost = 3;
  if (!may_suggest()) return {};
  const std::string_view prefix = prefix_of(key);
  std::string out;
  std::size_t count = 0;
  catalog::each_action(prefix, [&](const catalog::Action& action) {
    if (!catalog::has_key(action.keys, key) || ++count > kMost) return;
    out += (out.empty() ? "" : ", ") + quoted(std::string(prefix) + ":" + std::string(action.name));
  });
  if (count > kMost) out += " and others";
  return out.empty() ? out : "it comes with " + out;
}

}  // namespace policysim::names
