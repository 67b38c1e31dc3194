// Decisions for people: what was decided, by which statement, and why.
#include <algorithm>
#include <string>

#include "report/decision_format.hpp"
#include "report/text_layout.hpp"
#include "text/source.hpp"

namespace policysim::report {
namespace {

using explain::Excerpt;
using explain::kLayers;
using explain::shown_file;
using explain::to_string;
using text::escape_terminal;

constexpr std::size_t kMargin = 13;  // labels and their indentation

std::string_view layer_title(Layer layer) noexcept {
  switch (layer) {
    case Layer::kRcp:
      return "resource control policy";
    case Layer::kScp:
      return "service control policy";
    case Layer::kVpce:
      return "VPC endpoint policy";
    case Layer::kResource:
      return "resource-based policy";
    case Layer::kIdentity:
      return "identity-based policy";
    case Layer::kBoundary:
      return "permissions boundary";
    case Layer::kSession:
      return "session policy";
    case Layer::kGrant:
      return "grant";
    case Layer::kAcl:
      return "access control list";
    case Layer::kBpa:
      return "S3 Block Public Access";
    case Layer::kService:
      return "the service itself";
    case Layer::kNone:
      return "";
  }
  return "";
}

Style style_of(Outcome outcome) noexcept {
  if (outcome == Outcome::kAllow) return Style::kGood;
  return outcome == Outcome::kConditional ? Style::kUnsure : Style::kBad;
}

std::string place(const Location& location) {
  return escape_terminal(shown_file(location)) + ":" + std::to_string(location.line) + ":" +
         std::to_string(location.column);
}

// "identity-based policy `dept-iam`, statement 1 `RefuseForeignKeys` at level ou-1"
std::string describe(const Reason& reason) {
  std::string out(layer_title(reason.layer));
  if (!reason.policy.empty()) out += " `" + escape_terminal(reason.policy) + "`";
  if (reason.index) out += ", statement " + std::to_string(*reason.index);
  if (reason.sid) out += " `" + escape_terminal(*reason.sid) + "`";
  if (!reason.level.empty()) out += ", attached to " + escape_terminal(reason.level);
  if (!reason.because.empty()) out += ": " + escape_terminal(reason.because);
  return out;
}

bool differ_in_level(const Reason& a, const Reason& b) {
  return a.layer == b.layer && a.policy == b.policy && a.index == b.index && a.because.empty() &&
         b.because.empty() && !a.level.empty() && !b.level.empty();
}

class TextWriter final : public DecisionWriter {
 public:
  explicit TextWriter(const RenderOptions& options) : options_(options), layout_(options) {}

  void write(const DecisionRecord& record, std::string& out) override {
    if (count_ > 0) out += '\n';
    ++count_;
    if (record.error) {
      ++errors_;
      return write_error(record, out);
    }
    ++outcomes_[static_cast<std::size_t>(record.outcome)];
    write_decision(record, out);
  }

  void finish(std::string& out) override {
    if (count_ < 2) return;
    out += '\n' + std::to_string(count_) + " decisions";
    const char* separator = ": ";
    const auto add = [&out, &separator](std::size_t number, std::string_view what) {
      if (number == 0) return;
      out += separator + std::to_string(number) + " " + std::string(what);
      separator = ", ";
    };
    for (const Outcome outcome :
         {Outcome::kAllow, Outcome::kExplicitDeny, Outcome::kImplicitDeny, Outcome::kConditional}) {
      add(outcomes_[static_cast<std::size_t>(outcome)], outcome_words(outcome));
    }
    add(errors_, errors_ == 1 ? "error" : "errors");
    out += '\n';
  }

 private:
  std::string glyph(Outcome outcome) const {
    if (outcome == Outcome::kAllow) return options_.unicode ? "✓" : "+";
    if (outcome == Outcome::kConditional) return "?";
    return options_.unicode ? "✗" : "x";
  }

  void write_error(const DecisionRecord& record, std::string& out) const {
    out += layout_.paint(Style::kBad, "! error") + "  " + escape_terminal(record.id) + "\n";
    if (!record.error->findings.empty()) {
      out += record.error->findings;
      return;
    }
    out += "  ";
    if (record.error->location) out += place(*record.error->location) + ": ";
    out += "error[" + record.error->code + "]: " + escape_terminal(record.error->message) + "\n";
  }

