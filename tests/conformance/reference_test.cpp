// The reference alone against the conformance data: it must be right before it may witness.
#include <gtest/gtest.h>

#include "conformance/check.hpp"
#include "conformance/vectors.hpp"
#include "reference/convert.hpp"

namespace policysim::conformance {
namespace {

Match to_match(reference::Tri tri) {
  return tri == reference::Tri::kTrue    ? Match::kYes
         : tri == reference::Tri::kFalse ? Match::kNo
                                         : Match::kUnknown;
}

TEST(Reference, StatementVectors) {
  EXPECT_EQ(vectors().size(), 168U);
  for (const Vector& v : vectors()) {
    SCOPED_TRACE(v.id + ": " + v.about);
    const PolicyDocument document = parse(v.document, v.type);
    const reference::Policy policy{&document.ast(), v.type, v.id, ""};
    EXPECT_EQ(to_match(reference::match(policy, 0, reference_request(v), {})), v.expected);
  }
}

Answer reference_answer(const Row& row) {
  std::vector<PolicyDocument> documents;
  for (const Attached& a : row.policies) documents.push_back(parse(a.document, a.type));
  std::vector<reference::Policy> policies;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const Attached& a = row.policies[i];
    policies.push_back({&documents[i].ast(), a.type, a.name, a.level});
  }
  const auto decision = reference::decide(policies, reference::from(row.request), {});
  Answer out{decision.outcome, decision.layer, {}, {}};
  for (const reference::Reason& reason : decision.reasons) {
    out.layers.push_back(reason.layer);
    if (!reason.statement) continue;
    const reference::Policy& policy = policies[reason.statement->policy];
    const auto& sid = policy.document->statements[reason.statement->statement].sid;
    out.statements.push_back({reason.layer, policy.name, sid ? sid->value : ""});
  }
  return out;
}

void check_rows(const std::vector<Row>& rows, std::size_t count) {
  EXPECT_EQ(rows.size(), count);
  for (const Row& row : rows) check(row, reference_answer(row));
}

TEST(Reference, TagOpsScenarios) { check_rows(tagops_rows(), 68); }
TEST(Reference, BucketEncryptionRcpMatrix) { check_rows(rcp_matrix_rows(), 149); }
TEST(Reference, BucketTagScpMatrix) { check_rows(scp_matrix_rows(), 39); }

}  // namespace
}  // namespace policysim::conformance
