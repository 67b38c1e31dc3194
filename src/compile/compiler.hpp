// Sources -> Program.
#pragma once

#include <memory>

#include "compile/sources.hpp"
#include "policysim/result.hpp"
#include "program/program.hpp"

namespace policysim::compile {

// The readings that options name, the others at their defaults. Fails on names and readings that do
// not exist.
Result<catalog::Readings> readings_of(const CompileOptions& options);

// Compiles everything attached. A policy that cannot be used is kept as a failure of the requests
// that need it.
std::shared_ptr<const program::Program> compile(const Sources& sources,
                                                const catalog::Readings& readings);

}  // namespace policysim::compile
