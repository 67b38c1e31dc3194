// The condition graph as text: one line a node, references by number.
#pragma once

#include <cstddef>
#include <string>

#include "program/program.hpp"

namespace policysim::program {

std::string dump(const Program& program);
std::size_t memory_bytes(const Program& program) noexcept;

}  // namespace policysim::program
