#include "operations/key_set.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "base/ascii.hpp"
#include "catalog/keys.hpp"

namespace policysim::operations {
namespace {

using request::ContextEntry;
using request::Origin;
using request::ValueState;

bool same_values(const ContextEntry& a, const ContextEntry& b) {
  if (a.values.size() != b.values.size()) return false;
  const bool flags = catalog::find_key(a.key).type == catalog::KeyType::kBool;
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    const bool equal =
        flags ? base::equals_ignore_case(a.values[i], b.values[i]) : a.values[i] == b.values[i];
    if (!equal) return false;
  }
  return true;
}

// A fact that AWS leaves undetermined contradicts nothing.
bool agrees(const ContextEntry& stated, const ContextEntry& fact) {
  return fact.state == ValueState::kUnknown ||
         (stated.state == fact.state && same_values(stated, fact));
}

std::string shown(const ContextEntry& entry) {
  if (entry.state == ValueState::kAbsent) return "absent";
  std::string out;
  for (const std::string& value : entry.values) out += (out.empty() ? "`" : ", `") + value + "`";
  return out.empty() ? "empty" : out;
}

struct Places {
  std::array<std::vector<std::size_t>, 4> of_origin;  // indexes into the entries
};

}  // namespace

void KeySet::scalar(Origin origin, std::string key, std::string value) {
  add({std::move(key), ValueState::kScalar, {std::move(value)}, origin});
}

void KeySet::list(Origin origin, std::string key, std::vector<std::string> values) {
  add({std::move(key), ValueState::kList, std::move(values), origin});
}

void KeySet::absent(Origin origin, std::string key) {
  add({std::move(key), ValueState::kAbsent, {}, origin});
}

void KeySet::unknown(Origin origin, std::string key) {
  add({std::move(key), ValueState::kUnknown, {}, origin});
}

void KeySet::complete(Origin origin, std::string prefix) {
  if (origin == Origin::kWorld) facts_.push_back(prefix);
  complete_.push_back(std::move(prefix));
}

void KeySet::resolve(
    request::Data& out,
    const std::function<void(const ContextEntry&, const std::string&)>& contradiction) && {
  std::unordered_map<std::string, Places> keys;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const auto origin = static_cast<std::size_t>(entries_[i].origin);
    keys[base::lower(entries_[i].key)].of_origin[origin].push_back(i);
  }
  const auto closed = [&](const std::string& key) {
    return std::any_of(facts_.begin(), facts_.end(),
                       [&](const std::string& prefix) { return key.rfind(prefix, 0) == 0; });
  };
  std::vector<bool> taken(entries_.size(), false);
  for (const auto& [key, places] : keys) {
    const auto first = std::find_if(places.of_origin.begin(), places.of_origin.end(),
                                    [](const auto& list) { return !list.empty(); });
    for (auto i = first->begin(); i != first->end(); ++i) {
      // Two derivations may come to the same.
      taken[*i] = std::none_of(first->begin(), i, [&](std::size_t other) {
        return entries_[other].key == entries_[*i].key &&
               entries_[other].state == entries_[*i].state &&
               entries_[other].values == entries_[*i].values;
      });
    }
  }
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const ContextEntry& entry = entries_[i];
    if (entry.origin != Origin::kContext && entry.origin != Origin::kRequest) continue;
    const std::string key = base::lower(entry.key);
    const auto& facts = keys[key].of_origin[static_cast<std::size_t>(Origin::kWorld)];
    const bool agreed = std::any_of(facts.begin(), facts.end(),
                                    [&](std::size_t f) { return agrees(entry, entries_[f]); });
    if (!facts.empty() && !agreed) contradiction(entry, shown(entries_[facts.front()]));
    if (facts.empty() && closed(key) && entry.state != ValueState::kAbsent) {
      contradiction(entry, "absent");
    }
  }
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (taken[i]) out.context.push_back(std::move(entries_[i]));
  }
  std::stable_sort(
      out.context.begin(), out.context.end(),
      [](const ContextEntry& a, const ContextEntry& b) { return a.origin < b.origin; });
  out.complete_prefixes = std::move(complete_);
  out.unknown_prefixes = std::move(unknown_);
}

}  // namespace policysim::operations
