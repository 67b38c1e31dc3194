#include "gate/witness.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/ascii.hpp"
#include "compile/compiler.hpp"
#include "gate/witness_values.hpp"
#include "gate/witness_yaml.hpp"
#include "operations/request_builder.hpp"
#include "policysim/evaluator.hpp"
#include "program/program.hpp"
#include "values/arn.hpp"
#include "world/scene.hpp"

namespace policysim::gate {
namespace {

using text::Node;

constexpr std::size_t kMostSeeds = 16;       // requests to start from
constexpr std::size_t kMostMatches = 8'000;  // requests that the statement is held against
constexpr std::size_t kMostDecisions = 300;  // requests that are written and decided
constexpr std::size_t kMostShells = 1'000;   // of callers, actions and resources
constexpr std::size_t kMostEntries = 8;      // principals or resources of a world
constexpr std::size_t kMostOfShell = 1'000;  // of one caller, action and resource

constexpr std::string_view kRequestTag = "aws:RequestTag/";

// A written request in one of the worlds.
struct Seed {
  std::uint32_t fixture = 0;
  std::uint32_t world = 0;
  world::Patches patches;
  Node request;
};

void append_text(const Node& node, std::string& out) {
  out += static_cast<char>('a' + static_cast<int>(node.kind));
  out += std::to_string(node.text.size()) + ':' + node.text;
  for (const Node& item : node.items) append_text(item, out);
  for (const text::Member& member : node.members) {
    out += member.key + '=';
    append_text(member.value, out);
  }
  out += '.';
}

// Keys with other values; a null value: the key is absent.
using Changes = std::vector<std::pair<std::string, const Node*>>;

void change(request::Data& data, const std::string& key, const Node& value) {
  auto& context = data.context;
  context.erase(std::remove_if(context.begin(), context.end(),
                               [&key](const request::ContextEntry& entry) {
                                 return base::equals_ignore_case(entry.key, key);
                               }),
                context.end());
  request::ContextEntry entry;
  entry.key = key;
  entry.state = value.is_null()   ? request::ValueState::kAbsent
                : value.is_list() ? request::ValueState::kList
                                  : request::ValueState::kScalar;
  if (value.is_scalar()) entry.values.push_back(value.text);
  for (const Node& item : value.items) entry.values.push_back(item.text);
  context.push_back(std::move(entry));
}

// A statement and what it becomes, side by side. With another effect it differs where it matches.
class StatementMatcher {
 public:
  StatementMatcher(const MutationPlan& plan, const Mutation& mutation, std::uint32_t world,
                   const policy::Statement& before, const policy::Statement* after)
      : two_(after != nullptr && after->effect == before.effect),
        evaluator_(compiled(plan, mutation, world, before, two_ ? after : nullptr)) {}

  // Does one of the authorizations match one of the statements alone?
  bool differs(const std::vector<request::Data>& requests, const Changes& changes) {
    return std::any_of(requests.begin(), requests.end(), [&](const request::Data& data) {
      auto changed = std::make_shared<request::Data>(data);
      for (const auto& [key, value] : changes) change(*changed, key, *value);
      const Request request(std::move(changed));
      const Match first = evaluator_.match(StatementId{0}, request);
      return first != (two_ ? evaluator_.match(StatementId{1}, request) : Match::kNo);
    });
  }

 private:
  static PolicySet compiled(const MutationPlan& plan, const Mutation& mutation, std::uint32_t world,
                            const policy::Statement& before, const policy::Statement* after) {
    const MutationTarget& target = plan.targets()[mutation.target];
    auto document = std::make_shared<policy::Document>(target.document.ast());
    document->statements = {before};
    if (after != nullptr) document->statements.push_back(*after);
    auto sources = std::make_shared<compile::Sources>();
    compile::Attached attached;
    attached.where.as = document->type;
    attached.document = PolicyDocument(std::move(document), target.document.sources(), nullptr);
    sources->attached.push_back(std::move(attached));
    auto program = compile::compile(*sources, plan.worlds()[world].policies().program().readings);
    return PolicySet(std::move(program), std::move(sources));
  }

  bool two_;
  Evaluator evaluator_;
};

class Search {
 public:
  Search(const MutationPlan& plan, const Mutation& mutation, MutantWorlds& worlds)
      : plan_(plan), mutation_(mutation), worlds_(worlds) {}

  // First the requests as they are but for their keys, then other callers, actions and resources.
  std::string run() {
    gather_seeds();
    for (const bool other_shells : {false, true}) {
      for (const Seed& seed : seeds_) {
        if (try_seed(seed, other_shells)) return found_;
      }
    }
    return {};
  }

