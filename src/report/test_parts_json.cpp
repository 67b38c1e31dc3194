#include "report/test_parts_json.hpp"

#include <array>

#include "report/test_words.hpp"

namespace policysim::gate {

std::string_view to_string(Direction direction) noexcept {
  constexpr std::array<std::string_view, 5> kNames = {"widened", "narrowed", "other", "added",
                                                      "removed"};
  return kNames[static_cast<std::size_t>(direction)];
}

}  // namespace policysim::gate

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

void write_mutation(text::JsonWriter& json, const gate::MutationReport& mutation) {
  json.begin_object();
  write_ratio(json, "score", mutation.score);
  json.end_object();
}

void write_changes(text::JsonWriter& json, const gate::ChangeReport& changes) {
  json.begin_object();
  json.key("before").value(changes.before);
  json.key("compared").value(std::uint64_t{changes.compared});
  json.end_object();
}

}  // namespace policysim::report
