#include "world/import.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "text/reader.hpp"
#include "world/assemble.hpp"
#include "world/interpolation_text.hpp"
#include "world/members.hpp"
#include "world/unwrap.hpp"

namespace policysim::world {
namespace {

using text::Member;
using text::Node;
using text::NodeKind;

Node map_node(const SourceSpan& span) {
  Node node;
  node.kind = NodeKind::kMap;
  node.span = span;
  return node;
}

Node list_node(const SourceSpan& span) {
  Node node = map_node(span);
  node.kind = NodeKind::kList;
  return node;
}

Node text_node(std::string text, const SourceSpan& span) {
  Node node = string_node(text);
  node.span = span;
  return node;
}

// Where one kind of entity stands in the output, and what its members are called.
struct Kind {
  const char* list;
  const char* name;
  const char* id;  // null: none
  const char* inline_list;
  const char* prefix;  // of principals and of inline policies
};
constexpr Kind kUser = {"UserDetailList", "UserName", "UserId", "UserPolicyList", "user/"};
constexpr Kind kGroup = {"GroupDetailList", "GroupName", nullptr, "GroupPolicyList", "group/"};
constexpr Kind kRole = {"RoleDetailList", "RoleName", "RoleId", "RolePolicyList", "role/"};

class Importer {
 public:
  Importer(const Node& root, std::string prefix, const text::SourceMap& sources, Node& world,
           Findings& findings)
      : root_(root),
        prefix_(std::move(prefix)),
        sources_(sources),
        world_(world),
        findings_(findings) {}

  void run();

 private:
  const std::vector<Node>& list(const Node& holder, const char* member);
  // A text that AWS always prints; null after a finding.
  const Node* text(const Node& holder, const char* member);
  Node& section(const char* name);
  void add(const char* section, std::string name, const SourceSpan& span, Node entry);

  void add_policy(std::string name, const Node& named, const Node* arn, const Node& document);
  void add_managed(const Node& policy);
  void add_principal(const Node& entity, const Kind& kind);
  void add_group(const Node& entity);
  std::string managed(const Node& arn);
  std::string free_name(const std::string& name, const std::string& arn) const;
  void unknown(const std::string& name, const SourceSpan& span, const std::string& arn);
  Node policies_of(const Node& entity, const Kind& kind, const std::string& own);
  Node groups_of(const Node& entity);
  Node tags_of(const Node& entity);
  void add_boundary(const Node& entity, Node& entry);

