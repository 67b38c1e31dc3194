#include "text/reader.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "text/tree_builder.hpp"
#include "text/utf8.hpp"

namespace policysim::text {
namespace {

bool is_control(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// UTF-16 and UTF-32 by their byte order marks, or by the zero halves of the first two ASCII
// characters.
bool is_wide(std::string_view text) noexcept {
  if (text.starts_with("\xFE\xFF") || text.starts_with("\xFF\xFE")) return true;
  if (text.size() < 4) return false;
  const auto is_nul = [&](std::size_t at) { return text[at] == '\0'; };
  return is_nul(0) != is_nul(1) && is_nul(0) == is_nul(2) && is_nul(1) == is_nul(3);
}

// A quarter of the beginning that no text would hold.
bool is_binary(std::string_view text) noexcept {
  constexpr std::size_t kSample = 1024;
  constexpr std::size_t kFewest = 8;
  const std::size_t size = std::min(text.size(), kSample);
  std::size_t strange = 0;
  for (std::size_t at = 0; at < size;) {
    const std::size_t length = utf8_length(text, at);
    if (length == 0 || is_control(text[at])) ++strange;
    at += std::max<std::size_t>(length, 1);
  }
  return strange >= kFewest && strange * 4 >= size;
}

std::string hex(unsigned char byte) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  return {'0', 'x', kDigits[byte >> 4U], kDigits[byte & 15U]};
}

Diagnostic invalid_utf8(std::string_view text, std::uint32_t source, std::size_t at) {
  const auto offset = static_cast<std::uint32_t>(at);
  return finding("PS0010",
                 "invalid UTF-8: byte " + hex(static_cast<unsigned char>(text[at])) +
                     " at offset " + std::to_string(at),
                 "save the file as UTF-8", {source, offset, offset + 1});
}

// What neither library may see: nlohmann ends at a NUL, yaml-cpp guesses encodings.
std::optional<Diagnostic> check_bytes(std::string_view text, std::uint32_t source) {
  const SourceSpan start{source, 0, 0};
  if (is_wide(text)) {
    return finding("PS0012", "text is encoded as UTF-16 or UTF-32", "save the file as UTF-8",
                   start);
  }
  const std::size_t invalid = find_invalid_utf8(text);
  const std::size_t nul = text.find('\0');
  if (invalid == std::string_view::npos && nul == std::string_view::npos) return std::nullopt;
  if (is_binary(text)) {
    return finding("PS0007", "this is a binary file", "policysim reads JSON and YAML text", start);
  }
  if (invalid < nul) return invalid_utf8(text, source, invalid);
  const auto offset = static_cast<std::uint32_t>(nul);
  return finding("PS0011", "NUL byte at offset " + std::to_string(nul), "remove it",
                 {source, offset, offset + 1});
}

}  // namespace

Result<Node> read(const SourceMap& sources, std::uint32_t source, Syntax syntax,
                  const ReadLimits& limits) {
  const std::string_view text = sources[source].text();
  constexpr std::size_t kAddressable = std::numeric_limits<std::int32_t>::max();
  const std::size_t most = std::min(limits.bytes, kAddressable);
  if (text.size() > most) {
    return failure(
        finding("PS0005", "larger than " + std::to_string(most) + " bytes", {}, {source, 0, 0}));
  }
  if (std::optional<Diagnostic> problem = check_bytes(text, source)) {
    return failure(*std::move(problem));
  }
  const std::size_t bom = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  std::size_t first = bom;
  while (first < text.size() && is_blank(text[first])) ++first;
  if (first == text.size()) {
    return failure(finding("PS0006", "the text is empty", {}, {source, 0, 0}));
  }
  if (syntax == Syntax::kAuto) {
    const bool is_json = text[first] == '{' || text[first] == '[';
    syntax = is_json ? Syntax::kJson : Syntax::kYaml;
  }
  return syntax == Syntax::kJson ? read_json(text, source, limits)
                                 : read_yaml(text, source, limits);
}

}  // namespace policysim::text
