// The operation table against the service reference: what calls ask and send is known there, so
// that nobody is warned of it.
#include <gtest/gtest.h>

#include "catalog/keys.hpp"
#include "catalog/services.hpp"
#include "operations/operation_table.hpp"
#include "operations/tables.hpp"

namespace policysim::operations {
namespace {

void check(const RequestRow& row, const std::string& key) {
  const auto action = catalog::find_action(row.action);
  ASSERT_TRUE(action.has_value()) << row.action;
  const catalog::KeyInfo info = catalog::find_key(key);
  EXPECT_TRUE(info.known) << key;
  EXPECT_TRUE(info.anywhere || catalog::has_key(action->keys, key)) << row.action << " " << key;
}

TEST(OperationTable, NamesWhatTheReferenceKnows) {
  std::size_t keys = 0;
  for (const OperationRow& operation : operation_rows()) {
    for (const RequestRow& row : operation.requests) {
      for (const KeyRow& key : row.keys) {
        // Scans name no leading keys: there the value is absent.
        const bool never = key.value == Value::kAbsent || (key.value == Value::kLeadingKeys &&
                                                           is_action(row.action, "dynamodb:Scan"));
        if (!never) check(row, std::string(key.key));
        ++keys;
      }
      for (const KeyRow& pair : row.pairs) {
        check(row, "kms:EncryptionContext:" + std::string(pair.key));
      }
    }
  }
  EXPECT_GT(keys, 100U);
}

}  // namespace
}  // namespace policysim::operations
