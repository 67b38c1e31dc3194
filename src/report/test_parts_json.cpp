#include "report/test_parts_json.hpp"

#include "report/test_words.hpp"

namespace policysim::report {
namespace {

void write_ratio(text::JsonWriter& json, std::string_view key, const gate::Ratio& ratio) {
  json.key(key).begin_object();
  json.key("hit").value(ratio.hit).key("total").value(ratio.total).end_object();
}

}  // namespace

void write_coverage(text::JsonWriter& json, const gate::CoverageReport& coverage) {
  json.begin_object();
  for (const NamedRatio& row : coverage_ratios(coverage)) write_ratio(json, row.name, row.ratio);
  json.end_object();
}

}  // namespace policysim::report
