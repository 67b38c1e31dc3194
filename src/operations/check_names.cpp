#include "operations/check_names.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.hpp"
#include "catalog/keys.hpp"
#include "catalog/services.hpp"
#include "operations/operation_table.hpp"
#include "operations/tables.hpp"
#include "policy/names.hpp"
#include "services/rules.hpp"

namespace policysim::operations {
namespace {

using policy::NameFault;
using policy::Suggest;
using text::Node;
using world::in_ticks;

// The actions that the request asks, those that follow from it included.
class Actions {
 public:
  explicit Actions(const Node& request) {
    if (const Node* const operation = request.find("operation")) add_operation(operation->text);
    const Node* const action = request.find("action");
    if (action == nullptr) return;
    if (action->is_scalar()) add(*action);
    for (const Node& item : action->items) add(item);
  }

  const std::vector<const Node*>& written() const noexcept { return written_; }

  // Can one of them carry the key? Yes where that cannot be told.
  bool can_carry(std::string_view key) const {
    const auto carries = [key](std::string_view name) {
      const auto action = catalog::find_action(name);
      return !action || action->documented_only || catalog::has_key(action->keys, key);
    };
    return names_.empty() || std::any_of(names_.begin(), names_.end(), carries);
  }

  std::string first() const { return names_.empty() ? std::string() : std::string(names_.front()); }
  bool several() const noexcept { return names_.size() > 1; }

 private:
  void add(const Node& node) {
    written_.push_back(&node);
    names_.push_back(node.text);
    if (is_action(node.text, "lambda:InvokeFunctionUrl")) names_.push_back("lambda:InvokeFunction");
  }

  void add_operation(std::string_view name) {
    const OperationRow* const row = find_operation(name);
    if (row == nullptr) return;
    for (const RequestRow& request : row->requests) names_.push_back(request.action);
    // On directory buckets a session stands for the call.
    if (base::equals_ignore_case(services::service_of(row->name), "s3")) {
      names_.push_back("s3express:CreateSession");
    }
  }

  std::vector<const Node*> written_;
  std::vector<std::string_view> names_;
};

void check_action(const Node& node, world::Findings& findings) {
  const auto found = policy::check_action_name(node.text, Suggest::kYes);
  if (!found) return;
  findings.warning(found->fault == NameFault::kRetired ? "PS3024" : "PS3023", node.span,
                   found->message, found->help);
}

void check_key(const text::Member& member, const Actions& actions, world::Findings& findings) {
  const std::string& key = member.key;
  if (key.find(':') == std::string::npos) return;  // facts such as `s3.owner`; else an error
  if (const auto found = policy::check_key_name(key, Suggest::kYes)) {
    findings.warning("PS3025", member.key_span, found->message, found->help);
    return;
  }
  const catalog::KeyInfo info = catalog::find_key(key);
  if (!info.known || info.anywhere || member.value.is_null() || actions.can_carry(key)) return;
  findings.warning("PS3026", member.key_span,
                   "AWS never sends " + in_ticks(key) + " with " +
                       (actions.several() ? "these actions" : in_ticks(actions.first())),
                   policy::carriers_of(key));
}

}  // namespace

void check_names(const Node& request, world::Findings& findings) {
  const Actions actions(request);
  for (const Node* const action : actions.written()) check_action(*action, findings);
  const Node* const context = request.find("context");
  if (context == nullptr) return;
  for (const text::Member& member : context->members) check_key(member, actions, findings);
}

}  // namespace policysim::operations
