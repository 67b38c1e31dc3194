// JSON text, written in the order of the calls: stable output without a document tree.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace policysim::text {

enum class JsonStyle : std::uint8_t { kCompact, kPretty };  // pretty: two blanks a level

// Appends to a string that outlives it. The calls form one value: in objects each value follows its
// key. Numbers too exact for 64 bits go through raw(). One per document and thread.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out, JsonStyle style = JsonStyle::kCompact)
      : out_(out), is_pretty_(style == JsonStyle::kPretty) {}

  JsonWriter& begin_object() { return begin('{'); }
  JsonWriter& end_object() { return end('}'); }
  JsonWriter& begin_array() { return begin('['); }
  JsonWriter& end_array() { return end(']'); }
  JsonWriter& key(std::string_view name);

  JsonWriter& value(std::string_view text);  // invalid UTF-8 becomes U+FFFD
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(bool flag) { return raw(flag ? "true" : "false"); }
  JsonWriter& value(std::int64_t number) { return raw(std::to_string(number)); }
  JsonWriter& value(std::uint64_t number) { return raw(std::to_string(number)); }
  JsonWriter& value(std::int32_t number) { return value(std::int64_t{number}); }
  JsonWriter& value(std::uint32_t number) { return value(std::uint64_t{number}); }
  JsonWriter& null() { return raw("null"); }
  // A value that is JSON text already.
  JsonWriter& raw(std::string_view json);

 private:
  JsonWriter& begin(char bracket);
  JsonWriter& end(char bracket);
  void separate();
  void break_line();

  std::string& out_;
  std::vector<bool> is_empty_;  // of each open object and array
  bool is_pretty_;
  bool after_key_ = false;
};

// `text` as a JSON string with its quotes.
void append_json_string(std::string& out, std::string_view text);

}  // namespace policysim::text