  void write_decision(const DecisionRecord& record, std::string& out) const {
    out += layout_.paint(style_of(record.outcome),
                         glyph(record.outcome) + " " + std::string(outcome_words(record.outcome)));
    out += "  " + layout_.paint(Style::kStrong, escape_terminal(record.id)) + "\n";
    field(out, "principal", record.principal);
    field(out, "action", record.action);
    field(out, "resource", record.resource);
    field(out, "operation", record.operation);
    write_reasons(record, out);
    write_excerpt(record, out);
    if (!record.requests.empty()) {
      write_requests(record, out);
    } else {
      write_layers(record, out);
    }
    write_message(record, out);
    for (const Bypassed& bypassed : record.bypassed) {
      prose(out, "bypassed",
            std::string(layer_title(bypassed.layer)) + ": " + escape_terminal(bypassed.because));
    }
    list(out, "unknown", record.missing);
    write_completions(record, out);
    list(out, "absent", record.absent);
    list(out, "assumes", record.assumptions);
    for (const DecisionWarning& warning : record.warnings) write_warning(warning, out);
    if (options_.verbosity > 0) write_contexts(record, out);
  }

  // How the unknown keys may turn out: an example for each outcome.
  void write_completions(const DecisionRecord& record, std::string& out) const {
    std::string_view label = "e.g.";
    for (const Completion& completion : record.completions) {
      std::string line;
      for (const auto& [key, value] : completion.values) {
        line += (line.empty() ? "" : ", ") + escape_terminal(key);
        line += value ? " = \"" + escape_terminal(*value) + "\"" : std::string(" absent");
      }
      if (line.empty()) continue;
      prose(out, label, std::string(outcome_words(completion.outcome)) + " with " + line);
      label = "";
    }
  }

  void write_reasons(const DecisionRecord& record, std::string& out) const {
    std::string_view label = record.outcome == Outcome::kAllow         ? "allowed by"
                             : record.outcome == Outcome::kConditional ? "at worst"
                                                                       : "denied by";
    for (std::size_t i = 0; i < record.reasons.size(); ++i) {
      const Reason& reason = record.reasons[i];
      std::string line = describe(reason);
      // One policy on several levels is one line.
      while (i + 1 < record.reasons.size() && differ_in_level(reason, record.reasons[i + 1])) {
        line += ", " + escape_terminal(record.reasons[++i].level);
      }
      const bool shown = record.excerpt && reason.location == record.excerpt->location;
      if (reason.location && !shown) line += " (" + place(*reason.location) + ")";
      prose(out, label, line);
      label = "";
    }
    if (record.reasons.empty() && record.outcome == Outcome::kAllow &&
        record.layer != Layer::kNone) {
      prose(out, label, layer_title(record.layer));
    }
  }

  void write_excerpt(const DecisionRecord& record, std::string& out) const {
    if (!record.excerpt) return;
    const Excerpt& excerpt = *record.excerpt;
    const std::size_t last = excerpt.location.line + excerpt.lines.size();
    const std::size_t width = std::max<std::size_t>(std::to_string(last).size(), 3);
    const std::string bar = options_.unicode ? " │ " : " | ";
    const std::string corner = options_.unicode ? " ┌─ " : " --> ";
    out += "  " + std::string(width, ' ') +
           layout_.paint(Style::kDim, corner + place(excerpt.location)) + "\n";
    std::uint32_t number = excerpt.location.line;
    for (const std::string& line : excerpt.lines) {
      const std::string label = std::to_string(number);
      // A document on one line is shown from its statement on.
      const std::size_t from = number == excerpt.location.line ? excerpt.location.column : 1;
      out += "  " + std::string(width - label.size(), ' ') +
             layout_.paint(Style::kDim, label + bar) + layout_.cut(line, from, width + 5) + "\n";
      ++number;
    }
    if (excerpt.omitted > 0) {
      out += "  " + std::string(width, ' ') +
             layout_.paint(Style::kDim, bar + (options_.unicode ? "… " : "... ") +
                                            std::to_string(excerpt.omitted) + " more lines") +
             "\n";
    }
  }

  void write_layers(const DecisionRecord& record, std::string& out) const {
    std::string line;
    for (const Layer layer : kLayers) {
      const LayerVerdict verdict = record.layers[static_cast<std::size_t>(layer)];
      if (verdict == LayerVerdict::kNotApplicable) continue;
      if (!line.empty()) line += options_.unicode ? " · " : ", ";
      line += std::string(to_string(layer)) + " " + layer_words(verdict, blocks(record, layer));
    }
    out += layout_.label("layers") + (line.empty() ? "none applies" : line) + "\n";
  }

  // A layer that allows nothing need not matter.
  static bool blocks(const DecisionRecord& record, Layer layer) {
    return record.outcome == Outcome::kImplicitDeny &&
           std::any_of(record.reasons.begin(), record.reasons.end(),
                       [layer](const Reason& reason) { return reason.layer == layer; });
  }

