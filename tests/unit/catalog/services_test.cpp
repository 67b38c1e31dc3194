#include "catalog/services.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "base/ascii.hpp"
#include "catalog/keys.hpp"
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
  for (std::string_view lines = generated::services(); !lines.empty();) {
    std::string_view line = take_line(lines);
    const std::string prefix(take_word(line));
    EXPECT_TRUE(is_known_service(prefix)) << prefix;
    EXPECT_FALSE(action_lines(prefix).empty()) << prefix;
    each_action(prefix, [&](const Action& row) {
      ++count;
      const std::string name = prefix + ":" + std::string(row.name);
      const auto found = find_action(base::lower(name));
      ASSERT_TRUE(found.has_value()) << name;
      EXPECT_EQ(found->name, row.name) << name;
      EXPECT_EQ(found->keys.data(), row.keys.data()) << name;
      EXPECT_EQ(found->wildcard_only, row.wildcard_only) << name;
      EXPECT_TRUE(row.documented_only || row.keys.empty() || row.keys.find(':') != row.keys.npos)
          << name << ": " << row.keys;
    });
  }
  EXPECT_EQ(count, 22'091U + 284U);
}

// Equal sets of keys stand in the table once.
TEST(Services, KeySetsAreShared) {
  std::set<std::string_view> texts;
  std::size_t count = 0;
  for (std::string_view lines = generated::key_sets(); !lines.empty(); ++count) {
    texts.insert(take_line(lines));
  }
  EXPECT_EQ(texts.size(), count);
  EXPECT_LT(count, 1'500U);
}

struct KeyOfAction {
  const char* action;
  const char* key;
  bool carried;
};

// Keys of the action itself, of the resource types that it may be about, and of neither.
TEST(Services, KeysOfActions) {
  const KeyOfAction rows[] = {
      {"s3:ListBucket", "s3:prefix", true},
      {"s3:GetObject", "s3:prefix", false},
      {"s3:GetObject", "S3:existingobjecttag/Team", true},
      {"s3:PutObject", "s3:ExistingObjectTag/Team", false},
      {"s3:PutObject", "s3:x-amz-server-side-encryption", true},
      {"s3:CreateBucket", "s3:x-amz-server-side-encryption", false},
      {"s3:PutObject", "aws:RequestTag/Team", false},
      {"s3:PutObject", "s3:BucketTag/Team", true},
      {"s3:PutObject", "s3:BucketTag/", false},
      {"kms:Decrypt", "aws:ResourceTag/Department", true},
      {"kms:Decrypt", "kms:EncryptionContext:aws:s3:arn", true},
      {"kms:DescribeKey", "kms:EncryptionContext:Department", false},
      {"kms:Decrypt", "kms:KeySpec", true},
      {"ec2:RunInstances", "ec2:Encrypted", true},
      {"ec2:StartInstances", "ec2:Encrypted", false},
      {"iam:PassRole", "iam:PassedToService", true},
      {"rds:CreateDBCluster", "rds:PubliclyAccessible", true},  // the operation table's
  };
  for (const KeyOfAction& row : rows) {
    const auto action = find_action(row.action);
    ASSERT_TRUE(action.has_value()) << row.action;
    EXPECT_EQ(has_key(action->keys, row.key), row.carried) << row.action << " " << row.key;
  }
}

TEST(Services, RetiredNames) {
  EXPECT_EQ(find_retired("ZOCALO"), "workdocs");
  EXPECT_EQ(find_retired("budgets:CreateBudget"), "budgets:ModifyBudget");
  EXPECT_EQ(find_retired("iot1click"), "");
  EXPECT_FALSE(find_retired("budgets").has_value());
  for (std::string_view lines = generated::retired(); !lines.empty();) {
    std::string_view line = take_line(lines);
    const std::string_view name = take_word(line);
    EXPECT_FALSE(is_known_action(name) || is_known_service(name)) << name;
    EXPECT_TRUE(line.empty() || is_known_action(line) || is_known_service(line)) << line;
  }
}

TEST(Services, NearNames) {
  EXPECT_EQ(suggest_service("s4"), "s3");
  EXPECT_EQ(suggest_service("secretmanager"), "secretsmanager");
  EXPECT_EQ(suggest_action("s3:GetObjekt"), "s3:GetObject");
  EXPECT_EQ(suggest_action("kms:decrpyt"), "kms:Decrypt");
  EXPECT_EQ(suggest_action("kms:SomethingElseEntirely"), "");
  EXPECT_EQ(suggest_action("nothing:GetObject"), "");
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
  const std::string_view lines = generated::rcp_services();
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 63);
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
