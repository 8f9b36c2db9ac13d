// Where the keys for the next and previous event, the waker and the woken lead from the present moment.
#pragma once

#include "core/trace/store.hpp"

namespace lockstep {

class AppModel;

/// The first event at or after the moment, or the last one before the present event; kNoEvent if there is
/// none. `of_selection`: among the events of the selected worker, else of the selected object, else all.
EventIndex neighbour(const AppModel& model, bool forward, bool of_selection);

/// Who woke the present event's worker, or whom it woke: that event, or kNoEvent. The present event is the
/// selected one, else the latest of the selected worker, else the latest of all.
EventIndex linked_event(const AppModel& model, bool to_waker);

}  // namespace lockstep
