#include "policysim/policy_set.hpp"

#include <algorithm>
#include <utility>

#include "compile/attach_world.hpp"
#include "compile/compiler.hpp"
#include "compile/sources.hpp"
#include "policy/ast.hpp"
#include "program/dump.hpp"
#include "program/program.hpp"

namespace policysim {

PolicySet::Builder::Builder() : sources_(std::make_shared<compile::Sources>()) {}
PolicySet::Builder::Builder(Builder&&) noexcept = default;
PolicySet::Builder& PolicySet::Builder::operator=(Builder&&) noexcept = default;
PolicySet::Builder::~Builder() = default;

PolicySet::Builder& PolicySet::Builder::add(PolicyDocument document, Attachment where) {
  compile::Attached attached;
  attached.where = std::move(where);
  attached.document = std::move(document);
  sources_->added.push_back(std::move(attached));
  return *this;
}

PolicySet::Builder& PolicySet::Builder::world(std::shared_ptr<const World> world) {
  sources_->world = std::move(world);
  return *this;
}

namespace {

// The level that `target` names: a node of the world, an account (its own level), else a label of
// an organization that every account is in.
compile::Level& level_of(compile::Sources& sources, const std::string& target) {
  for (const compile::Account& account : sources.accounts) {
    if (account.id == target && !account.levels.empty()) {
      return sources.levels[account.levels.back()];
    }
  }
  const auto found = std::find_if(sources.levels.begin(), sources.levels.end(),
                                  [&](const compile::Level& level) { return level.id == target; });
  if (found != sources.levels.end()) return *found;
  sources.everywhere.push_back(static_cast<std::uint32_t>(sources.levels.size()));
  return sources.levels.emplace_back(compile::Level{target, {}, {}});
}

void place_added(compile::Sources& sources) {
  for (compile::Attached& attached : sources.added) {
    const auto index = static_cast<std::uint32_t>(sources.attached.size());
    const PolicyType type = attached.where.as;
    if (type == PolicyType::kScp) level_of(sources, attached.where.target).scps.push_back(index);
    if (type == PolicyType::kRcp) level_of(sources, attached.where.target).rcps.push_back(index);
    sources.attached.push_back(std::move(attached));
  }
  sources.added.clear();
}

}  // namespace

Result<PolicySet> PolicySet::Builder::compile(const CompileOptions& options) && {
  compile::Sources& sources = *sources_;
  sources.options = options;
  if (sources.world != nullptr) {
    ParseOptions parse;
    parse.lenient = options.lenient;
    auto attached = compile::attach_world(*sources.world, sources, parse);
    if (!attached) return std::move(attached).error();
  }
  place_added(sources);
  const auto readings = compile::readings_of(options);
  if (!readings) return readings.error();
  auto program = compile::compile(sources, *readings);
  return PolicySet(std::move(program), std::move(sources_));
}

StatementInfo PolicySet::statement(StatementId id) const {
  const program::DocumentRow& row = program_->documents[program_->document_of[id.value]];
  const compile::Attached& attached = sources_->attached[row.attached];
  StatementInfo info;
  info.policy = attached.where.name;
  info.index = id.value - row.first_statement;
  info.type = attached.where.as;
  info.built_in = attached.built_in;
  const policy::Statement& statement = attached.document->ast().statements[info.index];
  if (statement.sid) info.sid = statement.sid->value;
  info.deny = statement.effect == policy::Effect::kDeny;
  if (!attached.built_in) {
    info.location = attached.document->locate(statement.span);
    info.span = statement.span;
  }
  return info;
}

std::size_t PolicySet::statement_count() const noexcept { return program_->statements.size(); }
std::size_t PolicySet::memory_bytes() const noexcept { return program::memory_bytes(*program_); }
std::string PolicySet::dump() const { return program::dump(*program_); }

}  // namespace policysim
