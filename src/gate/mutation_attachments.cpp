// Mutation of where policies are attached.
#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "gate/mutation_diff.hpp"
#include "gate/mutation_list.hpp"
#include "policy/parse.hpp"
#include "text/reader.hpp"

namespace policysim::gate {
namespace {

using text::Node;

bool is_leveled(PolicyType type) { return type == PolicyType::kScp || type == PolicyType::kRcp; }

// The member of a world that attaches policies of the type.
std::string_view member_of(PolicyType type) {
  switch (type) {
    case PolicyType::kScp:
      return "scps";
    case PolicyType::kRcp:
      return "rcps";
    case PolicyType::kBoundary:
      return "boundary";
    case PolicyType::kTrust:
      return "trust";
    case PolicyType::kIdentity:
    case PolicyType::kSession:
      return "policies";
    case PolicyType::kResource:
    case PolicyType::kKey:
    case PolicyType::kEndpoint:
      return "policy";
  }
  return {};
}

// Where a world's text attaches a policy: at the level, else at the first place there is.
struct Mention {
  SourceSpan span;
  bool exact = false;  // at the level
  bool listed = false;
};

struct Search {
  std::string_view member, policy, level;
  std::optional<Mention> found;

  void visit(const Node& node, std::string_view name) {
    const Node* id = node.find("id");
    const bool here = name == level || (id != nullptr && id->text == level);
    for (const text::Member& one : node.members) {
      if (one.key == member) look(one.value, here);
      if (one.key != "Statement") visit(one.value, one.key);
    }
    for (const Node& item : node.items) visit(item, {});
  }

  void look(const Node& value, bool here) {
    const auto note = [&](const Node& node, bool listed) {
      if (node.text != policy || (found && (found->exact || !here))) return;
      found = Mention{node.span, here, listed};
    };
    if (value.is_scalar()) note(value, false);
    for (const Node& item : value.items) note(item, true);
  }
};

// Of the worlds of the tests, patches included.
void locate(const MutationPlan& plan, const MutationTarget& target, Mutation& mutation) {
  Search search{member_of(mutation.attachment.type), target.name, mutation.attachment.from, {}};
  std::shared_ptr<const text::SourceMap> sources;
  const auto look = [&](const Node& tree, const std::shared_ptr<const text::SourceMap>& of) {
    const bool exact = search.found && search.found->exact;
    const std::optional<Mention> before = search.found;
    if (!exact) search.visit(tree, {});
    const bool fresh = search.found && (!before || !(before->span == search.found->span));
    if (fresh) sources = of;
  };
  for (const auto& fixture : plan.suite().fixtures) look(*fixture->world, fixture->sources);
  std::set<const Node*> known;  // cells share patches
  for (const PlannedTest& test : plan.tests()) {
    const auto& fixture = plan.suite().fixtures[test.fixture];
    for (const auto& patch : test.written.patches) {
      if (patch != nullptr && known.insert(patch.get()).second) look(*patch, fixture->sources);
    }
  }
  Mutant& shown = mutation.shown;
  if (search.found) {
    const SourceSpan& span = search.found->span;
    const text::Source& source = (*sources)[span.source];
    shown.file = text::relative_path(source.name());
    shown.range = range_of(*sources, span);
    if (search.found->listed && shown.op == "detach") shown.diff = removal_diff(source, span);
    return;
  }
  const SourceSpan& span = target.document.ast().span;
  shown.file = text::relative_path((*target.document.sources())[span.source].name());
  shown.range = range_of(*target.document.sources(), span);
}

void add(const MutationPlan& plan, std::uint32_t number, std::string_view op, AttachmentEdit edit,
         std::vector<Mutation>& out) {
  const MutationTarget& target = plan.targets()[number];
  Mutation mutation;
  mutation.target = number;
  mutation.shown.op = op;
  mutation.shown.policy = target.name;
  if (edit.from.empty()) {
    mutation.shown.what = "`" + target.name + "` is attached nowhere as " +
                          std::string(policy::type_name(edit.type)) + " policy";
  } else if (edit.to.empty()) {
    mutation.shown.what = "`" + target.name + "` is not attached to `" + edit.from + "`";
  } else {
    mutation.shown.what =
        "`" + target.name + "` is attached to `" + edit.to + "` instead of `" + edit.from + "`";
  }
  mutation.attachment = std::move(edit);
  locate(plan, target, mutation);
  out.push_back(std::move(mutation));
}

// Levels that hold the policy, each with the ones above and below it that do not.
struct Moves {
  std::set<std::string> from;
  std::set<std::pair<std::string, std::string>> up, down;
};

void note_moves(const compile::Sources& sources, std::uint32_t attached, PolicyType type,
                Moves& out) {
  const auto holds = [&](std::uint32_t level) {
    const compile::Level& one = sources.levels[level];
    const auto& list = type == PolicyType::kScp ? one.scps : one.rcps;
    return std::find(list.begin(), list.end(), attached) != list.end();
  };
  for (const compile::Account& account : sources.accounts) {
    for (std::size_t i = 0; i < account.levels.size(); ++i) {
      const std::uint32_t here = account.levels[i];
      if (!holds(here)) continue;
      const std::string& id = sources.levels[here].id;
      out.from.insert(id);
      const auto note = [&](std::uint32_t there, auto& moves) {
        if (!holds(there)) moves.emplace(id, sources.levels[there].id);
      };
      if (i > 0) note(account.levels[i - 1], out.up);
      if (i + 1 < account.levels.size()) note(account.levels[i + 1], out.down);
    }
  }
}

}  // namespace

void list_attachments(const MutationPlan& plan, std::uint32_t number, std::vector<Mutation>& out) {
  const MutationTarget& target = plan.targets()[number];
  for (const PolicyType type : target.types) {
    if (!is_leveled(type)) {
      add(plan, number, "detach", {type, {}, {}}, out);
      continue;
    }
    Moves moves;
    for (const std::uint32_t world : target.worlds) {
      const MutationWorld& in = plan.worlds()[world];
      const compile::Sources& sources = *in.policies().sources();
      for (std::uint32_t i = 0; i < in.target_of.size(); ++i) {
        const bool meant = in.target_of[i] == number && sources.attached[i].where.as == type;
        if (meant) note_moves(sources, i, type, moves);
      }
    }
    for (const std::string& from : moves.from) add(plan, number, "detach", {type, from, {}}, out);
    for (const auto& [from, to] : moves.up) add(plan, number, "move-up", {type, from, to}, out);
    for (const auto& [from, to] : moves.down) add(plan, number, "move-down", {type, from, to}, out);
  }
}

}  // namespace policysim::gate
