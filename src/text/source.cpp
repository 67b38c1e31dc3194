#include "text/source.hpp"

#include <algorithm>
#include <utility>

namespace policysim::text {
namespace {

constexpr std::size_t kBlock = 1024;

std::uint32_t count_code_points(std::string_view text) {
  const auto starts = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return static_cast<std::uint32_t>(std::count_if(text.begin(), text.end(), starts));
}

}  // namespace

Source::Source(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)) {
  line_starts_.push_back(0);
  for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1)) {
    line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
  }
  std::uint32_t code_points = 0;
  for (std::size_t at = 0; at <= text_.size(); at += kBlock) {
    block_starts_.push_back(code_points);
    code_points += count_code_points(std::string_view(text_).substr(at, kBlock));
  }
}

std::uint32_t Source::code_points_before(std::size_t offset) const {
  const std::size_t block = offset / kBlock;
  const std::string_view rest =
      std::string_view(text_).substr(block * kBlock, offset - block * kBlock);
  return block_starts_[block] + count_code_points(rest);
}

Location Source::locate(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const std::uint32_t column = code_points_before(offset) - code_points_before(*(after - 1)) + 1;
  return {name_, static_cast<std::uint32_t>(after - line_starts_.begin()), column};
}

std::string_view Source::line(std::uint32_t number) const {
  if (number == 0 || number > line_starts_.size()) return {};
  const std::size_t begin = line_starts_[number - 1];
  const std::size_t end = number < line_starts_.size() ? line_starts_[number] - 1 : text_.size();
  std::string_view line = std::string_view(text_).substr(begin, end - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::uint32_t Source::line_count() const noexcept {
  return static_cast<std::uint32_t>(line_starts_.size());
}

std::uint32_t SourceMap::add(std::string name, std::string text) {
  sources_.emplace_back(std::move(name), std::move(text));
  return static_cast<std::uint32_t>(sources_.size() - 1);
}

Location SourceMap::locate(const SourceSpan& span) const {
  return span.source < sources_.size() ? sources_[span.source].locate(span.begin) : Location{};
}

}  // namespace policysim::text
