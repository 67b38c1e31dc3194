#include "world/members.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "catalog/keys.hpp"
#include "values/timestamp.hpp"

namespace policysim::world {
namespace {

using text::Node;
using text::NodeKind;

bool is_alnum(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::string wrong_kind(std::string_view what, std::string_view wanted, const Node& node) {
  return std::string(what) + " must be " + std::string(wanted) + ", not " +
         std::string(text::kind_name(node.kind));
}

void refuse_null(const Node& node, std::string_view what, Findings& findings) {
  findings.error("PS2004", node.span, std::string(what) + " must not be null",
                 "null means something only in `with`, `session`, `context` and `when`");
}

}  // namespace

bool is_entry_name(std::string_view text) noexcept {
  constexpr std::string_view kFurther = "_./@+=,-";
  return !text.empty() && (is_alnum(text.front()) || text.front() == '_') &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return is_alnum(c) || kFurther.find(c) != std::string_view::npos;
         });
}

bool expect_kind(const Node& node, NodeKind kind, std::string_view what, Findings& findings) {
  if (node.kind == kind) return true;
  if (node.is_null()) {
    refuse_null(node, what, findings);
  } else {
    const std::string wanted =
        (kind == NodeKind::kMap ? "an " : "a ") + std::string(text::kind_name(kind));
    findings.error("PS2003", node.span, wrong_kind(what, wanted, node));
  }
  return false;
}

std::optional<std::string> read_text(const Node& node, std::string_view what, Findings& findings) {
  if (node.is_scalar()) return node.text;
  if (node.is_null()) {
    refuse_null(node, what, findings);
  } else {
    findings.error("PS2003", node.span, wrong_kind(what, "a text", node));
  }
  return std::nullopt;
}

std::optional<bool> read_flag(const Node& node, std::string_view what, Findings& findings) {
  const auto text = read_text(node, what, findings);
  if (!text) return std::nullopt;
  if (*text == "true") return true;
  if (*text == "false") return false;
  findings.error("PS2006", node.span,
                 std::string(what) + " must be `true` or `false`, not " + in_ticks(*text));
  return std::nullopt;
}

std::optional<std::string> read_date(const Node& node, std::string_view what, Findings& findings) {
  auto text = read_text(node, what, findings);
  if (!text) return std::nullopt;
  // A day, or a moment with its zone: an instant must not depend on where it is read.
  const bool day = text->size() == 10;
  const bool moment = text->size() > 16 && (*text)[10] == 'T' &&
                      (text->back() == 'Z' || text->find_first_of("+-", 16) != std::string::npos);
  if ((day || moment) && values::parse_timestamp(*text)) return text;
  findings.error("PS2006", node.span, std::string(what) + " is no date: " + in_ticks(*text),
                 "write it as `2026-01-31` or `2026-01-31T12:00:00Z`");
  return std::nullopt;
}

std::optional<Names> read_texts(const Node& node, std::string_view what, Findings& findings) {
  if (!expect_kind(node, NodeKind::kList, what, findings)) return std::nullopt;
  Names out;
  const std::string one = "an item of " + std::string(what);
  for (const Node& item : node.items) {
    if (auto text = read_text(item, one, findings)) {
      out.push_back(*std::move(text));
    }
  }
  return out;
}

std::optional<Tags> read_tags(const Node& node, std::string_view what, Findings& findings) {
  if (!expect_kind(node, NodeKind::kMap, what, findings)) return std::nullopt;
  Tags out;
  for (const text::Member& member : node.members) {
    if (auto text = read_text(member.value, in_ticks(member.key), findings)) {
      out.emplace_back(member.key, *std::move(text));
    }
  }
  return out;
}

std::vector<request::ContextEntry> read_context(const Node& node, std::string_view what,
                                                Findings& findings) {
  std::vector<request::ContextEntry> out;
  if (!expect_kind(node, NodeKind::kMap, what, findings)) return out;
  for (const text::Member& member : node.members) {
    const Node& value = member.value;
    const std::size_t colon = member.key.find(':');
    if (colon == 0 || colon == std::string::npos || colon + 1 == member.key.size()) {
      findings.error("PS3010", member.key_span, in_ticks(member.key) + " is no condition key",
                     "a condition key is `service:Name`, as `aws:SourceIp`");
      continue;
    }
    request::ContextEntry entry{member.key, request::ValueState::kScalar, {}, {}};
    if (value.is_null()) {
      entry.state = request::ValueState::kAbsent;
    } else if (value.is_scalar()) {
      entry.values = {value.text};
      if (catalog::find_key(member.key).multivalued) entry.state = request::ValueState::kList;
    } else if (value.is_list()) {
      entry.state = request::ValueState::kList;
      auto texts = read_texts(value, in_ticks(member.key), findings);
      if (texts) entry.values = *std::move(texts);
    } else {
      Members unknown(value, "value", findings);
      unknown.require("unknown");
      if (const auto flag = unknown.flag("unknown"); flag && !*flag) {
        findings.error("PS2006", value.span, "`unknown` must be `true`",
                       "a key that is not in the request is `null`");
      }
      unknown.finish();
      entry.state = request::ValueState::kUnknown;
    }
    out.push_back(std::move(entry));
  }
  return out;
}

