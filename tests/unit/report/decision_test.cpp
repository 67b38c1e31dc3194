// Records, their aggregation, and the three formats.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "compile/sources.hpp"
#include "explain/decision_record.hpp"
#include "program/program.hpp"
#include "report/decision_format.hpp"

namespace policysim::report {
namespace {

using explain::aggregate;
using explain::Excerpt;
using explain::make_error;
using explain::make_record;
using explain::RecordOptions;
using explain::shown_file;

PolicySet no_policies() {
  return PolicySet(std::make_shared<program::Program>(), std::make_shared<compile::Sources>());
}

Reason reason(Layer layer, const std::string& policy, bool deny) {
  Reason out;
  out.layer = layer;
  out.policy = policy;
  out.sid = "S";
  out.index = 1;
  out.deny = deny;
  out.location = Location{"p.json", 3, 5};
  return out;
}

request::Data request() {
  request::Data out;
  out.caller.arn = "arn:aws:iam::111111111111:user/u";
  out.caller.account = "111111111111";
  out.action = "sqs:SendMessage";
  out.resource = "arn:aws:sqs:us-east-1:111111111111:q";
  out.context.push_back(
      {"aws:SourceIp", request::ValueState::kScalar, {"10.0.0.1"}, request::Origin::kContext});
  out.context.push_back(
      {"aws:TagKeys", request::ValueState::kList, {"a", "b"}, request::Origin::kRequest});
  out.context.push_back(
      {"aws:SourceVpc", request::ValueState::kAbsent, {}, request::Origin::kContext});
  out.context.push_back(
      {"aws:SourceOrgID", request::ValueState::kUnknown, {}, request::Origin::kContext});
  return out;
}

Explanation explain(Outcome outcome, std::vector<Reason> reasons) {
  Explanation out;
  out.decision.outcome = outcome;
  if (!reasons.empty()) out.decision.layer = reasons.front().layer;
  out.reasons = std::move(reasons);
  return out;
}

DecisionRecord record(const std::string& id, Outcome outcome, std::vector<Reason> reasons = {}) {
  RecordOptions options;
  options.for_people = true;
  return make_record(id, request(), explain(outcome, std::move(reasons)), no_policies(), options);
}

std::string render(const char* format, const std::vector<DecisionRecord>& records,
                   const RenderOptions& options = {}) {
  const auto writer = find_decision_format(format)->make(options);
  std::string out;
  for (const DecisionRecord& one : records) writer->write(one, out);
  writer->finish(out);
  return out;
}

TEST(DecisionRecord, ExplicitDenyNamesItsFirstReason) {
  const DecisionRecord deny =
      record("d", Outcome::kExplicitDeny,
             {reason(Layer::kScp, "guard", true), reason(Layer::kIdentity, "dept", true)});
  EXPECT_EQ(deny.layer, Layer::kScp);
  EXPECT_EQ(deny.policy, "guard");
  EXPECT_EQ(deny.statement, 1U);
  ASSERT_TRUE(deny.location);
  EXPECT_EQ(deny.location->line, 3U);
  EXPECT_NE(deny.message->find("service control policy"), std::string::npos);
}

TEST(DecisionRecord, ImplicitDenyNamesNoPolicy) {
  Reason blocker;
  blocker.layer = Layer::kBoundary;
  blocker.because = "no statement of the boundary allows it";
  const DecisionRecord deny = record("d", Outcome::kImplicitDeny, {blocker});
  EXPECT_EQ(deny.layer, Layer::kBoundary);
  EXPECT_FALSE(deny.policy || deny.sid || deny.statement || deny.location);
  EXPECT_TRUE(deny.message);
}

TEST(DecisionRecord, AllowNamesTheWitnessOfItsLayer) {
  Explanation why = explain(Outcome::kAllow, {reason(Layer::kScp, "full", false),
                                              reason(Layer::kIdentity, "dept", false)});
  why.decision.layer = Layer::kIdentity;
  const DecisionRecord allow = make_record("a", request(), why, no_policies());
  EXPECT_EQ(allow.policy, "dept");
  EXPECT_FALSE(allow.message);
  EXPECT_TRUE(allow.context.empty());  // for people only
}

TEST(DecisionRecord, ConditionalNamesNothing) {
  const DecisionRecord maybe =
      record("c", Outcome::kConditional, {reason(Layer::kScp, "guard", true)});
  EXPECT_EQ(maybe.layer, Layer::kNone);
  EXPECT_FALSE(maybe.policy || maybe.message || maybe.location);
  EXPECT_EQ(maybe.reasons.size(), 1U);
}

TEST(Aggregate, StrictestSpeaksFirstInOrder) {
  std::vector<DecisionRecord> parts = {
      record("", Outcome::kAllow), record("", Outcome::kConditional),
      record("", Outcome::kImplicitDeny), record("", Outcome::kExplicitDeny),
      record("", Outcome::kExplicitDeny)};
  parts[0].absent = {"b:k", "a:k"};
  parts[3].absent = {"a:k", "c:k"};
  parts[3].action = "first";
  parts[4].action = "second";
  parts[0].warnings = {{"PS3101", "w", std::nullopt}};
  parts[4].warnings = {{"PS3101", "w", std::nullopt}, {"PS3102", "x", std::nullopt}};
  const DecisionRecord all = aggregate("call", parts);
  EXPECT_EQ(all.outcome, Outcome::kExplicitDeny);
  EXPECT_EQ(all.action, "first");
  EXPECT_EQ(all.absent, (std::vector<std::string>{"a:k", "b:k", "c:k"}));
  EXPECT_EQ(all.warnings.size(), 2U);
  ASSERT_EQ(all.requests.size(), 5U);
  EXPECT_EQ(all.requests[0].id, "call#0");
  EXPECT_EQ(all.requests[4].id, "call#4");
}

TEST(Aggregate, OneIsTheAnswerItself) {
  const DecisionRecord one = aggregate("call", {record("x", Outcome::kAllow)});
  EXPECT_EQ(one.id, "call");
  EXPECT_TRUE(one.requests.empty());
}

TEST(Aggregate, NoneIsAllowed) {
  const DecisionRecord none = aggregate("call", {});
  EXPECT_EQ(none.outcome, Outcome::kAllow);
  EXPECT_FALSE(none.principal || none.action || none.resource || none.error);
}

TEST(Aggregate, AnErrorSpoilsTheWhole) {
  const DecisionRecord all =
      aggregate("call", {record("", Outcome::kExplicitDeny), make_error("", {"PS3001", "no", {}})});
  ASSERT_TRUE(all.error);
  EXPECT_EQ(all.id, "call");
  EXPECT_EQ(all.error->code, "PS3001");
}

TEST(DecisionJson, MembersStandInTheOrderOfTheContract) {
  const std::string text =
      render("ndjson", {record("d", Outcome::kExplicitDeny, {reason(Layer::kScp, "guard", true)})});
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  const auto json = nlohmann::ordered_json::parse(text);
  std::vector<std::string> names;
  for (const auto& member : json.items()) names.push_back(member.key());
  EXPECT_EQ(names, (std::vector<std::string>{"id",       "decision",    "principal", "action",
                                             "resource", "operation",   "layer",     "policy",
                                             "sid",      "statement",   "location",  "message",
                                             "reasons",  "layers",      "bypassed",  "missing",
                                             "absent",   "assumptions", "warnings",  "requests"}));
  names.clear();
  for (const auto& member : json["layers"].items()) names.push_back(member.key());
  EXPECT_EQ(names,
            (std::vector<std::string>{"rcp", "scp", "vpce", "resource", "identity", "boundary",
                                      "session", "grant", "acl", "bpa", "service"}));
  EXPECT_EQ(json["reasons"][0]["effect"], "Deny");
  EXPECT_TRUE(json["reasons"][0]["level"].is_null());
  EXPECT_TRUE(json["operation"].is_null());
  EXPECT_EQ(json["layers"]["acl"], "not_applicable");
}

TEST(DecisionJson, InnerRequestsHaveNoRequests) {
  const DecisionRecord all =
      aggregate("call", {record("", Outcome::kAllow), record("", Outcome::kAllow)});
  const auto json = nlohmann::json::parse(render("json", {all}));
  ASSERT_EQ(json.size(), 1U);
  EXPECT_EQ(json[0]["requests"].size(), 2U);
  EXPECT_FALSE(json[0]["requests"][0].contains("requests"));
}

TEST(DecisionJson, ErrorsAreObjectsOfTheirOwn) {
  const DecisionRecord bad = make_error("x", {"PS3001", "no", {}}, Location{"f.yaml", 2, 3});
  const auto json = nlohmann::json::parse(render("json", {bad, record("d", Outcome::kAllow)}));
  EXPECT_EQ(json[0].dump(),
            R"({"error":{"code":"PS3001","location":{"column":3,"file":"f.yaml","line":2},)"
            R"("message":"no"},"id":"x"})");
  EXPECT_EQ(json.size(), 2U);
  EXPECT_EQ(nlohmann::json::parse(render("json", {})).size(), 0U);
}

TEST(DecisionJson, FilesAreRelativeToTheWorkingDirectory) {
  const std::string here = std::filesystem::current_path().generic_string();
  for (const std::string& file : {here + "/a/p.json", std::string("./a/p.json"),
                                  std::string("a//b/../p.json"), std::string("a/p.json")}) {
    EXPECT_EQ(shown_file({file, 1, 1}), "a/p.json") << file;
  }
  EXPECT_EQ(shown_file({"<stdin>", 1, 1}), "<stdin>");
  EXPECT_EQ(shown_file({"../p.json", 1, 1}), "../p.json");
}

TEST(DecisionText, SaysWhoWhatWhereAndWhy) {
  const std::string text = render(
      "text", {record("case-1", Outcome::kExplicitDeny, {reason(Layer::kScp, "guard", true)})});
  for (const char* part :
       {"✗ explicit deny  case-1", "arn:aws:iam::111111111111:user/u", "sqs:SendMessage",
        "service control policy `guard`, statement 1 `S` (p.json:3:5)", "AWS says", "layers"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find("aws:SourceIp"), std::string::npos);
}

TEST(DecisionText, VerboseShowsWhereKeysComeFrom) {
  RenderOptions options;
  options.verbosity = 1;
  const std::string text = render("text", {record("c", Outcome::kAllow)}, options);
  for (const char* part :
       {"aws:SourceIp    = \"10.0.0.1\"  (context)", "aws:TagKeys     = [\"a\", \"b\"]  (request)",
        "aws:SourceVpc   = absent", "aws:SourceOrgID = unknown"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

TEST(DecisionText, AsciiAndColour) {
  RenderOptions ascii;
  ascii.unicode = false;
  const std::string plain =
      render("text", {record("a", Outcome::kAllow), record("b", Outcome::kImplicitDeny)}, ascii);
  for (const char c : plain) EXPECT_LT(static_cast<unsigned char>(c), 0x80U) << plain;
  EXPECT_NE(plain.find("2 decisions: 1 allow, 1 implicit deny"), std::string::npos) << plain;
  RenderOptions color;
  color.color = true;
  EXPECT_NE(render("text", {record("a", Outcome::kAllow)}, color).find("\x1b[32m✓ allow\x1b[0m"),
            std::string::npos);
}

TEST(DecisionText, HostileTextIsEscaped) {
  Reason evil = reason(Layer::kIdentity, "p\x1b[2J", true);
  evil.sid = "a\nb\x1b]0;x\x07";
  DecisionRecord deny = record("id\x1b[1m", Outcome::kExplicitDeny, {evil});
  deny.excerpt = Excerpt{{"f\x1b", 1, 1}, {"\t{\x1b[31m\"Sid\": 1}"}, 0};
  const std::string text = render("text", {deny});
  for (const char c : text) {
    EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << text;
  }
  EXPECT_EQ(text.find("\nb"), std::string::npos);
}

TEST(DecisionText, ExcerptIsCutToTheTerminal) {
  RenderOptions narrow;
  narrow.columns = 60;
  DecisionRecord deny = record("x", Outcome::kExplicitDeny, {reason(Layer::kIdentity, "p", true)});
  deny.excerpt = Excerpt{
      {"p.json", 7, 301}, {std::string(300, ' ') + "{\"Sid\": \"S\"}" + std::string(300, 'x')}, 4};
  const std::string text = render("text", {deny}, narrow);
  EXPECT_NE(text.find("7 │ …{\"Sid\": \"S\"}xxx"), std::string::npos) << text;
  EXPECT_NE(text.find("4 more lines"), std::string::npos) << text;
}

TEST(DecisionFormats, AreFoundByName) {
  for (const DecisionFormat& format : decision_formats()) {
    EXPECT_EQ(find_decision_format(format.name), &format);
  }
  EXPECT_EQ(find_decision_format("xml"), nullptr);
}

}  // namespace
}  // namespace policysim::report
