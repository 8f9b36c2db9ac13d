// Putting into the model what the command line asked for.
#pragma once

#include <optional>
#include <string>

#include "app/model/app_model.hpp"
#include "app/shell/window.hpp"

namespace lockstep {

/// One sentence if there is no such scenario, variant or param, or a value is not allowed.
[[nodiscard]] std::optional<std::string> check_choice(const AskedFor& asked);
/// Chooses what check_choice() found good. In steps the run starts.
void apply_choice(AppModel& model, const AskedFor& asked);
/// Shows a trace file, with the scenario it was made from. One sentence if it cannot be read.
[[nodiscard]] std::optional<std::string> show_trace(AppModel& model, const std::string& path);

}  // namespace lockstep
