// Short names of workers, for badges.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/event/definitions.hpp"

namespace lockstep {

/// One to three characters that tell a worker from the others of its run: "A" for Shop A, "2" for Eater 2,
/// "m" for main. Falls back to the number of the worker where names do not differ.
std::string badge_text(std::span<const WorkerInfo> workers, WorkerId worker);

/// What must stay of a name that is cut: the number behind its last separator, "_3" of
/// ThreadPoolExecutor-0_3, "12" of Customer 12. "" if it ends in none, or if it is no name but a sentence.
std::string_view number_at_end(std::string_view name);

}  // namespace lockstep
