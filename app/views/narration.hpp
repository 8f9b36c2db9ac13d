// The sentences of findings with badges before the names of workers.
#pragma once

#include <string>
#include <string_view>

#include "app/model/app_model.hpp"
#include "app/shell/ui.hpp"
#include "app/views/rich_text.hpp"

namespace lockstep {

/// Failures, and the accesses that lead to them: what the tab counts.
bool matters(FindingKind kind);

/// narrate() of the run's finding number `index`, made once for each run and language.
const std::string& narration(AppModel& model, Ui& ui, std::size_t index);

/// Adds the sentences; each name of a worker that takes part gets the worker's badge before it.
void add_narration(Ui& ui, RichText& text, const Finding& finding, std::string_view sentences);

}  // namespace lockstep
