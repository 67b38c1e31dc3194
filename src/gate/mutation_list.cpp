#include "gate/mutation_list.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "gate/mutation_diff.hpp"
#include "gate/mutation_operators.hpp"
#include "text/reader.hpp"

namespace policysim::gate {
namespace {

constexpr std::size_t kLargest = 256U * 1024U;  // bytes; AWS takes no policy of this size

// Types that read statements of documents otherwise have to take the edit, too.
bool all_take(const MutationTarget& target, const StatementEdit& edit,
              const Vocabulary& vocabulary) {
  const policy::Document& own = target.document.ast();
  for (const PolicyType type : target.types) {
    if (type == own.type) continue;
    policy::Document other = own;
    other.type = type;
    const std::vector<StatementEdit> edits = edits_of({other, edit.statement, vocabulary});
    const bool known = std::any_of(edits.begin(), edits.end(), [&edit](const StatementEdit& one) {
      return one.op == edit.op && one.becomes == edit.becomes;
    });
    if (!known) return false;
  }
  return true;
}

bool changes_action(const policy::Statement& before, const StatementEdit& edit) {
  return edit.becomes && !(edit.becomes->action == before.action);
}

void list_statements(const MutationPlan& plan, std::uint32_t number, std::vector<Mutation>& out) {
  const MutationTarget& target = plan.targets()[number];
  const policy::Document& document = target.document.ast();
  if (document.span.end - document.span.begin > kLargest) return;
  const std::string file =
      text::relative_path((*target.document.sources())[document.span.source].name());
  for (std::uint32_t i = 0; i < document.statements.size(); ++i) {
    for (StatementEdit& edit : edits_of({document, i, plan.vocabulary()})) {
      if (!all_take(target, edit, plan.vocabulary())) continue;
      Mutation mutation;
      mutation.target = number;
      mutation.shown.op = edit.op;
      mutation.shown.policy = target.name;
      if (document.statements[i].sid) mutation.shown.sid = document.statements[i].sid->value;
      mutation.shown.statement = i;
      mutation.shown.file = file;
      mutation.shown.range = range_of(*target.document.sources(), edit.range);
      mutation.shown.what = edit.what;
      mutation.edit = std::move(edit);
      out.push_back(std::move(mutation));
    }
  }
}

bool contains(const std::vector<std::uint32_t>& list, std::uint32_t value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

std::vector<std::uint32_t>& list_of(compile::Level& level, PolicyType type) {
  return type == PolicyType::kScp ? level.scps : level.rcps;
}

// One of the attached documents leaves a level, or all levels.
bool move_attachment(compile::Sources& sources, std::uint32_t attached,
                     const AttachmentEdit& edit) {
  bool moved = false;
  for (compile::Level& level : sources.levels) {
    if (level.id != edit.from) continue;
    auto& list = list_of(level, edit.type);
    const auto kept = std::remove(list.begin(), list.end(), attached);
    moved = moved || kept != list.end();
    list.erase(kept, list.end());
  }
  for (compile::Level& level : sources.levels) {
    auto& list = list_of(level, edit.type);
    if (moved && !edit.to.empty() && level.id == edit.to && !contains(list, attached)) {
      list.push_back(attached);
    }
  }
  return moved;
}

std::shared_ptr<const compile::Sources> with_attachments(const MutationWorld& world,
                                                         const Mutation& mutation) {
  const AttachmentEdit& edit = mutation.attachment;
  auto sources = std::make_shared<compile::Sources>(*world.policies().sources());
  const bool leveled = edit.type == PolicyType::kScp || edit.type == PolicyType::kRcp;
  bool changed = false;
  std::vector<compile::Attached> kept;
  for (std::uint32_t i = 0; i < sources->attached.size(); ++i) {
    const bool meant =
        world.target_of[i] == mutation.target && sources->attached[i].where.as == edit.type;
    if (meant && leveled) changed = move_attachment(*sources, i, edit) || changed;
    if (!meant || leveled) {
      kept.push_back(sources->attached[i]);
      continue;
    }
    // Levels count places: what is detached leaves an empty one that nothing is attached to.
    changed = true;
    kept.push_back(sources->attached[i]);
    kept.back().where.as = PolicyType::kScp;
  }
  sources->attached = std::move(kept);
  return changed ? sources : nullptr;
}

}  // namespace

std::vector<Mutation> list_mutations(const MutationPlan& plan) {
  std::vector<Mutation> out;
  for (std::uint32_t i = 0; i < plan.targets().size(); ++i) list_statements(plan, i, out);
  const auto place = [](const Mutation& one) {
    const SourceRange& range = one.shown.range;
    return std::tuple(std::string_view(one.shown.file), one.shown.statement.value_or(0), range.line,
                      range.column, range.end_line, range.end_column);
  };
  std::stable_sort(out.begin(), out.end(),
                   [&place](const Mutation& a, const Mutation& b) { return place(a) < place(b); });
  for (std::uint32_t i = 0; i < plan.targets().size(); ++i) list_attachments(plan, i, out);
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].shown.number = static_cast<std::uint32_t>(i + 1);
  }
  return out;
}

