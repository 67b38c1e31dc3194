#include "gate/mutation_diff.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "policy/parse.hpp"
#include "text/json_writer.hpp"
#include "text/reader.hpp"

namespace policysim::gate {
namespace {

constexpr std::size_t kContext = 2;            // lines before and after
constexpr std::size_t kWidest = 200;           // bytes of a line that are shown
constexpr std::size_t kMost = 40;              // changed lines of each side that are shown
constexpr std::size_t kLongest = 64U * 1024U;  // bytes of a document that is edited in place
constexpr std::string_view kBlanks = " \t\r\n";

struct Cut {
  std::size_t begin = 0, end = 0;
};

std::size_t line_begin(std::string_view text, std::size_t at) {
  const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return before == std::string_view::npos ? 0 : before + 1;
}

// Behind the newline that ends the line.
std::size_t line_end(std::string_view text, std::size_t at) {
  const std::size_t found = text.find('\n', at);
  return found == std::string_view::npos ? text.size() : found + 1;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(kBlanks) == text.npos; }

// Is the item, a dash in front of it apart, the first on its line?
bool begins_line(std::string_view text, std::size_t at) {
  std::string_view before = text.substr(line_begin(text, at), at - line_begin(text, at));
  const std::size_t dash = before.find_first_not_of(kBlanks);
  if (dash != before.npos && before[dash] == '-') before.remove_prefix(dash + 1);
  return is_blank(before);
}

bool ends_line(std::string_view text, std::size_t at) {
  return is_blank(text.substr(at, line_end(text, at) - at));
}

// What goes with a list item or member: the comma behind it, else the one before it.
Cut item_cut(std::string_view text, const SourceSpan& item) {
  const std::size_t after = std::min(text.find_first_not_of(kBlanks, item.end), text.size());
  if (after < text.size() && text[after] == ',') {
    if (begins_line(text, item.begin) && ends_line(text, after + 1)) {
      return {line_begin(text, item.begin), line_end(text, after)};
    }
    return {item.begin, std::min(text.find_first_not_of(kBlanks, after + 1), text.size())};
  }
  const std::size_t before = text.substr(0, item.begin).find_last_not_of(kBlanks);
  if (before != text.npos && text[before] == ',') return {before, item.end};
  if (begins_line(text, item.begin) && ends_line(text, item.end)) {
    return {line_begin(text, item.begin), line_end(text, item.end)};
  }
  return {item.begin, item.end};
}

bool is_plain(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

void apply(const TextEdit& edit, std::string& text) {
  if (!edit.text) {
    const Cut cut = item_cut(text, edit.range);
    text.erase(cut.begin, cut.end - cut.begin);
    return;
  }
  const char quote = text[edit.range.begin];
  std::string put;
  if (quote != '"' && quote != '\'' && is_plain(*edit.text)) {
    put = *edit.text;
  } else {
    text::append_json_string(put, *edit.text);
  }
  text.replace(edit.range.begin, edit.range.end - edit.range.begin, put);
}

std::vector<policy::Statement> expected(const policy::Document& document,
                                        const StatementEdit& edit) {
  std::vector<policy::Statement> out = document.statements;
  const auto at = out.begin() + static_cast<std::ptrdiff_t>(edit.statement);
  if (edit.becomes) {
    *at = *edit.becomes;
  } else {
    out.erase(at);
  }
  return out;
}

// Scalars or lists of one: what is written in place may keep the other form.
void unify(std::vector<policy::Statement>& statements) {
  for (policy::Statement& statement : statements) {
    for (const ListAt& at : lists_of(statement)) list_at(statement, at).list = true;
  }
}

bool reads_as(std::string text, PolicyType type, std::vector<policy::Statement> wanted) {
  text::SourceMap sources;
  const std::uint32_t source = sources.add("", std::move(text));
  Result<text::Node> root = text::read(sources, source);
  if (!root) root = text::read(sources, source, text::Syntax::kYaml);  // flow style
  if (!root) return false;
  policy::Parsed parsed = policy::parse(*root, type);
  unify(parsed.document.statements);
  unify(wanted);
  return parsed.document.statements == wanted;
}

// The statement as JSON, with the indentation of the place where it stands.
std::string rendered(const policy::Document& document, const policy::Statement& statement,
                     std::size_t column) {
  policy::Document alone;
  alone.type = document.type;
  alone.statement_list = false;
  alone.statements.push_back(statement);
  std::string json = policy::unparse(alone);
  const std::size_t begin = json.find('{', 1);
  json = json.substr(begin, json.rfind('}', json.rfind('}') - 1) + 1 - begin);
  std::string out;
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t end = line_end(json, at);
    const std::size_t own = at == 0 ? 0 : 2;  // of `Statement` within the document
    if (at != 0) out.append(column, ' ');
    out += json.substr(at + own, end - at - own);
    at = end;
  }
  return out;
}

// Keeps whole code points.
std::string_view clip(std::string_view line, std::size_t from, std::size_t size) {
  const auto is_inner = [&line](std::size_t at) {
    return at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U;
  };
  while (from > 0 && is_inner(from)) --from;
  std::size_t end = std::min(line.size(), from + size);
  while (end > from && is_inner(end)) --end;
  return line.substr(from, end - from);
}

std::string shown(std::string_view line, std::size_t focus) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  if (line.size() <= kWidest) return std::string(line);
  const std::size_t from = focus > kWidest / 2 ? focus - kWidest / 2 : 0;
  const std::string_view part = clip(line, std::min(from, line.size()), kWidest);
  std::string out = part.data() == line.data() ? "" : "…";
  out += part;
  if (part.data() + part.size() != line.data() + line.size()) out += "…";
  return out;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = line_end(text, at);
    out.push_back(text.substr(at, end - at));
    at = end;
  }
  return out;
}