 private:
  const policy::Document& document() const {
    return plan_.targets()[mutation_.target].document.ast();
  }

  // Statements to build around, each with what it becomes.
  std::vector<std::pair<const policy::Statement*, const policy::Statement*>> subjects() const {
    if (mutation_.edit) {
      const auto& becomes = mutation_.edit->becomes;
      return {{&document().statements[mutation_.edit->statement], becomes ? &*becomes : nullptr}};
    }
    std::vector<std::pair<const policy::Statement*, const policy::Statement*>> out;
    for (const policy::Statement& one : document().statements) out.emplace_back(&one, nullptr);
    return out;
  }

  // Requests of tests that reach the change, those of plain worlds first; then the other tests of
  // worlds that hold the document.
  void gather_seeds() {
    std::vector<Seed> plain, patched;
    std::set<std::string> known;
    std::vector<std::uint32_t> order = tests_to_run(plan_, mutation_);
    for (std::uint32_t t = 0; t < plan_.tests().size(); ++t) order.push_back(t);
    for (const std::uint32_t t : order) {
      if (plain.size() >= kMostSeeds) break;
      add_seeds(plan_.tests()[t], known, plain, patched);
    }
    seeds_ = std::move(plain);
    for (Seed& seed : patched) {
      if (seeds_.size() < kMostSeeds) seeds_.push_back(std::move(seed));
    }
  }

  void add_seeds(const PlannedTest& test, std::set<std::string>& known, std::vector<Seed>& plain,
                 std::vector<Seed>& patched) {
    const auto& targets = plan_.targets()[mutation_.target].worlds;
    world::Patches patches = test.written.patches;
    for (std::size_t s = 0; s < test.written.steps.size() && s < test.plan.steps.size(); ++s) {
      const world::Step& step = test.written.steps[s];
      if (step.patch != nullptr) patches.push_back(step.patch);
      if (test.plan.steps[s].empty()) continue;
      const std::uint32_t world = plan_.world_of(*test.plan.steps[s].front().place);
      if (std::find(targets.begin(), targets.end(), world) == targets.end()) continue;
      std::vector<Seed>& to = patches.empty() ? plain : patched;
      if (to.size() >= kMostSeeds) continue;
      // Scenes of the plan belong to its threads.
      world::Scene scene(*plan_.suite().fixtures[test.fixture], patches);
      for (const Node& written : step.requests) {
        const Result<Node> node = scene.interpolated(written);
        if (!node || !node->is_map()) continue;
        std::string key = std::to_string(world) + ' ';
        append_text(*node, key);
        if (known.insert(std::move(key)).second)
          to.push_back({test.fixture, world, patches, *node});
      }
    }
  }

  bool try_seed(const Seed& seed, bool other_shells) {
    if (!other_shells && tells_apart(seed, seed.request)) return finish(seed, seed.request);
    for (const auto& [before, after] : subjects()) {
      StatementMatcher matcher(plan_, mutation_, seed.world, *before, after);
      if (!other_shells) {
        if (try_shell(seed, seed.request, *before, after, matcher)) return true;
        continue;
      }
      for (const Node& shell : shells(seed, *before, after)) {
        if (++shells_ > kMostShells || matches_ >= kMostMatches) return false;
        if (try_shell(seed, shell, *before, after, matcher)) return true;
      }
    }
    return false;
  }

  // The request with other callers, actions and resources, one at a time and all at once.
  std::vector<Node> shells(const Seed& seed, const policy::Statement& before,
                           const policy::Statement* after) const {
    const world::Data& data = world_of(seed).data();
    std::vector<std::string> actions = element_actions(before.action, plan_.vocabulary().actions);
    if (after != nullptr && !(after->action == before.action)) {
      for (std::string& one : element_actions(after->action, plan_.vocabulary().actions)) {
        actions.push_back(std::move(one));
      }
    }
    std::vector<std::string> principals;
    for (const world::Principal& one : data.principals) {
      if (principals.size() < kMostEntries) principals.push_back(one.name);
    }
    std::vector<Node> out;
    const auto with = [](Node shell, const char* member, const std::string& value) {
      const Node text = text_node(value);
      set_member(shell, member, &text);
      return shell;
    };
    for (const std::string& one : principals) out.push_back(with(seed.request, "principal", one));
    const std::string own = text_of(seed.request, "action");
    for (const std::string& one : resources(data, own, before, after)) {
      if (!own.empty()) out.push_back(with(seed.request, "resource", one));
    }
    for (const std::string& action : actions) {
      Node shell = with(without_operation(seed.request), "action", action);
      const bool fits = service_of(action) == service_of(data, text_of(shell, "resource"));
      if (fits) out.push_back(shell);
      for (const std::string& resource : resources(data, action, before, after)) {
        Node there = with(shell, "resource", resource);
        out.push_back(there);
        for (const std::string& one : principals) out.push_back(with(there, "principal", one));
      }
      if (!fits) out.push_back(std::move(shell));
    }
    return out;
  }

