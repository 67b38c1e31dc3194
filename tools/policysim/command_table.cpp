#include "command_table.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <cstdlib>
#include <optional>

#include "base/edit_distance.hpp"
#include "usage.hpp"

namespace policysim::cli {
namespace {

bool looks_like_option(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  for (std::size_t end; (end = text.find(separator)) != std::string_view::npos;) {
    out.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  out.push_back(text);
  return out;
}

Error unknown_option(std::string_view word, const Verb& verb) {
  const std::string_view name = word.substr(0, word.find('='));
  std::vector<std::string_view> names;
  for (const OptionRow& row : option_rows()) {
    if ((row.verbs & verb.bit) != 0) {
      names.push_back(row.long_name());
    } else if (row.long_name() == name) {
      return usage_error("`" + std::string(name) + "` is no option of `" + std::string(verb.name) +
                         "`");
    }
  }
  return usage_error("unknown option `" + std::string(name) + "`", base::nearest(name, names));
}

// Sets one option; false with `problem` set when the value is none that the row allows.
class Setter {
 public:
  Setter(Options& options, const Verb& verb) : options_(options), verb_(verb) {}

  std::optional<Error> operator()(const OptionRow& row, const std::vector<std::string>& values,
                                  const std::string& source) {
    if (const auto* list = std::get_if<std::vector<std::string> Options::*>(&row.target)) {
      options_.*(*list) = values;
    } else if (const auto* text = std::get_if<std::optional<std::string> Options::*>(&row.target)) {
      if (values.size() > 1) return usage_error("`" + source + "` is given twice");
      options_.*(*text) = values.front();
    }
    for (const std::string& value : values) {
      if (std::optional<Error> error = check(row, value, source)) return error;
    }
    return std::nullopt;
  }

 private:
  std::optional<Error> check(const OptionRow& row, const std::string& value,
                             const std::string& source) const {
    if (value.substr(0, 2) == "--") {
      for (const OptionRow& other : option_rows()) {
        if (other.long_name() == value) return usage_error("`" + source + "` needs a value");
      }
    }
    std::vector<std::string_view> choices;
    if (row.long_name() == "--format") {
      choices = verb_.formats();
    } else if (row.value.find('|') != std::string_view::npos) {
      choices = split(row.value, '|');
    } else {
      return std::nullopt;
    }
    if (std::find(choices.begin(), choices.end(), value) != choices.end()) return std::nullopt;
    std::string words;
    for (const std::string_view choice : choices) {
      words += (words.empty() ? "" : ", ") + std::string(choice);
    }
    return usage_error("`" + source + "` is one of " + words + ", not `" + value + "`",
                       base::nearest(value, choices));
  }

  Options& options_;
  const Verb& verb_;
};

bool accepts(const OptionRow& row, const std::string& value) {
  const std::vector<std::string_view> choices =
      row.takes_value() ? split(row.value, '|') : std::vector<std::string_view>{"true", "false"};
  return std::find(choices.begin(), choices.end(), value) != choices.end();
}

// Verbs may have options of one name with words of their own: then the value is another's.
bool is_for_another_verb(const OptionRow& row, const std::string& value) {
  if (accepts(row, value)) return false;
  const auto rows = option_rows();
  return std::any_of(rows.begin(), rows.end(), [&](const OptionRow& other) {
    return &other != &row && other.long_name() == row.long_name() && accepts(other, value);
  });
}

std::optional<Error> from_environment(Options& options, const Verb& verb,
                                      const std::vector<bool>& given) {
  Setter set(options, verb);
  for (std::size_t i = 0; i < option_rows().size(); ++i) {
    const OptionRow& row = option_rows()[i];
    if ((row.verbs & verb.bit) == 0 || given[i] || row.repeatable()) continue;
    const std::string name = environment_name(row);
    const char* found = std::getenv(name.c_str());
    if (found == nullptr || *found == '\0') continue;
    const std::string value = found;
    if (is_for_another_verb(row, value)) continue;
    if (row.takes_value()) {
      if (std::optional<Error> error = set(row, {value}, name)) return error;
    } else if (const auto* flag = std::get_if<bool Options::*>(&row.target)) {
      if (value != "true" && value != "false") {
        return usage_error("`" + name + "` is true or false, not `" + value + "`");
      }
      options.*(*flag) = value == "true";
    }
  }
  return std::nullopt;
}

// CLI11's view of the table's rows, and what it found.
class Parser {
 public:
  Parser(const Verb& verb, Options& options) : verb_(verb), set_(options, verb) {
    app_.set_help_flag();
    app_.allow_extras();
    for (const OptionRow& row : option_rows()) {
      parsed_.push_back((row.verbs & verb.bit) == 0 ? nullptr : add(row, options));
    }
  }

  // The words that are no options; fails on misuse.
  Result<std::vector<std::string>> run(std::vector<std::string> words) {
    try {
      std::reverse(words.begin(), words.end());
      app_.parse(std::move(words));
    } catch (const CLI::ParseError& problem) {
      return to_error(problem);
    }
    if (error_) return *error_;
    std::vector<std::string> paths = app_.remaining();
    for (const std::string& word : paths) {
      if (looks_like_option(word)) return unknown_option(word, verb_);
    }
    return paths;
  }

  // By row: was it given?
  std::vector<bool> given() const {
    std::vector<bool> out;
    for (const CLI::Option* option : parsed_) {
      out.push_back(option != nullptr && option->count() > 0);
    }
    return out;
  }

 private:
  CLI::Option* add(const OptionRow& row, Options& options) {
    const std::string names(row.names);
    if (const auto* flag = std::get_if<bool Options::*>(&row.target)) {
      return app_.add_flag(names, options.*(*flag));
    }
    if (const auto* counter = std::get_if<int Options::*>(&row.target)) {
      return app_.add_flag(names, options.*(*counter));
    }
    const auto take = [this, &row](const CLI::results_t& values) {
      if (!error_) error_ = set_(row, values, std::string(row.long_name()));
      return true;
    };
    // One value an occurrence: paths after a repeatable option are paths, and "[a]" stays as it is.
    return app_.add_option(names, take)
        ->type_size(1)
        ->expected(1, CLI::detail::expected_max_vector_size)
        ->allow_extra_args(false);
  }

  // "--action: 1 required …" is the one complaint that is left to CLI11.
  static Error to_error(const CLI::ParseError& problem) {
    const std::string text = problem.what();
    const std::size_t colon = text.find(": ");
    if (text.rfind("--", 0) != 0 || colon == std::string::npos) return usage_error(text);
    return usage_error("`" + text.substr(0, colon) + "` needs a value");
  }

  const Verb& verb_;
  Setter set_;
  CLI::App app_;
  std::vector<CLI::Option*> parsed_;
  std::optional<Error> error_;
};

Result<CommandLine> parse_verb(const Verb& verb, std::vector<std::string> words) {
  CommandLine line;
  line.verb = &verb;
  // What stands after `--` are paths.
  const auto dashes = std::find(words.begin(), words.end(), "--");
  const std::vector<std::string> rest(dashes == words.end() ? dashes : dashes + 1, words.end());
  words.erase(dashes, words.end());
  Parser parser(verb, line.options);
  Result<std::vector<std::string>> paths = parser.run(std::move(words));
  if (!paths) return std::move(paths).error();
  line.options.paths = *std::move(paths);
  line.options.paths.insert(line.options.paths.end(), rest.begin(), rest.end());
  if (auto error = from_environment(line.options, verb, parser.given())) return *std::move(error);
  return line;
}

}  // namespace

Result<CommandLine> parse_command_line(const std::vector<std::string>& words) {
  const auto verb_at = std::find_if(words.begin(), words.end(), [](const std::string& word) {
    return find_verb(word) != nullptr;
  });
  const auto first = std::find_if(words.begin(), words.end(),
                                  [](const std::string& word) { return !looks_like_option(word); });
  CommandLine line;
  if (verb_at == words.end() ||
      (first != words.end() && first < verb_at && first == words.begin())) {
    for (const std::string& word : words) {
      if (word == "--help" || word == "-h" || word == "help") line.options.help = true;
      if (word == "--version" || word == "-V") line.options.version = true;
    }
    if (line.options.help || line.options.version) return line;
    std::vector<std::string_view> names;
    for (const Verb& verb : verbs()) names.push_back(verb.name);
    if (first != words.end()) {
      return usage_error("unknown verb `" + *first + "`", base::nearest(*first, names));
    }
    if (!words.empty()) {
      names = {"--help", "--version"};
      return usage_error("unknown option `" + words.front() + "`",
                         base::nearest(words.front(), names));
    }
    return usage_error("a verb is missing");
  }
  std::vector<std::string> others(words.begin(), verb_at);
  others.insert(others.end(), verb_at + 1, words.end());
  return parse_verb(*find_verb(*verb_at), std::move(others));
}

}  // namespace policysim::cli
