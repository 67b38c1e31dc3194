// The compiled product against the conformance data: statement by statement, all of them in one
// PolicySet, end to end, and the seeds' whole decisions with their evidence.
#include <gtest/gtest.h>

#include <map>

#include "conformance/check.hpp"
#include "conformance/vectors.hpp"
#include "policysim/evaluator.hpp"
#include "reference/convert.hpp"

namespace policysim::conformance {
namespace {

PolicySet compile(PolicySet::Builder builder) {
  auto compiled = std::move(builder).compile();
  if (!compiled) throw std::runtime_error(compiled.error().message);
  return std::move(compiled).value();
}

TEST(Product, StatementVectors) {
  for (const Vector& v : vectors()) {
    SCOPED_TRACE(v.id + ": " + v.about);
    PolicySet::Builder builder;
    builder.add(parse(v.document, v.type), {v.type, v.id, ""});
    const PolicySet set = compile(std::move(builder));
    ASSERT_GE(set.statement_count(), 1U);
    Evaluator evaluator(set);
    EXPECT_EQ(evaluator.match({0}, product_request(v)), v.expected);
  }
}

TEST(Product, AllVectorsInOnePolicySet) {
  PolicySet::Builder builder;
  for (const Vector& v : vectors()) builder.add(parse(v.document, v.type), {v.type, v.id, ""});
  const PolicySet set = compile(std::move(builder));
  std::map<std::string, StatementId> ids;
  for (std::uint32_t i = 0; i < set.statement_count(); ++i) ids[set.statement({i}).policy] = {i};
  Evaluator evaluator(set);
  for (const Vector& v : vectors()) {
    SCOPED_TRACE(v.id + ": " + v.about);
    ASSERT_TRUE(ids.contains(v.id));
    EXPECT_EQ(evaluator.match(ids[v.id], product_request(v)), v.expected);
  }
}

// The caller that the product derives from a vector is the one that the reference derives.
TEST(Product, CallersOfVectors) {
  for (const Vector& v : vectors()) {
    SCOPED_TRACE(v.id);
    const reference::Caller product = reference::from(product_request(v).data()).caller;
    const reference::Caller own = reference_request(v).caller;
    EXPECT_EQ(product.kind, own.kind);
    EXPECT_EQ(product.account, own.account);
    if (!own.account.empty()) {
      EXPECT_EQ(product.partition, own.partition);
    }
    if (own.kind == reference::CallerKind::kRoleSession) {
      EXPECT_EQ(product.role_arn, own.role_arn);
    }
    EXPECT_EQ(product.unique_id, own.unique_id);
    EXPECT_EQ(product.canonical_id, own.canonical_id);
    EXPECT_EQ(product.service_names, own.service_names);
  }
}

constexpr const char* kAllowAll =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})";

// What KMS keys and roles demand besides: their own policy hands the decision to the account.
void delegate(PolicySet::Builder& builder, const std::string& account) {
  const std::string head =
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":")" + account +
      R"("},"Action":"*")";
  builder.add(parse(head + R"(,"Resource":"*"}})", PolicyType::kKey),
              {PolicyType::kKey, "key", ""});
  builder.add(parse(head + "}}", PolicyType::kTrust), {PolicyType::kTrust, "trust", ""});
}

TEST(Product, IdentityVectorsEndToEnd) {
  std::size_t decided = 0;
  for (const Vector& v : vectors()) {
    const Request request = product_request(v);
    const request::Data& data = request.data();
    const bool crosses = !data.resource_facts.partition.empty() &&
                         data.resource_facts.partition != data.caller.partition;
    const bool has_policies = data.caller.kind == request::CallerKind::kUser ||
                              data.caller.kind == request::CallerKind::kRoleSession;
    if (v.type != PolicyType::kIdentity || crosses || !has_policies) continue;
    SCOPED_TRACE(v.id + ": " + v.about);
    PolicySet::Builder builder;
    builder.add(parse(v.document, v.type), {v.type, v.id, ""});
    if (v.deny) builder.add(parse(kAllowAll, v.type), {v.type, "allow-all", ""});
    delegate(builder, data.caller.account);
    Evaluator evaluator(compile(std::move(builder)));
    const Outcome matched = v.deny ? Outcome::kExplicitDeny : Outcome::kAllow;
    const Outcome otherwise = v.deny ? Outcome::kAllow : Outcome::kImplicitDeny;
    const Outcome expected = v.expected == Match::kYes  ? matched
                             : v.expected == Match::kNo ? otherwise
                                                        : Outcome::kConditional;
    EXPECT_EQ(evaluator.evaluate(request).outcome, expected);
    ++decided;
  }
  EXPECT_GE(decided, 120U);
}

Answer product_answer(const Row& row) {
  PolicySet::Builder builder;
  for (const Attached& a : row.policies) {
    builder.add(parse(a.document, a.type), {a.type, a.name, a.level});
  }
  Evaluator evaluator(compile(std::move(builder)));
  const Request request(std::make_shared<const request::Data>(row.request));
  const Explanation explanation = evaluator.explain(request);
  EXPECT_EQ(evaluator.evaluate(request), explanation.decision) << row.id;
  Answer out{explanation.decision.outcome, explanation.decision.layer, {}, {}};
  for (const Reason& reason : explanation.reasons) {
    out.layers.push_back(reason.layer);
    if (!reason.policy.empty()) {
      out.statements.push_back({reason.layer, reason.policy, reason.sid.value_or("")});
    }
  }
  return out;
}

void check_rows(const std::vector<Row>& rows) {
  for (const Row& row : rows) check(row, product_answer(row));
}

TEST(Product, TagOpsScenarios) { check_rows(tagops_rows()); }
TEST(Product, BucketEncryptionRcpMatrix) { check_rows(rcp_matrix_rows()); }
TEST(Product, BucketTagScpMatrix) { check_rows(scp_matrix_rows()); }

}  // namespace
}  // namespace policysim::conformance
