#include "report/test_format.hpp"

#include <array>

namespace policysim::report {
namespace {

constexpr std::array kFormats = {
    TestFormat{"text", "for people", false, false, render_test_text},
};

}  // namespace

std::span<const TestFormat> test_formats() noexcept { return kFormats; }

const TestFormat* find_test_format(std::string_view name) noexcept {
  for (const TestFormat& format : kFormats) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

}  // namespace policysim::report
