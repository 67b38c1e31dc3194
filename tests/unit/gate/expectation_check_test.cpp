// Expectations as they are written, against one denied and one conditional record.
#include "gate/expectation_check.hpp"

#include <gtest/gtest.h>

#include <string>

#include "text/reader.hpp"
#include "text/source.hpp"
#include "world/regex.hpp"

namespace policysim::gate {
namespace {

using explain::DecisionRecord;

DecisionRecord denied() {
  DecisionRecord record;
  record.id = "one";
  record.outcome = Outcome::kExplicitDeny;
  Reason scp;
  scp.layer = Layer::kScp;
  scp.policy = "guard";
  scp.sid = "KeepReports";
  scp.index = 0;
  scp.deny = true;
  scp.level = "ou-ab12-11111111";
  Reason identity;
  identity.layer = Layer::kIdentity;
  identity.policy = "no-secrets";
  identity.index = 2;
  record.reasons = {scp, identity};
  record.message = "not authorized with an explicit deny in a service control policy";
  record.bypassed = {{Layer::kBoundary, "because"}};
  record.assumptions = {"notprincipal=all", "glob.question_mark_unit=utf16"};
  return record;
}

DecisionRecord conditional() {
  DecisionRecord record;
  record.outcome = Outcome::kConditional;
  record.missing = {"aws:ResourceTag/Department", "aws:SourceIp"};
  return record;
}

// The mismatches of an expectation in YAML: "what: expected | actual".
std::string check(const std::string& yaml, const DecisionRecord& record) {
  text::SourceMap sources;
  const auto node = text::read(sources, sources.add("expect", yaml), text::Syntax::kYaml);
  EXPECT_TRUE(node) << yaml;
  world::Findings findings;
  const world::Expectation expected = world::read_expectation(*node, findings);
  EXPECT_TRUE(findings.list().empty()) << yaml << findings.list().front().message;
  std::string out;
  for (const Mismatch& one : check_expectation(expected, record)) {
    out += (out.empty() ? "" : "; ") + one.what + ": " + one.expected + " | " + one.actual;
  }
  return out;
}

TEST(ExpectationCheck, Meets) {
  for (const char* yaml :
       {"explicit_deny", "deny", "{decision: deny, because: it is so}",
        "{decision: deny, by: {layer: scp}}",
        "{decision: deny, by: {policy: guard, sid: KeepReports}}",
        "{decision: deny, by: {sid: \"#2\", layer: identity}}",
        "{decision: deny, by: {sid: \"#0\"}}", "{decision: deny, by: {level: ou-ab12-11111111}}",
        "{decision: deny, by: {any_of: [{layer: rcp}, {layer: identity}]}}",
        "{decision: deny, by: {all_of: [{layer: scp}, {layer: identity}]}}",
        "{decision: deny, message: {contains: explicit deny}}",
        "{decision: deny, message: {matches: \"^not .* (service|resource) control policy$\"}}",
        "{decision: deny, message: {equals: not authorized with an explicit deny in a service "
        "control policy}}",
        "{decision: deny, bypassed: [boundary, boundary]}", "{decision: deny, missing: []}",
        "{decision: deny, assumptions: [\"glob.question_mark_unit=utf16\", "
        "\"notprincipal=all\"]}"}) {
    EXPECT_EQ(check(yaml, denied()), "") << yaml;
  }
  EXPECT_EQ(check("{decision: conditional, missing: [aws:sourceip, aws:resourcetag/department]}",
                  conditional()),
            "");
}

TEST(ExpectationCheck, Differs) {
  const std::pair<const char*, const char*> rows[] = {
      {"allow", "decision: allow | explicit_deny"},
      {"{decision: implicit_deny, by: {layer: rcp}}", "decision: implicit_deny | explicit_deny"},
      {"{error: PS2009}", "decision: error PS2009 | explicit_deny"},
      {"{decision: deny, by: {layer: scp, policy: no-secrets}}",
       "by: {layer scp, policy no-secrets} | {layer scp, policy guard, sid KeepReports, level "
       "ou-ab12-11111111}, {layer identity, policy no-secrets, sid #2}"},
      {"{decision: deny, by: {all_of: [{layer: scp}, {layer: rcp}]}}",
       "by: {layer scp} and {layer rcp} | {layer scp, policy guard, sid KeepReports, level "
       "ou-ab12-11111111}, {layer identity, policy no-secrets, sid #2}"},
      {"{decision: deny, message: {contains: rcp, matches: \"^with\"}}",
       "message contains: rcp | not authorized with an explicit deny in a service control policy; "
       "message matches: ^with | not authorized with an explicit deny in a service control policy"},
      {"{decision: deny, bypassed: []}", "bypassed: nothing | boundary"},
      {"{decision: deny, missing: [aws:SourceIp]}", "missing: aws:SourceIp | nothing"},
      {"{decision: deny, assumptions: [notprincipal=all]}",
       "assumptions: notprincipal=all | notprincipal=all, glob.question_mark_unit=utf16"}};
  for (const auto& [yaml, expected] : rows) EXPECT_EQ(check(yaml, denied()), expected) << yaml;
  EXPECT_EQ(check("{decision: conditional, message: {contains: x}}", conditional()),
            "message contains: x | nothing");
  EXPECT_EQ(check("deny", conditional()), "decision: deny | conditional");
  EXPECT_EQ(check("{decision: conditional, by: {sid: \"#1\"}}", conditional()),
            "by: {sid #1} | nothing");
}

TEST(ExpectationCheck, Errors) {
  const DecisionRecord record = explain::make_error("one", {"PS2009", "nothing is called `x`", {}});
  EXPECT_EQ(check("{error: PS2009}", record), "");
  EXPECT_EQ(check("{error: unknown-interpolation}", record), "");
  EXPECT_EQ(check("{error: PS2010}", record),
            "decision: error PS2010 | error PS2009: nothing is called `x`");
  EXPECT_EQ(check("deny", record), "decision: deny | error PS2009: nothing is called `x`");
}

TEST(Regex, FindsSomewhere) {
  EXPECT_EQ(world::regex_error("a(b"), "missing ): a(b");
  EXPECT_EQ(world::regex_error("a|b"), "");
  EXPECT_TRUE(world::regex_found("b+", "abbc"));
  EXPECT_FALSE(world::regex_found("^b", "abbc"));
}

}  // namespace
}  // namespace policysim::gate
