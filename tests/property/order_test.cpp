// What the language says is irrelevant: order, and how actions are spread over statements.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "property/support.hpp"

namespace policysim::property {
namespace {

using differential::Policy;
using differential::Statement;
using Json = nlohmann::ordered_json;

template <class T>
void shuffle(Choices& choices, std::vector<T>& items) {
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[choices.below(i)]);
}

void shuffle_principal(Choices& choices, std::string& text) {
  if (text.empty()) return;
  Json principal = Json::parse(text);
  if (!principal.is_object()) return;
  std::vector<std::pair<std::string, Json>> members;
  for (auto& [name, value] : principal.items()) {
    if (value.is_array()) {
      auto names = value.get<std::vector<std::string>>();
      shuffle(choices, names);
      value = names;
    }
    members.emplace_back(name, value);
  }
  shuffle(choices, members);
  Json out = Json::object();
  for (const auto& [name, value] : members) out[name] = value;
  text = out.dump();
}

void shuffle_statement(Choices& choices, Statement& statement) {
  shuffle(choices, statement.actions);
  shuffle(choices, statement.resources);
  shuffle_principal(choices, statement.principal);
  shuffle(choices, statement.conditions);
  for (differential::Condition& condition : statement.conditions) {
    shuffle(choices, condition.values);
  }
}

// Decision and layer are the same; which of several statements is named goes by order.
Verdict same(const Case& before, const Case& after, std::string& why) {
  const std::optional<Compiled> one = compile(before);
  const std::optional<Compiled> other = compile(after);
  if (!one || !other) return Verdict::kDoesNotApply;
  for (std::size_t i = 0; i < before.requests.size(); ++i) {
    const Decision& was = one->decisions[i];
    const Decision& is = other->decisions[i];
    if (was.outcome == is.outcome && was.layer == is.layer) continue;
    why = words(was) + " became " + words(is) + words(before, before.requests[i]) +
          words(after, after.requests[i]);
    return Verdict::kFails;
  }
  return Verdict::kHolds;
}

TEST(Order, OfStatementsPoliciesAndListsIsIrrelevant) {
  check([](Choices& choices, Case& generated, std::string& why) {
    const Case before = generated;
    shuffle(choices, generated.policies);
    for (Policy& policy : generated.policies) {
      shuffle(choices, policy.statements);
      for (Statement& statement : policy.statements) shuffle_statement(choices, statement);
    }
    return same(before, generated, why);
  });
}

TEST(Order, OfContextListsIsIrrelevant) {
  check([](Choices& choices, Case& generated, std::string& why) {
    const Case before = generated;
    bool any = false;
    for (request::Data& data : generated.requests) {
      shuffle(choices, data.caller.service_names);
      for (request::ContextEntry& entry : data.context) {
        any = any || entry.values.size() > 1;
        shuffle(choices, entry.values);
      }
    }
    return any ? same(before, generated, why) : Verdict::kDoesNotApply;
  });
}

// A statement with several actions is as good as one for each part of them.
TEST(Splitting, ActionsOverTwoStatementsIsNeutral) {
  check([](Choices& choices, Case& generated, std::string& why) {
    std::vector<Statement*> open;
    for (Policy& policy : generated.policies) {
      for (Statement& statement : policy.statements) {
        if (!statement.not_action) open.push_back(&statement);
      }
    }
    if (open.empty()) return Verdict::kDoesNotApply;
    Statement& chosen = *open[choices.below(open.size())];
    const Statement donor = differential::random_statement(choices, generated.requests[0],
                                                           PolicyType::kIdentity, false);
    for (const std::string& action : donor.actions) {
      chosen.actions.insert(chosen.actions.begin() + static_cast<std::ptrdiff_t>(
                                                         choices.below(chosen.actions.size() + 1)),
                            action);
    }
    const Case before = generated;
    Statement rest = chosen;
    const auto middle = static_cast<std::ptrdiff_t>(1 + choices.below(chosen.actions.size() - 1));
    rest.actions.assign(chosen.actions.begin() + middle, chosen.actions.end());
    chosen.actions.erase(chosen.actions.begin() + middle, chosen.actions.end());
    for (Policy& policy : generated.policies) {
      const auto at = std::find_if(policy.statements.begin(), policy.statements.end(),
                                   [&](const Statement& s) { return &s == &chosen; });
      if (at == policy.statements.end()) continue;
      policy.statements.insert(
          policy.statements.begin() +
              static_cast<std::ptrdiff_t>(choices.below(policy.statements.size() + 1)),
          std::move(rest));
      break;
    }
    return same(before, generated, why);
  });
}

}  // namespace
}  // namespace policysim::property
