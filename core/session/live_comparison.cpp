// Where the steps of a stepped run differ from those of the live run that it follows.
#include <algorithm>

#include "core/arena/layout.hpp"
#include "core/session/live_order.hpp"

namespace lockstep {
namespace {

/// Whether two steps came to the same; which worker is which, and which object, is known so far.
class Comparison {
 public:
  Comparison(const LiveOrder& order, const TraceStore& stepped)
      : order_(order), stepped_(stepped), objects_(kMaxObjects, kNoObject) {}

  std::optional<LiveDifference::Kind> differ(const Event& live, const Event& event) {
    if (event.kind != live.kind || event.worker != order_.stepped_worker[live.worker])
      return LiveDifference::Kind::other_operation;
    if (live.object != kNoObject && objects_[live.object] == kNoObject) objects_[live.object] = event.object;
    if (objects_[live.object] != event.object) return LiveDifference::Kind::other_operation;
    return is_same_argument(live, event) ? std::nullopt : std::optional(LiveDifference::Kind::other_value);
  }

 private:
  /// Texts may tell of times and process ids.
  bool is_same_argument(const Event& live, const Event& event) {
    if (names_object(live)) {
      const auto before = static_cast<std::size_t>(live.arg);
      if (objects_[before] == kNoObject) objects_[before] = static_cast<ObjectId>(event.arg);
      return event.has(event_flag::kEnd) == live.has(event_flag::kEnd) && objects_[before] == event.arg;
    }
    switch (argument_of(live.kind)) {
      case ArgumentType::worker:
        return event.arg == order_.stepped_worker[static_cast<std::size_t>(live.arg)];
      case ArgumentType::value:
        if (live.value().type != event.value().type) return false;
        return live.value().type == ValueType::text || live.arg == event.arg;
      case ArgumentType::integer:
      case ArgumentType::kind: return live.arg == event.arg;
      case ArgumentType::none:
      case ArgumentType::text:
      case ArgumentType::duration: break;
    }
    return true;
  }

  const LiveOrder& order_;
  const TraceStore& stepped_;
  std::vector<ObjectId> objects_;
};

}  // namespace

bool names_object(const Event& event) {
  switch (event.kind) {
    case EventKind::pool_submit:
    case EventKind::pool_take:
    case EventKind::socket_connect:
    case EventKind::socket_accept: return event.arg > 0 && event.arg < std::int64_t{kMaxObjects};
    default: return false;
  }
}

std::optional<LiveDifference> first_difference(const LiveOrder& order, const TraceStore& stepped) {
  Comparison comparison(order, stepped);
  // Those who can never move again wait without a step.
  WorkerSet hopeless;
  const auto is_no_step = [&](const LiveStep& step) {
    return step.event.kind == EventKind::block && hopeless.contains(order.stepped_worker[step.event.worker]);
  };
  auto next = order.steps.begin();  // the first that has not been compared
  std::uint32_t step = 0;           // of the stepped run
  for (EventIndex i = 0; i < stepped.size(); ++i) {
    const Event& event = stepped[i];
    if (event.time / static_cast<std::uint64_t>(kStepTime) < step) {
      if (event.kind == EventKind::block) hopeless.insert(event.worker);
      continue;
    }
    next = std::find_if_not(next, order.steps.end(), is_no_step);
    if (next == order.steps.end()) break;
    if (const auto kind = comparison.differ(next->event, event))
      return LiveDifference{*kind, step, order.names[next->event.worker]};
    ++next;
    ++step;
  }
  next = std::find_if_not(next, order.steps.end(), is_no_step);
  if (next == order.steps.end()) return order.difference;
  return LiveDifference{LiveDifference::Kind::impossible, step, order.names[next->event.worker]};
}

}  // namespace lockstep
