#include "world/world_text.hpp"

#include <utility>

#include "world/interpolate.hpp"

namespace policysim::world {

std::shared_ptr<const World> build_world_text(const text::Node& world, const text::Node& vars,
                                              const PolicyFiles& files,
                                              const std::shared_ptr<const text::SourceMap>& sources,
                                              Findings& findings) {
  std::shared_ptr<Data> data;
  if (has_interpolation(world)) {
    text::Node expanded = world;
    Interpolator(vars, world).expand_world(expanded, findings);
    data = std::make_shared<Data>(build_world(expanded, files, sources, findings));
  } else {  // large worlds are written by programs: spare the copy
    data = std::make_shared<Data>(build_world(world, files, sources, findings));
  }
  data->warnings = findings.list();
  return std::make_shared<const World>(std::shared_ptr<const Data>(std::move(data)));
}

}  // namespace policysim::world