  static std::string text_of(const Node& request, const char* member) {
    const Node* value = request.find(member);
    return value != nullptr && value->is_scalar() ? value->text : std::string();
  }

  static std::string service_of(std::string_view action) {
    return base::lower(action.substr(0, action.find(':')));
  }

  // Of a resource, by name or ARN; empty: none.
  static std::string service_of(const world::Data& data, const std::string& resource) {
    const auto named = std::find_if(data.resources.begin(), data.resources.end(),
                                    [&](const auto& one) { return one.name == resource; });
    const std::string& text = named == data.resources.end() ? resource : named->arn;
    const auto arn = values::split_arn(text);
    return arn ? std::string(arn->service()) : std::string();
  }

  static Node without_operation(Node request) {
    for (const char* member : {"operation", "key", "parameters", "headers"}) {
      set_member(request, member, nullptr);
    }
    return request;
  }

  // Of the action's service: what the world has, and what patterns cover.
  std::vector<std::string> resources(const world::Data& data, const std::string& action,
                                     const policy::Statement& before,
                                     const policy::Statement* after) const {
    const std::string service = service_of(action);
    std::vector<std::string> out;
    const auto add = [&out](std::string one) {
      const bool fresh = std::find(out.begin(), out.end(), one) == out.end();
      if (fresh && out.size() < kMostEntries) out.push_back(std::move(one));
    };
    for (const policy::Statement* statement : {&before, after}) {
      if (statement == nullptr || !statement->resource) continue;
      for (const policy::Text& text : statement->resource->texts.values) {
        for (std::string& one : covered_texts(text.value, nullptr)) {
          if (values::split_arn(one)) add(std::move(one));
        }
      }
    }
    std::string account;
    for (const world::Resource& one : data.resources) {
      const auto arn = values::split_arn(one.arn);
      if (!arn || arn->service() != service) continue;
      add(one.name);
      account = one.account;
    }
    if (!account.empty()) add("arn:aws:" + service + ":us-east-1:" + account + ":other/one");
    add("*");
    return out;
  }

  // All keys as they are; then one or two of them changed. Only what the statements see in
  // different ways is written out and decided.
  bool try_shell(const Seed& seed, const Node& shell, const policy::Statement& before,
                 const policy::Statement* after, StatementMatcher& matcher) {
    const auto built = build(seed, shell);
    if (!built || built->requests.empty()) return false;
    std::size_t left = kMostOfShell;
    Changes changes;
    const auto hit = [&] {
      if (left == 0) return false;
      --left;
      ++matches_;
      if (!matcher.differs(built->requests, changes)) return false;
      for (const bool natural : {true, false}) {
        const Node request = with_keys(shell, changes, natural);
        if (tells_apart(seed, request)) return finish(seed, request);
      }
      return false;
    };
    if (hit()) return true;
    const std::vector<std::string> keys = keys_of(before, after);
    std::vector<std::vector<Node>> values;
    for (const std::string& key : keys) {
      values.push_back(key_values(key, before, after, &built->requests.front()));
    }
    for (std::size_t k = 0; k < keys.size(); ++k) {
      for (const Node& value : values[k]) {
        changes = {{keys[k], &value}};
        if (hit()) return true;
        changes.emplace_back();
        for (std::size_t other = 0; other < keys.size(); ++other) {
          for (const Node& second : values[other]) {
            changes.back() = {keys[other], &second};
            if (other != k && hit()) return true;
          }
        }
      }
    }
    return false;
  }

  // Keys whose conditions differ stand first.
  static std::vector<std::string> keys_of(const policy::Statement& before,
                                          const policy::Statement* after) {
    std::vector<std::string> out, same;
    const auto add = [](std::vector<std::string>& to, const std::string& key) {
      if (std::find(to.begin(), to.end(), key) == to.end()) to.push_back(key);
    };
    const auto has = [](const policy::Statement* in, const policy::ConditionBlock& block,
                        const policy::Condition& one) {
      return in != nullptr &&
             std::any_of(in->condition.begin(), in->condition.end(), [&](const auto& other) {
               return other.op == block.op &&
                      std::find(other.conditions.begin(), other.conditions.end(), one) !=
                          other.conditions.end();
             });
    };
    for (const auto& [in, other] : {std::pair(&before, after), std::pair(after, &before)}) {
      if (in == nullptr) continue;
      for (const policy::ConditionBlock& block : in->condition) {
        for (const policy::Condition& one : block.conditions) {
          add(has(other, block, one) ? same : out, one.key.value);
        }
      }
    }
    for (const std::string& key : same) add(out, key);
    return out;
  }

