// Colours. A theme is a file in assets/themes/; hue is the identity of a worker, never a state.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/model/settings.hpp"
#include "core/event/event.hpp"

namespace lockstep {

/// As in Dear ImGui: 0xAABBGGRR.
using Color = std::uint32_t;

/// Opacity times `alpha` (0 … 1).
Color faded(Color color, float alpha);
/// `amount` 0 gives `a`, 1 gives `b`; the opacity of `a`.
Color mixed(Color a, Color b, float amount);
/// Black or white, whichever is easier to read on an opaque `background`.
Color readable_on(Color background);
/// The contrast of two opaque colours as WCAG defines it: 1 … 21.
double contrast(Color a, Color b);

struct Theme {
  // surfaces, from the back to the front
  Color background = 0, panel = 0, header = 0, lane_odd = 0, lane_even = 0, card = 0, field = 0, popup = 0;
  Color border = 0, border_strong = 0, grid = 0;
  // text
  Color text = 0, text_dim = 0, text_faint = 0;
  // controls
  Color button = 0, button_hovered = 0, button_active = 0, accent = 0, accent_text = 0, selection = 0,
        line_mark = 0;
  Color danger = 0, good = 0;
  // meaning
  Color ok = 0, warning = 0, error = 0;
  // the timeline
  Color hatch = 0, hatch_back = 0, arrow = 0, playhead = 0, plot = 0, plot_fill = 0, limit = 0, measure = 0;
  // code
  Color code_keyword = 0, code_text = 0, code_comment = 0, code_number = 0;

  /// workers[0] is main's grey, the others are given out in turn.
  static constexpr std::size_t kHues = 9;
  std::array<Color, kHues> workers{};

  /// The hue of a worker; kNoWorker and the sandbox get text_faint.
  Color worker(WorkerId id) const;
  /// The hue toned down towards the background, for what is not active (a sleep).
  Color worker_dim(WorkerId id) const;
};

/// Reads a theme from JSON; a sentence in `error` names the colour that is missing or malformed.
std::optional<Theme> parse_theme(std::string_view json, std::string& error);
/// One of the embedded themes.
const Theme& theme_named(ThemeName name);

}  // namespace lockstep
