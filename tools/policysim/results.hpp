// Where decisions go: standard output in one format, and any number of reports.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "config.hpp"
#include "exit_code.hpp"
#include "options.hpp"
#include "output.hpp"
#include "policysim/result.hpp"
#include "report/decision_format.hpp"

namespace policysim::cli {

// Takes decisions one after the other and keeps none. One per run.
class Results {
 public:
  // `usual`: the format when nothing states one.
  static Result<Results> open(const Options& options, const Config& config, std::string_view usual);

  void add(const explain::DecisionRecord& record);
  // Before the program waits for input.
  void flush();
  // Standard output has no reader any more: deciding on is of no use.
  bool broken() const noexcept { return out_.broken(); }
  // The failure to write, if there was one.
  std::optional<Error> finish();

  // Is any of it text, for which excerpts and contexts are kept?
  bool for_people() const noexcept { return for_people_; }

  const ExitStatus& status() const noexcept { return status_; }
  std::size_t count() const noexcept { return count_; }

 private:
  struct Report {
    Output output;
    std::unique_ptr<report::DecisionWriter> writer;
  };
  Results(Output out, std::unique_ptr<report::DecisionWriter> writer, bool machine)
      : out_(std::move(out)),
        writer_(std::move(writer)),
        machine_(machine),
        for_people_(!machine) {}

  Output out_;
  std::unique_ptr<report::DecisionWriter> writer_;
  bool machine_;
  bool for_people_;
  std::vector<Report> reports_;
  ExitStatus status_;
  std::size_t count_ = 0;
};

// The code that one decision asks for.
ExitCode exit_code(const explain::DecisionRecord& record) noexcept;

}  // namespace policysim::cli
