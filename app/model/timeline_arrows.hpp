// Who woke whom, as arrows. Part of timeline_layout.
#pragma once

#include "app/model/timeline_layout.hpp"

namespace lockstep {

/// More arrows than this at a time hide what they should explain; then only those of the selection are drawn.
inline constexpr std::size_t kMostArrows = 24;

void lay_out_arrows(const TimelineInput& input, TimelineLayout& layout);
/// Between the accesses of data races and atomicity violations that are known at the moment.
void lay_out_conflicts(const TimelineInput& input, TimelineLayout& layout);
/// The arrow that ends in an event, for what the pointer is on; nothing if nobody made it possible or a lane
/// is missing.
std::optional<WakeArrow> arrow_to(const TraceStore& store, const TimelineLayout& layout, EventIndex event,
                                  float scale);

}  // namespace lockstep
