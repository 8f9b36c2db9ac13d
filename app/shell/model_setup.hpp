// Putting into the model what the command line asked for.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "app/model/app_model.hpp"

namespace lockstep {

/// One sentence if there is no such scenario, variant or param, or a value is not allowed. "" as the
/// scenario: nothing is asked for.
[[nodiscard]] std::optional<std::string> check_choice(const std::string& scenario, const std::string& variant,
                                                      const std::map<std::string, std::string>& params);
/// Chooses what check_choice() found good.
void apply_choice(AppModel& model, const std::string& scenario, const std::string& variant,
                  const std::map<std::string, std::string>& params);
/// Shows a trace file, with the scenario it was made from. One sentence if it cannot be read.
[[nodiscard]] std::optional<std::string> show_trace(AppModel& model, const std::string& path);

}  // namespace lockstep
