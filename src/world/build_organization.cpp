// `organization`, `organizations` and `accounts`.
#include <algorithm>
#include <set>

#include "world/parts.hpp"

namespace policysim::world {
namespace {

using text::Node;

struct Tree {
  Organization& organization;
  std::uint32_t index = 0;
  Known& known;
  Findings& findings;
  std::set<std::string> ids;  // of nodes
};

void place_account(const std::string& id, const SourceSpan& span, OrgNode& node, Tree& tree) {
  const auto [at, fresh] = tree.known.accounts.emplace(id, Place{tree.index, span});
  if (fresh) {
    node.accounts.push_back(id);
    return;
  }
  tree.findings.add({{"PS2105",
                      "account " + in_ticks(id) + " stands in two places",
                      "an account stands in one node of one organization",
                      Severity::kError,
                      span,
                      {at->second.span}}});
}

// As deep as the file nests OUs.
void read_node(const Node& node, std::uint32_t parent, Tree& tree) {
  Members members(node, parent == OrgNode::kNoParent ? "root" : "organizational unit",
                  tree.findings);
  if (!members.ok()) return;
  OrgNode out;
  members.require("id");
  out.id = members.text("id").value_or("");
  out.name = members.text("name").value_or("");
  out.parent = parent;
  out.path = (parent == OrgNode::kNoParent ? tree.organization.id + "/"
                                           : tree.organization.nodes[parent].path) +
             out.id + "/";
  out.scps = scp_names(members, tree.known, tree.organization.full_aws_access, tree.findings);
  out.rcps = policy_names(members, "rcps", tree.known, tree.findings, kBuiltInRcps);
  if (!tree.ids.insert(out.id).second) {
    tree.findings.error("PS2118", members.span_of("id"),
                        "two nodes of the organization have the id " + in_ticks(out.id));
  }
  if (const Node* accounts = members.list("accounts")) {
    for (const Node& item : accounts->items) {
      if (const auto id = account_id(item, tree.findings)) place_account(*id, item.span, out, tree);
    }
  }
  const auto index = static_cast<std::uint32_t>(tree.organization.nodes.size());
  tree.organization.nodes.push_back(std::move(out));
  if (const Node* ous = members.list("ous")) {
    for (const Node& child : ous->items) read_node(child, index, tree);
  }
  members.finish();
}

void read_policy_types(Members& members, Organization& out, Findings& findings) {
  const auto types = members.texts("policy_types");
  if (!types) return;
  out.scp_enabled = out.rcp_enabled = false;
  for (const std::string& type : *types) {
    if (type == "scp") {
      out.scp_enabled = true;
    } else if (type == "rcp") {
      out.rcp_enabled = true;
    } else {
      findings.error("PS2006", members.span_of("policy_types"),
                     in_ticks(type) + " is no policy type of an organization",
                     "it is `scp` or `rcp`");
    }
  }
}

}  // namespace

void read_organization(const Node& node, Data& data, Known& known, Findings& findings) {
  Members members(node, "organization", findings);
  if (!members.ok()) return;
  Organization out;
  for (const char* member : {"id", "management_account", "root"}) members.require(member);
  out.id = members.text("id").value_or("");
  if (members.has("id") && out.id.rfind("o-", 0) != 0) {
    findings.error("PS2006", members.span_of("id"), in_ticks(out.id) + " is no organization id",
                   "organization ids begin with `o-`");
  }
  for (const Organization& other : data.organizations) {
    if (other.id == out.id) {
      findings.error("PS2117", members.span_of("id"),
                     "there are two organizations " + in_ticks(out.id));
    }
  }
  const Node* management = members.any("management_account");
  if (management != nullptr) {
    out.management_account = account_id(*management, findings).value_or("");
  }
  read_policy_types(members, out, findings);
  out.full_aws_access = members.flag("full_aws_access").value_or(false);
  out.block_public_access = read_block_public_access(members, "s3_block_public_access", findings);
  members.flag("override");
  Tree tree{out, static_cast<std::uint32_t>(data.organizations.size()), known, findings, {}};
  if (const Node* root = members.map("root")) read_node(*root, OrgNode::kNoParent, tree);
  members.finish();
  if (out.nodes.empty()) return;
  const auto listed = known.accounts.find(out.management_account);
  const bool here = listed != known.accounts.end() && listed->second.organization == tree.index;
  if (!out.management_account.empty() && !here) {
    place_account(out.management_account, management->span, out.nodes.front(), tree);
  }
  data.organizations.push_back(std::move(out));
}

void read_accounts(const Node& section, Data& data, const Known& known, Findings& findings) {
  std::set<std::string> seen;
  data.accounts.reserve(section.members.size());
  for (const text::Member& member : section.members) {
    Node key;
    key.kind = text::NodeKind::kString;
    key.text = member.key;
    key.span = member.key_span;
    const auto id = account_id(key, findings);
    Members members(member.value, "account", findings);
    if (!id || !members.ok()) continue;
    const auto place = known.accounts.find(*id);
    const bool placed = place != known.accounts.end();
    Account out;
    out.id = *id;
    out.span = member.key_span;
    out.name = members.text("name").value_or("");
    out.scps = scp_names(members, known,
                         placed && data.organizations[place->second.organization].full_aws_access,
                         findings);
    out.rcps = policy_names(members, "rcps", known, findings, kBuiltInRcps);
    if (!placed && (out.scps || out.rcps)) {
      findings.warning("PS2119", members.span_of(out.scps ? "scps" : "rcps"),
                       "account " + in_ticks(*id) + " stands in no organization",
                       "its SCPs and RCPs have no effect; list it in a node");
    }
    out.canonical_id = members.text("canonical_id").value_or("");
    out.created = members.date("created").value_or("");
    out.block_public_access = read_block_public_access(members, "s3_block_public_access", findings);
    out.ebs_encryption_by_default = members.flag("ebs_encryption_by_default").value_or(false);
    out.ebs_default_key = members.text("ebs_default_key").value_or("");
    members.flag("override");
    members.finish();
    if (!seen.insert(*id).second) {  // by interpolated keys
      findings.error("PS2103", member.key_span, "account " + in_ticks(*id) + " is already defined");
    }
    data.accounts.push_back(std::move(out));
  }
}

}  // namespace policysim::world
