// Operators on statements and their elements.
#include <algorithm>
#include <utility>

#include "gate/mutation_operators.hpp"

namespace policysim::gate {
namespace {

using policy::Effect;
using policy::Element;

const char* name_of(Effect effect) { return effect == Effect::kAllow ? "Allow" : "Deny"; }

void widen(const Site& site, ListAt at, const std::string& element,
           std::vector<StatementEdit>& out) {
  const policy::Texts& texts = list_at(site.statement(), at);
  for (std::size_t i = 0; i < texts.values.size(); ++i) {
    if (texts.values[i].value != "*") out.push_back(change_text(site, at, i, "*"));
  }
  if (texts.values.size() < 2) return;
  StatementEdit all;
  all.range = texts.span;
  all.what = "`" + element + "` becomes `*`";
  all.text.push_back({texts.span, "*"});
  all.becomes = site.statement();
  policy::Texts& wide = list_at(*all.becomes, at);
  wide.values.resize(1);
  wide.values[0].value = "*";
  wide.list = false;
  out.push_back(std::move(all));
}

void negate(const Site& site, const Element& element, const std::string& plain,
            Element& (*of)(policy::Statement&), std::vector<StatementEdit>& out) {
  const std::string negated = "Not" + plain;
  const std::string& from = element.negated ? negated : plain;
  const std::string& to = element.negated ? plain : negated;
  StatementEdit edit;
  edit.range = element.key_span;
  edit.what = "`" + from + "` becomes `" + to + "`";
  edit.text.push_back({element.key_span, to});
  edit.becomes = site.statement();
  Element& changed = of(*edit.becomes);
  changed.negated = !changed.negated;
  out.push_back(std::move(edit));
}

}  // namespace

// A document without statements is none: the last one goes when the policy is detached.
void drop_statement(const Site& site, std::vector<StatementEdit>& out) {
  if (site.document.statements.size() < 2) return;
  StatementEdit edit;
  edit.range = site.statement().span;
  edit.what = "the statement is dropped";
  edit.text.push_back({edit.range, std::nullopt});
  out.push_back(std::move(edit));
}

void flip_effect(const Site& site, std::vector<StatementEdit>& out) {
  const Effect from = site.statement().effect;
  const Effect to = from == Effect::kAllow ? Effect::kDeny : Effect::kAllow;
  StatementEdit edit;
  edit.range = site.statement().effect_span;
  edit.what = std::string("`") + name_of(from) + "` becomes `" + name_of(to) + "`";
  edit.text.push_back({edit.range, name_of(to)});
  edit.becomes = site.statement();
  edit.becomes->effect = to;
  out.push_back(std::move(edit));
}

void widen_action(const Site& site, std::vector<StatementEdit>& out) {
  widen(site, {ListAt::Part::kAction, 0, 0},
        site.statement().action.negated ? "NotAction" : "Action", out);
}

void widen_resource(const Site& site, std::vector<StatementEdit>& out) {
  if (!site.statement().resource) return;
  widen(site, {ListAt::Part::kResource, 0, 0},
        site.statement().resource->negated ? "NotResource" : "Resource", out);
}

void widen_principal(const Site& site, std::vector<StatementEdit>& out) {
  if (!site.statement().principal || site.statement().principal->star) return;
  const policy::Principal& principal = *site.statement().principal;
  StatementEdit edit;
  edit.range = principal.span;
  edit.what = std::string(principal.negated ? "`NotPrincipal`" : "`Principal`") + " becomes `*`";
  edit.text.push_back({principal.span, "*"});
  edit.becomes = site.statement();
  edit.becomes->principal->star = true;
  edit.becomes->principal->entries.clear();
  out.push_back(std::move(edit));
}

void negate_action(const Site& site, std::vector<StatementEdit>& out) {
  negate(
      site, site.statement().action, "Action",
      [](policy::Statement& statement) -> Element& { return statement.action; }, out);
}

void negate_resource(const Site& site, std::vector<StatementEdit>& out) {
  if (!site.statement().resource) return;
  negate(
      site, *site.statement().resource, "Resource",
      [](policy::Statement& statement) -> Element& { return *statement.resource; }, out);
}

}  // namespace policysim::gate
