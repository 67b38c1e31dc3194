// Is a resource policy public, as S3 Block Public Access defines it (evaluation.md 6.4)?
#pragma once

#include "catalog/semantics_options.hpp"
#include "policy/ast.hpp"

namespace policysim::services {

struct PublicTest {
  bool is_public = false;
  catalog::OptionSet touched = 0;  // options that the answer may hang on
};

// Public: some Allow for everybody is not restricted to fixed values of a key that the caller
// cannot choose. `access_point`: the policy is one of an access point.
PublicTest test_public(const policy::Document& document, const catalog::Readings& readings,
                       bool access_point);

}  // namespace policysim::services
