// The window, and pictures of it.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "app/model/settings.hpp"
#include "core/event/event.hpp"
#include "core/schedule/policy.hpp"
#include "core/session/session.hpp"

namespace lockstep {

/// Which run is asked for.
struct AskedFor {
  std::string scenario;  ///< "" = none: the last one
  std::string variant;   ///< "" = the last one, else the default
  std::map<std::string, std::string> params;
  RunMode mode = RunMode::live;
  /// By what a run in steps goes on; default: at random. A picture of one goes to the end by it, or without
  /// it stands where everybody has begun.
  std::optional<PolicySpec> policy{};
  std::uint64_t seed = 0;  ///< 0: each run draws a new one
};

struct WindowOptions : AskedFor {
  std::optional<double> speed;
  std::optional<Language> language;  ///< default: as remembered, else from LANG
  std::string trace_file;            ///< show this trace instead of a run
  bool run = false;                  ///< start the run at once
};

/// Opens the window and returns when it is closed, with the exit status of the program: 0; 2 for a scenario,
/// variant or param that does not exist; 3 if there is no display or no OpenGL 3.3. Both with one sentence on
/// standard error.
int run_window(const WindowOptions& options);

struct ScreenshotOptions : AskedFor {
  std::string schedule;  ///< in steps: the text of the one that is carried out instead; "" = none
  double speed = 16;     ///< of the run that is shown
  /// Run time to wait for before the picture is taken; nothing: until the run has ended or can never end.
  /// Never more than 60 s of real time.
  std::optional<RunTime> at;
  std::string trace_file;  ///< show this trace instead of a run
  int width = 1600;        ///< 320 … 7680
  int height = 900;        ///< 240 … 4320
  Language language = Language::en;
  ThemeName theme = ThemeName::dark;
  double font_scale = 1.0;
  std::string right_tab;  ///< id of a view; "" = the first
  std::string bottom_tab;
  std::string path;  ///< the PNG; written whole or not at all
};

/// Runs the scenario, draws the window without showing it and writes a PNG. Returns a sentence if that is not
/// possible.
[[nodiscard]] std::optional<std::string> take_screenshot(const ScreenshotOptions& options);

}  // namespace lockstep
