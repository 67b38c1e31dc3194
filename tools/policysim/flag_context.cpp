// --context K=V: scalars, lists, absent and unknown keys.
#include "flag_context.hpp"

#include <algorithm>
#include <vector>

#include "text/reader.hpp"
#include "text/source.hpp"
#include "usage.hpp"

namespace policysim::cli {
namespace {

struct Entry {
  std::string key;
  std::vector<std::string> values;
  std::string json;  // a value that stands for itself: list, null, unknown; else empty
};

// The JSON of a list of scalars; empty when it is none.
std::string list_json(const std::string& value) {
  text::SourceMap sources;
  const std::uint32_t source = sources.add("--context", value);
  const Result<text::Node> root = text::read(sources, source, text::Syntax::kJson);
  if (!root || !root->is_list()) return {};
  std::string out;
  text::JsonWriter json(out);
  json.begin_array();
  for (const text::Node& item : root->items) {
    if (!item.is_scalar()) return {};
    json.value(item.text);
  }
  json.end_array();
  return out;
}

std::optional<Error> take(Entry& entry, const std::string& value) {
  if (value.empty() || (value.front() != '@' && value.front() != '[')) {
    entry.values.push_back(value);
    return std::nullopt;
  }
  if (value.front() == '[') {
    entry.json = list_json(value);
    if (!entry.json.empty()) return std::nullopt;
    return usage_error("`--context " + entry.key + "=` takes a JSON list of scalars, not `" +
                       value + "`; text that starts with `[` is written `@[`");
  }
  if (value == "@null") {
    entry.json = "null";
  } else if (value == "@unknown") {
    entry.json = R"({"unknown":true})";
  } else if (value.size() > 1 && (value[1] == '@' || value[1] == '[')) {
    entry.values.push_back(value.substr(1));
  } else {
    return usage_error("`--context " + entry.key + "=` takes @null or @unknown, not `" + value +
                       "`; text that starts with `@` is written `@@`");
  }
  return std::nullopt;
}

}  // namespace

std::optional<Error> split_pair(const std::string& option, const std::string& pair,
                                std::string& key, std::string& value) {
  const std::size_t equals = pair.find('=');
  if (equals == std::string::npos || equals == 0) {
    return usage_error("`" + option + "` takes K=V, not `" + pair + "`");
  }
  key = pair.substr(0, equals);
  value = pair.substr(equals + 1);
  return std::nullopt;
}

std::optional<Error> write_context(text::JsonWriter& json, const std::vector<std::string>& pairs) {
  std::vector<Entry> entries;
  for (const std::string& pair : pairs) {
    Entry entry;
    std::string value;
    if (auto error = split_pair("--context", pair, entry.key, value)) return error;
    auto known = std::find_if(entries.begin(), entries.end(),
                              [&entry](const Entry& other) { return other.key == entry.key; });
    if (known == entries.end()) known = entries.insert(entries.end(), std::move(entry));
    if (auto error = take(*known, value)) return error;
    const std::size_t forms = known->values.size() + (known->json.empty() ? 0 : 1);
    if (!known->json.empty() && forms > 1) {
      return usage_error("`--context " + known->key + "` is given twice in different forms");
    }
  }
  json.begin_object();
  for (const Entry& entry : entries) {
    json.key(entry.key);
    if (!entry.json.empty()) {
      json.raw(entry.json);
    } else if (entry.values.size() == 1) {
      json.value(entry.values.front());
    } else {
      json.begin_array();
      for (const std::string& value : entry.values) json.value(value);
      json.end_array();
    }
  }
  json.end_object();
  return std::nullopt;
}

}  // namespace policysim::cli
