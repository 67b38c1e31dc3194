// Log messages on standard error. Alone includes spdlog.
#pragma once

#include <string>
#include <string_view>

namespace policysim::cli {

enum class LogLevel : unsigned char { kError, kWarn, kInfo, kDebug };

// Before anything is logged. Names of --log-level; an empty one means warn.
void set_log_level(std::string_view name, bool color);
bool logs(LogLevel level) noexcept;
// Control characters in `message` are the caller's to escape.
void log(LogLevel level, const std::string& message);

}  // namespace policysim::cli
