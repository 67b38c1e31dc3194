#include "operations/check_names.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.hpp"
#include "names/checker.hpp"
#include "operations/operation_table.hpp"
#include "operations/tables.hpp"
#include "services/rules.hpp"

namespace policysim::operations {
namespace {

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

  names::ActionKeys keys(names::Checker& checker) const {
    names::ActionKeys out;
    for (const std::string_view name : names_) checker.add_keys(name, out);
    return out;
  }

  std::string describe() const {
    return names_.size() == 1 ? in_ticks(names_.front()) : "these actions";
  }

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

}  // namespace

void check_names(const Node& request, world::Findings& findings) {
  names::Checker checker;
  const Actions actions(request);
  for (const Node* const action : actions.written()) {
    if (const auto found = checker.action(action->text)) {
      const bool retired = found->fault == names::Fault::kRetired;
      findings.warning(retired ? "PS3024" : "PS3023", action->span, found->message, found->help);
    }
  }
  const Node* const context = request.find("context");
  if (context == nullptr) return;
  const names::ActionKeys keys = actions.keys(checker);
  for (const text::Member& member : context->members) {
    const std::string& key = member.key;
    if (key.find(':') == std::string::npos) continue;  // a fact such as `s3.owner`, or an error
    if (const auto found = checker.key(key)) {
      findings.warning("PS3025", member.key_span, found->message, found->help);
    } else if (!member.value.is_null() && checker.never_carried(keys, key)) {
      findings.warning("PS3026", member.key_span,
                       "AWS never sends " + in_ticks(key) + " with " + actions.describe(),
                       checker.carriers(key));
    }
  }
}

}  // namespace policysim::operations