  const Node& root_;
  const std::string prefix_;
  const text::SourceMap& sources_;
  Node& world_;
  Findings& findings_;
  std::unordered_map<std::string, std::string> managed_;  // ARN -> name in the world
  std::set<std::string> groups_, policies_;
};

const std::vector<Node>& Importer::list(const Node& holder, const char* member) {
  static const std::vector<Node> kNone;
  const Node* node = holder.find(member);
  if (node == nullptr || node->is_null()) return kNone;
  return expect_kind(*node, NodeKind::kList, in_ticks(member), findings_) ? node->items : kNone;
}

const Node* Importer::text(const Node& holder, const char* member) {
  const Node* node = holder.find(member);
  if (node != nullptr && node->is_scalar() && !node->text.empty()) return node;
  findings_.error("PS2125", node != nullptr ? node->span : holder.span,
                  "an entry of the imported file lacks `" + std::string(member) + "`");
  return nullptr;
}

Node& Importer::section(const char* name) {
  for (Member& member : world_.members) {
    if (member.key == name) return member.value;
  }
  world_.members.push_back({name, root_.span, map_node(root_.span)});
  return world_.members.back().value;
}

void Importer::add(const char* name, std::string entry_name, const SourceSpan& span, Node entry) {
  section(name).members.push_back({std::move(entry_name), span, std::move(entry)});
}

void Importer::unknown(const std::string& name, const SourceSpan& span, const std::string& arn) {
  if (!policies_.insert(name).second) return;
  Node entry;
  entry.span = span;
  entry.text = arn;
  add("policies", name, span, std::move(entry));
}

void Importer::add_policy(std::string name, const Node& named, const Node* arn,
                          const Node& document) {
  policies_.insert(name);
  auto read = read_document(document, sources_);
  if (!read) {
    findings_.add(std::move(read.error().diagnostics));
    return;
  }
  Node entry = map_node(document.span);
  entry.members.push_back({"document", document.span, *std::move(read)});
  if (arn != nullptr) entry.members.push_back({"arn", arn->span, *arn});
  add("policies", std::move(name), named.span, std::move(entry));
}

void Importer::add_managed(const Node& policy) {
  const Node* const name = text(policy, "PolicyName");
  const Node* const arn = text(policy, "Arn");
  if (name == nullptr || arn == nullptr) return;
  for (const Node& version : list(policy, "PolicyVersionList")) {
    const Node* const is_default = version.find("IsDefaultVersion");
    const Node* const document = version.find("Document");
    if (is_default == nullptr || is_default->text != "true" || document == nullptr) continue;
    const std::string full = managed_[arn->text] = free_name(name->text, arn->text);
    add_policy(full, *name, arn, *document);
    return;
  }
}

// An account's policy may be called as one of AWS's.
std::string Importer::free_name(const std::string& name, const std::string& arn) const {
  if (policies_.count(prefix_ + name) == 0) return prefix_ + name;
  const bool aws = arn.find(":iam::aws:") != std::string::npos;
  return prefix_ + (aws ? "aws/" : "customer/") + name;
}

// The name of an attached policy; one that the file does not hold is unknown.
std::string Importer::managed(const Node& arn) {
  const auto found = managed_.find(arn.text);
  if (found != managed_.end()) return found->second;
  const std::string name = free_name(arn.text.substr(arn.text.rfind('/') + 1), arn.text);
  unknown(name, arn.span, arn.text);
  return managed_[arn.text] = name;
}

// Inline policies first, then managed ones, each in the order of the file.
Node Importer::policies_of(const Node& entity, const Kind& kind, const std::string& own) {
  Node out = list_node(entity.span);
  for (const Node& policy : list(entity, kind.inline_list)) {
    const Node* const name = text(policy, "PolicyName");
    const Node* const document = policy.find("PolicyDocument");
    if (name == nullptr || document == nullptr) continue;
    const std::string full = prefix_ + kind.prefix + own + "/" + name->text;
    add_policy(full, *name, nullptr, *document);
    out.items.push_back(text_node(full, name->span));
  }
  for (const Node& policy : list(entity, "AttachedManagedPolicies")) {
    const Node* const arn = text(policy, "PolicyArn");
    if (arn != nullptr) out.items.push_back(text_node(managed(*arn), arn->span));
  }
  return out;
}

Node Importer::groups_of(const Node& entity) {
  Node out = list_node(entity.span);
  for (const Node& group : list(entity, "GroupList")) {
    if (!read_text(group, "a name of a group", findings_)) continue;
    const std::string name = prefix_ + group.text;
    if (groups_.insert(name).second) {  // a filtered output: what it allows is not known
      const std::string policy = prefix_ + kGroup.prefix + group.text;
      unknown(policy, group.span, policy);
      Node entry = map_node(group.span);
      entry.members.push_back({"policies", group.span, list_node(group.span)});
      entry.members.back().value.items.push_back(text_node(policy, group.span));
      add("groups", name, group.span, std::move(entry));
    }
    out.items.push_back(text_node(name, group.span));
  }
  return out;
}

// The output holds all tags: none is a fact.
Node Importer::tags_of(const Node& entity) {
  Node out = map_node(entity.span);
  for (const Node& tag : list(entity, "Tags")) {
    const Node* const key = text(tag, "Key");
    const Node* const value = tag.find("Value");
    if (key == nullptr) continue;
    Node text = value != nullptr ? *value : text_node("", key->span);
    out.members.push_back({key->text, key->span, std::move(text)});
  }
  return out;
}

void Importer::add_boundary(const Node& entity, Node& entry) {
  const Node* const boundary = entity.find("PermissionsBoundary");
  if (boundary == nullptr || !boundary->is_map() || boundary->members.empty()) return;
  const Node* const arn = text(*boundary, "PermissionsBoundaryArn");
  if (arn == nullptr) return;
  entry.members.push_back({"boundary", arn->span, text_node(managed(*arn), arn->span)});
}

void Importer::add_principal(const Node& entity, const Kind& kind) {
  const Node* const name = text(entity, kind.name);
  const Node* const arn = text(entity, "Arn");
  if (name == nullptr || arn == nullptr) return;
  Node entry = map_node(entity.span);
  const auto put = [&](const char* member, Node value) {
    const SourceSpan span = value.span;
    entry.members.push_back({member, span, std::move(value)});
  };
  put("arn", *arn);
  if (const Node* id = entity.find(kind.id); id != nullptr && id->is_scalar()) {
    put("unique_id", *id);
  }
  put("tags", tags_of(entity));
  put("policies", policies_of(entity, kind, name->text));
  if (kind.list == kUser.list) put("groups", groups_of(entity));
  add_boundary(entity, entry);
  if (const Node* trust = entity.find("AssumeRolePolicyDocument")) {
    const std::string policy = prefix_ + kind.prefix + name->text;
    add_policy(policy, *name, nullptr, *trust);
    put("trust", text_node(policy, trust->span));
  }
  add("principals", prefix_ + kind.prefix + name->text, name->span, std::move(entry));
}

void Importer::add_group(const Node& entity) {
  const Node* const name = text(entity, kGroup.name);
  if (name == nullptr) return;
  Node entry = map_node(entity.span);
  entry.members.push_back({"policies", entity.span, policies_of(entity, kGroup, name->text)});
  groups_.insert(prefix_ + name->text);
  add("groups", prefix_ + name->text, name->span, std::move(entry));
}

void Importer::run() {
  for (const Node& policy : list(root_, "Policies")) add_managed(policy);
  for (const Node& group : list(root_, kGroup.list)) add_group(group);
  for (const Node& user : list(root_, kUser.list)) add_principal(user, kUser);
  for (const Node& role : list(root_, kRole.list)) add_principal(role, kRole);
}

// Is it the whole output of the command?
bool check_output(const Node& root, Findings& findings) {
  constexpr std::array<const char*, 4> kLists = {kUser.list, kGroup.list, kRole.list, "Policies"};
  if (std::none_of(kLists.begin(), kLists.end(),
                   [&](const char* name) { return root.find(name) != nullptr; })) {
    findings.error("PS2125", root.span,
                   "this is no output of `aws iam get-account-authorization-details`");
    return false;
  }
  const Node* const truncated = root.find("IsTruncated");
  if (truncated == nullptr || truncated->text != "true") return true;
  findings.error("PS2125", truncated->span, "the output is one page of several",
                 "let the command fetch all pages, without `--no-paginate` and `--max-items`");
  return false;
}

std::optional<Node> read_output(const Node& path, const std::string& holder, FileSource& files,
                                text::SourceMap& sources, Findings& findings) {
  const std::string place = resolve_path(holder, path.text);
  auto content = files.read(place);
  if (!content) {
    findings.error(content.error().code, path.span, content.error().message);
    return std::nullopt;
  }
  auto root = text::read(sources, sources.add(place, *std::move(content)), text::Syntax::kJson);
  if (!root) {
    findings.add(std::move(root.error().diagnostics));
    return std::nullopt;
  }
  if (!check_output(*root, findings)) return std::nullopt;
  return *std::move(root);
}

}  // namespace

Node read_import(const Node& item, const std::string& holder, FileSource& files,
                 text::SourceMap& sources, Findings& findings) {
  Node world = map_node(item.span);
  const Node* path = &item;
  std::string prefix;
  if (item.is_map()) {
    Members members(item, "import", findings);
    members.require("path");
    path = members.any("path");
    prefix = members.text("prefix").value_or("");
    members.finish();
  }
  if (path == nullptr || !read_text(*path, "a path", findings)) return world;
  const auto root = read_output(*path, holder, files, sources, findings);
  if (root) Importer(*root, prefix, sources, world, findings).run();
  return world;
}

bool is_unknown_policy(const Node& entry) noexcept {
  return entry.is_null() && !entry.text.empty();
}

void resolve_unknown_policies(Node& world) {
  const auto section = std::find_if(world.members.begin(), world.members.end(),
                                    [](const Member& member) { return member.key == "policies"; });
  if (section == world.members.end()) return;
  std::unordered_map<std::string, const Node*> known;  // by name and ARN
  for (const Member& policy : section->value.members) {
    if (is_unknown_policy(policy.value)) continue;
    constexpr const char* kAws = "arn:aws:iam::aws:policy/";
    known.emplace(kAws + policy.key, &policy.value);
    const Node* arn = policy.value.find("arn");
    if (arn != nullptr && arn->is_scalar()) known[arn->text] = &policy.value;
  }
  for (Member& policy : section->value.members) {
    if (!is_unknown_policy(policy.value)) continue;
    const auto found = known.find(policy.value.text);
    if (found != known.end()) policy.value = Node(*found->second);
  }
}

}  // namespace policysim::world
