#include "operations/key_set.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>
#include <tuple>
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

bool less_ignore_case(std::string_view a, std::string_view b) noexcept {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return base::lower(x) < base::lower(y);
  });
}

// Entries of one key, whatever its case, are neighbours; those of one origin in their order.
class ByKey {
 public:
  using Index = std::uint32_t;

  explicit ByKey(const std::vector<ContextEntry>& entries)
      : entries_(entries), order_(entries.size()), group_(entries.size()) {
    std::iota(order_.begin(), order_.end(), Index{0});
    std::sort(order_.begin(), order_.end(), [&](Index a, Index b) {
      const ContextEntry &x = entries[a], &y = entries[b];
      if (x.key.size() != y.key.size()) return x.key.size() < y.key.size();
      if (less_ignore_case(x.key, y.key)) return true;
      if (less_ignore_case(y.key, x.key)) return false;
      return std::tie(x.origin, x.key, a) < std::tie(y.origin, y.key, b);
    });
    for (Index i = 0; i < order_.size(); ++i) {
      const bool same =
          i > 0 && base::equals_ignore_case(entries[order_[i - 1]].key, entries[order_[i]].key);
      if (!same) groups_.push_back(i);
      group_[order_[i]] = static_cast<Index>(groups_.size() - 1);
    }
    groups_.push_back(static_cast<Index>(order_.size()));
  }

  // Of the entry's key: the entries of that origin.
  std::span<const Index> of(Index entry, Origin origin) const {
    const auto first = order_.begin() + groups_[group_[entry]];
    const auto last = order_.begin() + groups_[group_[entry] + 1];
    const auto before = [&](Index i) { return entries_[i].origin < origin; };
    const auto up_to = [&](Index i) { return entries_[i].origin <= origin; };
    return {std::partition_point(first, last, before), std::partition_point(first, last, up_to)};
  }

  // Does no entry of the key stand before it in the order of origins, nor an equal one of its own
  // (two derivations may come to the same)?
  bool wins(Index entry) const {
    const ContextEntry& own = entries_[entry];
    const auto first = of(entry, entries_[order_[groups_[group_[entry]]]].origin);
    if (entries_[first.front()].origin != own.origin) return false;
    // Equal spellings are neighbours.
    const auto equal = std::lower_bound(
        first.begin(), first.end(), own.key,
        [&](Index other, const std::string& key) { return entries_[other].key < key; });
    return std::none_of(equal, std::find(equal, first.end(), entry), [&](Index other) {
      return entries_[other].state == own.state && entries_[other].values == own.values;
    });
  }

 private:
  const std::vector<ContextEntry>& entries_;
  std::vector<Index> order_;
  std::vector<Index> group_;   // by entry
  std::vector<Index> groups_;  // where each begins in the order, and the end of the last
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
  const ByKey keys(entries_);
  const auto closed = [&](const std::string& key) {
    return std::any_of(facts_.begin(), facts_.end(), [&](const std::string& prefix) {
      return base::starts_with_ignore_case(key, prefix);
    });
  };
  std::vector<bool> wins(entries_.size());
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    wins[i] = keys.wins(i);
    const ContextEntry& entry = entries_[i];
    if (entry.origin != Origin::kContext && entry.origin != Origin::kRequest) continue;
    const auto facts = keys.of(i, Origin::kWorld);
    const bool agreed = std::any_of(facts.begin(), facts.end(), [&](std::uint32_t fact) {
      return agrees(entry, entries_[fact]);
    });
    if (!facts.empty() && !agreed) contradiction(entry, shown(entries_[facts.front()]));
    if (facts.empty() && entry.state != ValueState::kAbsent && closed(entry.key)) {
      contradiction(entry, "absent");
    }
  }
  out.context.reserve(entries_.size());
  for (const Origin origin :
       {Origin::kContext, Origin::kRequest, Origin::kWorld, Origin::kDefault}) {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (wins[i] && entries_[i].origin == origin) out.context.push_back(std::move(entries_[i]));
    }
  }
  out.complete_prefixes = std::move(complete_);
  out.unknown_prefixes = std::move(unknown_);
}

}  // namespace policysim::operations
