#include "world/assemble.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "text/reader.hpp"
#include "world/import.hpp"
#include "world/members.hpp"

namespace policysim::world {
namespace {

using text::Node;
using text::NodeKind;

Node empty_map() {
  Node node;
  node.kind = NodeKind::kMap;
  return node;
}

bool overrides(const Node& entry) noexcept {
  const Node* flag = entry.find("override");
  return flag != nullptr && flag->is_scalar() && flag->text == "true";
}

void twice(const text::Member& member, const SourceSpan& first, std::string_view what,
           Findings& findings) {
  Diagnostic finding{"PS2103",
                     std::string(what) + " " + in_ticks(member.key) + " is already defined",
                     "say `override: true` in the entry that is meant to win",
                     Severity::kError,
                     member.key_span,
                     {first}};
  findings.add({std::move(finding)});
}

// Entries of `own` join those of `base`; one that stands there already must say that it overrides.
void merge_entries(Node& base, Node&& own, std::string_view what, Findings& findings) {
  std::unordered_map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < base.members.size(); ++i) place.emplace(base.members[i].key, i);
  for (text::Member& member : own.members) {
    const auto found = place.find(member.key);
    if (found == place.end()) {
      base.members.push_back(std::move(member));
    } else if (overrides(member.value) || is_unknown_policy(base.members[found->second].value)) {
      base.members[found->second] = std::move(member);
    } else {
      twice(member, base.members[found->second].key_span, what, findings);
    }
  }
}

void merge_organizations(Node& base, Node&& own) {
  for (Node& organization : own.items) {
    const Node* id = organization.find("id");
    const auto same = std::find_if(base.items.begin(), base.items.end(), [&](const Node& other) {
      const Node* other_id = other.find("id");
      return id != nullptr && other_id != nullptr && id->text == other_id->text;
    });
    if (same != base.items.end() && overrides(organization)) {
      *same = std::move(organization);
    } else {
      base.items.push_back(std::move(organization));  // a second one of the name is found later
    }
  }
}

void merge_defaults(Node& base, Node&& own, Findings& findings) {
  Node* options = nullptr;
  for (text::Member& member : base.members) {
    if (member.key == "options" && member.value.is_map()) options = &member.value;
  }
  const auto at = std::find_if(own.members.begin(), own.members.end(), [](const text::Member& m) {
    return m.key == "options" && m.value.is_map();
  });
  if (options != nullptr && at != own.members.end()) {
    merge_entries(*options, std::move(at->value), "option", findings);
    own.members.erase(at);
  }
  merge_entries(base, std::move(own), "default", findings);
}

// `own` is the world of the file that includes the files of `base`, or of a later one.
void merge_world(Node& base, Node&& own, Findings& findings) {
  for (text::Member& section : own.members) {
    const auto same =
        std::find_if(base.members.begin(), base.members.end(),
                     [&](const text::Member& member) { return member.key == section.key; });
    if (same == base.members.end()) {
      base.members.push_back(std::move(section));
    } else if (section.key == "organization") {
      if (overrides(section.value)) {
        *same = std::move(section);
      } else {
        twice(section, same->key_span, "section", findings);
      }
    } else if (section.key == "defaults" && same->value.is_map()) {
      merge_defaults(same->value, std::move(section.value), findings);
    } else if (section.key == "organizations") {
      merge_organizations(same->value, std::move(section.value));
    } else if (same->value.is_list() && section.value.is_list()) {
      for (Node& item : section.value.items) same->value.items.push_back(std::move(item));
    } else {
      if (section.value.kind != NodeKind::kMap) {  // reported when the world is read
        *same = std::move(section);
        continue;
      }
      merge_entries(same->value, std::move(section.value), "entry", findings);
    }
  }
}

class Assembler {
 public:
  Assembler(FileSource& files, text::SourceMap& sources, Findings& findings)
      : files_(files), sources_(sources), findings_(findings) {}

  // Adds the file's includes, then the file itself, to `out`. `place` is where it is included.
  void add_file(const std::string& path, std::string* content, const SourceSpan* place,
                Assembled& out);

 private:
  bool read(const std::string& path, std::string* content, const SourceSpan* place, Node& root);
  bool check_header(const Node& root, bool included);
  void add_includes(const Node& root, const std::string& path, Assembled& out);
  void add_vars(const Node& root, std::size_t before, Assembled& out);
  void add_imports(const std::string& path, Node& world, Assembled& out);

