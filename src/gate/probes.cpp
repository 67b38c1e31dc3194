#include "gate/probes.hpp"

#include <map>
#include <memory>
#include <utility>

#include "compile/compiler.hpp"
#include "eval/machine.hpp"
#include "policysim/policy.hpp"

namespace policysim::gate {
namespace {

using policy::Document;
using policy::Statement;
using policy::Text;

policy::Texts one_text(std::string text) { return {{Text{std::move(text), {}}}, false, {}}; }

// Matches every request; the part under test takes the place of one element.
Statement blank(policy::Effect effect) {
  Statement out;
  out.effect = effect;
  out.principal.emplace().star = true;
  out.action.texts = one_text("*");
  out.resource.emplace().texts = one_text("*");
  return out;
}

Statement with_condition(Statement out, std::string_view op, const std::string& key,
                         std::string value) {
  policy::ConditionBlock block;
  block.name.value = op;
  block.op = catalog::parse_operator(op);
  block.conditions = {{Text{key, {}}, one_text(std::move(value))}};
  out.has_condition = true;
  out.condition = {std::move(block)};
  return out;
}

// The document of probes of one document. Its first statement tells whether it is consulted.
class Exploder {
 public:
  explicit Exploder(const Document& original) : original_(original) {
    out_.type = original.type;
    out_.version = original.version;
    add(blank(policy::Effect::kAllow));
  }

  ProbedStatement explode(const Statement& statement) {
    ProbedStatement out;
    out.statement = &statement;
    out.whole = add(statement);
    for (StatementPart& part : parts_of(statement, original_.type, original_.effective_version())) {
      ProbedStatement::Part probed;
      probed.holds = add(probe_of(statement, part));
      if (part.kind == ItemKind::kCondition) {
        // An Allow, so that of two readings of an empty text the one with a value counts.
        probed.absent =
            add(with_condition(blank(policy::Effect::kAllow), "Null", part.key, "true"));
      }
      probed.part = std::move(part);
      out.parts.push_back(std::move(probed));
    }
    return out;
  }

  Document take() && { return std::move(out_); }

 private:
  std::uint32_t add(Statement statement) {
    out_.statements.push_back(std::move(statement));
    return static_cast<std::uint32_t>(out_.statements.size() - 1);
  }

  static Statement probe_of(const Statement& statement, const StatementPart& part) {
    Statement out = blank(statement.effect);
    switch (part.kind) {
      case ItemKind::kAction:
        out.action = statement.action;
        break;
      case ItemKind::kPrincipal:
        out.principal = statement.principal;
        break;
      case ItemKind::kResource:
        out.resource = statement.resource;
        break;
      case ItemKind::kCondition: {
        policy::ConditionBlock block = *part.block;
        block.conditions = {*part.condition};
        out.has_condition = true;
        out.condition = {std::move(block)};
        break;
      }
      case ItemKind::kVariable:  // what has a value is equal to itself
        return with_condition(blank(policy::Effect::kAllow), "StringEquals", part.key,
                              "${" + part.key + "}");
    }
    return out;
  }

  const Document& original_;
  Document out_;
};

// The policies with every document replaced by its probes, and a row for each document. Equal
// documents stay equal.
PolicySet compile_probes(const PolicySet& policies, std::vector<ProbedDocument>& documents) {
  struct Exploded {
    std::shared_ptr<const Document> document;
    std::vector<ProbedStatement> statements;
  };
  std::map<const Document*, Exploded> known;
  const auto no_findings = std::make_shared<const std::vector<Diagnostic>>();
  auto sources = std::make_shared<compile::Sources>(*policies.sources());
  for (compile::Attached& attached : sources->attached) {
    if (!attached.document || attached.built_in) continue;
    const Document& original = attached.document->ast();
    const auto [entry, fresh] = known.try_emplace(&original);
    if (fresh) {
      Exploder exploder(original);
      for (const Statement& one : original.statements) {
        entry->second.statements.push_back(exploder.explode(one));
      }
      entry->second.document = std::make_shared<const Document>(std::move(exploder).take());
    }
    attached.document.emplace(entry->second.document, attached.document->sources(), no_findings);
  }
  auto program = compile::compile(*sources, policies.program().readings);
  for (const program::DocumentRow& row : program->documents) {
    ProbedDocument document;
    document.attached = row.attached;
    document.first = row.first_statement;
    if (!row.built_in) {
      const compile::Attached& original = policies.sources()->attached[row.attached];
      document.statements = known.at(&original.document->ast()).statements;
    }
    documents.push_back(std::move(document));
  }
  return {std::move(program), std::move(sources)};
}

}  // namespace

Probes::Probes(const PolicySet& policies)
    : policies_(policies),
      probes_(compile_probes(policies, documents_)),
      scratch_(probes_.program()),
      consulted_(documents_.size(), 0) {}

void Probes::bind(const request::Data& request) {
  const program::Program& program = probes_.program();
  eval::bind(program, request, binding_);
  scratch_.next_request();
  ++request_;
  for (const std::uint32_t statement : binding_.candidates) {
    consulted_[program.document_of[statement]] = request_;
  }
}

bool Probes::consulted(const ProbedDocument& document) const noexcept {
  return consulted_[static_cast<std::size_t>(&document - documents_.data())] == request_;
}

bool Probes::names_action(const ProbedDocument& document,
                          const ProbedStatement& statement) const noexcept {
  const std::uint32_t probe = document.first + statement.parts.front().holds;
  return eval::action_matches(probes_.program(), probe, binding_.patterns);
}

program::Tri Probes::ask(const ProbedDocument& document, std::uint32_t probe) {
  eval::NoRecorder recorder;
  eval::Machine<eval::NoRecorder> machine(binding_, scratch_, recorder);
  return machine.match(document.first + probe).match;
}

}  // namespace policysim::gate
