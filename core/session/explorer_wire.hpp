// What an explorer's process and its owner say to each other: JSON, one object with one member a line.
//
//   owner to explorer   explore: {…} or look_ahead: {…}   what to do; once, first
//                       cancel: true
//                       ask: [[worker, by_hand] …]        the position to look ahead from
//   explorer to owner   progress: {…}                     about 30 times a second
//                       report: {…}                       once, last
//                       share: 0.53 or null               the graph of all states is known, or too large
//                       answer: {…}
//
// Either ends the other by closing the socket.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/session/exploration.hpp"

namespace lockstep::wire {

using Json = nlohmann::json;

/// With all params and the variant filled in.
Json to_json(const ExploreRequest& request);
Json to_json(const ExploreProgress& progress);
Json to_json(const ExploreReport& report);
Json to_json(const LookAhead& answer);
Json to_json(const std::vector<Choice>& choices);

// These throw nlohmann::json::exception at what is none.
ExploreRequest request_from(const Json& json);
ExploreProgress progress_from(const Json& json);
ExploreReport report_from(const Json& json);
LookAhead look_ahead_from(const Json& json);
std::vector<Choice> choices_from(const Json& json);

}  // namespace lockstep::wire
