#include "report/capped_text.hpp"

namespace policysim::report {

bool CappedText::add(std::string_view piece) {
  if (skipped_ > 0 || piece.size() > room_) {
    ++omitted_;
    return false;
  }
  room_ -= piece.size();
  out_ += piece;
  return true;
}

bool CappedText::open(std::string_view begin, std::string_view end) {
  if (skipped_ > 0 || begin.size() + end.size() > room_) {
    ++skipped_;
    return false;
  }
  room_ -= begin.size() + end.size();
  out_ += begin;
  ends_.emplace_back(end);
  return true;
}

void CappedText::close() {
  if (skipped_ > 0) {
    --skipped_;
    return;
  }
  out_ += ends_.back();
  ends_.pop_back();
}

}  // namespace policysim::report
