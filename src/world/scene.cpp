#include "world/scene.hpp"

#include <algorithm>
#include <utility>

#include "world/build.hpp"
#include "world/merge_patch.hpp"
#include "world/world_text.hpp"

namespace policysim::world {
namespace {

using text::Node;

void append_text(const std::string& text, std::string& out) {
  out += std::to_string(text.size());
  out += ':';
  out += text;
}

// The source belongs to it: paths in a patch are relative to the file that holds it.
void append_key(const Node& node, std::string& out) {
  out += static_cast<char>('a' + static_cast<int>(node.kind));
  out += std::to_string(node.span.source);
  out += ' ';
  append_text(node.text, out);
  for (const Node& item : node.items) append_key(item, out);
  for (const text::Member& member : node.members) {
    append_text(member.key, out);
    append_key(member.value, out);
  }
  out += '.';
}

std::size_t count(const Node& node) noexcept {
  std::size_t nodes = 1;
  for (const Node& item : node.items) nodes += count(item);
  for (const text::Member& member : node.members) nodes += count(member.value);
  return nodes;
}

bool changes_nothing(const Patches& patches) noexcept {
  return std::all_of(patches.begin(), patches.end(),
                     [](const auto& patch) { return patch == nullptr; });
}

std::shared_ptr<const Node> patched_tree(const Fixture& fixture, const Patches& patches) {
  if (changes_nothing(patches)) return fixture.world;
  auto tree = std::make_shared<Node>(*fixture.world);
  for (const auto& patch : patches) {
    if (patch != nullptr) merge_patch(*tree, *patch);
  }
  return tree;
}

}  // namespace

std::string patch_key(const Patches& patches) {
  std::string key;
  for (const auto& patch : patches) {
    if (patch != nullptr) append_key(*patch, key);
  }
  return key;
}

std::size_t kept_worlds(const Node& world) noexcept {
  constexpr std::size_t kMost = 256, kMostNodes = 4'000'000;
  return std::clamp<std::size_t>(kMostNodes / count(world), 1, kMost);
}

Scene::Scene(const Fixture& fixture, const Patches& patches)
    : vars_(fixture.vars),
      tree_(patched_tree(fixture, patches)),
      files_(fixture.files),
      sources_(fixture.sources) {
  if (tree_ == fixture.world && fixture.base != nullptr) world_ = fixture.base;
}

Interpolator& Scene::names() {
  if (!names_) names_.emplace(*vars_, *tree_);
  return *names_;
}

Result<Node> Scene::interpolated(const Node& node) {
  Node out = node;
  if (!has_interpolation(node)) return out;
  Findings findings;
  names().renew();
  names().expand(out, findings);
  if (findings.failed()) return findings.to_error();
  return out;
}

Result<std::shared_ptr<const World>> Scene::world() {
  if (!world_) {
    Findings findings;
    auto world = build_world_text(*tree_, *vars_, files_->files, sources_, findings);
    if (findings.failed()) {
      world_ = findings.to_error();
    } else {
      world_ = std::move(world);
    }
  }
  return *world_;
}

}  // namespace policysim::world
