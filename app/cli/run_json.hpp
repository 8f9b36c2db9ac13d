// The JSON of a run; its schema is in README.md and does not change.
#pragma once

#include <nlohmann/json.hpp>

#include "app/cli/follow.hpp"
#include "app/cli/language.hpp"
#include "app/cli/run_view.hpp"

namespace lockstep::cli {

/// Its findings alone.
nlohmann::ordered_json findings_json(const RunView& run, Language language);
nlohmann::ordered_json run_json(const RunView& run, const Ending& ending, Language language);

/// A JSON text that ends in a line feed; whatever is not UTF-8 in it becomes U+FFFD.
std::string to_text(const nlohmann::ordered_json& json);

}  // namespace lockstep::cli
