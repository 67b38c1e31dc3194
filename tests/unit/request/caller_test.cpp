#include <gtest/gtest.h>

#include "request/request.hpp"

namespace policysim::request {
namespace {

struct Row {
  const char* text;
  const char* kind;  // null: no caller
  const char* arn;
  const char* principal_arn;
  const char* account;
  const char* entry;
};

// Evaluation logic, section 0: what an ARN or name alone says.
constexpr Row kRows[] = {
    {"arn:aws:iam::111122223333:user/path/alice", "user",
     "arn:aws:iam::111122223333:user/path/alice", "arn:aws:iam::111122223333:user/path/alice",
     "111122223333", "arn:aws:iam::111122223333:user/path/alice"},
    {"arn:aws:iam::111122223333:role/team/app", "role-session",
     "arn:aws:sts::111122223333:assumed-role/app/policysim",
     "arn:aws:iam::111122223333:role/team/app", "111122223333",
     "arn:aws:iam::111122223333:role/team/app"},
    {"arn:aws-cn:sts::111122223333:assumed-role/app/s1", "role-session",
     "arn:aws-cn:sts::111122223333:assumed-role/app/s1", "", "111122223333",
     "arn:aws-cn:iam::111122223333:role/app"},
    {"arn:aws:iam::1:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
     "service-linked-role", "arn:aws:sts::1:assumed-role/AWSServiceRoleForECS/policysim",
     "arn:aws:iam::1:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS", "1",
     "arn:aws:iam::1:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"},
    {"arn:aws:iam::1:role/AWSServiceRoleForECS", "role-session",
     "arn:aws:sts::1:assumed-role/AWSServiceRoleForECS/policysim",
     "arn:aws:iam::1:role/AWSServiceRoleForECS", "1", "arn:aws:iam::1:role/AWSServiceRoleForECS"},
    {"arn:aws:sts::1:federated-user/bob", "federated-user", "arn:aws:sts::1:federated-user/bob",
     "arn:aws:sts::1:federated-user/bob", "1", "arn:aws:sts::1:federated-user/bob"},
    {"arn:aws:iam::1:root", "root", "arn:aws:iam::1:root", "arn:aws:iam::1:root", "1",
     "arn:aws:iam::1:root"},
    {"logs.us-east-1.amazonaws.com", "service", "logs.us-east-1.amazonaws.com", "", "",
     "logs.us-east-1.amazonaws.com"},
    {"ec2.amazonaws.com.cn", "service", "ec2.amazonaws.com.cn", "", "", "ec2.amazonaws.com.cn"},
    {"arn:aws:iam::1:oidc-provider/token.example.com", "federated-idp",
     "arn:aws:iam::1:oidc-provider/token.example.com", "", "",
     "arn:aws:iam::1:oidc-provider/token.example.com"},
    {"accounts.google.com", "federated-idp", "accounts.google.com", "", "", "accounts.google.com"},
    {"anonymous", "anonymous", "anonymous", "", "", "anonymous"},
    {"*", "anonymous", "anonymous", "", "", "anonymous"},
    {"arn:aws:iam::1:group/admins", nullptr, "", "", "", ""},
    {"arn:aws:sts::1:assumed-role/app", nullptr, "", "", "", ""},
    {"arn:aws:sts::1:assumed-role//s", nullptr, "", "", "", ""},
    {"arn:aws:s3:::bucket", nullptr, "", "", "", ""},
    {"arn:aws:iam::1:user/", nullptr, "", "", "", ""},
    {"arn:aws:iam::1", nullptr, "", "", "", ""},
    {"alice", nullptr, "", "", "", ""},
    {"", nullptr, "", "", "", ""},
};

TEST(CallerFromArn, KnowsEveryKind) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.text);
    const auto caller = caller_from_arn(row.text);
    ASSERT_EQ(caller.has_value(), row.kind != nullptr);
    if (!caller) continue;
    EXPECT_EQ(to_string(caller->kind), row.kind);
    EXPECT_EQ(caller->arn, row.arn);
    EXPECT_EQ(caller->principal_arn, row.principal_arn);
    EXPECT_EQ(caller->account, row.account);
    EXPECT_EQ(caller->entry, row.entry);
  }
}

TEST(CallerFromArn, KeepsPartitionAndServiceName) {
  EXPECT_EQ(caller_from_arn("arn:aws-us-gov:iam::1:user/a")->partition, "aws-us-gov");
  EXPECT_EQ(caller_from_arn("s3.amazonaws.com")->service_names,
            std::vector<std::string>{"s3.amazonaws.com"});
}

TEST(Origin, HasNames) {
  EXPECT_EQ(to_string(Origin::kContext), "context");
  EXPECT_EQ(to_string(Origin::kDefault), "default");
}

}  // namespace
}  // namespace policysim::request