  std::string layer_words(LayerVerdict verdict, bool blocking) const {
    switch (verdict) {
      case LayerVerdict::kAllow:
        return layout_.paint(Style::kGood, glyph(Outcome::kAllow));
      case LayerVerdict::kExplicitDeny:
        return layout_.paint(Style::kBad, glyph(Outcome::kExplicitDeny) + " denies");
      case LayerVerdict::kImplicitDeny:
        if (blocking) {
          return layout_.paint(Style::kBad, glyph(Outcome::kImplicitDeny) + " no allow");
        }
        return layout_.paint(Style::kDim, options_.unicode ? "– no allow" : "- no allow");
      case LayerVerdict::kConditional:
        return layout_.paint(Style::kUnsure, "?");
      case LayerVerdict::kNotApplicable:
        break;
    }
    return {};
  }

  void write_requests(const DecisionRecord& record, std::string& out) const {
    std::string_view label = "requests";
    for (const DecisionRecord& part : record.requests) {
      out += layout_.label(label) +
             layout_.paint(style_of(part.outcome),
                           glyph(part.outcome) + " " + std::string(outcome_words(part.outcome))) +
             "  " + escape_terminal(part.action.value_or("")) + "  " +
             escape_terminal(part.resource.value_or("")) + "\n";
      label = "";
    }
  }

  // Of a call AWS shows the error of its first authorization that is refused.
  void write_message(const DecisionRecord& record, std::string& out) const {
    const auto first = std::find_if(
        record.requests.begin(), record.requests.end(),
        [&record](const DecisionRecord& part) { return record.operation && part.message; });
    const bool call = first != record.requests.end();
    if (call) {
      prose(out, "refused at",
            escape_terminal(first->action.value_or("")) + " on " +
                escape_terminal(first->resource.value_or("")));
    }
    const std::optional<std::string>& message = call ? first->message : record.message;
    if (message) prose(out, "AWS says", escape_terminal(*message));
  }

  void write_warning(const DecisionWarning& warning, std::string& out) const {
    std::string line = escape_terminal(warning.message) + " [" + warning.rule + "]";
    if (warning.location) line += " (" + place(*warning.location) + ")";
    prose(out, "warning", line);
  }

  // Of several authorizations each has its own.
  void write_contexts(const DecisionRecord& record, std::string& out) const {
    if (record.requests.empty()) write_context("context", record.context, out);
    std::string_view label = "context";
    for (const DecisionRecord& part : record.requests) {
      out += layout_.label(label) +
             layout_.paint(Style::kDim, "of " + escape_terminal(part.action.value_or("")) + " on " +
                                            escape_terminal(part.resource.value_or(""))) +
             "\n";
      label = "";
      write_context(label, part.context, out);
    }
  }

  void write_context(std::string_view label, const std::vector<request::ContextEntry>& context,
                     std::string& out) const {
    std::size_t width = 0;
    for (const request::ContextEntry& entry : context) {
      width = std::max(width, std::min<std::size_t>(entry.key.size(), 40));
    }
    for (const request::ContextEntry& entry : context) {
      const std::string key = escape_terminal(entry.key);
      out += layout_.label(label) + key +
             std::string(key.size() < width ? width - key.size() : 0, ' ') + " = " +
             context_value(entry) + "  " +
             layout_.paint(Style::kDim, "(" + std::string(to_string(entry.origin)) + ")") + "\n";
      label = "";
    }
  }

  static std::string context_value(const request::ContextEntry& entry) {
    switch (entry.state) {
      case request::ValueState::kUnknown:
        return "unknown";
      case request::ValueState::kAbsent:
        return "absent";
      case request::ValueState::kScalar:
      case request::ValueState::kList:
        break;
    }
    std::string out;
    for (const std::string& value : entry.values) {
      if (!out.empty()) out += ", ";
      out += "\"" + escape_terminal(value) + "\"";
    }
    return entry.state == request::ValueState::kList ? "[" + out + "]" : out;
  }

  void field(std::string& out, std::string_view label,
             const std::optional<std::string>& value) const {
    if (value) out += layout_.label(label) + escape_terminal(*value) + "\n";
  }

  void prose(std::string& out, std::string_view label, std::string_view words) const {
    out += layout_.label(label) + layout_.wrap(words, kMargin) + "\n";
  }

  void list(std::string& out, std::string_view label, const std::vector<std::string>& items) const {
    std::string line;
    for (const std::string& item : items) {
      if (!line.empty()) line += ", ";
      line += escape_terminal(item);
    }
    if (!line.empty()) prose(out, label, line);
  }

  RenderOptions options_;
  TextLayout layout_;
  std::size_t count_ = 0;
  std::size_t errors_ = 0;
  std::array<std::size_t, 4> outcomes_{};
};

}  // namespace

std::unique_ptr<DecisionWriter> make_decision_text(const RenderOptions& options) {
  return std::make_unique<TextWriter>(options);
}

}  // namespace policysim::report
