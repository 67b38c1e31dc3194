// Key policies of AWS managed keys: data by alias (well-known policies; KMS developer guide, EBS).
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace policysim::catalog {

struct ManagedKeyRow {
  std::string_view alias;    // "alias/aws/s3"
  std::string_view service;  // "s3" of kms:ViaService "s3.<region>.amazonaws.com"
  std::string_view actions;  // what the service may do for everybody of the account
  // For these the service may call from any Region; empty: nothing.
  std::string_view anywhere;
};

// The row of the first alias that has one, or null: AWS's policy is then not known.
const ManagedKeyRow* managed_key_policy(std::span<const std::string> aliases) noexcept;

}  // namespace policysim::catalog