PolicyDocument edited_document(const MutationTarget& target, const StatementEdit& edit,
                               PolicyType type) {
  auto document = std::make_shared<policy::Document>(target.document.ast());
  document->type = type;
  const auto at = document->statements.begin() + static_cast<std::ptrdiff_t>(edit.statement);
  if (edit.becomes) {
    *at = *edit.becomes;
  } else {
    document->statements.erase(at);
  }
  return PolicyDocument(std::move(document), target.document.sources(),
                        std::make_shared<const std::vector<Diagnostic>>());
}

std::shared_ptr<const compile::Sources> mutated_sources(const MutationPlan& plan,
                                                        std::uint32_t number,
                                                        const Mutation& mutation) {
  const MutationTarget& target = plan.targets()[mutation.target];
  if (!contains(target.worlds, number)) return nullptr;
  const MutationWorld& world = plan.worlds()[number];
  if (!mutation.edit) return with_attachments(world, mutation);
  auto sources = std::make_shared<compile::Sources>(*world.policies().sources());
  std::map<PolicyType, PolicyDocument> edited;
  for (std::size_t i = 0; i < sources->attached.size(); ++i) {
    if (world.target_of[i] != mutation.target) continue;
    compile::Attached& attached = sources->attached[i];
    const PolicyType type = attached.where.as;
    auto found = edited.find(type);
    if (found == edited.end()) {
      found = edited.emplace(type, edited_document(target, *mutation.edit, type)).first;
    }
    attached.document = found->second;
  }
  return sources;
}

std::vector<std::uint32_t> tests_to_run(const MutationPlan& plan, const Mutation& mutation) {
  const MutationTarget& target = plan.targets()[mutation.target];
  if (mutation.edit) {
    // S3 Block Public Access reads a resource policy as a whole.
    const bool whole = std::find(target.types.begin(), target.types.end(), PolicyType::kResource) !=
                       target.types.end();
    const std::uint32_t statement = mutation.edit->statement;
    const policy::Statement& before = target.document.ast().statements[statement];
    const bool by_action = !whole && !changes_action(before, *mutation.edit);
    return by_action ? target.named[statement] : target.bound;
  }
  if (mutation.attachment.to.empty()) return target.bound;
  // Where it goes it may bind others.
  std::vector<std::uint32_t> out;
  for (std::uint32_t t = 0; t < plan.tests().size(); ++t) {
    bool there = false;
    for (const std::vector<PlannedCall>& step : plan.tests()[t].plan.steps) {
      for (const PlannedCall& call : step) {
        there = there || contains(target.worlds, plan.world_of(*call.place));
      }
    }
    if (there) out.push_back(t);
  }
  return out;
}

}  // namespace policysim::gate
