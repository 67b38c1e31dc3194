#include "operations/operation.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "catalog/keys.hpp"
#include "operations/call.hpp"
#include "operations/check_call.hpp"
#include "operations/s3_facts.hpp"
#include "services/rules.hpp"
#include "values/arn.hpp"

namespace policysim::operations {
namespace {

using request::ContextEntry;
using request::ValueState;
using world::in_ticks;

// Keys that say how one request came, which a forward access session does not repeat.
constexpr std::array<std::string_view, 14> kOfOneRequest = {
    "aws:sourcevpc",       "aws:sourcevpcarn",   "aws:sourcevpce",    "aws:vpcsourceip",
    "aws:vpceaccount",     "aws:vpceorgid",      "aws:vpceorgpaths",  "aws:viaawsservice",
    "aws:calledvia",       "aws:calledviafirst", "aws:calledvialast", "aws:useragent",
    "aws:requestedregion", "aws:referer"};

bool starts_with_any(std::string_view text, std::span<const std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
  });
}

// Does an authorization carry what the context states? What it says of a resource is said of the
// one that the call names; keys of a service go to the requests of that service.
bool carries(const RequestRow& row, std::string_view key) {
  constexpr std::array<std::string_view, 4> kOfResource = {
      "aws:resourcetag/", "aws:resourceaccount", "aws:resourceorg", "s3.owner"};
  constexpr std::array<std::string_view, 2> kOfCall = {"aws:requesttag/", "aws:tagkeys"};
  const std::string folded = base::lower(key);
  const bool main = row.subject == Subject::kMain;
  if (starts_with_any(folded, kOfResource)) return main;
  if (starts_with_any(folded, kOfCall)) return row.via.empty() && !row.tags.empty();
  const std::string service = folded.substr(0, folded.find(':'));
  if (service != "aws") return base::equals_ignore_case(service, services::service_of(row.action));
  if (row.via.empty()) return true;
  return std::find(kOfOneRequest.begin(), kOfOneRequest.end(), folded) == kOfOneRequest.end();
}

// A service that acts for itself has nothing of the caller's request.
void as_service(const Call& call, const RequestRow& row, Fields& out) {
  out.principal = fill(call, row.caller);
  out.context.clear();
  out.source_ip.reset();
  out.vpc_endpoint.reset();
  out.via.clear();
}

bool has_key(std::string_view header) {
  return catalog::find_key("s3:" + std::string(header)).known ||
         header_fits("if-match if-none-match x-amz-object-lock-*", header);
}

// The headers whose keys an authorization carries. Those of encryption are rows of the table.
void keep_headers(const Call& call, const RequestRow& row, Fields& out) {
  constexpr std::string_view kByRow =
      "x-amz-server-side-encryption x-amz-server-side-encryption-aws-kms-key-id x-amz-tagging "
      "x-amz-copy-source";
  const auto sent = call.fields.headers.value_or(world::Tags{});
  out.headers.reset();
  if (!base::equals_ignore_case(services::service_of(row.action), "s3")) return;
  out.headers.emplace();
  for (const auto& header : sent) {
    const bool wanted = row.headers == "*" || header_fits(row.headers, header.first);
    if (wanted && has_key(header.first) && !header_fits(kByRow, header.first)) {
      out.headers->push_back(header);
    }
  }
}

void keep_tags(const Call& call, const RequestRow& row, Fields& out) {
  out.tags = world::Tags{};
  out.tag_keys.reset();
  if (row.tags == "request") {
    out.tags = call.tags;
  } else if (row.tags == "keys") {
    out.tags.reset();
    out.tag_keys = call.tag_keys;
  } else if (!row.tags.empty()) {
    out.tags = tags_for(call, row.tags);
  }
  if (!base::equals_ignore_case(services::service_of(row.action), "rds")) return;
  for (const auto& [key, value] : *out.tags) {
    out.derived.push_back(
        {"rds:req-tag/" + key, ValueState::kScalar, {value}, request::Origin::kRequest});
  }
}

Fields fields_of(const Call& call, const RequestRow& row, const ResourceParty& subject) {
  Fields out = call.fields;
  out.of_operation = true;
  const auto dropped = [&](const ContextEntry& entry) { return !carries(row, entry.key); };
  out.context.erase(std::remove_if(out.context.begin(), out.context.end(), dropped),
                    out.context.end());
  if (!row.via.empty()) out.via.emplace_back(row.via);
  if (!row.caller.empty()) as_service(call, row, out);
  keep_headers(call, row, out);
  keep_tags(call, row, out);
  add_keys(call, row, subject, out);
  add_encryption_context(call, row, subject, out);
  return out;
}

