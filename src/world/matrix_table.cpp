// `table` of a matrix: expectations drawn as rows and columns.
#include <algorithm>
#include <optional>
#include <unordered_map>

#include "world/cases.hpp"
#include "world/matrix.hpp"
#include "world/members.hpp"

namespace policysim::world {
namespace {

using text::Node;

constexpr std::string_view kBlank = " \t\r";

struct Word {
  std::string text;
  SourceSpan span;
};
using Line = std::vector<Word>;

// The words of one line; what follows ` #` is a comment. `span` is of the line, or of all lines if
// the file does not show it as it is.
Line words_of(std::string_view line, const std::optional<std::uint32_t>& begin,
              const SourceSpan& whole) {
  Line out;
  for (std::size_t at = line.find_first_not_of(kBlank); at != std::string_view::npos;) {
    const std::size_t end = std::min(line.find_first_of(kBlank, at), line.size());
    if (line[at] == '#') break;
    SourceSpan span = whole;
    if (begin) {
      span.begin = *begin + static_cast<std::uint32_t>(at);
      span.end = *begin + static_cast<std::uint32_t>(end);
    }
    out.push_back({std::string(line.substr(at, end - at)), span});
    at = line.find_first_not_of(kBlank, end);
  }
  return out;
}

// The table's lines with the places of their words. A YAML block shows each line as it is.
std::vector<Line> lines_of(const Node& cells, const text::SourceMap& sources) {
  const std::string_view source = sources[cells.span.source].text().substr(0, cells.span.end);
  std::size_t raw = cells.span.begin;
  const std::string_view text = cells.text;
  std::vector<Line> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    std::optional<std::uint32_t> begin;
    const std::size_t found = line.empty() ? std::string_view::npos : source.find(line, raw);
    if (found != std::string_view::npos) {
      begin = static_cast<std::uint32_t>(found);
      raw = found + line.size();
    } else if (!line.empty()) {
      raw = source.size();  // written otherwise: no line is found any more
    }
    Line words = words_of(line, begin, cells.span);
    if (!words.empty()) out.push_back(std::move(words));
  }
  return out;
}

class TableReader {
 public:
  TableReader(Matrix& out, Findings& findings) : matrix_(out), findings_(findings) {}

  void read(const Node& node, const text::SourceMap& sources);

 private:
  std::optional<std::uint32_t> dimension(Members& members, std::string_view member);
  void read_legend(const Node& legend);
  std::optional<std::uint32_t> find_value(const Dimension& dimension, const Word& word,
                                          std::string_view what, std::vector<bool>& seen);
  void read_row(const Line& line, const std::vector<std::optional<std::uint32_t>>& columns);
  std::uint32_t outcome_of(const Word& word);
  void check_complete(const Dimension& dimension, const std::vector<bool>& seen,
                      std::string_view what, const SourceSpan& span);

  Matrix& matrix_;
  Findings& findings_;
  Table table_;
  std::unordered_map<std::string, std::uint32_t> signs_;
  using Places = std::unordered_map<std::string_view, std::uint32_t>;
  static Places places_of(const Dimension& dimension);

