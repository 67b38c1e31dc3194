// A mutant that is proved equivalent matches what its original matches, whatever is asked and
// however AWS's open questions are read.
#include "gate/equivalence.hpp"

#include "gate/mutation_operators.hpp"
#include "gate/witness_values.hpp"
#include "property/support.hpp"
#include "text/node.hpp"

namespace policysim::property {
namespace {

using policy::Document;
using policy::Statement;

std::optional<PolicyDocument> target_of(const Case& generated) {
  const differential::Policy& policy = generated.policies[generated.target_policy];
  auto document = PolicyDocument::parse(differential::to_json(policy), policy.type);
  if (!document) return std::nullopt;
  return *std::move(document);
}

// Edits, and edits of edits, whose proofs are found.
std::vector<Statement> proved(Choices& choices, const Document& document, std::uint32_t index) {
  const gate::Vocabulary vocabulary{{"Team", "Other"}, {}, {"123456789012", "210987654321"}};
  const Statement& before = document.statements[index];
  std::vector<Statement> out;
  const auto consider = [&](const Statement& after) {
    if (!(after == before) && gate::prove_equivalent(document, before, after)) out.push_back(after);
  };
  for (const gate::StatementEdit& edit : gate::edits_of({document, index, vocabulary})) {
    if (!edit.becomes) continue;
    consider(*edit.becomes);
    if (!choices.chance(30)) continue;
    Document second = document;
    second.statements[index] = *edit.becomes;
    for (const gate::StatementEdit& again : gate::edits_of({second, index, vocabulary})) {
      if (again.becomes) consider(*again.becomes);
    }
  }
  return out;
}

// The request with a value for each key that the statements test: hits, misses, lists, nothing.
request::Data drawn(Choices& choices, const request::Data& from, const Statement& before,
                    const Statement& after) {
  request::Data out = from;
  for (const Statement* statement : {&before, &after}) {
    for (const policy::ConditionBlock& block : statement->condition) {
      for (const policy::Condition& one : block.conditions) {
        if (choices.chance(20)) continue;
        const auto values = gate::key_values(one.key.value, before, &after, &from);
        const text::Node& value = choices.of(values);
        request::ContextEntry entry;
        entry.key = one.key.value;
        entry.state = request::ValueState::kAbsent;
        if (value.is_scalar()) {
          entry.state = request::ValueState::kScalar;
          entry.values = {value.text};
        }
        const bool list = value.is_list() || (value.is_scalar() && choices.chance(15));
        if (list) entry.state = request::ValueState::kList;
        for (const text::Node& item : value.items) entry.values.push_back(item.text);
        if (list && choices.chance(30)) {
          const text::Node& more = choices.of(values);
          if (more.is_scalar()) entry.values.push_back(more.text);
        }
        differential::set_key(out, entry);
      }
    }
  }
  return out;
}

Verdict never_differ(Choices& choices, Case& generated, std::string& why) {
  if (generated.policies.empty()) return Verdict::kDoesNotApply;
  const std::optional<PolicyDocument> document = target_of(generated);
  if (!document) return Verdict::kDoesNotApply;
  const auto index = static_cast<std::uint32_t>(generated.target_statement);
  if (index >= document->ast().statements.size()) return Verdict::kDoesNotApply;
  const Statement& before = document->ast().statements[index];
  Verdict out = Verdict::kDoesNotApply;
  for (const Statement& after : proved(choices, document->ast(), index)) {
    auto both = std::make_shared<Document>(document->ast());
    both->statements = {before, after};
    PolicySet::Builder builder;
    builder.add(PolicyDocument(both, document->sources(), nullptr), {both->type, "both", ""});
    CompileOptions options;
    options.semantics = generated.options;
    const auto set = std::move(builder).compile(options);
    if (!set) return Verdict::kDoesNotApply;
    Evaluator evaluator(*set);
    out = Verdict::kHolds;
    for (int i = 0; i < 40; ++i) {
      request::Data data = drawn(choices, choices.of(generated.requests), before, after);
      if (choices.chance(30)) differential::change_request(choices, data, true);
      if (has_unknown_keys(data)) continue;
      const Request request = to_request(data);
      if (evaluator.match({0}, request) == evaluator.match({1}, request)) continue;
      why = "a proof is wrong\n" + document->unparse() +
            PolicyDocument(both, document->sources(), nullptr).unparse() +
            differential::to_text(data);
      return Verdict::kFails;
    }
  }
  return out;
}

TEST(Equivalence, ProvedMutantsNeverDiffer) { check(never_differ, 400); }

}  // namespace
}  // namespace policysim::property
