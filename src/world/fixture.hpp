// Fixture files: a world with all its includes, and cases to decide in it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policysim/diagnostic.hpp"
#include "policysim/result.hpp"
#include "policysim/world.hpp"
#include "text/node.hpp"
#include "text/source.hpp"
#include "world/data.hpp"
#include "world/file_source.hpp"

namespace policysim::world {

struct PolicyFileCache;  // policy files that the fixture and its patches name, read once
struct Matrix;           // world/matrix.hpp

using Patches = std::vector<std::shared_ptr<const text::Node>>;

// One call. `patch` (may be null) holds for the steps after it too. `requests` are the members of
// requests as written, interpolation included: several are the authorizations of one call.
struct Step {
  std::shared_ptr<const text::Node> patch;
  std::vector<text::Node> requests;
  bool listed = false;  // written as a list: each entry is exactly one authorization
  SourceSpan span;
};

struct Case {
  std::string id;
  std::string name;
  std::vector<std::string> tags;
  std::string skip, todo;  // why; empty: no
  bool only = false;
  Patches patches;                   // `with`; a cell of a matrix may have several
  std::vector<Step> steps;           // none at all: allowed
  bool stepwise = false;             // `steps` was written
  std::optional<text::Node> expect;  // shape checked, not interpreted
  SourceSpan span;
};

// A fixture that loaded. Immutable, share freely.
struct Fixture {
  std::string name;  // `name`, else the file name without extension
  std::string path;
  std::shared_ptr<const text::SourceMap> sources;
  std::shared_ptr<const text::Node> vars;   // after includes; map
  std::shared_ptr<const text::Node> world;  // after includes, before interpolation; map
  std::shared_ptr<const World> base;        // the world without any patch
  std::shared_ptr<const PolicyFileCache> files;
  std::vector<Case> cases;
  std::vector<std::shared_ptr<const Matrix>> matrices;
  std::optional<text::Node> coverage;  // shape checked, not interpreted
  std::vector<Diagnostic> warnings;
};

// A load that failed. Spans of its findings point into `sources`.
struct FixtureFailure {
  Error error;
  std::shared_ptr<const text::SourceMap> sources;
};

// Reads a fixture with everything that it includes and names. Fails with every finding (PS20xx,
// PS21xx, PS22xx, or the reader's own) when one is an error. A policy that cannot be used is no
// such error: its failure stands in the world's data. With `failure`, the sources of a failed load
// are kept there, so that findings can be shown in place.
Result<Fixture> load_fixture(const std::string& path, FixtureFailure* failure = nullptr,
                             FileSource& files = file_system());
// The same for text that has no file; relative paths start at the folder of `name`, which is the
// working directory for a plain name.
Result<Fixture> load_fixture_text(const std::string& name, std::string text,
                                  FixtureFailure* failure = nullptr);

// The world of a fixture file, read from `files`, in which the cases of `cases` can be decided: its
// sources begin with theirs, so that spans of both point into them, and the policy files that they
// patch in are read too. No cases of its own.
Result<Fixture> load_world_for(const Fixture& cases, const std::string& path, FileSource& files,
                               FixtureFailure* failure = nullptr);

// The world after these patches (RFC 7396), in order, checked as a whole. Null patches do nothing.
Result<std::shared_ptr<const World>> patched_world(const Fixture& fixture, const Patches& patches);

// The same for a case's request: `${{ name }}` resolved in the world as it is after `patches`.
// Fails with PS2009 to PS2011. Both copy the world: a Scene spares that where there is more to ask.
Result<text::Node> interpolated_request(const Fixture& fixture, const Patches& patches,
                                        const text::Node& request);

}  // namespace policysim::world