Members::Members(const Node& node, std::string_view what, Findings& findings)
    : node_(node), what_(what), findings_(findings) {
  map_ = expect_kind(node, NodeKind::kMap, what, findings);
  asked_.reserve(16);
}

const Node* Members::nullable(std::string_view name) {
  asked_.push_back(name);
  return map_ ? node_.find(name) : nullptr;
}

const Node* Members::any(std::string_view name) {
  const Node* value = nullable(name);
  if (value != nullptr && value->is_null()) {
    refuse_null(*value, in_ticks(name), findings_);
    return nullptr;
  }
  return value;
}

const Node* Members::map(std::string_view name) {
  const Node* value = any(name);
  return value != nullptr && expect_kind(*value, NodeKind::kMap, in_ticks(name), findings_)
             ? value
             : nullptr;
}

const Node* Members::list(std::string_view name) {
  const Node* value = any(name);
  return value != nullptr && expect_kind(*value, NodeKind::kList, in_ticks(name), findings_)
             ? value
             : nullptr;
}

std::optional<std::string> Members::text(std::string_view name) {
  const Node* value = any(name);
  return value != nullptr ? read_text(*value, in_ticks(name), findings_) : std::nullopt;
}

std::optional<bool> Members::flag(std::string_view name) {
  const Node* value = any(name);
  return value != nullptr ? read_flag(*value, in_ticks(name), findings_) : std::nullopt;
}

std::optional<std::string> Members::count(std::string_view name) {
  auto value = text(name);
  if (value && (value->empty() || value->size() > 18 ||
                value->find_first_not_of("0123456789") != std::string::npos)) {
    findings_.error("PS2006", span_of(name),
                    in_ticks(name) + " must be a whole number, not " + in_ticks(*value));
    return std::nullopt;
  }
  return value;
}

std::optional<std::string> Members::date(std::string_view name) {
  const Node* value = any(name);
  return value != nullptr ? read_date(*value, in_ticks(name), findings_) : std::nullopt;
}

std::optional<Names> Members::texts(std::string_view name) {
  const Node* value = any(name);
  return value != nullptr ? read_texts(*value, in_ticks(name), findings_) : std::nullopt;
}

std::optional<Tags> Members::tags(std::string_view name) {
  const Node* value = any(name);
  return value != nullptr ? read_tags(*value, in_ticks(name), findings_) : std::nullopt;
}

std::optional<std::size_t> Members::word(std::string_view name,
                                         std::span<const std::string_view> words) {
  const auto value = text(name);
  if (!value) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), *value);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  std::string list;
  for (const std::string_view word : words) {
    list += (list.empty() ? "" : ", ") + in_ticks(word);
  }
  std::string help = did_you_mean(*value, words);
  findings_.error("PS2006", span_of(name), in_ticks(*value) + " is no value of " + in_ticks(name),
                  help.empty() ? "it is one of " + list : std::move(help));
  return std::nullopt;
}

std::vector<request::ContextEntry> Members::context(std::string_view name) {
  const Node* value = any(name);
  return value != nullptr ? read_context(*value, in_ticks(name), findings_)
                          : std::vector<request::ContextEntry>();
}

void Members::require(std::string_view name) {
  if (map_ && !has(name)) {
    findings_.error("PS2005", node_.span, "this " + what_ + " needs a member " + in_ticks(name));
  }
}

const SourceSpan& Members::span_of(std::string_view name) const noexcept {
  const Node* value = node_.find(name);
  return value != nullptr ? value->span : node_.span;
}

void Members::finish() {
  if (!map_) return;
  for (const text::Member& member : node_.members) {
    if (std::find(asked_.begin(), asked_.end(), member.key) != asked_.end()) continue;
    findings_.error("PS2002", member.key_span,
                    "unknown member " + in_ticks(member.key) + " of a " + what_,
                    did_you_mean(member.key, std::span<const std::string_view>(asked_)));
  }
}

}  // namespace policysim::world
