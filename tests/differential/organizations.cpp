#include "differential/organizations.hpp"

#include <algorithm>

#include "differential/generator.hpp"

namespace policysim::differential {
namespace {

constexpr std::size_t kMostUnits = 5;  // nested OUs below the root

// One tree: its first account draws a chain of units, the others branch off somewhere.
class Tree {
 public:
  Tree(Choices& choices, std::string name) : c_(choices), name_(std::move(name)) {
    scp_enabled_ = c_.chance(93);
    rcp_enabled_ = c_.chance(93);
  }

  Account account(const std::string& id, bool bound) {
    Account out;
    out.id = id;
    out.management = !bound && !has_management_ && c_.chance(12);
    has_management_ = has_management_ || out.management;
    out.scp_enabled = scp_enabled_;
    out.rcp_enabled = rcp_enabled_;
    out.levels = {name_ + "-root"};
    const std::size_t shared = chain_.empty() ? 0 : c_.below(chain_.size() + 1);
    out.levels.insert(out.levels.end(), chain_.begin(),
                      chain_.begin() + static_cast<std::ptrdiff_t>(shared));
    for (std::size_t own = c_.below(kMostUnits + 1 - shared); own > 0; --own) {
      out.levels.push_back(name_ + "-ou" + std::to_string(++units_));
    }
    if (chain_.empty()) chain_.assign(out.levels.begin() + 1, out.levels.end());
    out.levels.push_back(name_ + "-" + id);
    return out;
  }

  void enable() { scp_enabled_ = rcp_enabled_ = true; }

 private:
  Choices& c_;
  std::string name_;
  std::vector<std::string> chain_;
  std::size_t units_ = 0;
  bool scp_enabled_ = true;
  bool rcp_enabled_ = true;
  bool has_management_ = false;
};

class Guardrails {
 public:
  Guardrails(Choices& choices, const request::Data& data, const std::string& bare, Case& out)
      : c_(choices), data_(data), bare_(bare), out_(out) {}

  void attach() {
    std::vector<std::string> levels;
    for (const Account& account : out_.accounts) {
      for (const std::string& level : account.levels) {
        if (std::find(levels.begin(), levels.end(), level) == levels.end()) levels.push_back(level);
      }
    }
    Policy full;
    full.type = PolicyType::kScp;
    full.built_in = true;
    full.statements = {everything(PolicyType::kScp)};
    for (const std::string& level : levels) {
      if (level == bare_) continue;
      scps(level, full);
      if (c_.chance(5)) rcp(level);
    }
    if (!full.levels.empty()) out_.policies.push_back(std::move(full));
    share();
  }

 private:
  Policy& add(PolicyType type, const std::string& level, Statement statement) {
    Policy policy;
    policy.type = type;
    policy.levels = {level};
    policy.statements = {std::move(statement)};
    out_.policies.push_back(std::move(policy));
    return out_.policies.back();
  }

  void scps(const std::string& level, Policy& full) {
    const std::size_t what = c_.below(200);
    if (what == 0) return;  // an empty list
    if (what <= 4) {
      add(PolicyType::kScp, level, random_statement(c_, data_, PolicyType::kScp, false));
    } else if (what <= 20) {
      add(PolicyType::kScp, level, covering_statement(c_, data_, PolicyType::kScp, false));
    } else if (what <= 40) {
      add(PolicyType::kScp, level, everything(PolicyType::kScp));
    } else {
      full.levels.push_back(level);
    }
    if (c_.chance(4)) {
      const bool deny = c_.chance(60);
      Statement more = random_statement(c_, data_, PolicyType::kScp, deny);
      if (deny && more.conditions.empty()) more.conditions = {random_condition(c_)};
      add(PolicyType::kScp, level, std::move(more));
    }
  }

  void rcp(const std::string& level) {
    Statement deny = random_statement(c_, data_, PolicyType::kRcp, true);
    if (deny.conditions.empty()) deny.conditions = {random_condition(c_)};
    add(PolicyType::kRcp, level, std::move(deny));
  }

  // One policy at several levels of both trees.
  void share() {
    if (!c_.chance(15) || out_.accounts.empty()) return;
    std::vector<Policy*> own;
    for (Policy& policy : out_.policies) {
      const bool leveled = policy.type == PolicyType::kScp || policy.type == PolicyType::kRcp;
      if (leveled && !policy.built_in) own.push_back(&policy);
    }
    if (own.empty()) return;
    Policy& policy = *c_.of(own);
    const std::string& level = c_.of(c_.of(out_.accounts).levels);
    const bool taken =
        std::find(policy.levels.begin(), policy.levels.end(), level) != policy.levels.end();
    if (!taken && level != bare_) policy.levels.push_back(level);
  }

  Choices& c_;
  const request::Data& data_;
  const std::string& bare_;
  Case& out_;
};

}  // namespace

void draw_organizations(Choices& c, const std::string& bound, Case& out) {
  out.organizations = true;
  Tree first(c, "a");
  Tree second(c, "b");
  const bool two = c.chance(30);
  if (!bound.empty()) {
    first.enable();
    second.enable();
  }
  for (const char* id : {kHome, kOther, kThird}) {
    const bool must = bound == id;
    if (!must && c.chance(12)) continue;
    Tree& tree = two && c.chance(50) ? second : first;
    out.accounts.push_back(tree.account(id, must));
  }
}

const Account* find_account(const Case& generated, const std::string& id) {
  for (const Account& account : generated.accounts) {
    if (account.id == id) return &account;
  }
  return nullptr;
}

void attach_guardrails(Choices& choices, const request::Data& data, const std::string& bare,
                       Case& out) {
  Guardrails(choices, data, bare, out).attach();
}

}  // namespace policysim::differential
