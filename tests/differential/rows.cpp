#include "differential/rows.hpp"

#include <tuple>

namespace policysim::differential {
namespace {

using request::CallerKind;

// Which implicit denies a matching Allow makes harmless; kNone: the caller cannot have the layer.
enum class Bypass { kNone, kNo, kYes };

struct StrengthRow {
  const char* name;
  CallerKind kind;
  PrincipalForm form;
  Bypass identity, boundary, session;
};

constexpr Bypass kNone = Bypass::kNone;
constexpr Bypass kNo = Bypass::kNo;
constexpr Bypass kYes = Bypass::kYes;

constexpr StrengthRow kStrengths[] = {
    {"user, its ARN", CallerKind::kUser, PrincipalForm::kArn, kYes, kYes, kNone},
    {"user, * with PrincipalArn", CallerKind::kUser, PrincipalForm::kStarWithArn, kYes, kYes,
     kNone},
    {"user, *", CallerKind::kUser, PrincipalForm::kStar, kYes, kNo, kNone},
    {"user, account", CallerKind::kUser, PrincipalForm::kAccount, kNo, kNo, kNone},
    {"role session, its ARN", CallerKind::kRoleSession, PrincipalForm::kArn, kYes, kYes, kYes},
    {"role session, role ARN", CallerKind::kRoleSession, PrincipalForm::kParent, kYes, kNo, kNo},
    {"role session, * with PrincipalArn", CallerKind::kRoleSession, PrincipalForm::kStarWithArn,
     kYes, kYes, kYes},
    {"role session, *", CallerKind::kRoleSession, PrincipalForm::kStar, kYes, kNo, kNo},
    {"role session, account", CallerKind::kRoleSession, PrincipalForm::kAccount, kNo, kNo, kNo},
    {"federated user, its ARN", CallerKind::kFederatedUser, PrincipalForm::kArn, kYes, kYes, kYes},
    {"federated user, parent ARN", CallerKind::kFederatedUser, PrincipalForm::kParent, kYes, kNo,
     kNo},
    {"federated user, *", CallerKind::kFederatedUser, PrincipalForm::kStar, kYes, kNo, kNo},
    {"federated user, account", CallerKind::kFederatedUser, PrincipalForm::kAccount, kNo, kNo, kNo},
    {"root, account", CallerKind::kRoot, PrincipalForm::kAccount, kNone, kNone, kNone},
    {"root, *", CallerKind::kRoot, PrincipalForm::kStar, kNone, kNone, kNone},
    {"root session, account", CallerKind::kRootSession, PrincipalForm::kAccount, kNone, kNone, kNo},
    {"root session, *", CallerKind::kRootSession, PrincipalForm::kStar, kNone, kNone, kNo},
    {"service, its name", CallerKind::kService, PrincipalForm::kArn, kNone, kNone, kNone},
    {"service, *", CallerKind::kService, PrincipalForm::kStar, kNone, kNone, kNone},
    {"anonymous, *", CallerKind::kAnonymous, PrincipalForm::kStar, kNone, kNone, kNone},
    {"federated idp, provider", CallerKind::kFederatedIdp, PrincipalForm::kArn, kNone, kNone,
     kNone},
    {"federated idp, *", CallerKind::kFederatedIdp, PrincipalForm::kStar, kNone, kNone, kNone},
};

// What the table says of a request that is about this row. `lacking`: the one layer that the cell
// is about; kNone: the row as a whole.
std::optional<bool> judge(const StrengthRow& row, const View& view, Layer lacking) {
  if (view.cross || view.kind() != row.kind || !view.by_policies()) return std::nullopt;
  if (view.forms != std::set<PrincipalForm>{row.form}) return std::nullopt;
  bool expected = true;
  const std::pair<Layer, Bypass> columns[] = {{Layer::kIdentity, row.identity},
                                              {Layer::kBoundary, row.boundary},
                                              {Layer::kSession, row.session}};
  for (const auto& [layer, bypass] : columns) {
    const bool silent = view.silent(layer);
    if (silent && bypass != kYes) expected = false;
    if (lacking != Layer::kNone && silent != (layer == lacking)) return std::nullopt;
  }
  return (view.outcome() == Outcome::kAllow) == expected;
}

struct TruthRow {
  const char* name;
  std::optional<PrincipalForm> form;  // none: no Allow
  std::optional<CallerKind> kind;
  LayerVerdict identity, boundary, session;
  Layer blame;  // kNone: allowed
};

constexpr LayerVerdict kAllows = LayerVerdict::kAllow;
constexpr LayerVerdict kSilent = LayerVerdict::kImplicitDeny;
constexpr LayerVerdict kAbsent = LayerVerdict::kNotApplicable;

const TruthRow kTruths[] = {
    {"none, I", {}, {}, kAllows, kAbsent, kAbsent, Layer::kNone},
    {"none, I not B", {}, {}, kAllows, kSilent, kAbsent, Layer::kBoundary},
    {"none, I B not S", {}, {}, kAllows, kAllows, kSilent, Layer::kSession},
    {"none, not I B S", {}, {}, kSilent, kAllows, kAllows, Layer::kIdentity},
    {"USER, not I not B", PrincipalForm::kArn, CallerKind::kUser, kSilent, kSilent, kAbsent,
     Layer::kNone},
    {"ROLE, not I", PrincipalForm::kParent, CallerKind::kRoleSession, kSilent, kAbsent, kAbsent,
     Layer::kNone},
    {"ROLE, not I B not S", PrincipalForm::kParent, CallerKind::kRoleSession, kSilent, kAllows,
     kSilent, Layer::kSession},
    {"ROLE, not I not B", PrincipalForm::kParent, CallerKind::kRoleSession, kSilent, kSilent,
     kAbsent, Layer::kBoundary},
    {"SESSION, not I not B not S", PrincipalForm::kArn, CallerKind::kRoleSession, kSilent, kSilent,
     kSilent, Layer::kNone},
    {"WILDCARD, not I not B not S", PrincipalForm::kStarWithArn, CallerKind::kRoleSession, kSilent,
     kSilent, kSilent, Layer::kNone},
    {"WILDCARD_PLAIN, not I", PrincipalForm::kStar, CallerKind::kRoleSession, kSilent, kAbsent,
     kAbsent, Layer::kNone},
    {"WILDCARD_PLAIN, not I not B not S", PrincipalForm::kStar, CallerKind::kRoleSession, kSilent,
     kSilent, kSilent, Layer::kBoundary},
    {"ACCOUNT, not I", PrincipalForm::kAccount, {}, kSilent, kAbsent, kAbsent, Layer::kIdentity},
    {"PARENT_USER, not I B S", PrincipalForm::kParent, CallerKind::kFederatedUser, kSilent, kAllows,
     kAllows, Layer::kNone},
    {"PARENT_USER, no session policy", PrincipalForm::kParent, CallerKind::kFederatedUser, kSilent,
     kAbsent, kSilent, Layer::kSession},
};

bool is_limitable(CallerKind kind) {
  return kind == CallerKind::kUser || kind == CallerKind::kRoleSession ||
         kind == CallerKind::kFederatedUser;
}

std::optional<bool> judge(const TruthRow& row, const View& view) {
  if (view.cross || !is_limitable(view.kind()) || !view.by_policies()) return std::nullopt;
  if (row.kind && *row.kind != view.kind()) return std::nullopt;
  // Without any Allow of its own a key or role would be the reason.
  if (!row.form && view.mandatory) return std::nullopt;
  const auto forms = row.form ? std::set<PrincipalForm>{*row.form} : std::set<PrincipalForm>{};
  const bool layers = view.verdict(Layer::kIdentity) == row.identity &&
                      view.verdict(Layer::kBoundary) == row.boundary &&
                      view.verdict(Layer::kSession) == row.session;
  if (view.forms != forms || !layers) return std::nullopt;
  if (row.blame == Layer::kNone) return view.outcome() == Outcome::kAllow;
  return view.outcome() == Outcome::kImplicitDeny && view.seen.decision.layer == row.blame;
}

void add_strength_rows(std::vector<Row>& out) {
  for (const StrengthRow& row : kStrengths) {
    const std::string name = std::string("4.2 ") + row.name;
    out.push_back({name, [&row](const View& view) { return judge(row, view, Layer::kNone); }});
    const std::tuple<const char*, Layer, Bypass> columns[] = {
        {"identity", Layer::kIdentity, row.identity},
        {"boundary", Layer::kBoundary, row.boundary},
        {"session", Layer::kSession, row.session}};
    for (const auto& [column, lacking, bypass] : columns) {
      if (bypass == kNone) continue;
      out.push_back({name + ": " + column + " silent", [&row, layer = lacking](const View& view) {
                       return judge(row, view, layer);
                     }});
    }
  }
}

void add_truth_rows(std::vector<Row>& out) {
  for (const TruthRow& row : kTruths) {
    out.push_back(
        {std::string("4.5 ") + row.name, [&row](const View& view) { return judge(row, view); }});
  }
}

}  // namespace

const std::vector<Row>& rows() {
  static const std::vector<Row> kRows = [] {
    std::vector<Row> out;
    add_strength_rows(out);
    add_truth_rows(out);
    add_cross_rows(out);
    return out;
  }();
  return kRows;
}

}  // namespace policysim::differential
