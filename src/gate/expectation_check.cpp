#include "gate/expectation_check.hpp"

#include <algorithm>
#include <set>

#include "base/ascii.hpp"
#include "catalog/rules.hpp"
#include "world/regex.hpp"

namespace policysim::gate {
namespace {

using explain::DecisionRecord;
using explain::to_string;
using world::Expectation;
using world::ReasonMatch;
using Texts = std::vector<std::string>;

constexpr const char* kNothing = "nothing";

std::string joined(const Texts& texts, std::string_view between = ", ") {
  std::string out;
  for (const std::string& text : texts) {
    if (!out.empty()) out += between;
    out += text;
  }
  return out.empty() ? kNothing : out;
}

bool same_decision(const std::string& expected, Outcome actual) {
  if (expected != "deny") return expected == to_string(actual);
  return actual == Outcome::kExplicitDeny || actual == Outcome::kImplicitDeny;
}

bool same_rule(const std::string& expected, const std::string& code) {
  const catalog::Rule* rule = catalog::find_rule(expected);
  return rule != nullptr && rule->id == code;
}

std::string member(std::string_view name, std::string_view value) {
  return value.empty() ? std::string() : std::string(name) + " " + std::string(value);
}

std::string show(const ReasonMatch& reason) {
  Texts parts;
  for (const auto& [name, value] : {std::pair("layer", reason.layer),
                                    {"policy", reason.policy},
                                    {"sid", reason.sid},
                                    {"level", reason.level}}) {
    if (value) parts.push_back(member(name, *value));
  }
  return "{" + joined(parts) + "}";
}

std::string show(const Reason& reason) {
  Texts parts = {member("layer", to_string(reason.layer))};
  const std::string sid =
      reason.sid ? *reason.sid : (reason.index ? "#" + std::to_string(*reason.index) : "");
  for (const std::string& part :
       {member("policy", reason.policy), member("sid", sid), member("level", reason.level)}) {
    if (!part.empty()) parts.push_back(part);
  }
  return "{" + joined(parts) + "}";
}

bool has_sid(const Reason& reason, const std::string& sid) {
  if (sid.rfind('#', 0) == 0) return reason.index && "#" + std::to_string(*reason.index) == sid;
  return reason.sid && *reason.sid == sid;
}

bool meets(const ReasonMatch& expected, const Reason& reason) {
  return (!expected.layer || *expected.layer == to_string(reason.layer)) &&
         (!expected.policy || *expected.policy == reason.policy) &&
         (!expected.sid || has_sid(reason, *expected.sid)) &&
         (!expected.level || *expected.level == reason.level);
}

void check_by(const Expectation& expected, const DecisionRecord& actual,
              std::vector<Mismatch>& out) {
  if (expected.by.empty()) return;
  const auto met = [&](const ReasonMatch& match) {
    return std::any_of(actual.reasons.begin(), actual.reasons.end(),
                       [&](const Reason& reason) { return meets(match, reason); });
  };
  const auto first = expected.by.begin(), last = expected.by.end();
  if (expected.by_all ? std::all_of(first, last, met) : std::any_of(first, last, met)) return;
  Texts wanted, given;
  for (const ReasonMatch& match : expected.by) wanted.push_back(show(match));
  for (const Reason& reason : actual.reasons) given.push_back(show(reason));
  out.push_back({"by", joined(wanted, expected.by_all ? " and " : " or "), joined(given)});
}

void check_message(const world::MessageMatch& expected, const DecisionRecord& actual,
                   std::vector<Mismatch>& out) {
  const auto check = [&](const char* how, const std::optional<std::string>& text, auto meets) {
    if (!text || (actual.message && meets(*text, *actual.message))) return;
    out.push_back({std::string("message ") + how, *text, actual.message.value_or(kNothing)});
  };
  check("equals", expected.equals,
        [](const std::string& text, const std::string& message) { return text == message; });
  check("contains", expected.contains, [](const std::string& text, const std::string& message) {
    return message.find(text) != std::string::npos;
  });
  check("matches", expected.matches, [](const std::string& text, const std::string& message) {
    return world::regex_found(text, message);
  });
}

// Equal as sets; IAM compares keys without case.
void check_set(const char* what, const std::optional<Texts>& expected, const Texts& actual,
               bool fold, std::vector<Mismatch>& out) {
  if (!expected) return;
  const auto set_of = [fold](const Texts& texts) {
    std::set<std::string> set;
    for (const std::string& text : texts) set.insert(fold ? base::lower(text) : text);
    return set;
  };
  if (set_of(*expected) == set_of(actual)) return;
  out.push_back({what, joined(*expected), joined(actual)});
}

}  // namespace

std::vector<Mismatch> check_expectation(const Expectation& expected, const DecisionRecord& actual) {
  const std::string wanted = expected.error.empty() ? expected.decision : "error " + expected.error;
  if (actual.error) {
    if (!expected.error.empty() && same_rule(expected.error, actual.error->code)) return {};
    return {{"decision", wanted, "error " + actual.error->code + ": " + actual.error->message}};
  }
  if (!expected.error.empty() || !same_decision(expected.decision, actual.outcome)) {
    return {{"decision", wanted, std::string(to_string(actual.outcome))}};
  }
  std::vector<Mismatch> out;
  check_by(expected, actual, out);
  check_message(expected.message, actual, out);
  check_set("missing", expected.missing, actual.missing, true, out);
  Texts bypassed;
  for (const Bypassed& layer : actual.bypassed) bypassed.emplace_back(to_string(layer.layer));
  check_set("bypassed", expected.bypassed, bypassed, false, out);
  check_set("assumptions", expected.assumptions, actual.assumptions, false, out);
  return out;
}

bool meets_plainly(const Expectation& expected, const PlainDecision& actual) {
  const bool needs_evidence = !expected.error.empty() || expected.message.equals ||
                              expected.message.contains || expected.message.matches ||
                              expected.missing || expected.bypassed || expected.assumptions;
  const Outcome outcome = actual.decision.outcome;
  if (needs_evidence || !same_decision(expected.decision, outcome)) return false;
  if (expected.by.empty()) return true;
  if (expected.by_all && expected.by.size() > 1) return false;
  // Of a deny and an allow the statement that decided is one of the reasons.
  const bool named = outcome == Outcome::kAllow || outcome == Outcome::kExplicitDeny;
  if (!named || actual.policies == nullptr || !actual.decision.statement.valid()) return false;
  const StatementInfo info = actual.policies->statement(actual.decision.statement);
  Reason reason;
  reason.layer = actual.decision.layer;
  reason.policy = info.policy;
  reason.sid = info.sid;
  reason.index = info.index;
  return std::any_of(expected.by.begin(), expected.by.end(), [&reason](const ReasonMatch& match) {
    return !match.level && meets(match, reason);
  });
}

}  // namespace policysim::gate