  Places row_of_, column_of_;
  std::vector<bool> rows_seen_, columns_seen_;
};

TableReader::Places TableReader::places_of(const Dimension& dimension) {
  Places out;
  for (const DimensionValue& value : dimension.values) {
    out.emplace(value.name, static_cast<std::uint32_t>(out.size()));
  }
  return out;
}

std::optional<std::uint32_t> TableReader::dimension(Members& members, std::string_view member) {
  members.require(member);
  const auto name = members.text(member);
  if (!name) return std::nullopt;
  std::vector<std::string> known;
  for (std::size_t i = 0; i < matrix_.dimensions.size(); ++i) {
    if (matrix_.dimensions[i].name == *name) return static_cast<std::uint32_t>(i);
    known.push_back(matrix_.dimensions[i].name);
  }
  findings_.error("PS2207", members.span_of(member), "there is no dimension " + in_ticks(*name),
                  did_you_mean(*name, known));
  return std::nullopt;
}

void TableReader::read_legend(const Node& legend) {
  for (const text::Member& member : legend.members) {
    const bool odd = member.key.empty() || member.key == "-" || member.key.front() == '#' ||
                     member.key.find_first_of(" \t\r\n") != std::string::npos;
    if (odd) {
      findings_.error("PS2208", member.key_span, in_ticks(member.key) + " is no sign of a legend",
                      "a sign is one word; `-` means that there is no cell");
    }
    if (!has_interpolation(member.value)) check_expectation(member.value, findings_);
    signs_[member.key] = static_cast<std::uint32_t>(matrix_.outcomes.size());
    matrix_.outcomes.push_back({member.value, {}, member.key_span});
  }
}

std::uint32_t TableReader::outcome_of(const Word& word) {
  if (word.text == "-") return Table::kNoCell;
  const auto known = signs_.find(word.text);
  if (known != signs_.end()) return known->second;
  if (!is_decision_word(word.text)) {
    std::vector<std::string> names = decision_words();
    for (const auto& sign : signs_) names.push_back(sign.first);
    std::sort(names.begin(), names.end());
    std::string help = did_you_mean(word.text, names);
    findings_.error("PS2208", word.span,
                    in_ticks(word.text) + " is neither in the legend nor a decision",
                    help.empty() ? "explain it in `legend`" : std::move(help));
    return Table::kNoCell;
  }
  Node expect = string_node(word.text);
  expect.span = word.span;
  matrix_.outcomes.push_back({std::move(expect), {}, word.span});
  return signs_[word.text] = static_cast<std::uint32_t>(matrix_.outcomes.size() - 1);
}

std::optional<std::uint32_t> TableReader::find_value(const Dimension& dimension, const Word& word,
                                                     std::string_view what,
                                                     std::vector<bool>& seen) {
  const bool row = &seen == &rows_seen_;
  const auto& places = row ? row_of_ : column_of_;
  if (const auto found = places.find(word.text); found != places.end()) {
    if (seen[found->second]) {
      findings_.error("PS2207", word.span,
                      "the table has two " + std::string(what) + "s " + in_ticks(word.text));
    }
    seen[found->second] = true;
    return found->second;
  }
  constexpr std::size_t kMostNames = 1000;
  std::vector<std::string> known;
  for (std::size_t i = 0; i < std::min(dimension.values.size(), kMostNames); ++i) {
    known.push_back(dimension.values[i].name);
  }
  findings_.error("PS2207", word.span,
                  in_ticks(word.text) + " is no value of " + in_ticks(dimension.name),
                  did_you_mean(word.text, known));
  return std::nullopt;
}

void TableReader::read_row(const Line& line,
                           const std::vector<std::optional<std::uint32_t>>& columns) {
  const auto row = find_value(matrix_.dimensions[table_.rows], line.front(), "row", rows_seen_);
  if (line.size() != columns.size() + 1) {
    findings_.error("PS2207", line.front().span,
                    "the row " + in_ticks(line.front().text) + " has " +
                        std::to_string(line.size() - 1) + " cells for " +
                        std::to_string(columns.size()) + " columns",
                    "write `-` where there is no cell");
    return;
  }
  const std::size_t width = matrix_.dimensions[table_.columns].values.size();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::uint32_t outcome = outcome_of(line[i + 1]);
    if (row && columns[i]) table_.outcomes[*row * width + *columns[i]] = outcome;
  }
}

void TableReader::check_complete(const Dimension& dimension, const std::vector<bool>& seen,
                                 std::string_view what, const SourceSpan& span) {
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (seen[i]) continue;
    findings_.error("PS2207", span,
                    "the table has no " + std::string(what) + " " +
                        in_ticks(dimension.values[i].name) + " of " + in_ticks(dimension.name));
  }
}

void TableReader::read(const Node& node, const text::SourceMap& sources) {
  Members members(node, "table", findings_);
  const auto rows = dimension(members, "rows");
  const auto columns = dimension(members, "columns");
  if (const Node* legend = members.map("legend")) read_legend(*legend);
  members.require("cells");
  const Node* cells = members.any("cells");
  const bool text = cells != nullptr && read_text(*cells, "`cells`", findings_).has_value();
  members.finish();
  if (!rows || !columns || !text) return;
  if (*rows == *columns) {
    findings_.error("PS2207", members.span_of("columns"),
                    "rows and columns are the same dimension");
    return;
  }
  table_.rows = *rows;
  table_.columns = *columns;
  const Dimension& down = matrix_.dimensions[*rows];
  const Dimension& across = matrix_.dimensions[*columns];
  if (down.values.size() > kMostCells / std::max<std::size_t>(across.values.size(), 1)) return;
  row_of_ = places_of(down);
  column_of_ = places_of(across);
  rows_seen_.resize(down.values.size());
  columns_seen_.resize(across.values.size());
  table_.outcomes.assign(down.values.size() * across.values.size(), Table::kNoCell);
  const std::vector<Line> lines = lines_of(*cells, sources);
  std::vector<std::optional<std::uint32_t>> head;
  for (std::size_t i = 1; !lines.empty() && i < lines.front().size(); ++i) {
    head.push_back(find_value(across, lines.front()[i], "column", columns_seen_));
  }
  for (std::size_t i = 1; i < lines.size(); ++i) read_row(lines[i], head);
  check_complete(across, columns_seen_, "column", cells->span);
  check_complete(down, rows_seen_, "row", cells->span);
  matrix_.table = std::move(table_);
}

}  // namespace

void read_table(const Node& node, const text::SourceMap& sources, Matrix& out, Findings& findings) {
  TableReader(out, findings).read(node, sources);
}

}  // namespace policysim::world
