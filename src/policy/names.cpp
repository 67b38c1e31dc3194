#include "policy/names.hpp"

#include <algorithm>

#include "catalog/keys.hpp"
#include "catalog/services.hpp"
#include "policy/context.hpp"

namespace policysim::policy {
namespace {

std::string reference() {
  return "the service reference of " + std::string(catalog::catalog_date());
}

std::string_view prefix_of(std::string_view name) noexcept {
  return name.substr(0, std::min(name.find(':'), name.size()));
}

NameFinding retired(std::string_view name, std::string_view successor) {
  return {NameFault::kRetired, quoted(name) + " is no more: AWS has given it up",
          successor.empty() ? std::string() : quoted(successor) + " took its place"};
}

}  // namespace

NameFinding only_documented(std::string_view action) {
  return {NameFault::kRetired,
          reference() + " lacks " + quoted(action) +
              ", which AWS's documentation names: the service is retired or special",
          {}};
}

std::optional<NameFinding> check_action_name(std::string_view action, Suggest suggest) {
  const auto known = catalog::find_action(action);
  if (known && !known->documented_only) return std::nullopt;
  if (known) return only_documented(action);
  const std::string_view prefix = prefix_of(action);
  if (const auto gone = catalog::find_retired(action)) return retired(action, *gone);
  if (const auto gone = catalog::find_retired(prefix)) return retired(prefix, *gone);
  const bool help = suggest == Suggest::kYes;
  if (!catalog::is_known_service(prefix)) {
    return NameFinding{NameFault::kUnknownService,
                       reference() + " has no service with the prefix " + quoted(prefix),
                       help ? did_you_mean(catalog::suggest_service(prefix)) : std::string()};
  }
  return NameFinding{NameFault::kUnknownAction, reference() + " has no action " + quoted(action),
                     help ? did_you_mean(catalog::suggest_action(action)) : std::string()};
}

std::optional<NameFinding> check_key_name(std::string_view key, Suggest suggest) {
  if (catalog::find_key(key).known) return std::nullopt;
  const std::string_view prefix = prefix_of(key);
  const bool claim = prefix.size() < key.size() && prefix.find('.') != std::string_view::npos;
  if (claim || catalog::find_retired(prefix)) return std::nullopt;
  std::string_view actions = catalog::action_lines(prefix);
  if (!actions.empty() && catalog::next_action(actions).documented_only) return std::nullopt;
  return NameFinding{
      NameFault::kUnknownKey, reference() + " has no condition key " + quoted(key),
      suggest == Suggest::kYes ? did_you_mean(catalog::suggest_key(key)) : std::string()};
}

std::string carriers_of(std::string_view key) {
  constexpr std::size_t kMost = 3;
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

}  // namespace policysim::policy
