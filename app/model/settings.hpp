// What the program remembers between two starts: plain values and their JSON. Where the file lies and how it
// is written is app/shell/settings_file.hpp.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/analysis/finding.hpp"

namespace lockstep {

enum class ThemeName : std::uint8_t { dark, light, projector };
inline constexpr std::size_t kThemeCount = 3;
/// "dark", "light", "projector": the names in the settings, of the files in assets/themes/ and on the command
/// line.
std::string_view name_of(ThemeName theme) noexcept;
std::string_view name_of(Language language) noexcept;  ///< "en", "zh"

inline constexpr double kMinFontScale = 0.75;
inline constexpr double kMaxFontScale = 2.5;

/// Sizes of the panes in unscaled pixels (at font scale 1 and 96 dpi).
struct PaneSizes {
  double left = 236;    ///< the library
  double right = 480;   ///< the code
  double bottom = 200;  ///< the tabs
  friend bool operator==(const PaneSizes&, const PaneSizes&) = default;
};

struct WindowPlace {
  int x = -1, y = -1;  ///< -1: let the window manager choose
  int width = 1600, height = 900;
  bool maximized = false;
  friend bool operator==(const WindowPlace&, const WindowPlace&) = default;
};

/// The variant and the params last used with a scenario, as typed. Live runs and step mode have usual values
/// of their own, so each remembers what was typed there.
struct ScenarioChoice {
  std::string variant;
  std::map<std::string, std::string> params;       ///< of live runs
  std::map<std::string, std::string> step_params;  ///< of step mode and the explorer
  friend bool operator==(const ScenarioChoice&, const ScenarioChoice&) = default;
};

struct Settings {
  Language language = Language::en;
  ThemeName theme = ThemeName::dark;
  double font_scale = 1.0;
  double speed = 1.0;
  PaneSizes panes;
  WindowPlace window;
  std::string scenario;   ///< id of the last one; "" = none yet
  std::string path;       ///< of the library: "lecture", "week"; "" = by chapter
  std::string right_tab;  ///< id of a view; "" = the first
  std::string bottom_tab;
  std::map<std::string, ScenarioChoice, std::less<>> choices;  ///< by scenario id
  friend bool operator==(const Settings&, const Settings&) = default;
};

std::string to_json(const Settings& settings);

struct ReadSettings {
  Settings settings;
  bool damaged =
      false;  ///< the text is not our JSON: `settings` are the defaults, the text is worth keeping aside
};
/// Never throws. Unknown members are ignored, missing ones get their defaults, numbers outside their range
/// are clamped.
ReadSettings settings_from_json(std::string_view text);

}  // namespace lockstep
