// The formats of decisions: one row each, from which --format, --report and help derive.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "explain/decision_record.hpp"

namespace policysim::report {

using explain::DecisionRecord;

struct RenderOptions {
  bool color = false;
  bool unicode = true;   // else ASCII glyphs
  int verbosity = 0;     // 1: context keys with their origins
  unsigned columns = 0;  // wraps prose; 0: never
};

// Renders a run of decisions, one after the other, so that a stream needs no memory. One per sink.
class DecisionWriter {
 public:
  virtual ~DecisionWriter() = default;
  // Both append to `out`.
  virtual void write(const DecisionRecord& record, std::string& out) = 0;
  virtual void finish(std::string& out) = 0;
};

struct DecisionFormat {
  std::string_view name;
  std::string_view summary;
  bool machine;  // nothing but the document may stand in the sink; errors are part of it
  std::unique_ptr<DecisionWriter> (*make)(const RenderOptions&);
};

std::span<const DecisionFormat> decision_formats() noexcept;
const DecisionFormat* find_decision_format(std::string_view name) noexcept;

// For people: "explicit deny".
std::string_view outcome_words(Outcome outcome) noexcept;

std::unique_ptr<DecisionWriter> make_decision_text(const RenderOptions& options);
std::unique_ptr<DecisionWriter> make_decision_json(const RenderOptions& options);
std::unique_ptr<DecisionWriter> make_decision_ndjson(const RenderOptions& options);

}  // namespace policysim::report
