#include "gate/golden.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "gate/fingerprint.hpp"
#include "text/json_writer.hpp"
#include "text/reader.hpp"

namespace policysim::gate {
namespace {

using text::Node;

constexpr std::size_t kMostFindings = 20;
constexpr std::array<std::string_view, 7> kMembers = {"id",     "request", "decision", "layer",
                                                      "policy", "sid",     "error"};
constexpr std::array<std::string_view, 4> kDecisions = {"allow", "explicit_deny", "implicit_deny",
                                                        "conditional"};

bool was_decided(const TestResult& result) {
  return result.decided.has_value() || !result.error.empty();
}

std::string request_text(const TestResult& result) {
  return result.request == 0 ? std::string() : hex(result.request);
}

void write_text(text::JsonWriter& json, std::string_view key, const std::string& text) {
  json.key(key);
  if (text.empty()) {
    json.null();
  } else {
    json.value(text);
  }
}

bool is_hash(std::string_view text) {
  return text.size() == 16 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

// Lines are read one by one; what is found in them points into the whole text.
class GoldenReader {
 public:
  GoldenReader(const text::SourceMap& sources, std::uint32_t source)
      : source_(sources[source]), number_(source) {}

  Result<std::vector<GoldenEntry>> run() {
    std::string_view rest = source_.text();
    while (!rest.empty() && findings_.size() < kMostFindings) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view line = rest.substr(0, end);
      begin_ = static_cast<std::uint32_t>(line.data() - source_.text().data());
      if (!is_blank(line)) read(line);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (findings_.empty()) return std::move(entries_);
    return Error{findings_.front().rule, findings_.front().message, std::move(findings_)};
  }

 private:
  void read(std::string_view line) {
    text::SourceMap own;
    text::ReadLimits limits;
    limits.depth = 4;
    const std::uint32_t source = own.add(source_.name(), std::string(line));
    Result<Node> root = text::read(own, source, text::Syntax::kJson, limits);
    if (!root) {
      for (Diagnostic& finding : root.error().diagnostics) add(std::move(finding));
      return;
    }
    if (!root->is_map()) return wrong(root->span, "a line of a golden file is an object");
    std::vector<Diagnostic> twice;
    text::find_duplicate_keys(*root, twice);
    for (Diagnostic& finding : twice) add(std::move(finding));
    if (twice.empty()) entry(*root);
  }

  void entry(const Node& root) {
    const std::size_t before = findings_.size();
    GoldenEntry out;
    for (const text::Member& member : root.members) {
      if (std::find(kMembers.begin(), kMembers.end(), member.key) == kMembers.end()) {
        wrong(member.key_span, "a golden file has no member `" + member.key + "`");
      } else if (!member.value.is_null() && member.value.kind != text::NodeKind::kString) {
        wrong(member.value.span, "`" + member.key + "` is a text or null");
      }
    }
    if (findings_.size() != before) return;
    const auto text = [&root](std::string_view key) {
      const Node* node = root.find(key);
      return node == nullptr ? std::string() : node->text;
    };
    out.id = text("id");
    out.request = text("request");
    out.decision = {text("decision"), text("layer"), text("policy"),
                    text("sid"),      text("error"), std::nullopt};
    if (!out.decision.error.empty() && out.decision.decision.empty()) {
      out.decision.decision = "error";
    }
    check(root, out);
    if (findings_.size() == before) entries_.push_back(std::move(out));
  }

  void check(const Node& root, const GoldenEntry& entry) {
    const DecisionSide& decision = entry.decision;
    const bool known =
        std::find(kDecisions.begin(), kDecisions.end(), decision.decision) != kDecisions.end();
    if (entry.id.empty()) {
      wrong(root.span, "`id` is missing");
    } else if (!ids_.insert(entry.id).second) {
      wrong(root.find("id")->span, "`" + entry.id + "` stands here twice");
    } else if (!entry.request.empty() && !is_hash(entry.request)) {
      wrong(root.find("request")->span, "`request` is no hash of a request");
    } else if (known != decision.error.empty()) {
      wrong(root.span, "a line has a `decision` or an `error`");
    }
  }

  void wrong(const SourceSpan& span, std::string message) {
    add({"PS4040",
         std::move(message),
         "`--update-golden` writes the file anew",
         Severity::kError,
         span,
         {}});
  }

  void add(Diagnostic finding) {
    finding.span = {number_, finding.span.begin + begin_, finding.span.end + begin_};
    for (SourceSpan& span : finding.related) {
      span = {number_, span.begin + begin_, span.end + begin_};
    }
    findings_.push_back(std::move(finding));
  }

  const text::Source& source_;
  std::uint32_t number_;
  std::uint32_t begin_ = 0;  // of the line
  std::vector<GoldenEntry> entries_;
  std::unordered_set<std::string> ids_;
  std::vector<Diagnostic> findings_;
};

}  // namespace

DecisionSide decision_of(const TestResult& result) {
  DecisionSide out;
  if (!result.decided) {
    out.decision = "error";
    out.error = result.error;
    return out;
  }
  out.decision = explain::to_string(result.decided->outcome);
  if (result.decided->outcome == Outcome::kConditional) return out;
  if (result.decided->layer != Layer::kNone) out.layer = explain::to_string(result.decided->layer);
  out.policy = result.decided->policy;
  out.sid = result.decided->sid;
  return out;
}

std::string write_golden(const TestRun& run) {
  std::string out;
  for (const TestResult& result : run.results) {
    if (!was_decided(result)) continue;
    const DecisionSide decision = decision_of(result);
    text::JsonWriter json(out);
    json.begin_object().key("id").value(result.id);
    write_text(json, "request", request_text(result));
    if (decision.is_error()) {
      json.key("error").value(decision.error);
    } else {
      json.key("decision").value(decision.decision);
      write_text(json, "layer", decision.layer);
      write_text(json, "policy", decision.policy);
      write_text(json, "sid", decision.sid);
    }
    json.end_object();
    out += '\n';
  }
  return out;
}

Result<std::vector<GoldenEntry>> read_golden(const text::SourceMap& sources, std::uint32_t source) {
  return GoldenReader(sources, source).run();
}

ChangeReport compare_golden(const std::string& name, const std::vector<GoldenEntry>& golden,
                            const TestRun& run, const std::unordered_set<std::string>& left_out) {
  ChangeReport out;
  out.before = name;
  std::unordered_map<std::string_view, const GoldenEntry*> entries;
  for (const GoldenEntry& entry : golden) entries.emplace(entry.id, &entry);
  for (const TestResult& result : run.results) {
    const auto found = entries.find(result.id);
    const GoldenEntry* entry = found == entries.end() ? nullptr : found->second;
    if (entry != nullptr && result.status != Status::kSkipped) entries.erase(found);
    if (!was_decided(result)) continue;
    ++out.compared;
    DecisionChange change{result.id, Direction::kOther, std::nullopt, decision_of(result), {}};
    if (entry != nullptr) {
      change.before = entry->decision;
      if (entry->request != request_text(result)) change.note = "the request changed";
    }
    const std::optional<Direction> direction = direction_of(change.before, change.after);
    if (!direction && change.note.empty()) continue;
    change.direction = direction.value_or(Direction::kOther);
    out.changes.push_back(std::move(change));
  }
  for (const GoldenEntry& entry : golden) {
    if (entries.count(entry.id) == 0 || left_out.count(entry.id) != 0) continue;
    out.changes.push_back({entry.id, Direction::kRemoved, entry.decision, std::nullopt, {}});
  }
  return out;
}

}  // namespace policysim::gate
