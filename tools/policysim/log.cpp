#include "log.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/ansicolor_sink.h>

#include <memory>

namespace policysim::cli {
namespace {

struct Settings {
  LogLevel level = LogLevel::kWarn;
  bool color = false;
};

Settings& settings() {
  static Settings value;
  return value;
}

// Made with the first message: most runs log nothing, and starting must cost nothing.
spdlog::logger& logger() {
  static const auto instance = [] {
    auto sink = std::make_shared<spdlog::sinks::ansicolor_stderr_sink_mt>(
        settings().color ? spdlog::color_mode::always : spdlog::color_mode::never);
    auto made = std::make_shared<spdlog::logger>("policysim", std::move(sink));
    made->set_level(spdlog::level::debug);
    made->set_pattern("policysim: %^%l%$: %v");
    return made;
  }();
  return *instance;
}

spdlog::level::level_enum to_spdlog(LogLevel level) noexcept {
  switch (level) {
    case LogLevel::kError:
      return spdlog::level::err;
    case LogLevel::kWarn:
      return spdlog::level::warn;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kDebug:
      return spdlog::level::debug;
  }
  return spdlog::level::err;
}

}  // namespace

void set_log_level(std::string_view name, bool color) {
  settings().color = color;
  if (name == "error") settings().level = LogLevel::kError;
  if (name == "info") settings().level = LogLevel::kInfo;
  if (name == "debug") settings().level = LogLevel::kDebug;
}

bool logs(LogLevel level) noexcept { return level <= settings().level; }

void log(LogLevel level, const std::string& message) {
  if (logs(level)) logger().log(to_spdlog(level), spdlog::string_view_t(message));
}

}  // namespace policysim::cli
