#include "git.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <string_view>
#include <utility>

#include "paths.hpp"
#include "text/reader.hpp"
#include "text/source.hpp"
#include "usage.hpp"

namespace policysim::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestPath = 4096;
constexpr std::size_t kMostOutput = std::size_t{256} << 20U;

// A repository's own configuration runs no program and reaches no network in what we ask of git.
Result<std::unique_ptr<ChildProcess>> start_git(std::vector<std::string> arguments) {
  std::vector<std::string> words = {"git",
                                    "--no-pager",
                                    "--no-replace-objects",
                                    "--literal-pathspecs",
                                    "-c",
                                    "core.fsmonitor=false",
                                    "-c",
                                    "core.hooksPath=/dev/null"};
  words.insert(words.end(), std::make_move_iterator(arguments.begin()),
               std::make_move_iterator(arguments.end()));
  return ChildProcess::start(
      words, {"GIT_OPTIONAL_LOCKS=0", "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none",
              "GIT_TERMINAL_PROMPT=0", "LC_ALL=C"});
}

// What ended git, else the first that it says.
std::string first_line(std::string complaint) {
  const std::size_t fatal = complaint.find("\nfatal: ");
  if (fatal != std::string::npos) complaint.erase(0, fatal + 1);
  complaint.resize(std::min(complaint.find('\n'), complaint.size()));
  return text::escape_terminal(complaint);
}

struct Answer {
  int code = 0;
  std::string out;        // without the last line end
  std::string complaint;  // first line of it, made safe
};

Result<Answer> ask_git(std::vector<std::string> arguments) {
  Result<std::unique_ptr<ChildProcess>> git = start_git(std::move(arguments));
  if (!git) return usage_error(git.error().message + "\nhelp: `--base` needs git");
  std::optional<std::string> out = (*git)->rest(kMostOutput);
  if (!out) return Error{"PS4042", "git answers with more than can be read", {}};
  Answer answer{(*git)->wait(), *std::move(out), {}};
  if (!answer.out.empty() && answer.out.back() == '\n') answer.out.pop_back();
  answer.complaint = first_line((*git)->complaint());
  return answer;
}

Error no_revision(const std::string& ref) {
  const Result<Answer> shallow = ask_git({"rev-parse", "--is-shallow-repository"});
  const bool is_shallow = shallow && shallow->out == "true";
  const std::string help = is_shallow
                               ? "the clone is shallow: fetch its history (`fetch-depth: 0` of "
                                 "actions/checkout, `GIT_DEPTH: 0` in GitLab)"
                               : "fetch it first, as with `git fetch origin main`";
  return usage_error("this repository has no revision `" + ref + "`\nhelp: " + help);
}

bool has_glob(std::string_view path) { return path.find_first_of("*?[") != path.npos; }

bool is_hidden(std::string_view path) {
  return path.front() == '.' || path.find("/.") != path.npos;
}

// Files and directories that a glob matches.
std::set<std::string> matches(const std::string& pattern, const std::vector<std::string>& files) {
  std::set<std::string> out;
  for (const std::string& file : files) {
    for (std::size_t end = file.find('/'); true; end = file.find('/', end + 1)) {
      const std::string part = file.substr(0, end);
      if (fnmatch(pattern.c_str(), part.c_str(), FNM_PATHNAME | FNM_PERIOD) == 0) out.insert(part);
      if (end == std::string::npos) break;
    }
  }
  return out;
}

// The files of `git ls-tree -z`: "mode type object<TAB>path", each with a zero byte behind it.
std::vector<std::string> listed_files(std::string_view list) {
  std::vector<std::string> out;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find('\0'), list.size());
    const std::string_view entry = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    const std::size_t tab = entry.find('\t');
    if (tab == entry.npos || entry.substr(0, tab).find(" blob ") == entry.npos) continue;
    out.emplace_back(entry.substr(tab + 1));
  }
  return out;
}

}  // namespace

Result<std::unique_ptr<GitRevision>> GitRevision::open(const std::string& ref) {
  if (ref.empty() || ref.front() == '-' || ref.find_first_of("\n\r") != std::string::npos) {
    return usage_error("`--base` takes a revision, not `" + text::escape_terminal(ref) + "`");
  }
  const Result<Answer> top = ask_git({"rev-parse", "--show-toplevel"});
  if (!top) return top.error();
  if (top->code != 0 || top->out.empty()) {
    return usage_error("`--base` needs a git repository with a working tree: git says `" +
                       top->complaint + "`");
  }
  const Result<Answer> commit = ask_git({"rev-parse", "--verify", "--quiet", ref + "^{commit}"});
  if (!commit) return commit.error();
  if (commit->code != 0 || commit->out.empty()) return no_revision(text::escape_terminal(ref));
  std::unique_ptr<GitRevision> out(new GitRevision(ref, top->out));
  out->commit_ = commit->out;
  return out;
}

