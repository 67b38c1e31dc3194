#include "policy/context.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "catalog/rules.hpp"
#include "policy/variables.hpp"
#include "text/utf8.hpp"

namespace policysim::policy {
namespace {

// A document with more findings is hostile or no policy at all; what is left out is said.
constexpr std::size_t kMostFindings = 1'000;

// Rules by policy type, and unknown operators (language.md 1.7).
constexpr std::array<std::string_view, 6> kLenientRules = {"PS1105", "PS1106", "PS1107",
                                                           "PS1108", "PS1109", "PS1111"};

std::string with_article(text::NodeKind kind) {
  const std::string_view name = text::kind_name(kind);
  const bool vowel = !name.empty() && std::string_view("aeiou").find(name[0]) != name.npos;
  return (vowel ? "an " : "a ") + std::string(name);
}

struct Character {
  std::size_t offset = 0;
  std::size_t length = 0;
  std::uint32_t code_point = 0;
};

// The first character outside U+0009, U+000A, U+000D, U+0020 to U+00FF.
std::optional<Character> find_forbidden(std::string_view value) {
  constexpr unsigned char kFirstBeyondLatin1 = 0xC4;  // U+0100 is C4 80
  for (std::size_t i = 0; i < value.size(); ++i) {
    const auto byte = static_cast<unsigned char>(value[i]);
    const bool blank = byte == '\t' || byte == '\n' || byte == '\r';
    if (byte < 0x20 && !blank) return Character{i, 1, byte};
    if (byte < kFirstBeyondLatin1) continue;
    const std::size_t length = text::utf8_length(value, i);
    if (length > 1) return Character{i, length, text::decode_utf8(value, i, length)};
  }
  return std::nullopt;
}

}  // namespace

void Findings::add(std::string_view rule, const SourceSpan& span, std::string message,
                   std::string help, std::vector<SourceSpan> related) {
  const catalog::Rule* row = catalog::find_rule(rule);
  Severity severity = row != nullptr ? row->severity : Severity::kError;
  const bool softened =
      std::find(kLenientRules.begin(), kLenientRules.end(), rule) != kLenientRules.end();
  if (lenient_ && softened) severity = Severity::kWarning;
  add({std::string(rule), std::move(message), std::move(help), severity, span, std::move(related)});
}

void Findings::add(Diagnostic diagnostic) {
  const bool is_error = diagnostic.severity == Severity::kError;
  has_error_ = has_error_ || is_error;
  if (list_.size() <= kMostFindings) {
    if (list_.size() == kMostFindings) {
      diagnostic.rule = "PS1012";
      diagnostic.message = "more findings than are kept";
      diagnostic.help.clear();
      diagnostic.related.clear();
    }
    list_.push_back(std::move(diagnostic));
  } else if (is_error) {
    list_.back().severity = Severity::kError;  // the last one stands for all that follow
  }
}

bool Findings::full() const noexcept { return list_.size() > kMostFindings; }

std::vector<Diagnostic> Findings::take_sorted() && {
  std::stable_sort(list_.begin(), list_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return a.span.begin < b.span.begin;
  });
  return std::move(list_);
}

SourceSpan subspan(const Text& text, std::size_t offset, std::size_t length) noexcept {
  const std::size_t bytes = text.span.end - text.span.begin;
  const std::size_t quotes = bytes - text.value.size();
  const bool plain = bytes >= text.value.size() && (quotes == 0 || quotes == 2);
  if (!plain) return text.span;
  SourceSpan span = text.span;
  span.begin += static_cast<std::uint32_t>(offset + quotes / 2);
  span.end = span.begin + static_cast<std::uint32_t>(length);
  return span;
}

void report_wrong_type(const text::Node& node, std::string_view element, std::string_view wanted,
                       Context& context) {
  const std::string name = quoted(element);
  if (node.is_null()) {
    context.findings.add("PS1004", node.span, "null as value of " + name,
                         "it must be " + std::string(wanted) + ", or left out");
    return;
  }
  const bool unquoted = node.is_scalar() && wanted.find("string") != wanted.npos;
  context.findings.add(
      "PS1001", node.span,
      name + " must be " + std::string(wanted) + ", not " + with_article(node.kind),
      unquoted ? "write it in quotes: `\"" + node.text.substr(0, 40) + "\"`" : std::string());
}

void check_characters(std::string_view value, const SourceSpan& span, Context& context) {
  const auto found = find_forbidden(value);
  if (!found) return;
  std::array<char, 16> name{};
  std::snprintf(name.data(), name.size(), "U+%04X", static_cast<unsigned>(found->code_point));
  const Text text{std::string(value), span};
  context.findings.add("PS1011", subspan(text, found->offset, found->length),
                       "character `" + std::string(name.data()) + "` is not allowed in a policy",
                       "policies hold tab, line feed, carriage return and U+0020 to U+00FF");
}

std::optional<Text> read_text(const text::Node& node, std::string_view element, Context& context,
                              Scalars scalars) {
  const bool any = scalars == Scalars::kAny || context.plain_scalars;
  if (node.kind != text::NodeKind::kString && !(any && node.is_scalar())) {
    report_wrong_type(node, element, "a string", context);
    return std::nullopt;
  }
  check_characters(node.text, node.span, context);
  return Text{node.text, node.span};
}

std::optional<Texts> read_texts(const text::Node& node, std::string_view element, Context& context,
                                Scalars scalars) {
  Texts texts;
  texts.span = node.span;
  if (node.is_list()) {
    texts.list = true;
    texts.values.reserve(node.items.size());
    for (const text::Node& item : node.items) {
      if (auto text = read_text(item, element, context, scalars)) {
        texts.values.push_back(*std::move(text));
      }
    }
    return texts;
  }
  if (!node.is_scalar()) {
    report_wrong_type(node, element, "a string or a list of strings", context);
    return std::nullopt;
  }
  auto text = read_text(node, element, context, scalars);
  if (!text) return std::nullopt;
  texts.values.push_back(*std::move(text));
  return texts;
}

bool report_variables(const Text& text, std::string_view place, Context& context) {
  if (text.value.find("${") == std::string::npos) return false;
  for (const Piece& piece : split_variables(text.value, true)) {
    if (piece.kind == Piece::Kind::kText) continue;
    context.findings.add(
        "PS1210", subspan(text, piece.offset, piece.length),
        "no policy variable is substituted in " + std::string(place) + ": " +
            quoted(std::string_view(text.value).substr(piece.offset, piece.length)));
    return true;
  }
  return false;
}

void check_variables(const Text& text, Context& context) {
  if (text.value.find("${") == std::string::npos) return;
  const std::string_view value = text.value;
  for (const Piece& piece : split_variables(value, true)) {
    const std::string_view written = value.substr(piece.offset, piece.length);
    const SourceSpan span = subspan(text, piece.offset, piece.length);
    if (piece.kind == Piece::Kind::kText) {
      if (written.find("${") == written.npos) continue;
      context.findings.add("PS1212", span, "policy variable without `}` is plain text");
    } else if (context.version == Version::k2008) {
      context.findings.add("PS1211", span,
                           "policy variable " + quoted(written) + " is plain text in this policy",
                           "write `\"Version\": \"2012-10-17\"`");
      return;
    } else if (piece.kind == Piece::Kind::kMalformed) {
      context.findings.add("PS1212", span, "malformed policy variable " + quoted(written),
                           "write `${prefix:key}` or `${prefix:key, 'default'}`");
    }
  }
}

}  // namespace policysim::policy
