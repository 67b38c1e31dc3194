#include "differential/product.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "compile/built_in.hpp"
#include "compile/compiler.hpp"
#include "compile/sources.hpp"

namespace policysim::differential {
namespace {

bool is_leveled(PolicyType type) { return type == PolicyType::kScp || type == PolicyType::kRcp; }

// Policies, levels and accounts in the form that a world gives them.
class Placing {
 public:
  Placing(const Case& generated, const Comparison& parsed) : case_(generated), parsed_(parsed) {}

  std::shared_ptr<compile::Sources> run() {
    for (std::size_t i = 0; i < parsed_.documents.size(); ++i) attach(i);
    for (std::size_t i = 0; i < parsed_.policies.size(); ++i) {
      list(parsed_.policies[i], parsed_.origin[i]);
    }
    if (!case_.organizations) bind_everywhere();
    for (const Account& account : case_.accounts) place(account);
    for (const KeyGrant& grant : case_.grants) {
      compile::attach_grants(*out_, grant.key, {grant.grant});
    }
    for (const request::Data& data : case_.requests) manage(data);
    return std::move(out_);
  }

 private:
  // Without organizations every level binds every account.
  void bind_everywhere() {
    for (std::uint32_t level = 0; level < out_->levels.size(); ++level) {
      out_->everywhere.push_back(level);
    }
  }

  void attach(std::size_t i) {
    const Policy& policy = case_.policies[i];
    compile::Attached attached;
    attached.where = {policy.type, parsed_.policies[i].name, {}};
    attached.document = parsed_.documents[i];
    attached.built_in = policy.built_in;
    out_->attached.push_back(std::move(attached));
  }

  // In the order in which the reference sees them.
  void list(const reference::Policy& view, std::size_t document) {
    if (!is_leveled(view.type)) return;
    compile::Level& level = out_->levels[level_of(view.level)];
    auto& list = view.type == PolicyType::kScp ? level.scps : level.rcps;
    list.push_back(static_cast<std::uint32_t>(document));
  }

  // A key of AWS whose policy nobody knows.
  void manage(const request::Data& data) {
    const bool unknown = std::any_of(
        data.context.begin(), data.context.end(), [](const request::ContextEntry& entry) {
          return entry.key == "kms.policy" && entry.state == request::ValueState::kUnknown;
        });
    if (!unknown || !managed_.insert(data.resource).second) return;
    world::Resource key;
    key.arn = data.resource;
    key.account = data.resource_facts.account;
    key.kms.aws_managed = true;
    compile::attach_managed_key(*out_, key);
  }

  std::uint32_t level_of(const std::string& name) {
    const auto [at, fresh] = levels_.emplace(name, static_cast<std::uint32_t>(out_->levels.size()));
    if (fresh) out_->levels.push_back({name, {}, {}});
    return at->second;
  }

  void place(const Account& account) {
    compile::Account row{
        account.id, account.management, account.scp_enabled, account.rcp_enabled, {}};
    for (const std::string& name : account.levels) row.levels.push_back(level_of(name));
    out_->accounts.push_back(std::move(row));
  }

  const Case& case_;
  const Comparison& parsed_;
  std::shared_ptr<compile::Sources> out_ = std::make_shared<compile::Sources>();
  std::map<std::string, std::uint32_t> levels_;
  std::set<std::string> managed_;
};

// Through the library's public interface.
Result<PolicySet> build(const Case& generated, const Comparison& parsed,
                        const CompileOptions& options) {
  PolicySet::Builder builder;
  for (std::size_t i = 0; i < parsed.documents.size(); ++i) {
    const Policy& policy = generated.policies[i];
    const std::string level = policy.levels.empty() ? "" : policy.levels.front();
    builder.add(parsed.documents[i], {policy.type, parsed.policies[i].name, level});
  }
  return std::move(builder).compile(options);
}

// Policies that nobody writes.
bool has_built_in(const Case& generated) {
  const bool managed =
      std::any_of(generated.requests.begin(), generated.requests.end(),
                  [](const request::Data& data) { return data.resource_facts.aws_managed_key; });
  return managed || !generated.grants.empty();
}

}  // namespace

Result<PolicySet> compile(const Case& generated, const Comparison& parsed) {
  CompileOptions options;
  options.semantics = generated.options;
  if (!generated.organizations && !has_built_in(generated))
    return build(generated, parsed, options);
  std::shared_ptr<compile::Sources> sources = Placing(generated, parsed).run();
  sources->options = options;
  const Result<catalog::Readings> readings = compile::readings_of(options);
  if (!readings) return readings.error();
  auto program = compile::compile(*sources, *readings);
  return PolicySet(std::move(program), std::move(sources));
}

Ids statement_ids(const PolicySet& set, const Comparison& parsed) {
  Ids out;
  std::multimap<std::string, std::size_t> by_name;
  for (const reference::Policy& policy : parsed.policies) {
    by_name.emplace(policy.name, out.size());
    out.emplace_back(policy.document->statements.size());
  }
  for (std::uint32_t i = 0; i < set.statement_count(); ++i) {
    const StatementInfo info = set.statement({i});
    const auto [begin, end] = by_name.equal_range(info.policy);
    for (auto at = begin; at != end; ++at) out[at->second].at(info.index) = {i};
  }
  return out;
}

}  // namespace policysim::differential
