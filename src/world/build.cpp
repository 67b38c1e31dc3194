#include "world/build.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "catalog/semantics_options.hpp"
#include "world/assemble.hpp"
#include "world/import.hpp"
#include "world/interpolate.hpp"
#include "world/members.hpp"
#include "world/parts.hpp"
#include "world/unwrap.hpp"

namespace policysim::world {
namespace {

using text::Node;

// The path of a policy that is given by path, as a node; else null.
const Node* path_of(const Node& entry) noexcept {
  if (entry.kind == text::NodeKind::kString) return &entry;
  if (is_inline_policy(entry)) return nullptr;
  const Node* path = entry.find("path");
  return path != nullptr && path->is_scalar() ? path : nullptr;
}

std::string resolved(const Node& path, const text::SourceMap& sources) {
  return resolve_path(sources[path.span.source].name(), path.text);
}

void read_options(const Node& section, Data& data, Findings& findings) {
  for (const text::Member& member : section.members) {
    const auto reading = read_text(member.value, in_ticks(member.key), findings);
    const auto option = catalog::find_option(member.key);
    if (!option) {
      std::vector<std::string_view> names;
      for (const catalog::OptionRow& row : catalog::semantics_options()) names.push_back(row.name);
      findings.error("PS2006", member.key_span,
                     "there is no semantics option " + in_ticks(member.key),
                     did_you_mean(member.key, std::span<const std::string_view>(names)));
    } else if (reading && !catalog::find_reading(*option, *reading)) {
      findings.error("PS2006", member.value.span,
                     in_ticks(member.key) + " has no reading " + in_ticks(*reading));
    } else if (reading) {
      data.defaults.options.emplace_back(member.key, *reading);
    }
  }
}

void read_defaults(const Node& section, Data& data, Findings& findings) {
  constexpr std::array<std::string_view, 2> kMissing = {"absent", "unknown"};
  Members members(section, "section of defaults", findings);
  Defaults& out = data.defaults;
  if (auto partition = members.text("partition")) out.partition = *std::move(partition);
  if (auto region = members.text("region")) out.region = *std::move(region);
  out.time = members.date("time");
  if (const auto missing = members.word("missing", kMissing)) out.missing_unknown = *missing == 1;
  out.certain = members.flag("certain");
  if (const Node* options = members.map("options")) read_options(*options, data, findings);
  members.finish();
}

Policy policy_of(const text::Member& entry, const PolicyFiles& files,
                 const text::SourceMap& sources, Findings& findings) {
  Policy out;
  out.name = entry.key;
  if (is_unknown_policy(entry.value)) {
    out.unknown = true;
    out.arn = entry.value.text;
    return out;
  }
  const Node* path = path_of(entry.value);
  if (entry.value.is_map() && is_inline_policy(entry.value)) {
    out.document = std::make_shared<const Node>(entry.value);
    return out;
  }
  if (entry.value.is_map()) {
    Members members(entry.value, "policy", findings);
    if (members.has("path") == members.has("document")) {
      findings.error("PS2005", entry.value.span,
                     "a policy needs exactly one of `path` and `document`");
    }
    members.text("path");
    if (const Node* document = members.map("document")) {
      out.document = std::make_shared<const Node>(*document);
    }
    out.arn = members.text("arn").value_or("");
    members.flag("override");
    members.finish();
  } else if (path == nullptr) {
    expect_kind(entry.value, text::NodeKind::kString, "a policy", findings);
  }
  if (path == nullptr) return out;
  const auto file = files.find(resolved(*path, sources));
  if (file == files.end()) {
    out.failure = Error{"PS0001", in_ticks(path->text) + " was not read", {}};
    return out;
  }
  out.document = file->second.document;
  out.failure = file->second.failure;
  if (out.failure && out.failure->diagnostics.empty()) {  // no text: show who asked for it
    out.failure->diagnostics.push_back(
        {out.failure->code, out.failure->message, {}, Severity::kError, path->span, {}});
  }
  return out;
}

// A name that interpolation and requests could take for two things.
void check_ambiguous(const Data& data, Findings& findings) {
  std::unordered_map<std::string_view, std::string_view> kinds;
  const auto claim = [&](const std::string& name, std::string_view kind, const SourceSpan& span) {
    if (name.empty()) return;
    const auto [at, fresh] = kinds.emplace(name, kind);
    if (fresh) return;
    findings.error("PS2104", span,
                   "a " + std::string(at->second) + " and a " + std::string(kind) +
                       " are both called " + in_ticks(name),
                   "names of principals, resources, endpoints and accounts must differ");
  };
  for (const Principal& entry : data.principals) claim(entry.name, "principal", entry.span);
  for (const Resource& entry : data.resources) claim(entry.name, "resource", entry.span);
  for (const VpcEndpoint& entry : data.endpoints) claim(entry.name, "VPC endpoint", entry.span);
  for (const Account& entry : data.accounts) claim(entry.name, "account", entry.span);
}

}  // namespace

void read_policy_files(const Node& world, FileSource& from, text::SourceMap& sources,
                       PolicyFiles& files) {
  const Node* policies = world.find("policies");
  if (policies == nullptr) return;
  for (const text::Member& entry : policies->members) {
    const Node* path = path_of(entry.value);
    if (path == nullptr) continue;
    const std::string place = resolved(*path, sources);
    const auto [at, fresh] = files.try_emplace(place);
    if (!fresh) continue;
    auto document = read_policy_file(sources, place, from);
    if (document) {
      at->second.document = std::make_shared<const Node>(*std::move(document));
    } else {
      at->second.failure = std::move(document).error();
    }
  }
}

void read_policies(const Node& section, const PolicyFiles& files, Data& data, Known& known,
                   Findings& findings) {
  for (const text::Member& entry : section.members) {
    check_entry_name(entry, "policy", findings);
    if (entry.key == kFullAwsAccess || entry.key == kRcpFullAwsAccess) {
      findings.error("PS2006", entry.key_span, in_ticks(entry.key) + " is a built-in policy");
    }
    data.policies.push_back(policy_of(entry, files, *data.sources, findings));
  }
  for (const Policy& policy : data.policies) known.policies.emplace(policy.name, &policy);
}

void read_groups(const Node& section, Data& data, Known& known, Findings& findings) {
  for (const text::Member& entry : section.members) {
    check_entry_name(entry, "group", findings);
    Members members(entry.value, "group", findings);
    if (!members.ok()) continue;
    Group out;
    out.name = entry.key;
    out.policies =
        policy_names(members, "policies", known, findings, {}, Unknown::kFits).value_or(Names{});
    out.unknown_policy = any_unknown(out.policies, known);
    members.flag("override");
    members.finish();
    known.groups.emplace(out.name, out.unknown_policy);
    data.groups.push_back(std::move(out));
  }
}

Data build_world(const Node& world, const PolicyFiles& files,
                 std::shared_ptr<const text::SourceMap> sources, Findings& findings) {
  Data data;
  Known known;
  data.sources = std::move(sources);
  Members members(world, "world", findings);
  if (const Node* defaults = members.map("defaults")) read_defaults(*defaults, data, findings);
  if (const Node* policies = members.map("policies")) {
    read_policies(*policies, files, data, known, findings);
  }
  if (const Node* groups = members.map("groups")) read_groups(*groups, data, known, findings);
  if (const Node* organization = members.map("organization")) {
    read_organization(*organization, data, known, findings);
  }
  if (const Node* further = members.list("organizations")) {
    for (const Node& item : further->items) read_organization(item, data, known, findings);
  }
  if (const Node* accounts = members.map("accounts"))
    read_accounts(*accounts, data, known, findings);
  if (const Node* principals = members.map("principals")) {
    read_principals(*principals, data, known, findings);
    for (const Principal& entry : data.principals) known.principals.emplace(entry.name, &entry);
  }
  if (const Node* resources = members.map("resources")) {
    read_resources(*resources, data, known, findings);
  }
  if (const Node* endpoints = members.map("vpc_endpoints")) {
    read_endpoints(*endpoints, data, known, findings);
  }
  members.finish();
  check_ambiguous(data, findings);
  data.index();
  return data;
}

}  // namespace policysim::world
