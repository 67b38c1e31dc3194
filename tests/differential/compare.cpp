#include "differential/compare.hpp"

#include "differential/choices.hpp"
#include "differential/names.hpp"
#include "differential/organizations.hpp"
#include "differential/product.hpp"
#include "differential/vocabulary.hpp"
#include "policysim/evaluator.hpp"
#include "reference/convert.hpp"
#include "reference/text.hpp"

namespace policysim::differential {
namespace {

Match to_match(reference::Tri tri) {
  return tri == reference::Tri::kTrue    ? Match::kYes
         : tri == reference::Tri::kFalse ? Match::kNo
                                         : Match::kUnknown;
}

std::optional<std::string> compare_matches(const Comparison& c, const Seen& seen, const Ids& ids,
                                           const Request& request, Evaluator& evaluator) {
  for (std::size_t p = 0; p < c.policies.size(); ++p) {
    const auto& statements = c.policies[p].document->statements;
    for (std::size_t s = 0; s < statements.size(); ++s) {
      const reference::Tri expected = seen.matches[p][s].match;
      const Match got = evaluator.match(ids[p][s], request);
      if (got != to_match(expected)) {
        return "match of p" + std::to_string(p) + "/S" + std::to_string(s) + ": product " +
               name(got) + ", reference " + name(to_match(expected));
      }
    }
  }
  return std::nullopt;
}

Decision expected_decision(const Seen& seen, const Ids& ids) {
  Decision out;
  out.outcome = seen.decision.outcome;
  out.layer = seen.decision.layer;
  if (seen.decision.statement) {
    out.statement = ids[seen.decision.statement->policy][seen.decision.statement->statement];
  }
  return out;
}

std::string text(const Decision& d, const PolicySet& set) {
  std::string out = name(d.outcome) + " " + name(d.layer);
  if (d.statement.valid()) {
    const StatementInfo info = set.statement(d.statement);
    out += " " + info.policy + "/S" + std::to_string(info.index);
  }
  return out;
}

// A reason as text, so that both sides compare.
std::string text(Layer layer, const std::string& statement, const std::string& level) {
  return name(layer) + " " + statement + " " + level + "; ";
}

// Built-in statements and the levels of implicit denies are left out.
std::string reasons_text(const Explanation& e) {
  std::string out;
  for (const Reason& r : e.reasons) {
    const std::string statement =
        r.index && !r.policy.empty() ? r.policy + "/S" + std::to_string(*r.index) : "-";
    const std::string one = text(r.layer, statement, statement == "-" ? "" : r.level);
    if (r.layer == Layer::kRcp && statement == "-") continue;
    if (statement != "-" || out.find(one) == std::string::npos) out += one;
  }
  return out;
}

bool is_built_in(const Comparison& c, const reference::StatementRef& ref) {
  return c.policies[ref.policy].name == "FullAWSAccess";
}

std::string reasons_text(const reference::Decision& d, const Comparison& c) {
  std::string out;
  for (const reference::Reason& r : d.reasons) {
    const bool named = r.statement && !is_built_in(c, *r.statement);
    const std::string statement =
        named ? c.policies[r.statement->policy].name + "/S" + std::to_string(r.statement->statement)
              : "-";
    const std::string one = text(r.layer, statement, statement == "-" ? "" : r.level);
    if (statement != "-" || out.find(one) == std::string::npos) out += one;
  }
  return out;
}

std::optional<std::string> compare_evidence(const Comparison& c, const Seen& seen,
                                            const Explanation& e) {
  const auto differ = [](const std::string& what, const std::string& got,
                         const std::string& expected) {
    return what + ": product " + got + "\n  reference " + expected;
  };
  const bool left_open = seen.decision.outcome == Outcome::kConditional;
  const std::string reasons = reasons_text(seen.decision, c);
  if (!left_open && reasons_text(e) != reasons) {
    return differ("reasons", reasons_text(e), reasons);
  }
  std::string got;
  for (const Bypassed& b : e.bypassed) got += name(b.layer) + " ";
  std::string expected;
  for (const Layer layer : seen.decision.bypassed) expected += name(layer) + " ";
  if (got != expected) return differ("bypassed", got, expected);
  for (std::size_t i = 0; i < e.layers.size(); ++i) {
    if (e.layers[i] != seen.decision.layers[i]) {
      return differ("layer " + name(static_cast<Layer>(i)), name(e.layers[i]),
                    name(seen.decision.layers[i]));
    }
  }
  return std::nullopt;
}

// One text or none: the classes of values that unknown keys are split by hold no lists.
reference::ContextKey draw_value(Choices& choices, const std::string& key) {
  using reference::State;
  reference::ContextKey out{key, State::kAbsent, {}};
  if (choices.chance(15)) return out;
  const Family& family = choices.of(families());
  const bool bad = choices.chance(15) && !family.bad_request_values.empty();
  out.state = State::kScalar;
  out.values = {choices.of(bad ? family.bad_request_values : family.request_values)};
  return out;
}

void set_value(reference::Request& request, const reference::ContextKey& value) {
  const std::string key = reference::ascii_lower(value.key);
  bool found = false;
  for (reference::ContextKey& have : request.context) {
    if (reference::ascii_lower(have.key) != key || have.state != reference::State::kUnknown)
      continue;
    have.state = value.state;
    have.values = value.values;
    found = true;
  }
  if (!found) request.context.push_back(value);
}

// The product may find that a decision is the same whatever the unknown keys are, where bounding
// does not. Then no values of them may lead elsewhere.
std::optional<std::string> contradiction(const Comparison& c, const Seen& seen, Outcome decided) {
  Choices choices(seen.unknown.size());
  for (int i = 0; i < 200; ++i) {
    reference::Request request = seen.request;
    for (const std::string& key : seen.unknown) set_value(request, draw_value(choices, key));
    const Outcome outcome = reference::decide(c.policies, request, c.options).outcome;
    if (outcome == decided || outcome == Outcome::kConditional) continue;
    std::string values;
    for (const reference::ContextKey& entry : request.context) {
      if (!seen.unknown.contains(entry.key)) continue;
      values += " " + entry.key + "=" + (entry.values.empty() ? "absent" : entry.values[0]);
    }
    return "product decides " + name(decided) + " in spite of unknown keys, but" + values +
           " gives " + name(outcome);
  }
  return std::nullopt;
}

// What the accounts' places in their organizations mean for the request.
void place_in_organizations(const Case& generated, reference::Request& request) {
  if (!generated.organizations) return;
  const Account* caller = find_account(generated, request.caller.account);
  const Account* resource = find_account(generated, request.resource_account);
  request.scp_levels.emplace();
  request.rcp_levels.emplace();
  if (caller != nullptr && caller->scp_enabled) request.scp_levels = caller->levels;
  if (resource != nullptr && resource->rcp_enabled) request.rcp_levels = resource->levels;
  request.caller.in_management_account = caller != nullptr && caller->management;
  request.resource_in_management_account = resource != nullptr && resource->management;
}

std::optional<std::string> compare_request(const Comparison& c, const Seen& seen, const Ids& ids,
                                           const request::Data& data, const PolicySet& set,
                                           Evaluator& evaluator, bool explain) {
  const Request request(std::make_shared<const request::Data>(data));
  if (auto out = compare_matches(c, seen, ids, request, evaluator)) return out;
  const Decision expected = expected_decision(seen, ids);
  const Decision direct = evaluator.evaluate(request);
  if (expected.outcome == Outcome::kConditional && direct.outcome != Outcome::kConditional) {
    return contradiction(c, seen, direct.outcome);
  }
  if (direct != expected) {
    return "decision: product " + text(direct, set) + ", reference " + text(expected, set);
  }
  const Decision bound = evaluator.evaluate(set.bind(request));
  if (bound != direct) return "bound request decides otherwise: " + text(bound, set);
  if (!explain || !c.options.empty()) return std::nullopt;  // evidence: under default readings
  const Explanation explanation = evaluator.explain(request);
  if (explanation.decision != direct) {
    return "explain decides otherwise: " + text(explanation.decision, set) + ", evaluate " +
           text(direct, set);
  }
  return compare_evidence(c, seen, explanation);
}

}  // namespace

bool parse_all(const Case& generated, Comparison& out) {
  ParseOptions options;
  options.lenient = true;
  for (const Policy& policy : generated.policies) {
    auto parsed = PolicyDocument::parse(to_json(policy), policy.type, options);
    if (!parsed) return false;
    out.documents.push_back(std::move(parsed).value());
  }
  const auto view = [&](std::size_t i, std::size_t level) {
    const Policy& policy = generated.policies[i];
    out.policies.push_back({&out.documents[i].ast(), policy.type,
                            policy.built_in ? "FullAWSAccess" : "p" + std::to_string(i),
                            level < policy.levels.size() ? policy.levels[level] : ""});
    out.origin.push_back(i);
  };
  for (std::size_t i = 0; i < out.documents.size(); ++i) view(i, 0);
  for (std::size_t i = 0; i < out.documents.size(); ++i) {
    for (std::size_t l = 1; l < generated.policies[i].levels.size(); ++l) view(i, l);
  }
  out.options = {generated.options.begin(), generated.options.end()};
  return true;
}

Comparison compare(const Case& generated, bool explain) {
  Comparison out;
  out.usable = parse_all(generated, out);
  if (!out.usable) return out;
  auto compiled = compile(generated, out);
  if (!compiled) {
    out.difference = "does not compile: " + compiled.error().message;
    return out;
  }
  const PolicySet& set = compiled.value();
  const Ids ids = statement_ids(set, out);
  Evaluator evaluator(set);
  for (const request::Data& data : generated.requests) {
    Seen seen;
    seen.request = reference::from(data, out.options);
    place_in_organizations(generated, seen.request);
    for (const KeyGrant& grant : generated.grants) {
      if (grant.key == data.resource) seen.request.grants.push_back(reference::from(grant.grant));
    }
    seen.matches = reference::match_all(out.policies, seen.request, out.options, &seen.unknown);
    seen.decision =
        reference::decide(out.policies, seen.matches, seen.request, out.options, &seen.unknown);
    out.difference = compare_request(out, seen, ids, data, set, evaluator, explain);
    out.seen.push_back(std::move(seen));
    if (out.difference) break;
  }
  return out;
}

}  // namespace policysim::differential
