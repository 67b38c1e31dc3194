#include <algorithm>
#include <string>

#include "policy/elements.hpp"
#include "text/utf8.hpp"

namespace policysim::policy {
namespace {

constexpr std::string_view kForm = "an action is `service:Name`, for example `s3:GetObject`";

bool is_action_character(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '*' ||
         c == '?' || c == ':' || c == '_' || c == '-' || c == '.';
}

std::string name_character(char c) {
  if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return "a blank";
  if (c == ',') return "a comma";
  return "an odd character";
}

// What the service reference has against a well-formed action.
void check_name(const Text& action, Context& context) {
  constexpr std::string_view kRules[] = {"PS1214", "PS1215", "PS1216", "PS1217"};  // by fault
  if (context.findings.full()) return;
  const auto found = context.names.action(action.value);
  if (!found) return;
  const bool service = found->fault == names::Fault::kUnknownService;
  context.findings.add(kRules[static_cast<std::size_t>(found->fault)],
                       service ? subspan(action, 0, action.value.find(':')) : action.span,
                       found->message, found->help);
}

// language.md 2: what is stored by AWS but matches nothing, or more than it seems to.
void check_action(const Text& action, std::string_view element, Context& context) {
  const std::string_view value = action.value;
  if (!value.empty() && value.find_first_not_of('*') == value.npos) return;
  if (report_variables(action, element, context)) return;
  const auto odd = std::find_if_not(value.begin(), value.end(), is_action_character);
  if (odd != value.end()) {
    const auto offset = static_cast<std::size_t>(odd - value.begin());
    context.findings.add(
        "PS1204",
        subspan(action, offset, std::max<std::size_t>(text::utf8_length(value, offset), 1)),
        "action " + quoted(value) + " holds " + name_character(*odd) + ": it matches no action",
        *odd == ',' ? "write a list of actions" : std::string());
    return;
  }
  const auto colons = std::count(value.begin(), value.end(), ':');
  if (colons != 1) {
    context.findings.add("PS1201", action.span,
                         "action " + quoted(value) +
                             (colons == 0 ? " has no service prefix" : " has several colons"),
                         std::string(kForm));
    return;
  }
  const std::size_t colon = value.find(':');
  const std::string_view prefix = value.substr(0, colon);
  if (prefix.empty() || colon + 1 == value.size()) {
    context.findings.add(
        "PS1201", action.span,
        "action " + quoted(value) +
            (prefix.empty() ? " has no service prefix" : " has no name after the colon"),
        std::string(kForm));
  } else if (prefix.find_first_of("*?") != prefix.npos) {
    context.findings.add("PS1202", subspan(action, 0, colon),
                         "action " + quoted(value) + " has a wildcard in its service prefix",
                         value == "*:*" ? "write `*`" : "name the service");
  } else {
    check_name(action, context);
  }
}

}  // namespace

void check_actions(const Statement& statement, Context& context) {
  const std::string_view element = statement.action.negated ? "`NotAction`" : "`Action`";
  for (const Text& action : statement.action.texts.values) check_action(action, element, context);
}

}  // namespace policysim::policy
