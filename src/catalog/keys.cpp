#include "catalog/keys.hpp"

#include <algorithm>
#include <vector>

#include "base/ascii.hpp"
#include "base/edit_distance.hpp"
#include "catalog/tables.hpp"

namespace policysim::catalog {
namespace {

KeyType type_of(char code) noexcept {
  switch (code) {
    case 'S':
      return KeyType::kString;
    case 'B':
      return KeyType::kBool;
    case 'N':
      return KeyType::kNumeric;
    case 'D':
      return KeyType::kDate;
    case 'A':
      return KeyType::kArn;
    case 'I':
      return KeyType::kIpAddress;
    case 'Y':
      return KeyType::kBinary;
    default:
      return KeyType::kUnknown;
  }
}

// `type` as a line of keys has it: "S", "S+", "S*", "S+*".
KeyInfo info_of(std::string_view type) noexcept {
  KeyInfo out;
  out.known = true;
  out.type = type_of(type.front());
  out.multivalued = type.find('+') != std::string_view::npos;
  out.anywhere = type.back() == '*';
  return out;
}

// Is `key` of the form `name`, which may have a variable part? That part is not empty.
bool fits(std::string_view name, std::string_view key) noexcept {
  std::size_t same = 0;
  while (same < name.size() && same < key.size() &&
         base::lower(name[same]) == base::lower(key[same])) {
    ++same;
  }
  if (same == name.size()) return same == key.size();
  const std::size_t variable = name.rfind("${", same);  // most names differ before any
  if (variable == std::string_view::npos) return false;
  const std::string_view suffix = name.substr(name.find('}', variable) + 1);
  return key.size() > variable + suffix.size() &&
         base::equals_ignore_case(key.substr(key.size() - suffix.size()), suffix);
}

// The names in `table` that begin like `prefix`, up to their variable part.
void add_names(std::string_view table, std::string_view prefix,
               std::vector<std::string_view>& out) {
  while (!table.empty()) {
    std::string_view line = take_line(table);
    const std::string_view name = take_word(line);
    if (base::starts_with_ignore_case(name, prefix)) {
      out.push_back(name.substr(0, std::min(name.find("${"), name.size())));
    }
  }
}

}  // namespace

KeyInfo find_key(std::string_view key) noexcept {
  std::string_view line = find_line(generated::keys(), key);
  if (!line.empty()) {
    take_word(line);
    return info_of(line);
  }
  for (std::string_view lines = generated::key_templates(); !lines.empty();) {
    std::string_view row = take_line(lines);
    if (fits(take_word(row), key)) return info_of(row);
  }
  return {};
}

std::string suggest_key(std::string_view key) {
  const std::size_t colon = key.find(':');
  if (colon == std::string_view::npos) return {};
  const std::string_view prefix = key.substr(0, colon + 1);
  // What stands behind `/` is the writer's own: "aws:RequestTags/Team".
  const std::size_t slash = std::min(key.find('/'), key.size() - 1) + 1;
  std::vector<std::string_view> names;
  if (slash < key.size()) {
    add_names(generated::key_templates(), prefix, names);
    const std::string name = base::nearest(key.substr(0, slash), names);
    if (!name.empty()) return name + std::string(key.substr(slash));
  }
  names.clear();
  add_names(generated::keys(), prefix, names);
  return base::nearest(key, names);
}

bool has_key(std::string_view keys, std::string_view key) noexcept {
  while (!keys.empty()) {
    if (fits(take_word(keys), key)) return true;
  }
  return false;
}

}  // namespace policysim::catalog
