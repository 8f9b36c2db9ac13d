#include "app/model/event_walk.hpp"

#include <algorithm>
#include <optional>

#include "app/model/app_model.hpp"

namespace lockstep {
namespace {

/// The events among which next and previous go: of the selected worker, else of the selected object, else all
/// (none).
std::optional<EventIndices> chosen_events(const AppModel& model) {
  const TraceStore& store = model.run.store();
  const Selection& selection = model.selection;
  if (selection.worker < store.workers().size()) return store.events_of_worker(selection.worker);
  if (selection.object != kNoObject && selection.object < store.objects().size()) {
    return store.events_of_object(selection.object);
  }
  return std::nullopt;
}

/// The event that waker and woken start from: the selected one, else the latest of the selected worker.
EventIndex present_event(const AppModel& model) {
  if (model.selection.event != kNoEvent) return model.selection.event;
  const TraceStore& store = model.run.store();
  const EventIndex moment = model.moment();
  if (model.selection.worker < store.workers().size()) {
    const auto events = store.events_of_worker(model.selection.worker);
    const auto it = std::ranges::lower_bound(events, moment);
    return it != events.begin() ? *std::prev(it) : kNoEvent;
  }
  return moment > 0 ? moment - 1 : kNoEvent;
}

}  // namespace

EventIndex neighbour(const AppModel& model, bool forward, bool of_selection) {
  const EventIndex moment = model.moment();
  const auto events = of_selection ? chosen_events(model) : std::nullopt;
  if (!events) {
    if (forward) return moment < model.run.store().size() ? moment : kNoEvent;
    return moment >= 2 ? moment - 2 : kNoEvent;
  }
  const EventIndex bound = forward ? moment : std::max<EventIndex>(moment, 1) - 1;
  const auto it = std::ranges::lower_bound(*events, bound);
  if (forward) return it != events->end() ? *it : kNoEvent;
  return it != events->begin() ? *std::prev(it) : kNoEvent;
}

EventIndex linked_event(const AppModel& model, bool to_waker) {
  const EventIndex event = present_event(model);
  if (event == kNoEvent || event >= model.run.store().size()) return kNoEvent;
  return to_waker ? model.run.store().waker_of(event) : model.run.store().woken_by(event);
}

}  // namespace lockstep
