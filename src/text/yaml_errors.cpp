#include "text/yaml_errors.hpp"

#include <yaml-cpp/exceptions.h>

#include <algorithm>
#include <array>
#include <string>

#include "text/tree_builder.hpp"
#include "text/utf8.hpp"
#include "text/yaml_scan.hpp"

namespace policysim::text {
namespace {

struct Wording {
  std::string_view complaint;  // the library's message starts so
  std::string_view message;
  std::string_view help;
};

constexpr std::string_view kIndentation = "check the indentation";
constexpr std::string_view kEscapes = "in single quotes a backslash is plain text";

const std::array kWordings = {
    Wording{YAML::ErrorMsg::END_OF_MAP_FLOW, "expected `,` or `}`", "close the `{`"},
    Wording{YAML::ErrorMsg::END_OF_SEQ_FLOW, "expected `,` or `]`", "close the `[`"},
    Wording{YAML::ErrorMsg::END_OF_MAP, "expected the next key or the end of the map",
            kIndentation},
    Wording{YAML::ErrorMsg::END_OF_SEQ, "expected `- ` or the end of the list", kIndentation},
    Wording{YAML::ErrorMsg::MAP_VALUE, "unexpected `:`",
            "put text that holds `: ` in quotes, and check the indentation"},
    Wording{YAML::ErrorMsg::MAP_KEY, "unexpected `?`", kIndentation},
    Wording{YAML::ErrorMsg::BLOCK_ENTRY, "unexpected `-`", "a block list starts on its own line"},
    Wording{YAML::ErrorMsg::FLOW_END, "closing bracket without an opening one", {}},
    Wording{YAML::ErrorMsg::EOF_IN_SCALAR, "the quoted text is not closed", {}},
    Wording{YAML::ErrorMsg::DOC_IN_SCALAR, "document marker inside quoted text", {}},
    Wording{YAML::ErrorMsg::INVALID_ESCAPE, "unknown escape in double quotes", kEscapes},
    Wording{YAML::ErrorMsg::INVALID_HEX, "an escape needs more hexadecimal digits", kEscapes},
    Wording{YAML::ErrorMsg::INVALID_UNICODE, "an escape stands for no character", kEscapes},
    Wording{YAML::ErrorMsg::TAB_IN_INDENTATION, "tab in the indentation", "indent with blanks"},
    Wording{YAML::ErrorMsg::ZERO_INDENT_IN_BLOCK, "a block text cannot be indented by zero", {}},
    Wording{YAML::ErrorMsg::CHAR_IN_BLOCK, "unexpected text after `|` or `>`",
            "the text starts on the next line"},
    Wording{YAML::ErrorMsg::MULTIPLE_ANCHORS, "two anchors for one value", {}},
    Wording{YAML::ErrorMsg::MULTIPLE_TAGS, "two tags for one value", {}},
    Wording{YAML::ErrorMsg::ALIAS_NOT_FOUND, "an alias needs a name after `*`",
            "put text that starts with `*` in quotes"},
    Wording{YAML::ErrorMsg::CHAR_IN_ALIAS, "unexpected character in the name of an alias",
            "put text that starts with `*` in quotes"},
    Wording{YAML::ErrorMsg::ANCHOR_NOT_FOUND, "an anchor needs a name after `&`",
            "put text that starts with `&` in quotes"},
    Wording{YAML::ErrorMsg::CHAR_IN_ANCHOR, "unexpected character in the name of an anchor",
            "put text that starts with `&` in quotes"},
};

// Whether the line up to `at` starts with a tab somewhere in its indentation.
bool is_indented_by_tab(std::string_view text, std::size_t at) {
  const std::size_t before = text.substr(0, at).rfind('\n');
  const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
  const std::size_t content = text.find_first_not_of(" \t", start);
  return text.substr(start, std::min(content, text.size()) - start).find('\t') !=
         std::string_view::npos;
}

}  // namespace

Diagnostic explain_yaml(std::string_view text, std::size_t at, std::string_view complaint,
                        std::uint32_t source) {
  at = std::min(at, text.size());
  const bool is_name_missing =
      complaint == YAML::ErrorMsg::ALIAS_NOT_FOUND || complaint == YAML::ErrorMsg::ANCHOR_NOT_FOUND;
  if (is_name_missing && at > 0) --at;  // onto the sign itself
  const std::size_t length = at < text.size() ? std::max<std::size_t>(utf8_length(text, at), 1) : 0;
  SourceSpan span{source, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + length)};
  if (complaint == YAML::ErrorMsg::UNKNOWN_ANCHOR) {
    const std::size_t end = skip_yaml_name(text, at);
    span.end = static_cast<std::uint32_t>(end);
    return finding("PS0206", "alias " + quoted(text.substr(at, end - at)) + " has no anchor",
                   "an anchor stands before its aliases; put text that starts with `*` in quotes",
                   span);
  }
  if (complaint == YAML::ErrorMsg::UNKNOWN_TOKEN) {
    const std::string character = quoted(text.substr(at, length));
    return finding("PS0201", "unexpected " + character,
                   "put text that starts with " + character + " in quotes", span);
  }
  const auto* const wording =
      std::find_if(kWordings.begin(), kWordings.end(),
                   [&](const Wording& row) { return complaint.starts_with(row.complaint); });
  const bool is_known = wording != kWordings.end();
  const std::string_view help = is_known ? wording->help : std::string_view();
  return finding("PS0201", std::string(is_known ? wording->message : "this is not valid YAML"),
                 std::string(is_indented_by_tab(text, at) ? "indent with blanks, not tabs" : help),
                 span);
}

}  // namespace policysim::text
