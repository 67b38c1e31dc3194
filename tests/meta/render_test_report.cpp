// Prints a report of the sample run: render_test_report FORMAT hostile|plain|many|folded.
// For tests that hold the reports against schemas, and for people who want to look at them.
#include <iostream>
#include <string>

#include "unit/report/sample_run.hpp"

int main(int argc, char** argv) {
  using namespace policysim::report;
  const TestFormat* format = argc == 3 ? find_test_format(argv[1]) : nullptr;
  if (format == nullptr) return 2;
  const std::string kind = argv[2];
  const SampleRun sample = make_sample_run(kind == "hostile");
  TestRenderOptions options;
  options.fold_passed = kind == "folded";
  TestReport report = sample.all();
  policysim::gate::TestRun many;
  if (kind == "many") {
    many = make_matrix_run(10'000, 7);
    report.run = &many;
  }
  std::cout << format->render(report, options);
  return 0;
}
