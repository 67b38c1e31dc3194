#include "report/html_parts.hpp"

#include <algorithm>

#include "report/escape.hpp"
#include "report/test_words.hpp"

namespace policysim::report::html {
namespace {

constexpr std::size_t kMostText = 2'000;  // code points of one text

}  // namespace

std::string text(std::string_view text) { return escape_markup(cut_text(text, kMostText)); }

std::string code(std::string_view text) { return "<code>" + html::text(text) + "</code>"; }

std::string words(std::string_view text) {
  return mark_code(cut_text(text, kMostText), escape_markup);
}

std::string percent(const gate::Ratio& ratio) {
  return std::to_string(ratio.total == 0 ? 100 : ratio.hit * 100 / ratio.total);
}

std::string meter(const gate::Ratio& ratio) {
  return "<span class=\"meter\"><i style=\"width:" + percent(ratio) + "%\"></i></span>" +
         ratio_words(ratio);
}

std::string diff(std::string_view text) {
  std::string out = "<pre>";
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    const bool ins = line.substr(0, 1) == "+", del = line.substr(0, 1) == "-";
    if (ins || del) out += std::string("<span class=\"") + (ins ? "ins" : "del") + "\">";
    out += html::text(line);
    out += ins || del ? "</span>\n" : "\n";
    begin = end + 1;
  }
  return out + "</pre>\n";
}

std::string lines(std::string_view text) {
  std::string out = "<pre>";
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    out += html::text(text.substr(begin, end - begin)) + "\n";
    begin = end + 1;
  }
  return out + "</pre>\n";
}

std::string section(std::string_view id, std::string_view title, std::string_view note) {
  std::string out = "<section id=\"" + std::string(id) + "\">\n<h2>" + std::string(title);
  if (!note.empty()) out += "<small>" + std::string(note) + "</small>";
  return out + "</h2>\n";
}

std::string card(const Card& card, std::string_view summary) {
  std::string out = "<details class=\"card " + std::string(card.classes) + "\"";
  if (!card.id.empty()) out += " id=\"" + card.id + "\"";
  out += std::string(card.open ? " open" : "") + "><summary>" + std::string(summary);
  return out + "</summary><div class=\"body\">\n";
}

std::string table(std::initializer_list<std::string_view> heads) {
  std::string out = "<table class=\"list\"><thead><tr>";
  for (const std::string_view head : heads)
    out += "<th scope=\"col\">" + std::string(head) + "</th>";
  return out + "</tr></thead><tbody>\n";
}

std::string row(const std::vector<std::string>& cells) {
  std::string out = "<tr>";
  for (const std::string& cell : cells) out += "<td>" + cell + "</td>";
  return out + "</tr>\n";
}

}  // namespace policysim::report::html
