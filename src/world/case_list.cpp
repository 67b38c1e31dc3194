#include "world/case_list.hpp"

#include <algorithm>

namespace policysim::world {

CaseList::CaseList(const Fixture& fixture) : fixture_(fixture), size_(fixture.cases.size()) {
  for (const auto& matrix : fixture.matrices) {
    size_ += matrix->cells.size();
    ends_.push_back(size_);
  }
}

CaseList::Place CaseList::at(std::size_t index) const {
  if (index < fixture_.cases.size()) return {&fixture_.cases[index], nullptr, nullptr};
  const auto end = std::upper_bound(ends_.begin(), ends_.end(), index);
  const auto& matrix = fixture_.matrices[static_cast<std::size_t>(end - ends_.begin())];
  const Cell& cell = matrix->cells[matrix->cells.size() - (*end - index)];
  return {&matrix->head, matrix.get(), &cell};
}

std::string CaseList::id(std::size_t index) const {
  const Place place = at(index);
  return place.cell != nullptr ? cell_id(*place.matrix, *place.cell) : place.head->id;
}

bool CaseList::expects(std::size_t index) const {
  const Place place = at(index);
  if (place.cell == nullptr) return place.head->expect.has_value();
  return place.cell->outcome != Cell::kNoOutcome;
}

SourceSpan CaseList::span(std::size_t index) const {
  const Place place = at(index);
  if (place.cell == nullptr || place.cell->outcome == Cell::kNoOutcome) return place.head->span;
  return place.matrix->outcomes[place.cell->outcome].span;
}

std::vector<std::string> CaseList::values(std::size_t index) const {
  const Place place = at(index);
  std::vector<std::string> out;
  if (place.cell == nullptr) return out;
  const Chosen chosen = chosen_values(*place.matrix, place.cell->number);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    out.push_back(place.matrix->dimensions[i].values[chosen[i]].name);
  }
  return out;
}

Result<Case> CaseList::get(std::size_t index) {
  const Place place = at(index);
  if (place.cell == nullptr) return *place.head;
  if (!names_) names_.emplace(*fixture_.vars, *fixture_.world);
  return cell_case(*names_, *place.matrix, *place.cell);
}

bool has_only(const Fixture& fixture) {
  return std::any_of(fixture.cases.begin(), fixture.cases.end(),
                     [](const Case& one) { return one.only; }) ||
         std::any_of(fixture.matrices.begin(), fixture.matrices.end(),
                     [](const auto& matrix) { return matrix->head.only; });
}

}  // namespace policysim::world
