// Fixtures with a small world: `ann` may read the bucket `reports` and nothing else.
#pragma once

#include <memory>
#include <string>

#include "unit/world/fixture_helpers.hpp"

namespace policysim::gate {

inline constexpr const char* kWorld = R"(
world:
  policies:
    read: {Version: "2012-10-17", Statement: [
      {Sid: Read, Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::reports/*"},
      {Sid: NoSecrets, Effect: Deny, Action: "s3:GetObject", Resource: "arn:aws:s3:::reports/secret/*"}]}
  principals: {ann: {arn: "arn:aws:iam::123456789012:user/ann", policies: [read], session: null}}
  resources: {reports: {arn: "arn:aws:s3:::reports", account: "123456789012"}}
)";

inline std::shared_ptr<const world::Fixture> small_fixture(const std::string& rest,
                                                           const std::string& name = "small") {
  return std::make_shared<const world::Fixture>(world::load_good("name: " + name + kWorld + rest));
}

}  // namespace policysim::gate
