// Messages through pipes and connections as arrows, from the sender's lane to the receiver's: a request to a
// server and its answer are two. Part of timeline_layout.
#pragma once

#include "app/model/timeline_layout.hpp"

namespace lockstep {

/// After lay_out_arrows: a message whose receiver waited for it has its arrow already.
void lay_out_messages(const TimelineInput& input, TimelineLayout& layout);

}  // namespace lockstep
