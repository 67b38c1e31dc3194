#include "catalog/services.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "catalog/tables.hpp"
#include "policysim/version.hpp"

namespace policysim::catalog {
namespace {

TEST(Services, ActionsWithoutResourceType) {
  for (const char* action :
       {"ec2:DescribeInstances", "s3:ListAllMyBuckets", "kms:CreateKey", "iam:ListUsers",
        "EC2:describeINSTANCES", "sts:GetCallerIdentity", "kms:ListKeys"}) {
    EXPECT_TRUE(is_wildcard_only(action)) << action;
    EXPECT_TRUE(is_known_action(action)) << action;
  }
  for (const char* action : {"s3:GetObject", "s3:ListBucket", "kms:Decrypt", "ec2:RunInstances",
                             "sts:AssumeRole", "dynamodb:GetItem"}) {
    EXPECT_FALSE(is_wildcard_only(action)) << action;
    EXPECT_TRUE(is_known_action(action)) << action;
  }
}

TEST(Services, UnknownActions) {
  for (const char* action : {"", ":", "s3", "s3:", "s3:*", "s3:GetObjec", "s3:GetObjectt",
                             "s4:GetObject", " s3:GetObject", "s3:GetObject ",
                             "s3:ListAllMyBuckets *", "s3:GetObject\n", "s3::GetObject", "*:*"}) {
    EXPECT_FALSE(is_known_action(action)) << "`" << action << "`";
    EXPECT_FALSE(is_wildcard_only(action)) << "`" << action << "`";
  }
}

// The guide documents some services without their resource types: known, but nothing more.
TEST(Services, ActionsThatAreOnlyDocumented) {
  EXPECT_TRUE(is_known_action("deepracer:AddLeaderboardAccessPermission"));
  EXPECT_TRUE(is_known_action("sso:DescribeDirectories"));
  EXPECT_FALSE(is_wildcard_only("sso:DescribeDirectories"));
}

TEST(Services, Prefixes) {
  for (const char* prefix : {"a2c", "s3", "S3", "ec2", "xray", "sts", "es", "opensearch"}) {
    EXPECT_TRUE(is_known_service(prefix)) << prefix;
  }
  for (const char* prefix : {"", "s", "s3:", "aws", "zzz", "a"}) {
    EXPECT_FALSE(is_known_service(prefix)) << prefix;
  }
}

TEST(Services, EveryLineIsFound) {
  std::size_t count = 0;
  for (const ServiceRow& service : generated::services()) {
    EXPECT_TRUE(is_known_service(service.prefix)) << service.prefix;
    for (std::string_view rest = service.actions; !rest.empty(); ++count) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      const std::string action =
          std::string(service.prefix) + ":" + std::string(line.substr(0, line.find(' ')));
      EXPECT_TRUE(is_known_action(action)) << action;
      EXPECT_EQ(is_wildcard_only(action), line.ends_with(" *")) << action;
      rest.remove_prefix(line.size() + 1);
    }
  }
  EXPECT_GT(count, 20'000U);
}

struct RcpRowOfTest {
  const char* prefix;
  const char* since;
};

TEST(Services, RcpListsByDate) {
  const RcpRowOfTest rows[] = {
      {"s3", "2024-11-13"},
      {"sts", "2024-11-13"},
      {"kms", "2024-11-13"},
      {"sqs", "2024-11-13"},
      {"secretsmanager", "2024-11-13"},
      {"ecr", "2025-06-01"},
      {"aoss", "2025-06-01"},
      {"cognito-identity", "2026-01-01"},
      {"cognito-idp", "2026-01-01"},
      {"logs", "2026-01-01"},
      {"dynamodb", "2026-09-26"},
      {"opensearch", "2026-09-26"},
      {"es", "2026-09-26"},
      {"xray", "2026-09-26"},
      {"DynamoDB", "2026-09-26"},
  };
  const std::string dates[] = {"2024-11-12", "2024-11-13", "2025-05-31", "2025-06-01", "2025-12-31",
                               "2026-01-01", "2026-09-25", "2026-09-26", "2030-01-01"};
  for (const RcpRowOfTest& row : rows) {
    EXPECT_TRUE(rcp_supports(row.prefix)) << row.prefix;
    for (const std::string& date : dates) {
      EXPECT_EQ(rcp_supports(row.prefix, date), date >= row.since) << row.prefix << " " << date;
    }
  }
  for (const char* prefix :
       {"", "iam", "ec2", "s3express", "s3-outposts", "s3tables", "organizations"}) {
    EXPECT_FALSE(rcp_supports(prefix)) << prefix;
  }
}

TEST(Services, RcpListHas62PrefixesAndTheAlias) {
  EXPECT_EQ(generated::rcp_services().size(), 63U);
  EXPECT_EQ(newest_rcp_date(), "2026-09-26");
}

TEST(Version, AgreesWithTheBuildAndTheCatalog) {
  std::ifstream file(PSIM_SOURCE_DIR "/CMakeLists.txt");
  std::stringstream text;
  text << file.rdbuf();
  const std::string line = "VERSION " + std::string(version()) + " ";
  EXPECT_NE(text.str().find(line), std::string::npos) << line;
  EXPECT_EQ(policysim::catalog_date(), catalog::catalog_date());
  EXPECT_EQ(policysim::catalog_date(), "2026-09-26");
  EXPECT_EQ(rcp_services_date(), newest_rcp_date());
}

}  // namespace
}  // namespace policysim::catalog
