// Counts every heap allocation of this program, through operator new and malloc.
#pragma once

#include <cstddef>

namespace policysim::eval_test {

// Allocations so far; 0 for ever where a sanitizer owns the heap (see counting_works).
std::size_t allocations() noexcept;
bool counting_works() noexcept;

}  // namespace policysim::eval_test
