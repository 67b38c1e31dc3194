// fixture_to_json FILE: the file's tree as JSON on stdout, scalars as text, so that a schema can
// look at a YAML file as policysim reads it.
#include <cstdio>
#include <string>

#include "text/json_writer.hpp"
#include "text/reader.hpp"

namespace {

using policysim::text::JsonWriter;
using policysim::text::Node;

void write(JsonWriter& json, const Node& node) {
  if (node.is_map()) {
    json.begin_object();
    for (const auto& member : node.members) {
      json.key(member.key);
      write(json, member.value);
    }
    json.end_object();
  } else if (node.is_list()) {
    json.begin_array();
    for (const Node& item : node.items) write(json, item);
    json.end_array();
  } else if (node.is_null()) {
    json.null();
  } else {
    json.value(node.text);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  auto text = policysim::text::read_file(argv[1]);
  if (!text) return 3;
  policysim::text::SourceMap sources;
  const auto source = sources.add(argv[1], *std::move(text));
  const auto tree = policysim::text::read(sources, source);
  if (!tree) return 3;
  std::string out;
  JsonWriter json(out);
  write(json, *tree);
  std::puts(out.c_str());
  return 0;
}
