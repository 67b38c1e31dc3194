// XML text, written in the order of the calls; everything is escaped.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace policysim::report {

// Appends to a string that outlives it. Attributes stand before texts and elements. Names are
// literals of the program.
class XmlWriter {
 public:
  explicit XmlWriter(std::string& out) : out_(out) {
    out_ += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  }

  XmlWriter& open(std::string_view name);
  XmlWriter& attribute(std::string_view name, std::string_view value);
  XmlWriter& attribute(std::string_view name, std::size_t value) {
    return attribute(name, std::to_string(value));
  }
  XmlWriter& text(std::string_view text);  // several lines stay several lines
  XmlWriter& close();

 private:
  void finish_tag();

  std::string& out_;
  std::vector<std::string_view> open_;
  bool in_tag_ = false;   // `>` is not written yet
  bool in_text_ = false;  // a line break would change the text
};

}  // namespace policysim::report
