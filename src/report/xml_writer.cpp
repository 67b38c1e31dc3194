#include "report/xml_writer.hpp"

#include <algorithm>

#include "report/escape.hpp"

namespace policysim::report {

void XmlWriter::finish_tag() {
  if (in_tag_) out_ += ">";
  in_tag_ = false;
}

XmlWriter& XmlWriter::open(std::string_view name) {
  finish_tag();
  if (!open_.empty()) out_ += '\n';
  out_.append(open_.size(), ' ');
  out_ += '<';
  out_ += name;
  open_.push_back(name);
  in_tag_ = true;
  in_text_ = false;
  return *this;
}

XmlWriter& XmlWriter::attribute(std::string_view name, std::string_view value) {
  out_ += ' ';
  out_ += name;
  out_ += "=\"" + escape_markup(value) + "\"";
  return *this;
}

XmlWriter& XmlWriter::text(std::string_view text) {
  finish_tag();
  in_text_ = true;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    out_ += escape_markup(text.substr(begin, end - begin));
    if (end < text.size()) out_ += '\n';
    begin = end + 1;
  }
  return *this;
}

XmlWriter& XmlWriter::close() {
  const std::string_view name = open_.back();
  open_.pop_back();
  if (in_tag_) {
    out_ += "/>";
    in_tag_ = false;
  } else {
    if (!in_text_) {
      out_ += '\n';
      out_.append(open_.size(), ' ');
    }
    out_ += "</";
    out_ += name;
    out_ += ">";
  }
  in_text_ = false;
  if (open_.empty()) out_ += '\n';
  return *this;
}

}  // namespace policysim::report
