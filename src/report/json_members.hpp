// Members of JSON objects that may be null.
#pragma once

#include <optional>
#include <string_view>

#include "explain/decision_record.hpp"
#include "text/json_writer.hpp"

namespace policysim::report {

inline void write_member(text::JsonWriter& json, std::string_view key, std::string_view text) {
  json.key(key).value(text);
}

// Empty text is null.
inline void write_or_null(text::JsonWriter& json, std::string_view key, std::string_view text) {
  json.key(key);
  if (text.empty()) {
    json.null();
  } else {
    json.value(text);
  }
}

template <class T>
void write_member(text::JsonWriter& json, std::string_view key, const std::optional<T>& maybe) {
  json.key(key);
  if (maybe) {
    json.value(*maybe);
  } else {
    json.null();
  }
}

// `write` is called for each item.
template <class List, class Write>
void write_list(text::JsonWriter& json, std::string_view key, const List& list, Write write) {
  json.key(key).begin_array();
  for (const auto& item : list) write(item);
  json.end_array();
}

// {"file", "line", "column"}, or null.
void write_location(text::JsonWriter& json, const std::optional<Location>& location);

}  // namespace policysim::report