  FileSource& files_;
  text::SourceMap& sources_;
  Findings& findings_;
  std::vector<std::string> open_;  // identities, outermost first
  std::set<std::string> done_;
};

bool Assembler::read(const std::string& path, std::string* content, const SourceSpan* place,
                     Node& root) {
  std::string text;
  if (content != nullptr) {
    text = std::move(*content);
  } else {
    auto file = files_.read(path);
    if (!file) {
      const SourceSpan span = place != nullptr ? *place : SourceSpan{sources_.add(path, {}), 0, 0};
      findings_.error(file.error().code, span, file.error().message);
      return false;
    }
    text = *std::move(file);
  }
  const std::uint32_t source = sources_.add(path, std::move(text));
  auto tree = text::read(sources_, source);
  if (!tree) {
    findings_.add(std::move(tree.error().diagnostics));
    return false;
  }
  std::vector<Diagnostic> duplicates;
  text::find_duplicate_keys(*tree, duplicates);
  findings_.add(std::move(duplicates));
  root = *std::move(tree);
  return true;
}

bool Assembler::check_header(const Node& root, bool included) {
  if (!expect_kind(root, NodeKind::kMap, "a fixture", findings_)) return false;
  const Node* version = root.find("policysim");
  if (version == nullptr || !version->is_scalar() || version->text != "1") {
    findings_.error("PS2001", version != nullptr ? version->span : root.span,
                    version == nullptr ? "a fixture needs `policysim: 1`"
                                       : "the fixture format has no such version",
                    "put `policysim: 1` on top");
    return false;
  }
  constexpr std::array<std::string_view, 8> kKnown = {"policysim", "vars",  "world",    "include",
                                                      "name",      "cases", "matrices", "coverage"};
  for (const text::Member& member : root.members) {
    const auto known = std::find(kKnown.begin(), kKnown.end(), member.key);
    if (known == kKnown.end()) {
      findings_.error("PS2002", member.key_span,
                      "unknown member " + in_ticks(member.key) + " of a fixture",
                      did_you_mean(member.key, std::span<const std::string_view>(kKnown)));
    } else if (included && known - kKnown.begin() > 3) {
      findings_.error("PS2008", member.key_span,
                      "an included file must not have " + in_ticks(member.key),
                      "it may have `vars`, `world` and `include` only");
    }
  }
  return true;
}

void Assembler::add_includes(const Node& root, const std::string& path, Assembled& out) {
  const Node* includes = root.find("include");
  if (includes == nullptr || !expect_kind(*includes, NodeKind::kList, "`include`", findings_)) {
    return;
  }
  for (const Node& item : includes->items) {
    if (const auto relative = read_text(item, "an included path", findings_)) {
      add_file(resolve_path(path, *relative), nullptr, &item.span, out);
    }
  }
}

// Variables of the including file win over those of its includes, which came after `before`.
void Assembler::add_vars(const Node& root, std::size_t before, Assembled& out) {
  const Node* vars = root.find("vars");
  if (vars == nullptr || !expect_kind(*vars, NodeKind::kMap, "`vars`", findings_)) return;
  for (const text::Member& member : vars->members) {
    if (!is_entry_name(member.key)) {
      findings_.error("PS2006", member.key_span,
                      in_ticks(member.key) + " is no name of a variable");
    }
    if (member.value.is_null()) expect_kind(member.value, NodeKind::kMap, "a variable", findings_);
    const auto same = std::find_if(out.vars.members.begin(), out.vars.members.end(),
                                   [&](const text::Member& m) { return m.key == member.key; });
    if (same == out.vars.members.end()) {
      out.vars.members.push_back(member);
    } else if (static_cast<std::size_t>(same - out.vars.members.begin()) >= before) {
      *same = member;
    } else {
      twice(member, same->key_span, "variable", findings_);
    }
  }
}

// What a file imports comes before its own entries, which may override it.
void Assembler::add_imports(const std::string& path, Node& world, Assembled& out) {
  const auto import = std::find_if(world.members.begin(), world.members.end(),
                                   [](const text::Member& m) { return m.key == "import"; });
  if (import == world.members.end()) return;
  if (expect_kind(import->value, NodeKind::kList, "`import`", findings_)) {
    for (const Node& item : import->value.items) {
      Node imported = read_import(item, path, files_, sources_, findings_);
      std::vector<Diagnostic> duplicates;
      text::find_duplicate_keys(imported, duplicates);
      findings_.add(std::move(duplicates));
      merge_world(out.world, std::move(imported), findings_);
    }
  }
  world.members.erase(import);
}

void Assembler::add_file(const std::string& path, std::string* content, const SourceSpan* place,
                         Assembled& out) {
  constexpr std::size_t kDeepest = 50;
  const std::string name = files_.identity(path);
  if (std::find(open_.begin(), open_.end(), name) != open_.end() || open_.size() >= kDeepest) {
    findings_.error("PS2007", *place, in_ticks(path) + " includes itself");
    return;
  }
  if (!done_.insert(name).second) return;  // reached on two ways: its entries are there already
  Node root;
  if (!read(path, content, place, root) || !check_header(root, place != nullptr)) return;
  open_.push_back(name);
  const std::size_t before = out.vars.members.size();
  add_includes(root, path, out);
  open_.pop_back();
  add_vars(root, before, out);
  const auto world = std::find_if(root.members.begin(), root.members.end(),
                                  [](const text::Member& m) { return m.key == "world"; });
  if (world != root.members.end() &&
      expect_kind(world->value, NodeKind::kMap, "`world`", findings_)) {
    Node own = std::move(world->value);  // large: never copied
    if (out.world.members.empty()) out.world.span = own.span;
    add_imports(path, own, out);
    merge_world(out.world, std::move(own), findings_);
  }
  if (place != nullptr) return;
  resolve_unknown_policies(out.world);
  out.root = std::move(root);
}

}  // namespace

std::string resolve_path(std::string_view holder, const std::string& path) {
  const std::filesystem::path relative(path);
  if (relative.is_absolute()) return path;
  const std::filesystem::path folder = std::filesystem::path(holder).parent_path();
  return (folder / relative).lexically_normal().generic_string();
}

Assembled assemble(const std::string& path, std::string* content, FileSource& files,
                   text::SourceMap& sources, Findings& findings) {
  Assembled out{empty_map(), empty_map(), empty_map()};
  Assembler(files, sources, findings).add_file(path, content, nullptr, out);
  return out;
}

}  // namespace policysim::world
