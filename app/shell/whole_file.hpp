// Small files of the program's own: read at once, written whole or not at all, never lost.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lockstep {

/// $XDG_CONFIG_HOME/lockstep/NAME, else ~/.config/lockstep/NAME; "" if there is no home.
std::string config_path(std::string_view name);

/// Nothing if there is no such file or it cannot be read.
std::optional<std::string> read_whole(const std::string& path);

/// Writes a file beside it, flushes it to the disk, then renames. Makes the folder. False if any of that
/// failed; the old file is then untouched.
[[nodiscard]] bool write_whole(const std::string& path, std::string_view text);

/// Renames a file that is damaged to PATH.damaged, or to PATH.damaged-2 … if an earlier one is kept there.
/// Returns the new name; nothing if it could not be renamed.
std::optional<std::string> keep_aside(const std::string& path);

}  // namespace lockstep