void add_row(Call& call, const RequestRow& row, Assembly& assembly, Built& out) {
  if (!holds(call, row.when)) return;
  for (ResourceParty& subject : subjects(call, row)) {
    check_service_key(call, row, subject);
    if (call.world != nullptr) subject.facts.s3 = s3_facts(*call.world, subject, row.action);
    const Fields own = fields_of(call, row, subject);
    if (row.caller.empty()) {
      assembly.add(own, call.caller, subject, std::string(row.action), out);
      continue;
    }
    const auto service = find_caller(own, call.world, call.findings);
    if (service) assembly.add(own, *service, subject, std::string(row.action), out);
  }
}

// Rows that fan out over the same list follow each other: all of them for each element.
void add_rows(Call& call, Assembly& assembly, Built& out) {
  const auto rows = call.row.requests;
  for (std::size_t i = 0; i < rows.size();) {
    std::size_t end = i + 1;
    while (end < rows.size() && rows[end].each == rows[i].each) ++end;
    const std::string_view each = rows[i].each;
    const bool optional = !each.empty() && each.back() == '?';
    const text::Node* list =
        each.empty() ? nullptr : find_param(call, each.substr(0, each.size() - (optional ? 1 : 0)));
    const std::size_t count = list != nullptr ? list->items.size() : (each.empty() || optional);
    for (std::size_t n = 0; n < count; ++n) {
      call.element = list != nullptr ? &list->items[n] : nullptr;
      for (std::size_t row = i; row < end; ++row) add_row(call, rows[row], assembly, out);
    }
    call.element = nullptr;
    i = end;
  }
}

// Sessions stand for all object operations on directory buckets.
bool through_session(Call& call, Assembly& assembly, Built& out) {
  const auto arn = values::split_arn(call.main.arn);
  const bool s3 = base::equals_ignore_case(services::service_of(call.row.name), "s3");
  if (!s3 || !arn || arn->service() != "s3express") return false;
  if (call.row.main != Subject::kObject &&
      !base::equals_ignore_case(call.row.name, "s3:ListObjectsV2")) {
    return false;
  }
  Fields own = call.fields;
  own.of_operation = true;
  own.headers.reset();
  own.tags = world::Tags{};
  own.tag_keys.reset();
  own.derived.push_back(
      {"s3express:SessionMode", ValueState::kScalar, {"ReadWrite"}, request::Origin::kDefault});
  assembly.add(own, call.caller, call.main, "s3express:CreateSession", out);
  return true;
}

void unknown_operation(const Fields& fields, world::Findings& findings) {
  std::vector<std::string_view> names;
  for (const OperationRow& row : operation_rows()) names.push_back(row.name);
  findings.error("PS3007", fields.span_of("operation"),
                 "no authorizations are known of " + in_ticks(fields.operation),
                 world::did_you_mean(fields.operation, std::span<const std::string_view>(names)));
}

void set_places(Call& call) {
  const world::Defaults unstated;
  const world::Defaults& defaults = call.world != nullptr ? call.world->defaults : unstated;
  call.partition =
      call.caller.caller.partition.empty() ? defaults.partition : call.caller.caller.partition;
  call.account = call.caller.caller.account;
  call.region = defaults.region;
  const std::string stated = call.fields.stated("aws:RequestedRegion");
  if (!stated.empty()) call.region = stated;
}

}  // namespace

const OperationRow* find_operation(std::string_view name) noexcept {
  constexpr std::string_view kControl = "s3control:";
  const bool control = base::starts_with_ignore_case(name, kControl);
  const std::string_view tail = control ? name.substr(2 + 7) : name;
  for (const OperationRow& row : operation_rows()) {
    if (control ? base::equals_ignore_case(row.name.substr(2), tail)
                : base::equals_ignore_case(row.name, tail)) {
      return &row;
    }
  }
  return nullptr;
}

void add_operation(const Fields& fields, const CallerParty& caller, const world::Data* world,
                   Assembly& assembly, world::Findings& findings, Built& out) {
  const OperationRow* const row = find_operation(fields.operation);
  if (row == nullptr) {
    unknown_operation(fields, findings);
    return;
  }
  Call call{*row, fields,  caller, world, findings, {}, {}, {}, {},
            {},   nullptr, {},     {},    {},       {}, {}, {}, nullptr};
  set_places(call);
  read_tags(call);
  check_sent(call);
  if (findings.failed() || !find_main(call)) return;
  if (!call.main.region.empty()) call.region = call.main.region;
  call.sse = s3_encryption(call, fields);
  check_found(call);
  if (findings.failed()) return;
  out.operation = std::string(row->name);
  if (!through_session(call, assembly, out)) add_rows(call, assembly, out);
}

}  // namespace policysim::operations
