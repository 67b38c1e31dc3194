#include "differential/compare.hpp"

namespace policysim::differential {
namespace {

bool differs(const Case& generated, bool explain) {
  return !generated.requests.empty() && compare(generated, explain).difference.has_value();
}

// Removes one item after the other as long as the rest still differs and `least` are left.
template <class Items>
bool drop(Case& generated, Items& items, bool explain, std::size_t least = 0) {
  bool smaller = false;
  for (std::size_t i = items.size(); i-- > 0 && items.size() > least;) {
    const auto removed = items[i];
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(i));
    if (differs(generated, explain)) {
      smaller = true;
    } else {
      items.insert(items.begin() + static_cast<std::ptrdiff_t>(i), removed);
    }
  }
  return smaller;
}

}  // namespace

Case shrink(Case generated, bool explain) {
  for (bool smaller = true; smaller;) {
    smaller = drop(generated, generated.requests, explain);
    smaller = drop(generated, generated.policies, explain) || smaller;
    smaller = drop(generated, generated.options, explain) || smaller;
    smaller = drop(generated, generated.accounts, explain) || smaller;
    smaller = drop(generated, generated.grants, explain) || smaller;
    for (Account& account : generated.accounts) {
      smaller = drop(generated, account.levels, explain, 1) || smaller;
    }
    for (Policy& policy : generated.policies) {
      smaller = drop(generated, policy.statements, explain, 1) || smaller;
      for (Statement& statement : policy.statements) {
        smaller = drop(generated, statement.conditions, explain) || smaller;
        for (Condition& condition : statement.conditions) {
          smaller = drop(generated, condition.values, explain) || smaller;
        }
        smaller = drop(generated, statement.actions, explain, 1) || smaller;
        smaller = drop(generated, statement.resources, explain, 1) || smaller;
      }
    }
    for (request::Data& data : generated.requests) {
      smaller = drop(generated, data.context, explain) || smaller;
    }
  }
  return generated;
}

}  // namespace policysim::differential
