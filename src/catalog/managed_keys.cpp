#include "catalog/managed_keys.hpp"

#include <array>

namespace policysim::catalog {
namespace {

constexpr std::array kRows = {
    ManagedKeyRow{"alias/aws/ebs", "ec2",
                  "kms:Encrypt kms:Decrypt kms:ReEncrypt* kms:GenerateDataKey* kms:CreateGrant "
                  "kms:DescribeKey",
                  ""},
    ManagedKeyRow{"alias/aws/s3", "s3",
                  "kms:Encrypt kms:Decrypt kms:ReEncrypt* kms:GenerateDataKey* kms:DescribeKey",
                  ""},
    ManagedKeyRow{"alias/aws/secretsmanager", "secretsmanager",
                  "kms:Encrypt kms:Decrypt kms:ReEncrypt* kms:CreateGrant kms:DescribeKey",
                  "kms:GenerateDataKey*"},
};

}  // namespace

const ManagedKeyRow* managed_key_policy(std::span<const std::string> aliases) noexcept {
  for (const std::string& alias : aliases) {
    for (const ManagedKeyRow& row : kRows) {
      if (row.alias == alias) return &row;
    }
  }
  return nullptr;
}

}  // namespace policysim::catalog
