// A program outside the tree: parses a policy, compiles it, decides one request and prints the Sid
// of the statement that decided.
#include <cstdio>
#include <string>
#include <utility>

#include "policysim/policysim.hpp"

namespace {

constexpr const char* kPolicy = R"({
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "ReadTeamObjects", "Effect": "Allow", "Action": "s3:GetObject",
     "Resource": "arn:aws:s3:::reports/${aws:PrincipalTag/team}/*"},
    {"Sid": "OnlyWithTls", "Effect": "Deny", "Action": "s3:*", "Resource": "*",
     "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
  ]
})";

int fail(const policysim::Error& error) {
  std::fprintf(stderr, "%s: %s\n", error.code.c_str(), error.message.c_str());
  return 1;
}

}  // namespace

int main() {
  using namespace policysim;
  auto document = PolicyDocument::parse(kPolicy, PolicyType::kIdentity);
  if (!document) return fail(document.error());

  PolicySet::Builder builder;
  builder.add(*std::move(document), {PolicyType::kIdentity, "team-access", ""});
  auto policies = std::move(builder).compile();
  if (!policies) return fail(policies.error());

  Evaluator evaluator(*policies);
  for (const char* tls : {"true", "false"}) {
    auto request = Request::Builder()
                       .principal("arn:aws:iam::123456789012:user/ann")
                       .action("s3:GetObject")
                       .resource("arn:aws:s3:::reports/blue/june.csv")
                       .resource_account("123456789012")
                       .context("aws:PrincipalTag/team", "blue")
                       .context("aws:SecureTransport", tls)
                       .build();
    if (!request) return fail(request.error());
    const Decision decision = evaluator.evaluate(*request);
    const bool allowed = decision.outcome == Outcome::kAllow;
    const std::string sid = policies->statement(decision.statement).sid.value_or("-");
    std::printf("tls %s: %s by %s\n", tls, allowed ? "allow" : "deny", sid.c_str());
    const bool want_allow = tls[0] == 't';
    if (allowed != want_allow || sid != (want_allow ? "ReadTeamObjects" : "OnlyWithTls")) return 1;
  }
  return 0;
}
