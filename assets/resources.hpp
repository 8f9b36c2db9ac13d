#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace lockstep {

/// The bytes of a file that was embedded into the binary at build time: "scenarios/hotdog/en.md",
/// "assets/i18n/en.json". Nothing if there is no such file. The bytes live as long as the program.
std::optional<std::string_view> find_resource(std::string_view path) noexcept;

/// The paths of all embedded files that start with `prefix`, sorted. An empty prefix lists everything.
std::vector<std::string_view> list_resources(std::string_view prefix);

}  // namespace lockstep
