#include "world/merge_patch.hpp"

#include <gtest/gtest.h>

#include "text/reader.hpp"

namespace policysim::world {
namespace {

text::Node node_of(const std::string& json) {
  text::SourceMap sources;
  const std::uint32_t source = sources.add("t.json", json);
  auto node = text::read(sources, source, text::Syntax::kJson);
  EXPECT_TRUE(node.has_value()) << json;
  return node ? *node : text::Node();
}

// Without regard to the order of members.
bool same(const text::Node& a, const text::Node& b) {
  if (a.kind != b.kind || a.text != b.text || a.items.size() != b.items.size() ||
      a.members.size() != b.members.size()) {
    return false;
  }
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (!same(a.items[i], b.items[i])) return false;
  }
  for (const text::Member& member : a.members) {
    const text::Node* other = b.find(member.key);
    if (other == nullptr || !same(member.value, *other)) return false;
  }
  return true;
}

// RFC 7396, appendix A.
constexpr const char* kExamples[][3] = {
    {R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})"},
    {R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})"},
    {R"({"a":"b"})", R"({"a":null})", R"({})"},
    {R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})"},
    {R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})"},
    {R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})"},
    {R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})"},
    {R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})"},
    {R"(["a","b"])", R"(["c","d"])", R"(["c","d"])"},
    {R"({"a":"b"})", R"(["c"])", R"(["c"])"},
    {R"({"a":"foo"})", R"(null)", R"(null)"},
    {R"({"e":null})", R"({"a":1})", R"({"e":null,"a":1})"},
    {R"([1,2])", R"({"a":"b","c":null})", R"({"a":"b"})"},
    {R"({})", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})"},
};

TEST(MergePatch, DoesAsTheRfcShows) {
  for (const auto& row : kExamples) {
    text::Node target = node_of(row[0]);
    merge_patch(target, node_of(row[1]));
    EXPECT_TRUE(same(target, node_of(row[2]))) << row[0] << " patched with " << row[1];
  }
}

}  // namespace
}  // namespace policysim::world
