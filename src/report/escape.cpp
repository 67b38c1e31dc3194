#include "report/escape.hpp"

#include "text/source.hpp"
#include "text/utf8.hpp"

namespace policysim::report {
namespace {

bool is_alphanumeric(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::string escape_markup(std::string_view text) {
  const std::string visible = text::escape_terminal(text);
  std::string out;
  out.reserve(visible.size());
  for (std::size_t at = 0; at < visible.size(); ++at) {
    const std::string_view rest = std::string_view(visible).substr(at);
    // U+FFFE and U+FFFF are no characters of XML.
    if (rest.substr(0, 3) == "\xEF\xBF\xBE" || rest.substr(0, 3) == "\xEF\xBF\xBF") {
      out += "\xEF\xBF\xBD";
      at += 2;
      continue;
    }
    switch (rest[0]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += rest[0];
    }
  }
  return out;
}

// A character reference never is markup. `@` would still name a person once it is read.
std::string escape_markdown(std::string_view text) {
  constexpr std::string_view kPlain = " /,-";
  std::string out;
  for (const char c : text::escape_terminal(text)) {
    if (is_alphanumeric(c) || kPlain.find(c) != kPlain.npos ||
        static_cast<unsigned char>(c) >= 0x80) {
      out += c;
      continue;
    }
    out += "&#" + std::to_string(static_cast<int>(c)) + ";";
    if (c == '@') out += "&#8203;";  // a blank of no width
  }
  return out;
}

std::string escape_command(std::string_view text, bool property) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool special = c == '%' || byte < 0x20 || byte == 0x7F;
    if (!special && !(property && (c == ':' || c == ','))) {
      out += c;
      continue;
    }
    out += '%';
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

std::string mark_code(std::string_view text, std::string (*escape)(std::string_view)) {
  std::string out;
  while (true) {
    const std::size_t begin = text.find('`');
    const std::size_t end = begin == text.npos ? begin : text.find('`', begin + 1);
    if (end == text.npos) return out + escape(text);
    out += escape(text.substr(0, begin));
    out += "<code>" + escape(text.substr(begin + 1, end - begin - 1)) + "</code>";
    text.remove_prefix(end + 1);
  }
}

std::string cut_text(std::string_view text, std::size_t most) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    if (count == most) return std::string(text.substr(0, at)) + "…";
    const std::size_t length = text::utf8_length(text, at);
    at += length == 0 ? 1 : length;
  }
  return std::string(text);
}

}  // namespace policysim::report
