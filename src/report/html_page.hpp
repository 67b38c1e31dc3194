// The frame of a page for people: one file without anything from elsewhere, complete without
// scripts, light or dark as the reader's system is.
#pragma once

#include <string>
#include <string_view>

namespace policysim::report {

// Up to the page's own content. `title` is escaped here.
std::string html_page_begin(std::string_view title);
std::string html_page_end();

}  // namespace policysim::report