std::optional<std::string> GitRevision::inside(const std::string& path) const {
  std::error_code problem;
  const fs::path absolute = fs::absolute(path, problem).lexically_normal();
  if (problem) return std::nullopt;
  // The working tree may be reached through links, so that names do not tell.
  for (fs::path at = absolute; true; at = at.parent_path()) {
    if (fs::equivalent(at, top_, problem)) {
      std::string out = absolute.lexically_relative(at).generic_string();
      while (out.size() > 1 && out.back() == '/') out.pop_back();
      return out;
    }
    if (at == at.root_path()) return std::nullopt;
  }
}

std::string GitRevision::identity(const std::string& path) { return inside(path).value_or(path); }

Result<std::string> GitRevision::read(const std::string& path) {
  const std::optional<std::string> name = inside(path);
  if (!name) {
    return Error{
        "PS4041",
        "`" + path + "` lies outside of the repository and cannot be read in `" + ref_ + "`",
        {}};
  }
  const bool possible = name->size() <= kLongestPath && name->find('\n') == std::string::npos &&
                        name->find('\0') == std::string::npos;
  if (!possible) return Error{"PS0001", "`" + path + "` does not exist in `" + ref_ + "`", {}};
  if (*name == ".") return Error{"PS0002", "`" + path + "` is a directory", {}};
  if (reader_ == nullptr) {
    auto git = start_git({"cat-file", "--batch", "--follow-symlinks"});
    if (!git) return std::move(git).error();
    reader_ = *std::move(git);
  }
  const std::string object = commit_ + ":" + *name;
  if (!reader_->send(object + "\n")) return ended();
  Result<std::string> bytes = answer(path, object);
  if (!bytes) return bytes;
  return text::unpack_file(path, *std::move(bytes));
}

// "ID blob SIZE", or why there is none, then so many bytes and a line end.
Result<std::string> GitRevision::answer(const std::string& path, const std::string& object) {
  const std::optional<std::string> head = reader_->line(object.size() + 200);
  if (!head) return ended();
  const auto fails = [&](const char* code, const std::string& why) {
    return Error{code, "`" + path + "` " + why + " in `" + ref_ + "`", {}};
  };
  if (*head == object + " missing") return fails("PS0001", "does not exist");
  const std::size_t last = head->rfind(' ');
  std::size_t size = 0;
  const char* const end = head->data() + head->size();
  const char* const digits = last == std::string::npos ? end : head->data() + last + 1;
  const auto parsed = std::from_chars(digits, end, size);
  if (digits == end || parsed.ec != std::errc() || parsed.ptr != end) return ended();
  const std::size_t limit = text::ReadLimits().bytes;
  if (size > limit) {
    reader_ = nullptr;  // rather than to read it all
    return fails("PS0005", "is larger than " + std::to_string(limit) + " bytes");
  }
  std::optional<std::string> bytes = reader_->bytes(size + 1);
  if (!bytes) return ended();
  bytes->pop_back();
  const std::string kind = head->substr(0, last);
  if (kind == "symlink") return fails("PS0003", "is a symbolic link out of the repository");
  if (kind == "dangling") return fails("PS0003", "is a symbolic link to nothing");
  if (kind == "loop") return fails("PS0003", "is a symbolic link that leads to itself");
  if (kind == "notdir") return fails("PS0001", "does not exist");
  if (kind.size() > 5 && kind.substr(kind.size() - 5) == " tree") {
    return fails("PS0002", "is a directory");
  }
  return *std::move(bytes);
}

Error GitRevision::ended() {
  std::string why;
  if (reader_ != nullptr) {
    reader_->wait();
    why = first_line(reader_->complaint());
    reader_ = nullptr;
  }
  failure_ = Error{"PS4042", "git does not answer" + (why.empty() ? why : ": " + why), {}};
  return *failure_;
}

Result<std::vector<std::string>> GitRevision::expand(const std::vector<std::string>& paths) {
  const Result<Answer> list = ask_git({"ls-tree", "-r", "-z", "--full-tree", commit_});
  if (!list) return list.error();
  if (list->code != 0) return Error{"PS4042", "git does not answer: " + list->complaint, {}};
  std::vector<std::string> files = listed_files(list->out);
  std::sort(files.begin(), files.end());
  std::set<std::string> found;
  const auto add = [&](const std::string& name) {
    if (std::binary_search(files.begin(), files.end(), name)) found.insert(name);
    const std::string folder = name == "." ? std::string() : name + "/";
    for (auto at = std::lower_bound(files.begin(), files.end(), folder);
         at != files.end() && at->compare(0, folder.size(), folder) == 0; ++at) {
      if (!is_hidden(at->substr(folder.size())) && is_input_name(*at)) found.insert(*at);
    }
  };
  for (const std::string& path : paths) {
    const std::optional<std::string> name = inside(path);
    if (!name) continue;
    add(*name);
    if (!has_glob(*name)) continue;
    for (const std::string& match : matches(*name, files)) add(match);
  }
  std::vector<std::string> out;
  for (const std::string& file : found) {
    out.push_back(text::relative_path((top_ / file).string()));
  }
  return out;
}

}  // namespace policysim::cli
