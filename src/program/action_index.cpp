#include "program/action_index.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "values/glob.hpp"

namespace policysim::program {
namespace {

bool only_stars(std::string_view text) {
  return !text.empty() && text.find_first_not_of('*') == std::string_view::npos;
}

std::uint64_t slot_key(std::uint32_t group, std::uint32_t pattern) noexcept {
  return (std::uint64_t{group} + 1) << 32U | pattern;
}

std::uint64_t mix(std::uint64_t key) noexcept {
  key ^= key >> 31U;
  key *= 0x9E3779B97F4A7C15ULL;
  return key ^ key >> 29U;
}

}  // namespace

std::uint32_t ActionIndex::add(std::string_view pattern) {
  std::string name = base::lower(pattern);
  if (const auto found = ids_.find(name); found != ids_.end()) return found->second;
  const auto id = static_cast<std::uint32_t>(names_.size());
  names_.push_back(name);
  ids_.emplace(name, id);
  if (only_stars(name) || name == "*:*") {
    all_.push_back(id);
    return id;
  }
  const std::size_t colon = name.find(':');
  const bool one_colon =
      colon != std::string::npos && name.find(':', colon + 1) == std::string::npos;
  if (!one_colon || colon + 1 == name.size()) return id;  // inert
  const std::size_t wildcard = name.find_first_of("*?", colon + 1);
  if (wildcard == std::string::npos) {
    exact_.emplace(std::move(name), id);
    return id;
  }
  Service& service = services_[name.substr(0, colon)];
  if (name[wildcard] == '*' && wildcard + 1 == name.size()) {
    const auto length = static_cast<std::uint32_t>(wildcard);
    const auto at =
        std::lower_bound(service.prefix_lengths.begin(), service.prefix_lengths.end(), length);
    if (at == service.prefix_lengths.end() || *at != length)
      service.prefix_lengths.insert(at, length);
    prefixes_.emplace(name.substr(0, wildcard), id);
  } else {
    service.globs.push_back(id);
  }
  return id;
}

void ActionIndex::find(std::string_view action, std::vector<std::uint32_t>& out) const {
  out.insert(out.end(), all_.begin(), all_.end());
  if (const auto found = exact_.find(action); found != exact_.end()) out.push_back(found->second);
  const std::size_t colon = action.find(':');
  if (colon == std::string_view::npos) return;
  const auto found = services_.find(action.substr(0, colon));
  if (found == services_.end()) return;
  for (const std::uint32_t length : found->second.prefix_lengths) {
    if (length > action.size()) break;
    const auto prefix = prefixes_.find(action.substr(0, length));
    if (prefix != prefixes_.end()) out.push_back(prefix->second);
  }
  for (const std::uint32_t id : found->second.globs) {
    const std::string_view name = std::string_view(names_[id]).substr(colon + 1);
    if (values::glob_match(name, action.substr(colon + 1))) out.push_back(id);
  }
}

void GroupIndex::add(std::uint32_t group, std::uint32_t pattern, std::uint32_t position) {
  pending_.push_back({slot_key(group, pattern), position});
}

void GroupIndex::seal() {
  std::stable_sort(pending_.begin(), pending_.end(),
                   [](const Entry& a, const Entry& b) { return a.key < b.key; });
  std::size_t distinct = 0;
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    if (i == 0 || pending_[i].key != pending_[i - 1].key) ++distinct;
  }
  std::size_t size = 16;
  while (size < distinct * 2) size *= 2;
  slots_.assign(size, {});
  positions_.reserve(pending_.size());
  for (std::size_t i = 0; i < pending_.size();) {
    const std::uint64_t key = pending_[i].key;
    Range range{static_cast<std::uint32_t>(positions_.size()), 0};
    for (; i < pending_.size() && pending_[i].key == key; ++i, ++range.count) {
      positions_.push_back(pending_[i].position);
    }
    std::size_t at = mix(key) & (size - 1);
    while (slots_[at].key != 0) at = (at + 1) & (size - 1);
    slots_[at] = {key, range};
  }
  pending_.clear();
  pending_.shrink_to_fit();
}

GroupIndex::Range GroupIndex::find(std::uint32_t group, std::uint32_t pattern) const noexcept {
  if (slots_.empty()) return {};
  const std::uint64_t key = slot_key(group, pattern);
  std::size_t at = mix(key) & (slots_.size() - 1);
  while (slots_[at].key != 0) {
    if (slots_[at].key == key) return slots_[at].range;
    at = (at + 1) & (slots_.size() - 1);
  }
  return {};
}

std::size_t GroupIndex::memory_bytes() const noexcept {
  return slots_.capacity() * sizeof(Slot) + positions_.capacity() * sizeof(std::uint32_t);
}

}  // namespace policysim::program
