// Fixtures as text, for tests.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "text/source.hpp"
#include "world/fixture.hpp"

namespace policysim::world {

inline std::string all_findings(const FixtureFailure& failure) {
  std::string out = failure.error.code + ": " + failure.error.message + "\n";
  for (const Diagnostic& finding : failure.error.diagnostics) {
    out += text::render(finding, *failure.sources);
  }
  return out;
}

// `text` follows `policysim: 1`.
inline Fixture load_good(const std::string& text) {
  FixtureFailure failure;
  auto fixture = load_fixture_text("test.yaml", "policysim: 1\n" + text, &failure);
  if (!fixture) {
    ADD_FAILURE() << all_findings(failure);
    return {};
  }
  return *std::move(fixture);
}

inline Error load_bad(const std::string& text) {
  auto fixture = load_fixture_text("test.yaml", "policysim: 1\n" + text);
  if (!fixture) return fixture.error();
  ADD_FAILURE() << "loads: " << text;
  return {};
}

}  // namespace policysim::world
