// A fixture's request and the world become authorization requests with every key that AWS would
// send (evaluation.md 9.3).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policysim/diagnostic.hpp"
#include "policysim/request.hpp"
#include "policysim/result.hpp"
#include "policysim/world.hpp"
#include "request/request.hpp"
#include "text/node.hpp"
#include "text/source.hpp"

namespace policysim::operations {

// What a request leaves open.
struct Settings {
  std::optional<bool> missing_unknown;
  std::optional<bool> certain;
  std::optional<std::string> time;
};

struct BuildOptions {
  Settings flags;          // weaker than the request, stronger than the world's defaults
  Settings configuration;  // weaker than the world's defaults
  bool force = false;      // as `force: true` on every request
  bool single = false;     // exactly one authorization: a line of a stream, an entry of a list
};

// Authorizations of one call in order, and what was noticed about them.
struct Built {
  std::vector<request::Data> requests;
  std::vector<Diagnostic> warnings;
  std::string operation;  // empty: none is named
};

// `node` is a request as a fixture or a stream holds it, interpolation done; lists of actions and
// resources give every pair. `world` may be null: then only what ARNs say and the defaults are
// derived. Fails (PS30xx) with findings whose spans point into the source of `node`; the
// failure is this request's alone. Pure.
Result<Built> build_requests(const text::Node& node, const World* world,
                             const BuildOptions& options = {});

// The same for JSON text, which may have an `id` (with `single` it is a line of a stream: no
// operation either). A list holds the authorizations of one call. Spans point into the text.
Result<Built> build_requests(std::string_view json, const World* world,
                             const BuildOptions& options = {});

}  // namespace policysim::operations