using Lines = std::vector<std::string_view>;

// Lines [begin, end) of one side, each with its sign.
void append(const Lines& lines, std::size_t begin, std::size_t end, char sign, std::size_t focus,
            std::string& out) {
  for (std::size_t i = begin; i < end; ++i) {
    if (sign != ' ' && i - begin == kMost) {
      out += std::string("\n") + sign + "… " + std::to_string(end - i) + " more lines";
      return;
    }
    out += '\n';
    out += sign;
    out += shown(lines[i], focus);
  }
}

std::string hunk_range(std::size_t first, std::size_t count) {
  return std::to_string(count == 0 ? first : first + 1) + "," + std::to_string(count);
}

std::string unified(const std::string& name, std::string_view before, std::string_view after) {
  const auto [one, two] = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
  (void)two;
  const auto first_byte = static_cast<std::size_t>(one - before.begin());
  const std::size_t focus = first_byte - line_begin(before, first_byte);
  const Lines old_lines = lines_of(before), new_lines = lines_of(after);
  const std::size_t least = std::min(old_lines.size(), new_lines.size());
  std::size_t head = 0, tail = 0;
  while (head < least && old_lines[head] == new_lines[head]) ++head;
  while (tail < least - head &&
         old_lines[old_lines.size() - 1 - tail] == new_lines[new_lines.size() - 1 - tail]) {
    ++tail;
  }
  const std::size_t begin = head - std::min(head, kContext);
  const std::size_t old_end = old_lines.size() - tail, new_end = new_lines.size() - tail;
  const std::size_t behind = std::min(tail, kContext);
  std::string out = "--- " + name + "\n+++ " + name + "\n@@ -" +
                    hunk_range(begin, old_end + behind - begin) + " +" +
                    hunk_range(begin, new_end + behind - begin) + " @@";
  append(old_lines, begin, head, ' ', 0, out);
  append(old_lines, head, old_end, '-', focus, out);
  append(new_lines, head, new_end, '+', focus, out);
  append(old_lines, old_end, old_end + behind, ' ', 0, out);
  return out;
}

}  // namespace

std::string statement_diff(const PolicyDocument& document, const StatementEdit& edit) {
  const policy::Document& ast = document.ast();
  const text::Source& source = (*document.sources())[ast.span.source];
  const std::string name = text::relative_path(source.name());
  const std::string_view text = source.text();
  const bool small = ast.span.end - ast.span.begin <= kLongest;
  if (small && !edit.text.empty()) {
    std::string edited(text);
    for (const TextEdit& one : edit.text) apply(one, edited);
    const std::size_t end = ast.span.end + edited.size() - text.size();
    if (reads_as(edited.substr(ast.span.begin, end - ast.span.begin), ast.type,
                 expected(ast, edit))) {
      return unified(name, text, edited);
    }
  }
  const SourceSpan& span = ast.statements[edit.statement].span;
  std::string edited(text);
  if (edit.becomes) {
    const std::size_t column =
        text.find_first_not_of(" \t", line_begin(text, span.begin)) - line_begin(text, span.begin);
    edited.replace(span.begin, span.end - span.begin, rendered(ast, *edit.becomes, column));
  } else {
    apply({span, std::nullopt}, edited);
  }
  return unified(name, text, edited);
}

std::string removal_diff(const text::Source& source, const SourceSpan& item) {
  std::string edited(source.text());
  apply({item, std::nullopt}, edited);
  return unified(text::relative_path(source.name()), source.text(), edited);
}

SourceRange range_of(const text::SourceMap& sources, const SourceSpan& span) {
  const text::Source& source = sources[span.source];
  const Location begin = source.locate(span.begin), end = source.locate(span.end);
  return {begin.line, begin.column, end.line, end.column};
}

}  // namespace policysim::gate
