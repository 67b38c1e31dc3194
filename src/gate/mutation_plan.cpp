#include "gate/mutation_plan.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "compile/compiler.hpp"
#include "compile/sources.hpp"
#include "eval/binding.hpp"
#include "gate/mutation_operators.hpp"
#include "policy/variables.hpp"
#include "program/program.hpp"
#include "text/reader.hpp"
#include "world/data.hpp"

namespace policysim::gate {
namespace {

// A document whose one statement names every action: it is a candidate wherever it is bound.
std::shared_ptr<const policy::Document> everything(PolicyType type) {
  auto out = std::make_shared<policy::Document>();
  out->type = type;
  out->version = policy::Text{"2012-10-17", {}};
  policy::Statement statement;
  statement.principal = policy::Principal();
  statement.principal->star = true;
  statement.action.texts.values.push_back({"*", {}});
  if (type != PolicyType::kTrust) {
    statement.resource = policy::Element();
    statement.resource->texts.values.push_back({"*", {}});
  }
  out->statements.push_back(std::move(statement));
  return out;
}

// The world with every document in play replaced so.
std::shared_ptr<const program::Program> probe_of(const MutationWorld& world) {
  compile::Sources sources = *world.policies().sources();
  std::map<std::pair<std::uint32_t, PolicyType>, PolicyDocument> put;
  for (std::size_t i = 0; i < sources.attached.size(); ++i) {
    if (world.target_of[i] == MutationPlan::kNone) continue;
    compile::Attached& attached = sources.attached[i];
    const auto found = put.try_emplace({world.target_of[i], attached.where.as},
                                       PolicyDocument(everything(attached.where.as),
                                                      attached.document->sources(), nullptr))
                           .first;
    attached.document = found->second;
  }
  return compile::compile(sources, world.policies().program().readings);
}

void add_once(std::vector<std::uint32_t>& list, std::uint32_t value) {
  if (list.empty() || list.back() != value) list.push_back(value);
}

void gather_tag(std::string_view key, std::set<std::string>& out) {
  const std::string_view tag = tag_of(key);
  if (!tag.empty()) out.emplace(tag);
}

void gather_tags(const Site& site, std::set<std::string>& out) {
  for (const ListAt& at : lists_of(site.statement())) {
    if (at.part == ListAt::Part::kCondition) {
      gather_tag(site.statement().condition[at.block].conditions[at.key].key.value, out);
    }
    if (!takes_variables(site, at)) continue;
    for (const policy::Text& text : list_at(site.statement(), at).values) {
      for (const policy::Piece& piece : policy::split_variables(text.value, true)) {
        if (piece.kind == policy::Piece::Kind::kVariable) gather_tag(piece.text, out);
      }
    }
  }
}

}  // namespace

MutationPlan::MutationPlan(const Suite& suite, const Settings& settings, const TestRun& run,
                           const std::function<bool()>& stop)
    : suite_(suite),
      settings_(settings),
      runs_(suite.fixtures.size()),
      cases_(suite.fixtures.size()) {
  for (std::size_t i = 0; i < suite.tests.size(); ++i) {
    if (stop && stop()) break;
    plan_test(suite.tests[i], run.results[i]);
  }
  note_reach();
  gather_words();
}

std::uint32_t MutationPlan::world_of(const Place& place) const {
  const auto found = world_of_.find(&place);
  return found == world_of_.end() ? kNone : found->second;
}

void MutationPlan::plan_test(const Test& test, const TestResult& result) {
  const world::Fixture& fixture = *suite_.fixtures[test.fixture];
  if (runs_[test.fixture] == nullptr) {
    runs_[test.fixture] = std::make_unique<FixtureRun>(fixture, settings_);
    cases_[test.fixture] = std::make_unique<world::CaseList>(fixture);
  }
  FixtureRun& fixture_run = *runs_[test.fixture];
  Result<world::Case> one = cases_[test.fixture]->get(test.index);
  if (!one) return;
  PlannedTest planned{test.fixture, result.id, *std::move(one), {}, {}};
  planned.plan = fixture_run.plan(planned.written);
  for (const std::vector<PlannedCall>& step : planned.plan.steps) {
    for (const PlannedCall& call : step) add_world(call.place);
  }
  if (result.status != Status::kPassed) return;
  Result<std::optional<world::Expectation>> expected = fixture_run.expectation(planned.written);
  if (!expected || !*expected) return;
  planned.expected = std::move(**expected);
  tests_.push_back(std::move(planned));
}

void MutationPlan::add_world(const std::shared_ptr<Place>& place) {
  const auto number = static_cast<std::uint32_t>(worlds_.size());
  if (!world_of_.emplace(place.get(), number).second) return;
  MutationWorld world{place, {}};
  for (const compile::Attached& attached : place->decider->policies().sources()->attached) {
    const bool in_play = attached.document && !attached.built_in && !attached.grant;
    world.target_of.push_back(
        in_play ? target_of(attached.where.name, attached.where.as, *attached.document, number)
                : kNone);
  }
  worlds_.push_back(std::move(world));
}

std::uint32_t MutationPlan::target_of(const std::string& name, PolicyType type,
                                      const PolicyDocument& document, std::uint32_t world) {
  const SourceSpan& span = document.ast().span;
  const std::string& file = (*document.sources())[span.source].name();
  const auto number = static_cast<std::uint32_t>(targets_.size());
  const auto [found, fresh] =
      target_of_.try_emplace({text::relative_path(file), span.begin, span.end}, number);
  if (fresh) {
    targets_.push_back({name, document, {}, {}, {}, {}});
    targets_.back().named.resize(document.ast().statements.size());
  }
  MutationTarget& target = targets_[found->second];
  if (std::find(target.types.begin(), target.types.end(), type) == target.types.end()) {
    target.types.push_back(type);
  }
  add_once(target.worlds, world);
  return found->second;
}

// Which tests can notice a change: binding a request finds the statements that are asked.
void MutationPlan::note_reach() {
  std::vector<std::shared_ptr<const program::Program>> probes(worlds_.size());
  eval::Binding binding;
  const auto bind = [&](const program::Program& program, const MutationWorld& world,
                        const request::Data& data, const auto& note) {
    eval::bind(program, data, binding);
    for (const std::uint32_t statement : binding.candidates) {
      const program::DocumentRow& row = program.documents[program.document_of[statement]];
      const std::uint32_t target = world.target_of[row.attached];
      if (target != kNone) note(targets_[target], statement - row.first_statement);
    }
  };
  for (std::uint32_t t = 0; t < tests_.size(); ++t) {
    for (const std::vector<PlannedCall>& step : tests_[t].plan.steps) {
      for (const PlannedCall& call : step) {
        const std::uint32_t number = world_of(*call.place);
        const MutationWorld& world = worlds_[number];
        if (probes[number] == nullptr) probes[number] = probe_of(world);
        for (const request::Data& data : call.built.requests) {
          bind(*probes[number], world, data,
               [t](MutationTarget& target, std::uint32_t) { add_once(target.bound, t); });
          bind(world.policies().program(), world, data,
               [t](MutationTarget& target, std::uint32_t s) { add_once(target.named[s], t); });
        }
      }
    }
  }
}

void MutationPlan::gather_words() {
  std::set<std::string> tags, accounts, actions;
  for (const MutationTarget& target : targets_) {
    const policy::Document& document = target.document.ast();
    for (std::uint32_t i = 0; i < document.statements.size(); ++i) {
      gather_tags({document, i, vocabulary_}, tags);
      for (const policy::Text& text : document.statements[i].action.texts.values) {
        const bool plain = text.value.find_first_of("*?") == std::string::npos;
        if (plain) actions.insert(text.value);
      }
    }
  }
  for (const PlannedTest& test : tests_) {
    for (const std::vector<PlannedCall>& step : test.plan.steps) {
      for (const PlannedCall& call : step) {
        for (const request::Data& data : call.built.requests) actions.insert(data.action);
      }
    }
  }
  for (const auto& fixture : suite_.fixtures) {
    const world::Data& data = fixture->base->data();
    for (const world::Account& one : data.accounts) accounts.insert(one.id);
    for (const world::Organization& organization : data.organizations) {
      for (const world::OrgNode& node : organization.nodes) {
        accounts.insert(node.accounts.begin(), node.accounts.end());
      }
    }
  }
  vocabulary_.tag_keys.assign(tags.begin(), tags.end());
  vocabulary_.actions.assign(actions.begin(), actions.end());
  vocabulary_.accounts.assign(accounts.begin(), accounts.end());
}

}  // namespace policysim::gate
