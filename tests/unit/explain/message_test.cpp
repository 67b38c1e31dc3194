#include "explain/message.hpp"

#include <gtest/gtest.h>

#include <string>

namespace policysim::explain {
namespace {

constexpr const char* kRole = "arn:aws:sts::111111111111:assumed-role/R/s";
constexpr const char* kScpArn =
    "arn:aws:organizations::999999999999:policy/o-1/service_control_policy/p-1";

struct Row {
  const char* what;
  const char* action;
  const char* resource;
  Outcome outcome;
  Layer layer;
  MessageStyle style;
  const char* owner;  // account of the resource
  const char* expected;
};

request::Data data(const Row& row) {
  request::Data out;
  out.caller.arn = kRole;
  out.caller.account = "111111111111";
  out.action = row.action;
  out.resource = row.resource;
  out.resource_facts.account = row.owner;
  return out;
}

Explanation explanation(Outcome outcome, Layer layer) {
  Explanation out;
  out.decision.outcome = outcome;
  out.decision.layer = layer;
  Reason reason;
  reason.layer = layer;
  out.reasons.push_back(reason);
  return out;
}

constexpr const char* kOwn = "111111111111";
constexpr const char* kForeign = "222222222222";
constexpr const char* kQueue = "arn:aws:sqs:us-east-1:111111111111:q";
constexpr const char* kObject = "arn:aws:s3:::b/k";

constexpr Outcome kExplicit = Outcome::kExplicitDeny;
constexpr Outcome kImplicit = Outcome::kImplicitDeny;

#define PREFIX(action, resource)                                                           \
  "User: arn:aws:sts::111111111111:assumed-role/R/s is not authorized to perform: " action \
  " on resource: " resource

const Row kRows[] = {
    {"scp explicit", "sqs:SendMessage", kQueue, kExplicit, Layer::kScp, MessageStyle::kPlain, kOwn,
     PREFIX("sqs:SendMessage", "arn:aws:sqs:us-east-1:111111111111:q") " with an explicit deny in "
                                                                       "a service control policy"},
    {"scp implicit", "sqs:SendMessage", kQueue, kImplicit, Layer::kScp, MessageStyle::kPlain, kOwn,
     PREFIX("sqs:SendMessage",
            "arn:aws:sqs:us-east-1:111111111111:q") " because no service control policy allows the "
                                                    "sqs:SendMessage action"},
    {"rcp", "sqs:SendMessage", kQueue, kExplicit, Layer::kRcp, MessageStyle::kPlain, kOwn,
     PREFIX("sqs:SendMessage", "arn:aws:sqs:us-east-1:111111111111:q") " with an explicit deny in "
                                                                       "a resource control policy"},
    {"endpoint", "sqs:SendMessage", kQueue, kExplicit, Layer::kVpce, MessageStyle::kPlain, kOwn,
     PREFIX(
         "sqs:SendMessage",
         "arn:aws:sqs:us-east-1:111111111111:q") " with an explicit deny in a VPC endpoint policy"},
    {"boundary", "sqs:SendMessage", kQueue, kImplicit, Layer::kBoundary, MessageStyle::kPlain, kOwn,
     PREFIX("sqs:SendMessage",
            "arn:aws:sqs:us-east-1:111111111111:q") " because no permissions boundary allows the "
                                                    "sqs:SendMessage action"},
    {"session", "sqs:SendMessage", kQueue, kExplicit, Layer::kSession, MessageStyle::kPlain, kOwn,
     PREFIX("sqs:SendMessage",
            "arn:aws:sqs:us-east-1:111111111111:q") " with an explicit deny in a session policy"},
    {"identity", "sqs:SendMessage", kQueue, kExplicit, Layer::kIdentity, MessageStyle::kPlain, kOwn,
     PREFIX("sqs:SendMessage", "arn:aws:sqs:us-east-1:111111111111:q") " with an explicit deny in "
                                                                       "an identity-based policy"},
    {"resource", "sqs:SendMessage", kQueue, kImplicit, Layer::kResource, MessageStyle::kPlain,
     kForeign,
     PREFIX("sqs:SendMessage",
            "arn:aws:sqs:us-east-1:111111111111:q") " because no resource-based policy allows the "
                                                    "sqs:SendMessage action"},
    {"service has no clause", "iam:GetRole", "arn:aws:iam::1:role/r", kImplicit, Layer::kService,
     MessageStyle::kPlain, kOwn, PREFIX("iam:GetRole", "arn:aws:iam::1:role/r")},
    {"s3 quotes", "s3:GetObject", kObject, kExplicit, Layer::kIdentity, MessageStyle::kPlain, kOwn,
     PREFIX("s3:GetObject",
            "\"arn:aws:s3:::b/k\"") " with an explicit deny in an identity-based policy"},
    {"s3 to strangers", "s3:GetObject", kObject, kExplicit, Layer::kIdentity, MessageStyle::kPlain,
     kForeign,
     PREFIX("s3:GetObject",
            "\"arn:aws:s3:::b/k\"") " with an explicit deny in an identity-based policy"},
    {"s3 style outside", "s3:GetObject", kObject, kExplicit, Layer::kIdentity,
     MessageStyle::kOutside, kOwn, "Access Denied"},
    {"s3 endpoint", "s3:GetObject", kObject, kExplicit, Layer::kVpce, MessageStyle::kPlain, kOwn,
     "Access Denied"},
    {"directory bucket", "s3express:CreateSession", kObject, kImplicit, Layer::kIdentity,
     MessageStyle::kPlain, kOwn, "Access Denied"},
    {"block public access", "s3:GetObject", kObject, kExplicit, Layer::kBpa, MessageStyle::kPlain,
     kOwn, PREFIX("s3:GetObject", "\"arn:aws:s3:::b/k\"")},
    {"ec2 prefix", "ec2:RunInstances", "arn:aws:ec2:us-east-1:1:instance/*", kImplicit,
     Layer::kIdentity, MessageStyle::kPlain, kOwn,
     "You are not authorized to perform this operation. " PREFIX(
         "ec2:RunInstances",
         "arn:aws:ec2:us-east-1:1:instance/*") " because no identity-based policy allows the "
                                               "ec2:RunInstances action"},
    {"arn", "sqs:SendMessage", kQueue, kExplicit, Layer::kScp, MessageStyle::kArn, kOwn,
     PREFIX("sqs:SendMessage",
            "arn:aws:sqs:us-east-1:111111111111:q") " with an explicit deny in a service control "
                                                    "policy: "
                                                    "arn:aws:organizations::999999999999:policy/"
                                                    "o-1/service_control_policy/p-1"},
    {"arn in s3", "s3:GetObject", kObject, kExplicit, Layer::kScp, MessageStyle::kArn, kOwn,
     PREFIX("s3:GetObject", "\"arn:aws:s3:::b/k\"") " with an explicit deny in a service control "
                                                    "policy, with policy ARN: "
                                                    "arn:aws:organizations::999999999999:policy/"
                                                    "o-1/service_control_policy/p-1"},
    {"no arn for an implicit deny", "sqs:SendMessage", kQueue, kImplicit, Layer::kScp,
     MessageStyle::kArn, kOwn,
     PREFIX("sqs:SendMessage",
            "arn:aws:sqs:us-east-1:111111111111:q") " because no service control policy allows the "
                                                    "sqs:SendMessage action"},
    {"no arn of a resource policy", "sqs:SendMessage", kQueue, kExplicit, Layer::kResource,
     MessageStyle::kArn, kOwn,
     PREFIX("sqs:SendMessage", "arn:aws:sqs:us-east-1:111111111111:q") " with an explicit deny in "
                                                                       "a resource-based policy"},
    {"no arn for strangers", "sqs:SendMessage", kQueue, kExplicit, Layer::kScp, MessageStyle::kArn,
     kForeign,
     PREFIX("sqs:SendMessage", "arn:aws:sqs:us-east-1:111111111111:q") " with an explicit deny in "
                                                                       "a service control policy"},
    {"allow has none", "sqs:SendMessage", kQueue, Outcome::kAllow, Layer::kIdentity,
     MessageStyle::kPlain, kOwn, ""},
    {"conditional has none", "sqs:SendMessage", kQueue, Outcome::kConditional, Layer::kNone,
     MessageStyle::kPlain, kOwn, ""},
};

TEST(Message, Rows) {
  for (const Row& row : kRows) {
    EXPECT_EQ(
        render_aws_message(data(row), explanation(row.outcome, row.layer), row.style, kScpArn),
        row.expected)
        << row.what;
  }
}

TEST(Message, RoleTrustHasItsOwnWords) {
  const Row row{"",
                "sts:AssumeRole",
                "arn:aws:iam::111111111111:role/r",
                kImplicit,
                Layer::kResource,
                MessageStyle::kPlain,
                kOwn,
                ""};
  Explanation why = explanation(kImplicit, Layer::kResource);
  why.role_trust = true;
  EXPECT_EQ(render_aws_message(data(row), why),
            PREFIX("sts:AssumeRole", "arn:aws:iam::111111111111:role/r")
                " because no role trust policy allows the sts:AssumeRole action");
  why.decision.outcome = kExplicit;
  EXPECT_EQ(
      render_aws_message(data(row), why),
      PREFIX("sts:AssumeRole",
             "arn:aws:iam::111111111111:role/r") " with an explicit deny in the role trust policy");
}

TEST(Message, AnonymousIsNamed) {
  request::Data request;
  request.caller.arn = "anonymous";
  request.action = "s3:GetObject";
  request.resource = kObject;
  request.resource_facts.account = kOwn;
  EXPECT_EQ(render_aws_message(request, explanation(kImplicit, Layer::kResource)),
            "User: anonymous is not authorized to perform: s3:GetObject on resource: "
            "\"arn:aws:s3:::b/k\" because no resource-based policy allows the s3:GetObject action");
}

TEST(Message, OneOrganizationIsNotOutside) {
  const Row row{"",          "s3:GetObject",     kObject,  kExplicit,
                Layer::kScp, MessageStyle::kArn, kForeign, ""};
  request::Data request = data(row);
  for (const char* key : {"aws:PrincipalOrgID", "aws:ResourceOrgID"}) {
    request.context.push_back(
        {key, request::ValueState::kScalar, {"o-1"}, request::Origin::kWorld});
  }
  const std::string message =
      render_aws_message(request, explanation(kExplicit, Layer::kScp), MessageStyle::kArn, kScpArn);
  EXPECT_NE(message.find(kScpArn), std::string::npos) << message;
  request.context.back().values = {"o-2"};
  const std::string stranger =
      render_aws_message(request, explanation(kExplicit, Layer::kScp), MessageStyle::kArn, kScpArn);
  EXPECT_EQ(stranger.find(kScpArn), std::string::npos) << stranger;
}

TEST(Message, StylesHaveNames) {
  for (const MessageStyle style :
       {MessageStyle::kPlain, MessageStyle::kArn, MessageStyle::kOutside}) {
    EXPECT_EQ(find_message_style(to_string(style)), style);
  }
  EXPECT_FALSE(find_message_style("loud"));
}

}  // namespace
}  // namespace policysim::explain
