// Calls on a manager's objects: its server does them, in a thread for each connection, for whoever asked.
#pragma once

#include <string>
#include <string_view>

#include "core/trace/store.hpp"

namespace lockstep::analysis {

/// An access to an element, from a call as Python writes it: "stock['count']" or "stock['count'] = 3".
struct ElementAccess {
  std::string_view element;  ///< "stock['count']"; empty: it is another call
  std::string_view value;    ///< what is written, as Python writes it
  bool writes = false;
};
ElementAccess element_access(std::string_view call);

/// The send by which somebody asked for the call that event `call` (managed_call) did; kNoEvent if unknown.
/// O(log events).
EventIndex request_of(const TraceStore& store, EventIndex call);

/// What the server answered, as Python writes it; "" as long as it has not.
std::string answer_to(const TraceStore& store, EventIndex call);

}  // namespace lockstep::analysis
