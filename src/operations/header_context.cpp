// The encryption context that callers of S3 add: a JSON object in base64.
#include <cstdint>

#include "operations/call.hpp"
#include "text/reader.hpp"
#include "values/base64.hpp"

namespace policysim::operations {
namespace {

int digit(char c) noexcept {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : 63;
}

std::string decoded(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '=') break;
    bits = (bits << 6U | static_cast<std::uint32_t>(digit(c))) & 0xFFFFFFU;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xFFU);
  }
  return out;
}

}  // namespace

world::Tags header_context(const Call& call) {
  const std::string* header = find_header(call.fields, "x-amz-server-side-encryption-context");
  world::Tags out;
  if (header == nullptr) return out;
  bool good = values::is_base64(*header);
  if (good) {
    text::SourceMap sources;
    const auto node =
        text::read(sources, sources.add("<header>", decoded(*header)), text::Syntax::kJson);
    good = node && node->is_map();
    if (good) {
      for (const text::Member& member : node->members) {
        good = good && member.value.is_scalar();
        out.emplace_back(member.key, member.value.text);
      }
    }
  }
  if (!good) {
    call.findings.error(
        "PS3009", call.fields.span_of("headers"),
        "`x-amz-server-side-encryption-context` is a JSON object of texts in base64");
  }
  return out;
}

}  // namespace policysim::operations
