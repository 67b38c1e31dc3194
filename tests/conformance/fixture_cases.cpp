#include "conformance/fixture_cases.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <set>
#include <stdexcept>

#include "differential/names.hpp"
#include "explain/message.hpp"
#include "operations/request_builder.hpp"
#include "policysim/evaluator.hpp"

namespace policysim::conformance {
namespace {

using text::Node;
using world::Fixture;

// The decision of a call: the strictest of its authorizations.
struct Part {
  Explanation explanation;
  std::string message;  // AWS's own words
};
struct Call {
  std::vector<Part> parts;
  std::string error;  // "PS3003: …": no decision

  const Part* strictest() const {
    constexpr std::array kOrder = {Outcome::kExplicitDeny, Outcome::kImplicitDeny,
                                   Outcome::kConditional};
    for (const Outcome outcome : kOrder) {
      for (const Part& part : parts) {
        if (part.explanation.decision.outcome == outcome) return &part;
      }
    }
    return parts.empty() ? nullptr : &parts.back();
  }
};

bool step_allowed(const Call& call) {
  const Part* decided = call.strictest();
  return call.error.empty() &&
         (decided == nullptr || decided->explanation.decision.outcome == Outcome::kAllow);
}

void decide(const Fixture& fixture, const world::Patches& patches, const world::Step& step,
            Call& out) {
  const auto fail = [&](const Error& error) { out.error = error.code + ": " + error.message; };
  auto patched = world::patched_world(fixture, patches);
  if (!patched) return fail(patched.error());
  const std::shared_ptr<const World> world = *std::move(patched);
  CompileOptions options;
  options.semantics = world->data().defaults.options;
  PolicySet::Builder builder;
  auto compiled = std::move(builder.world(world)).compile(options);
  if (!compiled) return fail(compiled.error());
  EvaluateOptions evaluate;
  evaluate.certain = world->data().defaults.certain.value_or(false);
  Evaluator evaluator(*compiled, evaluate);
  for (const Node& written : step.requests) {
    const auto node = world::interpolated_request(fixture, patches, written);
    if (!node) return fail(node.error());
    operations::BuildOptions build;
    build.single = step.listed;
    const auto built = operations::build_requests(*node, world.get(), build);
    if (!built) return fail(built.error());
    for (const request::Data& data : built->requests) {
      const Request request(std::make_shared<const request::Data>(data));
      if (const std::optional<Error> unusable = compiled->unusable_for(request)) {
        return fail(*unusable);
      }
      const Explanation explanation = evaluator.explain(request);
      out.parts.push_back({explanation, explain::render_aws_message(data, explanation)});
      if (evaluator.evaluate(request) != explanation.decision && !data.certain) {
        out.error = "evaluate and explain decide otherwise";
      }
    }
  }
}

Call decide(const FixtureCase& fixture_case) {
  Call out;
  world::Patches patches = fixture_case.one->patches;
  for (const world::Step& step : fixture_case.one->steps) {
    if (step.patch) patches.push_back(step.patch);
    decide(*fixture_case.fixture, patches, step, out);
    if (!step_allowed(out)) break;
  }
  return out;
}

bool meets(const Reason& reason, const Node& expected) {
  const auto has = [&](const char* member, const std::string& value) {
    const Node* node = expected.find(member);
    return node == nullptr || node->text == value;
  };
  const std::string sid = reason.index ? "#" + std::to_string(*reason.index) : "";
  return has("layer", differential::name(reason.layer)) && has("policy", reason.policy) &&
         has("level", reason.level) && (has("sid", reason.sid.value_or("")) || has("sid", sid));
}

bool any_meets(const std::vector<Reason>& reasons, const Node& expected) {
  return std::any_of(reasons.begin(), reasons.end(),
                     [&](const Reason& reason) { return meets(reason, expected); });
}

bool meets_by(const std::vector<Reason>& reasons, const Node& by) {
  const auto one = [&](const Node& expected) { return any_meets(reasons, expected); };
  if (const Node* any = by.find("any_of")) {
    return std::any_of(any->items.begin(), any->items.end(), one);
  }
  if (const Node* all = by.find("all_of")) {
    return std::all_of(all->items.begin(), all->items.end(), one);
  }
  return one(by);
}

bool is_decision(const std::string& word, Outcome outcome) {
  const bool deny = outcome == Outcome::kExplicitDeny || outcome == Outcome::kImplicitDeny;
  return word == differential::name(outcome) || (word == "deny" && deny);
}

// Equal as sets; a case that does not say is met.
bool meets_list(const Node& expect, const char* member, const std::set<std::string>& have) {
  const Node* node = expect.find(member);
  if (node == nullptr) return true;
  std::set<std::string> wanted;
  for (const Node& item : node->items) wanted.insert(item.text);
  if (node->is_scalar()) wanted.insert(node->text);
  return wanted == have;
}

std::string words(const Explanation& explanation) {
  std::string out = differential::name(explanation.decision.outcome) + " of layer " +
                    differential::name(explanation.decision.layer) + ", reasons:";
  for (const Reason& reason : explanation.reasons) {
    out += " [" + differential::name(reason.layer) + " " + reason.policy + " " +
           reason.sid.value_or("") + " " + reason.level + "]";
  }
  for (const Bypassed& b : explanation.bypassed) out += " bypassed " + differential::name(b.layer);
  for (const std::string& key : explanation.missing) out += " missing " + key;
  for (const std::string& text : explanation.assumptions) out += " assumes " + text;
  return out;
}

bool meets_message(const Node& expect, const std::string& message) {
  const Node* node = expect.find("message");
  if (node == nullptr) return true;
  const Node* equals = node->find("equals");
  const Node* contains = node->find("contains");
  return (equals == nullptr || message == equals->text) &&
         (contains == nullptr || message.find(contains->text) != std::string::npos);
}

std::string compare(const Part& part, const Node& expect) {
  const Explanation& got = part.explanation;
  const std::string& word = expect.is_scalar() ? expect.text : expect.find("decision")->text;
  std::string out;
  const bool deny = is_decision("deny", got.decision.outcome);
  if (deny && !got.reasons.empty() && got.reasons.front().layer != got.decision.layer) {
    out += "the first reason is not of the layer that decided; ";
  }
  if (got.decision.outcome == Outcome::kAllow && got.decision.layer == Layer::kNone) {
    out += "no layer allows; ";
  }
  if (!is_decision(word, got.decision.outcome)) out += "expected " + word + "; ";
  if (expect.is_map()) {
    const Node* by = expect.find("by");
    if (by != nullptr && !meets_by(got.reasons, *by)) out += "no such reason; ";
    std::set<std::string> bypassed;
    for (const Bypassed& b : got.bypassed) bypassed.insert(differential::name(b.layer));
    if (!meets_list(expect, "bypassed", bypassed)) out += "other layers bypassed; ";
    if (!meets_list(expect, "missing", {got.missing.begin(), got.missing.end()})) {
      out += "other keys missing; ";
    }
    if (!meets_message(expect, part.message)) out += "other message: " + part.message + "; ";
    if (!meets_list(expect, "assumptions", {got.assumptions.begin(), got.assumptions.end()})) {
      out += "other assumptions; ";
    }
  }
  return out.empty() ? out : out + "got " + words(got);
}

}  // namespace

void PrintTo(const FixtureCase& fixture_case, std::ostream* out) {
  *out << '`' << fixture_case.one->name << '`';
}

std::vector<FixtureCase> fixture_cases(const std::string& file) {
  static std::map<std::string, Fixture> loaded;
  auto found = loaded.find(file);
  if (found == loaded.end()) {
    world::FixtureFailure failure;
    const std::string path = std::string(PSIM_SOURCE_DIR) + "/tests/data/conformance/" + file;
    auto fixture = world::load_fixture(path, &failure);
    if (!fixture) {
      std::string why = file + ": " + failure.error.message;
      for (const Diagnostic& d : failure.error.diagnostics) why += "\n" + d.rule + " " + d.message;
      throw std::runtime_error(why);
    }
    found = loaded.emplace(file, *std::move(fixture)).first;
  }
  std::vector<FixtureCase> out;
  for (const world::Case& one : found->second.cases) out.push_back({&found->second, &one});
  return out;
}

std::string mistakes(const FixtureCase& fixture_case) {
  const Call call = decide(fixture_case);
  if (!fixture_case.one->expect) return "the case expects nothing";
  const Node& expect = *fixture_case.one->expect;
  const Node* error = expect.is_map() ? expect.find("error") : nullptr;
  if (error != nullptr) {
    const bool good = call.error.starts_with(error->text + ":");
    return good ? "" : "expected error " + error->text + ", got `" + call.error + "`";
  }
  if (!call.error.empty()) return call.error;
  const Part* decided = call.strictest();
  return decided == nullptr ? "nothing was decided" : compare(*decided, expect);
}

std::vector<std::string> reason_layers(const FixtureCase& fixture_case) {
  const Call call = decide(fixture_case);
  std::vector<std::string> out;
  const Part* decided = call.strictest();
  if (decided == nullptr) return out;
  for (const Reason& r : decided->explanation.reasons) out.push_back(differential::name(r.layer));
  return out;
}

std::vector<std::string> decision_warnings(const FixtureCase& fixture_case) {
  const Call call = decide(fixture_case);
  std::vector<std::string> out;
  for (const Part& part : call.parts) {
    for (const DecisionWarning& w : part.explanation.warnings) out.push_back(w.message);
  }
  return out;
}

std::string test_name(const testing::TestParamInfo<FixtureCase>& info) {
  std::string out = info.param.one->id;
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == '-' || c == '.' || c == ':' || c == '/'; },
      '_');
  return out;
}

}  // namespace policysim::conformance
