#include "report/test_grid.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace policysim::report {
namespace {

using gate::MatrixInfo;
using gate::Status;
using gate::TestResult;

struct LayerMark {
  Layer layer;
  char letter;
  std::string_view meaning;
};

constexpr std::array kLayerMarks = {
    LayerMark{Layer::kRcp, 'R', "resource control policy"},
    LayerMark{Layer::kScp, 'S', "service control policy"},
    LayerMark{Layer::kVpce, 'E', "VPC endpoint policy"},
    LayerMark{Layer::kResource, 'P', "resource-based policy"},
    LayerMark{Layer::kIdentity, 'I', "identity-based policy"},
    LayerMark{Layer::kBoundary, 'B', "permissions boundary"},
    LayerMark{Layer::kSession, 'N', "session policy"},
    LayerMark{Layer::kGrant, 'G', "grant"},
    LayerMark{Layer::kAcl, 'A', "access control list"},
    LayerMark{Layer::kBpa, 'K', "S3 Block Public Access"},
    LayerMark{Layer::kService, 'V', "the service itself"},
};

// Collects the values of a dimension in their order: a row lists them so, but need not have all.
class ValueOrder {
 public:
  void add(const std::vector<std::string_view>& row) {
    if (std::all_of(row.begin(), row.end(), [this](auto value) { return known_.count(value) > 0; }))
      return;
    auto before = order_.end();
    for (auto value = row.rbegin(); value != row.rend(); ++value) {
      const bool is_new = known_.insert(*value).second;
      before =
          is_new ? order_.insert(before, *value) : std::find(order_.begin(), order_.end(), *value);
    }
  }

  std::vector<std::string_view> take() { return std::move(order_); }

 private:
  std::vector<std::string_view> order_;
  std::unordered_set<std::string_view> known_;
};

// Cells of one matrix, as they come.
struct Cells {
  const MatrixInfo* info = nullptr;
  std::vector<const TestResult*> results;
};

// The values of a matrix of one dimension are rows.
std::vector<std::string_view> row_of(const TestResult& result) {
  const bool single = result.values.size() == 1;
  return {result.values.begin(), result.values.end() - (single ? 0 : 1)};
}

std::string_view column_of(const TestResult& result) {
  return result.values.size() == 1 ? std::string_view("decision") : result.values.back();
}

Grid make_grid(const Cells& cells) {
  Grid grid;
  grid.fixture = cells.info->fixture;
  grid.id = cells.info->id;
  const std::vector<std::string>& dimensions = cells.info->dimensions;
  const bool single = dimensions.size() == 1;
  grid.row_dimensions.assign(dimensions.begin(), dimensions.end() - (single ? 0 : 1));
  if (!single) grid.column_dimension = dimensions.back();
  std::vector<std::string_view> in_row;
  ValueOrder columns;
  for (const TestResult* result : cells.results) {
    std::vector<std::string_view> row = row_of(*result);
    if (grid.rows.empty() || grid.rows.back() != row) {
      columns.add(in_row);
      in_row.clear();
      grid.rows.push_back(std::move(row));
    }
    in_row.push_back(column_of(*result));
    const bool failed = result->status == Status::kFailed || result->status == Status::kErrored;
    grid.failed += failed ? 1 : 0;
  }
  columns.add(in_row);
  grid.columns = columns.take();
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < grid.columns.size(); ++i) places.emplace(grid.columns[i], i);
  grid.cells.resize(grid.rows.size() * grid.columns.size());
  std::size_t row = 0;
  for (const TestResult* result : cells.results) {
    while (grid.rows[row] != row_of(*result)) ++row;
    grid.cells[row * grid.columns.size() + places.at(column_of(*result))] = result;
  }
  return grid;
}

}  // namespace

std::vector<Grid> make_grids(const gate::TestRun& run) {
  std::map<std::pair<std::string_view, std::string_view>, Cells> by_matrix;
  for (const MatrixInfo& info : run.matrices) by_matrix[{info.fixture, info.id}].info = &info;
  for (const TestResult& result : run.results) {
    const auto matrix = by_matrix.find({result.fixture, result.group});
    if (result.group.empty() || matrix == by_matrix.end()) continue;
    const std::size_t dimensions = matrix->second.info->dimensions.size();
    if (dimensions > 0 && result.values.size() == dimensions) {
      matrix->second.results.push_back(&result);
    }
  }
  std::vector<Grid> grids;
  for (const MatrixInfo& info : run.matrices) {
    const Cells& cells = by_matrix.at({info.fixture, info.id});
    if (cells.info == &info && !cells.results.empty()) grids.push_back(make_grid(cells));
  }
  return grids;
}

std::vector<const TestResult*> own_cases(const gate::TestRun& run) {
  std::vector<const TestResult*> out;
  for (const TestResult& result : run.results) {
    if (result.values.empty()) out.push_back(&result);
  }
  return out;
}

char layer_letter(Layer layer) noexcept {
  for (const LayerMark& mark : kLayerMarks) {
    if (mark.layer == layer) return mark.letter;
  }
  return ' ';
}

std::string cell_mark(const TestResult& result, bool unicode) {
  if (result.status == Status::kSkipped || result.status == Status::kNotRun) return "-";
  if (!result.decided) return "!";
  std::string out;
  switch (result.decided->outcome) {
    case Outcome::kAllow:
      out = unicode ? "✓" : "+";
      break;
    case Outcome::kExplicitDeny:
      out = unicode ? "✗" : "x";
      break;
    case Outcome::kImplicitDeny:
      out = "i";
      break;
    case Outcome::kConditional:
      return "?";
  }
  const char letter = layer_letter(result.decided->layer);
  if (letter != ' ') out += std::string(" ") + letter;
  return out;
}

std::vector<MarkMeaning> explain_marks(const std::vector<const TestResult*>& results,
                                       bool unicode) {
  std::array<bool, 4> outcomes{};
  std::array<bool, 12> layers{};
  bool has_error = false, has_gap = false;
  for (const TestResult* result : results) {
    const std::string mark = cell_mark(*result, unicode);
    has_error |= mark == "!";
    has_gap |= mark == "-";
    if (!result->decided || mark == "-") continue;
    outcomes[static_cast<std::size_t>(result->decided->outcome)] = true;
    if (mark != "?") layers[static_cast<std::size_t>(result->decided->layer)] = true;
  }
  std::vector<MarkMeaning> out;
  const auto add = [&out](bool used, std::string mark, std::string_view meaning) {
    if (used) out.push_back({std::move(mark), meaning});
  };
  add(outcomes[0], unicode ? "✓" : "+", "allowed by");
  add(outcomes[1], unicode ? "✗" : "x", "explicitly denied by");
  add(outcomes[2], "i", "implicitly denied, nothing allows in");
  for (const LayerMark& mark : kLayerMarks) {
    add(layers[static_cast<std::size_t>(mark.layer)], std::string(1, mark.letter), mark.meaning);
  }
  add(outcomes[3], "?", "conditional: depends on what is unknown");
  add(has_error, "!", "error: not decided");
  add(has_gap, "-", "not run");
  return out;
}

}  // namespace policysim::report
