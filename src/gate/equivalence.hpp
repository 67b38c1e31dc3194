// Proofs that a changed statement matches what it matched before.
#pragma once

#include <optional>
#include <string>

#include "catalog/semantics_options.hpp"
#include "policy/ast.hpp"

namespace policysim::gate {

// The proof in words, or nothing: then it is not known. Every way in which a value can meet the
// tests of both statements is tried, also ways that no text has, so that a proof never says too
// much; where only impossible ways differ, none is found. Holds for every reading of the semantics
// options. `document` is the one that `before` stands in.
std::optional<std::string> prove_equivalent(const policy::Document& document,
                                            const policy::Statement& before,
                                            const policy::Statement& after);

// Does S3 Block Public Access see both alike?
bool equally_public(const policy::Document& before, const policy::Document& after,
                    const catalog::Readings& readings);

}  // namespace policysim::gate
