// A line of a request stream: what the stream accepts is JSON, it does not depend on how the JSON
// is laid out, a refusal points into the line, and what was built can be decided.
#include <nlohmann/json.hpp>

#include "check.hpp"
#include "operations/request_builder.hpp"
#include "policysim/evaluator.hpp"
#include "request/request.hpp"

namespace {

using policysim::request::ContextEntry;
using policysim::request::Data;

bool same_context(const std::vector<ContextEntry>& a, const std::vector<ContextEntry>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].key != b[i].key || a[i].state != b[i].state || a[i].values != b[i].values ||
        a[i].origin != b[i].origin) {
      return false;
    }
  }
  return true;
}

bool same_request(const Data& a, const Data& b) {
  return a.id == b.id && a.caller.kind == b.caller.kind && a.caller.arn == b.caller.arn &&
         a.action == b.action && a.resource == b.resource &&
         a.resource_facts.account == b.resource_facts.account && same_context(a.context, b.context);
}

// A few policies that read much of the context.
policysim::Evaluator make_evaluator() {
  using policysim::PolicyType;
  policysim::PolicySet::Builder builder;
  builder.add(policysim::PolicyDocument::parse(
                  R"({"Version":"2012-10-17","Statement":[
                    {"Effect":"Allow","Action":"*","Resource":"*","Condition":{
                      "StringLike":{"aws:PrincipalArn":"*${aws:username, 'x'}*"},
                      "NumericLessThanIfExists":{"s3:max-keys":"9"},
                      "DateLessThan":{"aws:CurrentTime":"2030-01-01"}}},
                    {"Effect":"Deny","NotAction":"s3:*","NotResource":"arn:aws:s3:::${aws:PrincipalTag/a}/*",
                     "Condition":{"ForAnyValue:StringEquals":{"aws:TagKeys":["a","b"]},
                       "NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}]})",
                  PolicyType::kIdentity)
                  .value(),
              {PolicyType::kIdentity, "id", ""});
  return policysim::Evaluator(std::move(builder).compile().value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace policysim;
  static Evaluator evaluator = make_evaluator();
  const std::string line(data, data + size);
  operations::BuildOptions options;
  options.single = true;
  const Result<operations::Built> built = operations::build_requests(line, nullptr, options);
  if (!built) {
    PSIM_FUZZ_CHECK(!built.error().code.empty() && !built.error().message.empty());
    for (const Diagnostic& finding : built.error().diagnostics) {
      PSIM_FUZZ_CHECK(finding.span.begin <= finding.span.end && finding.span.end <= line.size());
    }
    return 0;
  }
  PSIM_FUZZ_CHECK(nlohmann::json::accept(line));
  text::SourceMap sources;
  const std::uint32_t source = sources.add("line", line);
  const Result<text::Node> tree = text::read(sources, source, text::Syntax::kJson);
  PSIM_FUZZ_CHECK(tree.has_value());
  std::string pretty;
  text::JsonWriter writer(pretty, text::JsonStyle::kPretty);
  fuzz::write_tree(*tree, writer);
  const auto again = operations::build_requests(std::string_view(pretty), nullptr, options);
  PSIM_FUZZ_CHECK(again.has_value());
  PSIM_FUZZ_CHECK(built->requests.size() == 1 && again->requests.size() == 1);
  PSIM_FUZZ_CHECK(same_request(built->requests[0], again->requests[0]));
  const Request request(std::make_shared<const Data>(built->requests[0]));
  const Decision decision = evaluator.evaluate(request);
  const Explanation explanation = evaluator.explain(request);
  // `certain` is the explanation's alone.
  PSIM_FUZZ_CHECK(request.data().certain || decision == explanation.decision);
  return 0;
}
