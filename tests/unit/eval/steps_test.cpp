// The order of the evaluation, step by step, as the specification's pseudocode has it.
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "eval/layers.hpp"

namespace policysim::eval {
namespace {

TEST(Decide, StepsStandInTheOrderOfTheSpecification) {
  std::ifstream golden(PSIM_SOURCE_DIR "/tests/unit/eval/decision_steps.txt");
  std::string wanted;
  for (std::string line; std::getline(golden, line);) wanted += line + "\n";
  std::string dumped;
  for (const std::string_view step : decision_steps()) dumped += std::string(step) + "\n";
  EXPECT_EQ(dumped, wanted);
}

}  // namespace
}  // namespace policysim::eval
