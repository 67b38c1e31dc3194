// What is wrong with a fixture, collected while it is read.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/quoted.hpp"
#include "policysim/diagnostic.hpp"
#include "policysim/result.hpp"

namespace policysim::world {

// "`text`", cut to a length that a message can bear.
inline std::string in_ticks(std::string_view text) { return base::quoted(text, 200); }
// "did you mean `x`?", or empty.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

// A list of findings with a memory for errors. One per load.
class Findings {
 public:
  void error(std::string_view rule, const SourceSpan& span, std::string message,
             std::string help = {});
  void warning(std::string_view rule, const SourceSpan& span, std::string message,
               std::string help = {});
  void add(std::vector<Diagnostic> diagnostics);

  bool failed() const noexcept { return failed_; }
  const std::vector<Diagnostic>& list() const noexcept { return list_; }
  std::vector<Diagnostic> take() { return std::exchange(list_, {}); }
  // The error that a load with these findings fails with: the first one's code and message.
  Error to_error() const;

 private:
  static constexpr std::size_t kMost = 1000;  // hostile files must not fill memory with findings

  std::vector<Diagnostic> list_;
  bool failed_ = false;
};

}  // namespace policysim::world
