#include "world/unwrap.hpp"

#include <gtest/gtest.h>

#include "text/reader.hpp"

namespace policysim::world {
namespace {

struct Unwrapped {
  text::SourceMap sources;
  Result<text::Node> node = text::Node();
};

void read(const std::string& text, Unwrapped& out) {
  const std::uint32_t source = out.sources.add("policy.json", text);
  auto root = text::read(out.sources, source);
  ASSERT_TRUE(root.has_value());
  out.node = unwrap(*std::move(root), out.sources);
}

constexpr const char* kOutputs[] = {
    // iam get-policy-version, as an object and percent-encoded
    R"({"PolicyVersion": {"Document": {"Statement": [{"Sid": "A"}]}, "VersionId": "v1"}})",
    R"({"PolicyVersion": {"Document": "%7B%22Statement%22%3A%20%5B%7B%22Sid%22%3A%20%22A%22%7D%5D%7D"}})",
    // iam get-role-policy
    R"({"RoleName": "r", "PolicyName": "p", "PolicyDocument": {"Statement": [{"Sid": "A"}]}})",
    // s3api get-bucket-policy, kms get-key-policy
    R"({"Policy": "{\"Statement\": [{\"Sid\": \"A\"}]}", "PolicyName": "default"})",
    R"({"Policy": "{\n  \"Statement\" : [ {\n    \"Sid\" : \"\u0041\"\n  } ]\n}"})",
    // organizations describe-policy
    R"({"Policy": {"PolicySummary": {"Id": "p-1"}, "Content": "{\"Statement\":[{\"Sid\":\"A\"}]}"}})",
    // a plain document
    R"({"Statement": [{"Sid": "A"}], "Policy": "x"})",
};

TEST(Unwrap, FindsTheDocument) {
  for (const char* text : kOutputs) {
    SCOPED_TRACE(text);
    Unwrapped out;
    read(text, out);
    ASSERT_TRUE(out.node.has_value());
    const text::Node* statement = out.node->find("Statement");
    ASSERT_NE(statement, nullptr);
    EXPECT_EQ(statement->items.at(0).find("Sid")->text, "A");
  }
}

// The text that a span covers in the outer file.
std::string shown(const Unwrapped& out, const SourceSpan& span) {
  return std::string(out.sources[span.source].text().substr(span.begin, span.end - span.begin));
}

TEST(Unwrap, SpansLieInTheOuterFile) {
  Unwrapped json;
  read(
      R"({"Policy": "{\"Statement\": [{\"Sid\": \"caf\u00e9 \ud83d\ude00 x\", \"Effect\": \"Deny\"}]}"})",
      json);
  const text::Node& statement = json.node->find("Statement")->items.at(0);
  EXPECT_EQ(shown(json, statement.find("Effect")->span), R"(\"Deny\")");
  EXPECT_EQ(shown(json, statement.find("Sid")->span), R"(\"caf\u00e9 \ud83d\ude00 x\")");
  EXPECT_EQ(shown(json, statement.find_member("Effect")->key_span), R"(\"Effect\")");
  Unwrapped encoded;
  read(R"({"PolicyDocument": "%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22De%6Ey%22%7D%5D%7D"})",
       encoded);
  const text::Node& other = encoded.node->find("Statement")->items.at(0);
  EXPECT_EQ(other.find("Effect")->text, "Deny");
  EXPECT_EQ(shown(encoded, other.find("Effect")->span), "%22De%6Ey%22");
}

TEST(Unwrap, ErrorsLieInTheOuterFile) {
  Unwrapped out;
  read(R"({"Policy": "{\"Statement\": [,]}"})", out);
  ASSERT_FALSE(out.node.has_value());
  ASSERT_EQ(out.node.error().diagnostics.size(), 1U);
  const SourceSpan span = out.node.error().diagnostics[0].span;
  EXPECT_EQ(span.source, 0U);
  EXPECT_EQ(shown(out, {0, span.begin, span.begin + 1}), ",");
}

TEST(Unwrap, YamlStringsPointAtTheWhole) {
  Unwrapped out;
  read("Policy: |\n  {\"Statement\": [{\"Sid\": \"A\"}]}\n", out);
  ASSERT_TRUE(out.node.has_value());
  EXPECT_EQ(out.node->find("Statement")->items.at(0).find("Sid")->text, "A");
  EXPECT_EQ(out.node->span.source, 0U);
}

TEST(Unwrap, JsonFilesAreJsonOnly) {
  text::SourceMap sources;
  EXPECT_FALSE(read_policy_file(sources, "/no/such/policy.json").has_value());
}

}  // namespace
}  // namespace policysim::world
