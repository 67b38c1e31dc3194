#include "gate/coverage_collector.hpp"

#include <algorithm>
#include <utility>

#include "compile/compiler.hpp"
#include "gate/decider.hpp"

namespace policysim::gate {
namespace {

using program::Tri;

// Where an outcome counts: elements {matched, unmatched}, conditions {true, false, absent},
// variables {resolved, unresolved}. None: unknown.
std::optional<std::size_t> place_of(Tri holds) {
  if (holds == Tri::kUnknown) return std::nullopt;
  return holds == Tri::kYes ? 0U : 1U;
}

// `Null` says with its truth whether the key is there.
bool tells_absence(const StatementPart& part) {
  if (part.kind != ItemKind::kCondition) return false;
  return !part.block->op || part.block->op->info().kind != catalog::ValueKind::kNull;
}

// How many worlds are kept, each with its probes and its policies without single statements: as
// neighbours need them, fewer of large ones.
std::size_t kept(const PolicySet& policies) {
  constexpr std::size_t kMost = 64, kMostPolicies = 400'000;
  return std::clamp<std::size_t>(kMostPolicies / (policies.sources()->attached.size() + 1), 1,
                                 kMost);
}

}  // namespace

CoveredWorld::CoveredWorld(const PolicySet& policies, CoverageRecords& records)
    : policies_(policies), probes_(policies), evaluator_(policies) {
  for (const ProbedDocument& document : probes_.documents()) register_document(document, records);
}

void CoveredWorld::register_document(const ProbedDocument& document, CoverageRecords& records) {
  const compile::Attached& attached = policies_.sources()->attached[document.attached];
  std::vector<Place>& places = places_.emplace_back();
  if (attached.built_in) return;
  const std::shared_ptr<const text::SourceMap>& sources = attached.document->sources();
  const policy::Document& ast = attached.document->ast();
  std::vector<StatementRecord*>& own = records_of_[&ast];
  for (std::uint32_t i = 0; i < document.statements.size(); ++i) {
    const ProbedStatement& probed = document.statements[i];
    const SourceSpan& span = probed.statement->span;
    const auto [entry, fresh] =
        records.try_emplace({(*sources)[span.source].name(), ast.span.begin});
    DocumentRecord& in = entry->second;
    if (fresh) {
      in.sources = sources;
      in.source = span.source;
    }
    in.type = fresh ? attached.where.as : std::min(in.type, attached.where.as);
    in.names.emplace(sources.get(), attached.where.name);
    StatementRecord& record = in.statements[{span.begin, span.end}];
    record.index = i;
    if (probed.statement->sid) record.sid = probed.statement->sid->value;
    record.deny = probed.statement->effect == policy::Effect::kDeny;
    record.span = span;
    Place place{&record, {}};
    for (const ProbedStatement::Part& part : probed.parts) {
      place.items.push_back(record.item(part.part));
      Outcomes possible = part.part.possible;
      if (part.part.kind == ItemKind::kAction &&
          names_whole_service(probed.statement->action, attached.where.target)) {
        possible = {!probed.statement->action.negated, probed.statement->action.negated, false};
      }
      Outcomes& known = record.items[place.items.back()].possible;
      for (std::size_t o = 0; o < kOutcomes; ++o) known[o] = known[o] || possible[o];
    }
    own.push_back(&record);
    places.push_back(std::move(place));
  }
}

void CoveredWorld::decided(const request::Data& data) {
  const Request request = borrowed(data);
  const Decision with = evaluator_.evaluate(request);
  if ((with.flags & Decision::kUnusablePolicy) != 0) return;
  probes_.bind(data);
  matched_.clear();
  for (std::size_t d = 0; d < probes_.documents().size(); ++d) {
    const ProbedDocument& document = probes_.documents()[d];
    if (!probes_.consulted(document)) continue;
    for (std::size_t s = 0; s < document.statements.size(); ++s) {
      observe(document, document.statements[s], places_[d][s]);
    }
  }
  // A statement of two places matches once.
  std::sort(matched_.begin(), matched_.end());
  matched_.erase(std::unique(matched_.begin(), matched_.end()), matched_.end());
  for (StatementRecord* record : matched_) {
    if (decides(with, record, request)) ++record->decisive;
  }
}

// Principal and resource count where the action is named, conditions where both match.
void CoveredWorld::observe(const ProbedDocument& document, const ProbedStatement& statement,
                           const Place& place) {
  StatementRecord& record = *place.record;
  const bool named = probes_.names_action(document, statement);
  ++record.items[place.items.front()].counts[named ? 0 : 1];
  if (!named) return;
  ++record.evaluated;
  bool applies = true;
  for (std::size_t i = 1; i < statement.parts.size(); ++i) {
    const ProbedStatement::Part& part = statement.parts[i];
    const ItemKind kind = part.part.kind;
    const bool of_conditions =
        kind == ItemKind::kCondition || (kind == ItemKind::kVariable && !part.part.of_resource);
    if (of_conditions && !applies) break;  // conditions stand last
    count(document, part, record.items[place.items[i]]);
    const bool element = kind == ItemKind::kPrincipal || kind == ItemKind::kResource;
    if (element) applies = applies && probes_.ask(document, part.holds) == Tri::kYes;
  }
  if (probes_.ask(document, statement.whole) != Tri::kYes) return;
  ++record.matched;
  matched_.push_back(&record);
}

void CoveredWorld::count(const ProbedDocument& document, const ProbedStatement::Part& part,
                         ItemRecord& item) {
  const bool absent = tells_absence(part.part) && probes_.ask(document, part.absent) == Tri::kYes;
  const std::optional<std::size_t> outcome =
      absent ? std::size_t{2} : place_of(probes_.ask(document, part.holds));
  if (outcome) ++item.counts[*outcome];
}

bool CoveredWorld::decides(const Decision& with, StatementRecord* record, const Request& request) {
  auto reduced = without_.find(record);
  if (reduced == without_.end()) {
    reduced = without_.emplace(record, Evaluator(without(record))).first;
  }
  const Decision decision = reduced->second.evaluate(request);
  return decision.outcome != with.outcome || decision.layer != with.layer;
}

// The same policies, the statement taken out wherever it is attached.
PolicySet CoveredWorld::without(const StatementRecord* record) const {
  auto sources = std::make_shared<compile::Sources>(*policies_.sources());
  std::map<const policy::Document*, std::shared_ptr<const policy::Document>> reduced;
  for (compile::Attached& attached : sources->attached) {
    if (!attached.document || attached.built_in) continue;
    const policy::Document& ast = attached.document->ast();
    const std::vector<StatementRecord*>& statements = records_of_.at(&ast);
    if (std::find(statements.begin(), statements.end(), record) == statements.end()) continue;
    std::shared_ptr<const policy::Document>& document = reduced[&ast];
    if (document == nullptr) {
      policy::Document copy = ast;
      copy.statements.clear();
      for (std::size_t i = 0; i < statements.size(); ++i) {
        if (statements[i] != record) copy.statements.push_back(ast.statements[i]);
      }
      document = std::make_shared<const policy::Document>(std::move(copy));
    }
    attached.document.emplace(document, attached.document->sources(),
                              std::make_shared<const std::vector<Diagnostic>>());
  }
  auto program = compile::compile(*sources, policies_.program().readings);
  return {std::move(program), std::move(sources)};
}

CoveredWorld& CoverageCollector::world_of(const PolicySet& policies) {
  if (!worlds_) worlds_.emplace(kept(policies));
  const auto address = reinterpret_cast<std::uintptr_t>(&policies.program());
  return *worlds_->get(std::to_string(address),
                       [&] { return std::make_unique<CoveredWorld>(policies, records_); });
}

void CoverageCollector::decided(const PolicySet& policies, const request::Data& request) {
  world_of(policies).decided(request);
}

}  // namespace policysim::gate
