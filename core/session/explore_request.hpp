// A request to explore, checked.
#pragma once

#include <string>
#include <variant>

#include "core/session/exploration.hpp"

namespace lockstep {

/// The request with the variant and all params filled in (step defaults), or one sentence.
std::variant<ExploreRequest, std::string> filled_in(const ExploreRequest& asked);

}  // namespace lockstep