  // Tags that the request sets change there, if it is to look `natural`; the rest stands in its
  // context, where what contradicts the world is meant.
  static Node with_keys(Node request, const Changes& changes, bool natural) {
    const auto part = [&request](const char* member) {
      const Node* value = request.find(member);
      Node out = value != nullptr && value->is_map() ? *value : Node();
      out.kind = text::NodeKind::kMap;
      return out;
    };
    Node context = part("context"), tags = part("tags");
    const std::size_t stated = context.members.size();
    for (const auto& [key, value] : changes) {
      const std::string tag =
          base::starts_with_ignore_case(key, kRequestTag) ? key.substr(kRequestTag.size()) : "";
      const bool is_tag = natural && value->is_scalar() && tags.find(tag) != nullptr;
      set_member(is_tag ? tags : context, is_tag ? tag : key, value);
    }
    if (!tags.members.empty()) set_member(request, "tags", &tags);
    if (context.members.size() == stated) return request;
    set_member(request, "context", &context);
    Node force;
    force.kind = text::NodeKind::kBool;
    force.text = "true";
    set_member(request, "force", &force);
    return request;
  }

  const World& world_of(const Seed& seed) const {
    return *plan_.worlds()[seed.world].policies().sources()->world;
  }

  std::optional<operations::Built> build(const Seed& seed, const Node& request) const {
    auto built = operations::build_requests(request, &world_of(seed), plan_.settings().build);
    if (!built) return std::nullopt;
    return *std::move(built);
  }

  world::Expectation expected(const explain::DecisionRecord& record) const {
    return expectation_of(record, mutation_.shown.policy, mutation_.shown.statement);
  }

  // Is the decision another, or is the statement no longer a reason of it?
  bool tells_apart(const Seed& seed, const Node& request) {
    if (decisions_ >= kMostDecisions) return false;
    ++decisions_;
    const auto built = build(seed, request);
    if (!built) return false;
    const explain::DecisionRecord record =
        worlds_.original(seed.world).decide("witness", *built, nullptr);
    if (record.error || record.outcome == Outcome::kConditional) return false;
    const explain::DecisionRecord mutant =
        worlds_.decider(seed.world).decide("witness", *built, nullptr);
    // Statements behind a dropped one have other numbers, which is no difference.
    const world::Expectation wanted = expected(record);
    const bool numbered =
        !wanted.by.empty() && wanted.by.front().sid && wanted.by.front().sid->front() == '#';
    if (numbered && !mutant.error && mutant.outcome == record.outcome) return false;
    return check_expectation(wanted, record).empty() && !check_expectation(wanted, mutant).empty();
  }

  // Takes out what is not needed, then writes the case.
  bool finish(const Seed& seed, Node request) {
    const auto drop = [&](Node smaller) {
      if (tells_apart(seed, smaller)) request = std::move(smaller);
    };
    if (const Node* context = request.find("context")) {
      const std::vector<text::Member> members = context->members;
      for (const text::Member& member : members) {
        Node smaller = request;
        Node less = *request.find("context");
        set_member(less, member.key, nullptr);
        set_member(smaller, "context", less.members.empty() ? nullptr : &less);
        drop(std::move(smaller));
      }
    }
    for (const char* member : {"force", "headers", "tags", "tag_keys", "parameters", "key", "via",
                               "vpc_endpoint", "source_ip", "time", "encryption_context"}) {
      if (request.find(member) == nullptr) continue;
      Node smaller = request;
      set_member(smaller, member, nullptr);
      drop(std::move(smaller));
    }
    const Node patch = joined_patch(seed.patches);
    const auto built = build(seed, request);
    const explain::DecisionRecord record =
        worlds_.original(seed.world).decide("witness", *built, nullptr);
    const std::string comment = "for the fixture " + plan_.suite().fixtures[seed.fixture]->name;
    found_ = case_yaml("mutant-" + std::to_string(mutation_.shown.number), comment, &patch, request,
                       expected(record));
    return true;
  }

  const MutationPlan& plan_;
  const Mutation& mutation_;
  MutantWorlds& worlds_;
  std::vector<Seed> seeds_;
  std::size_t shells_ = 0, matches_ = 0, decisions_ = 0;
  std::string found_;
};

}  // namespace

std::string find_witness(const MutationPlan& plan, const Mutation& mutation, MutantWorlds& worlds) {
  return Search(plan, mutation, worlds).run();
}

}  // namespace policysim::gate
