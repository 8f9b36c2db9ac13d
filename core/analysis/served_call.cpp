#include "core/analysis/served_call.hpp"

#include <algorithm>

#include "core/event/caption.hpp"

namespace lockstep::analysis {
namespace {

/// The last event of that kind before `end`, or kNoEvent.
EventIndex last_before(const TraceStore& store, const EventIndices& events, EventIndex end, EventKind kind) {
  for (auto at = std::ranges::lower_bound(events, end); at != events.begin();) {
    const EventIndex index = *--at;
    if (store[index].kind == kind) return index;
  }
  return kNoEvent;
}

}  // namespace

ElementAccess element_access(std::string_view call) {
  constexpr std::string_view kAssigns = "] = ";
  if (const auto at = call.find(kAssigns); at != std::string_view::npos)
    return {call.substr(0, at + 1), call.substr(at + kAssigns.size()), true};
  return call.ends_with(']') ? ElementAccess{call, {}, false} : ElementAccess{};
}

EventIndex request_of(const TraceStore& store, EventIndex call) {
  const EventIndex received =
      last_before(store, store.events_of_worker(store[call].worker), call, EventKind::pipe_recv);
  if (received == kNoEvent) return kNoEvent;
  return last_before(store, store.events_of_object(store[received].object), received, EventKind::pipe_send);
}

std::string answer_to(const TraceStore& store, EventIndex call) {
  constexpr std::string_view kArrow = "→ ";
  const EventIndices events = store.events_of_worker(store[call].worker);
  const auto next = std::ranges::upper_bound(events, call);
  if (next == events.end() || store[*next].kind != EventKind::pipe_send) return {};
  const std::string answer = store.to_string(store[*next].value());
  return answer.starts_with(kArrow) ? answer.substr(kArrow.size()) : answer;
}

}  // namespace lockstep::analysis
