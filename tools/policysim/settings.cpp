#include "settings.hpp"

#include <algorithm>

#include "base/edit_distance.hpp"
#include "catalog/semantics_options.hpp"
#include "text/reader.hpp"
#include "text/source.hpp"
#include "usage.hpp"
#include "values/timestamp.hpp"

namespace policysim::cli {
namespace {

std::optional<Error> check_reading(const std::string& name, const std::string& reading) {
  const std::optional<catalog::Option> option = catalog::find_option(name);
  if (!option) {
    std::vector<std::string_view> names;
    for (const catalog::OptionRow& row : catalog::semantics_options()) names.push_back(row.name);
    return usage_error("unknown semantics option `" + name + "`", base::nearest(name, names));
  }
  if (catalog::find_reading(*option, reading)) return std::nullopt;
  std::string words;
  for (const std::string_view word :
       catalog::semantics_options()[static_cast<std::size_t>(*option)].readings) {
    if (!word.empty()) words += (words.empty() ? "" : ", ") + std::string(word);
  }
  return usage_error("`" + name + "` is one of " + words + ", not `" + reading + "`");
}

Result<gate::Semantics> parse_semantics(const std::vector<std::string>& options) {
  gate::Semantics out;
  for (const std::string& option : options) {
    const std::size_t equals = option.find('=');
    if (equals == std::string::npos) {
      return usage_error("`--option` takes NAME=VALUE, not `" + option + "`");
    }
    out.emplace_back(option.substr(0, equals), option.substr(equals + 1));
    if (std::optional<Error> error = check_reading(out.back().first, out.back().second)) {
      return *std::move(error);
    }
  }
  return out;
}

bool is_date(const std::string& text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' && values::parse_timestamp(text);
}

// A list of service prefixes, or a map of prefix -> first day; days after `date` do not count yet.
Result<std::vector<std::string>> read_rcp_services(const std::string& path,
                                                   const std::string& date) {
  Result<std::string> bytes = text::read_file(path);
  if (!bytes) return std::move(bytes).error();
  text::SourceMap sources;
  const std::uint32_t source = sources.add(path, *std::move(bytes));
  const Result<text::Node> root = text::read(sources, source);
  const auto fail = [&path, &sources](const Error& error) {
    std::string findings;
    for (const Diagnostic& diagnostic : error.diagnostics) {
      findings += text::render(diagnostic, sources);
    }
    return Error{error.code, "`" + path + "` is no list of services\n" + findings, {}};
  };
  if (!root) return fail(root.error());
  std::vector<std::string> out;
  for (const text::Node& item : root->items) {
    if (item.is_scalar()) out.push_back(item.text);
  }
  for (const text::Member& member : root->members) {
    if (!is_date(member.value.text)) return fail({"PS0021", "", {}});
    if (date.empty() || member.value.text <= date) out.push_back(member.key);
  }
  const bool complete = root->is_map() || (root->is_list() && out.size() == root->items.size());
  if (!complete || out.empty()) return fail({"PS0021", "", {}});
  return out;
}

std::optional<bool> to_unknown(const std::optional<std::string>& missing) {
  if (!missing) return std::nullopt;
  return *missing == "unknown";
}

}  // namespace

Result<Settings> make_settings(const Options& options, const Config& config) {
  Settings settings;
  settings.build.flags.missing_unknown = to_unknown(options.missing);
  if (options.certain) settings.build.flags.certain = true;
  settings.build.flags.time = options.time;
  settings.build.configuration.missing_unknown = to_unknown(config.missing);
  settings.build.configuration.certain = config.certain;
  settings.build.force = options.force;
  if (options.time && !values::parse_timestamp(*options.time)) {
    return usage_error("`--time` is a date and time as 2026-01-01T00:00:00Z, not `" +
                       *options.time + "`");
  }
  Result<gate::Semantics> semantics = parse_semantics(options.option);
  if (!semantics) return std::move(semantics).error();
  settings.semantics = *std::move(semantics);
  settings.weak_semantics = config.semantics;
  for (const auto& option : config.semantics) {
    if (std::optional<Error> error = check_reading(option.first, option.second)) {
      return *std::move(error);
    }
  }
  settings.rcp_date = options.rcp_date.value_or(config.rcp_date.value_or(""));
  if (!settings.rcp_date.empty() && !is_date(settings.rcp_date)) {
    return usage_error("`--rcp-date` is a date as 2026-09-26, not `" + settings.rcp_date + "`");
  }
  const std::optional<std::string> services =
      options.rcp_services ? options.rcp_services : config.rcp_services;
  if (services) {
    Result<std::vector<std::string>> list = read_rcp_services(*services, settings.rcp_date);
    if (!list) return std::move(list).error();
    settings.rcp_services = *std::move(list);
  }
  settings.lenient = options.lenient;
  settings.require_keys = options.require_keys || config.require_keys.value_or(false);
  settings.quiet = options.quiet;
  settings.verbose = options.verbose > 0;
  settings.message_style = *explain::find_message_style(
      options.message_style.value_or(config.message_style.value_or("plain")));
  return settings;
}

}  // namespace policysim::cli
