// A fixture's world as patches leave it: the text in which names are looked up, and what it says.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "policysim/result.hpp"
#include "text/node.hpp"
#include "world/fixture.hpp"
#include "world/interpolate.hpp"

namespace policysim::world {

// Equal patches have equal keys, so that what was made of them can be shared.
std::string patch_key(const Patches& patches);

// How many worlds may be kept at once, so that large ones do not fill memory.
std::size_t kept_worlds(const text::Node& world) noexcept;

// One per thread. Shares the parts of the fixture that it needs.
class Scene {
 public:
  Scene(const Fixture& fixture, const Patches& patches);

  // The world, checked as a whole; made when it is first asked for.
  Result<std::shared_ptr<const World>> world();
  // `${{ name }}` below a copy of `node` resolved in this world: fails with PS2009 to PS2011.
  Result<text::Node> interpolated(const text::Node& node);
  Interpolator& names();

 private:
  std::shared_ptr<const text::Node> vars_, tree_;
  std::shared_ptr<const PolicyFileCache> files_;
  std::shared_ptr<const text::SourceMap> sources_;
  std::optional<Interpolator> names_;
  std::optional<Result<std::shared_ptr<const World>>> world_;
};

}  // namespace policysim::world
