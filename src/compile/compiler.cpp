#include "compile/compiler.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "compile/lowering.hpp"
#include "services/public_policy.hpp"

namespace policysim::compile {

using program::kNone;
using program::Program;

namespace {

// Lists of attached policies -> groups, each distinct list once.
class Compiler {
 public:
  Compiler(const Sources& sources, const catalog::Readings& readings)
      : sources_(sources), program_(std::make_shared<Program>()), lowering_(*program_) {
    program_->readings = readings;
    program_->rcp_date = sources.options.rcp_date;
    program_->rcp_services = sources.options.rcp_services;
    std::sort(program_->rcp_services.begin(), program_->rcp_services.end());
  }

  std::shared_ptr<const Program> run();

 private:
  void documents();
  std::uint32_t document(const Attached& attached, std::uint32_t index);
  std::uint32_t group(const std::vector<std::uint32_t>& attached);
  void index(std::uint32_t group);
  void attachments();
  void note_public(std::uint32_t group);
  void organizations();

  const Sources& sources_;
  std::shared_ptr<Program> program_;
  Lowering lowering_;
  std::vector<std::uint32_t> document_of_;  // attached -> document, kNone where unusable
  std::vector<std::uint32_t> failure_of_;   // attached -> failure, kNone where usable
  std::map<std::vector<std::uint32_t>, std::uint32_t> groups_;
};

std::uint32_t Compiler::document(const Attached& attached, std::uint32_t index) {
  const policy::Document& ast = attached.document->ast();
  const Scope scope{ast.type, ast.effective_version() == policy::Version::k2012};
  program::DocumentRow row;
  row.first_statement = static_cast<std::uint32_t>(program_->statements.size());
  row.statement_count = static_cast<std::uint32_t>(ast.statements.size());
  row.attached = index;
  row.built_in = attached.built_in;
  const auto id = static_cast<std::uint32_t>(program_->documents.size());
  for (const policy::Statement& statement : ast.statements) {
    lowering_.statement(statement, scope);
    program_->document_of.push_back(id);
  }
  program_->documents.push_back(row);
  if (attached.grant) {
    for (std::uint32_t i = 0; i < row.statement_count; ++i) {
      program_->grants.emplace(
          row.first_statement + i,
          program::GrantRow{attached.grant->issuer, attached.grant->by_issuer});
    }
  }
  return id;
}

void Compiler::documents() {
  // The same text attached under the same name in many places is compiled once.
  std::map<std::tuple<const policy::Document*, PolicyType, std::string>, std::uint32_t> known;
  for (std::uint32_t i = 0; i < sources_.attached.size(); ++i) {
    const Attached& attached = sources_.attached[i];
    document_of_.push_back(kNone);
    failure_of_.push_back(kNone);
    if (!attached.document) {
      failure_of_.back() = static_cast<std::uint32_t>(program_->failures.size());
      program_->failures.push_back({attached.failure_code, attached.failure_message});
      continue;
    }
    const auto [entry, fresh] = known.emplace(
        std::tuple(&attached.document->ast(), attached.where.as, attached.where.name), 0U);
    if (fresh) entry->second = document(attached, i);
    document_of_.back() = entry->second;
  }
}

void Compiler::index(std::uint32_t id) {
  program::Group& group = program_->groups[id];
  for (const std::uint32_t document : group.documents) {
    const program::DocumentRow& row = program_->documents[document];
    for (std::uint32_t i = 0; i < row.statement_count; ++i) {
      const std::uint32_t statement = row.first_statement + i;
      const auto position = static_cast<std::uint32_t>(group.order.size());
      group.order.push_back(statement);
      const program::StatementRow& info = program_->statements[statement];
      if (info.has(program::StatementRow::kNeverMatches)) continue;
      if (info.has(program::StatementRow::kNotAction)) {
        group.not_action.push_back(position);
        continue;
      }
      for (std::uint32_t a = 0; a < info.action_count; ++a) {
        program_->postings.add(id, program_->action_lists[info.first_action + a], position);
      }
    }
  }
}

std::uint32_t Compiler::group(const std::vector<std::uint32_t>& attached) {
  std::vector<std::uint32_t> key;
  std::uint32_t unusable = kNone;
  for (const std::uint32_t i : attached) {
    if (document_of_[i] != kNone) key.push_back(document_of_[i]);
    if (failure_of_[i] != kNone && unusable == kNone) unusable = failure_of_[i];
  }
  key.push_back(unusable);
  const auto [entry, fresh] =
      groups_.emplace(key, static_cast<std::uint32_t>(program_->groups.size()));
  if (!fresh) return entry->second;
  key.pop_back();
  program::Group group;
  group.documents = std::move(key);
  group.unusable = unusable;
  program_->groups.push_back(std::move(group));
  index(entry->second);
  return entry->second;
}

program::AttachmentTable* table_of(Program& program, PolicyType type) {
  switch (type) {
    case PolicyType::kIdentity:
      return &program.identity;
    case PolicyType::kBoundary:
      return &program.boundary;
    case PolicyType::kSession:
      return &program.session;
    case PolicyType::kResource:
    case PolicyType::kKey:
    case PolicyType::kTrust:
      return &program.resource;
    case PolicyType::kEndpoint:
      return &program.endpoint;
    case PolicyType::kScp:
    case PolicyType::kRcp:
      return nullptr;  // through levels
  }
  return nullptr;
}

// S3 Block Public Access asks whether a resource policy is public as a whole, of a bucket or of an
// access point.
void Compiler::note_public(std::uint32_t id) {
  program::Group& group = program_->groups[id];
  for (const std::uint32_t document : group.documents) {
    const Attached& attached = sources_.attached[program_->documents[document].attached];
    if (attached.where.as != PolicyType::kResource) continue;
    for (const bool access_point : {false, true}) {
      const services::PublicTest test =
          services::test_public(attached.document->ast(), program_->readings, access_point);
      bool& is_public = access_point ? group.is_public_access_point : group.is_public;
      is_public = is_public || test.is_public;
      group.public_touched |= test.touched;
    }
  }
}

void Compiler::attachments() {
  std::map<std::pair<program::AttachmentTable*, std::string>, std::vector<std::uint32_t>> lists;
  for (std::uint32_t i = 0; i < sources_.attached.size(); ++i) {
    const Attachment& where = sources_.attached[i].where;
    program::AttachmentTable* const table =
        sources_.attached[i].grant ? &program_->grant : table_of(*program_, where.as);
    if (table != nullptr) lists[{table, where.target}].push_back(i);
  }
  for (const auto& [place, list] : lists) {
    const std::uint32_t id = group(list);
    if (place.first == &program_->resource) note_public(id);
    if (place.second.empty()) {
      place.first->all = id;
    } else {
      place.first->groups.emplace(place.second, id);
    }
  }
}

// Levels that bind every account stand below an account's own.
void add_everywhere(const program::AccountRow& everywhere, program::AccountRow& row) {
  row.scp_enabled = row.scp_enabled || everywhere.scp_enabled;
  row.rcp_enabled = row.rcp_enabled || everywhere.rcp_enabled;
  row.scp_levels.insert(row.scp_levels.end(), everywhere.scp_levels.begin(),
                        everywhere.scp_levels.end());
  row.rcp_levels.insert(row.rcp_levels.end(), everywhere.rcp_levels.begin(),
                        everywhere.rcp_levels.end());
}

void Compiler::organizations() {
  for (const Level& level : sources_.levels) {
    program::LevelRow row;
    row.id = level.id;
    if (!level.scps.empty()) row.scps = group(level.scps);
    if (!level.rcps.empty()) row.rcps = group(level.rcps);
    program_->levels.push_back(std::move(row));
  }
  program::AccountRow& everywhere = program_->everywhere;
  for (const std::uint32_t level : sources_.everywhere) {
    if (!sources_.levels[level].scps.empty()) everywhere.scp_levels.push_back(level);
    if (!sources_.levels[level].rcps.empty()) everywhere.rcp_levels.push_back(level);
  }
  everywhere.scp_enabled = !everywhere.scp_levels.empty();
  everywhere.rcp_enabled = !everywhere.rcp_levels.empty();
  for (const Account& account : sources_.accounts) {
    program::AccountRow row{account.management, account.scp_enabled, account.rcp_enabled, {}, {}};
    if (account.scp_enabled) row.scp_levels = account.levels;
    if (account.rcp_enabled) row.rcp_levels = account.levels;
    add_everywhere(everywhere, row);
    program_->accounts.emplace(account.id, std::move(row));
  }
}

std::shared_ptr<const Program> Compiler::run() {
  documents();
  attachments();
  organizations();
  program_->postings.seal();
  return std::move(program_);
}

}  // namespace

Result<catalog::Readings> readings_of(const CompileOptions& options) {
  catalog::Readings readings;
  for (const auto& [name, reading] : options.semantics) {
    const auto option = catalog::find_option(name);
    if (!option) return Error{"PS3020", "unknown semantics option `" + name + "`", {}};
    const auto number = catalog::find_reading(*option, reading);
    if (!number) {
      return Error{
          "PS3020", "semantics option `" + name + "` has no reading `" + reading + "`", {}};
    }
    readings.set(*option, *number);
  }
  return readings;
}

std::shared_ptr<const Program> compile(const Sources& sources, const catalog::Readings& readings) {
  return Compiler(sources, readings).run();
}

}  // namespace policysim::compile
