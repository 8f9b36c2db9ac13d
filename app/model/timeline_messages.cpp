#include "app/model/timeline_messages.hpp"

#include <algorithm>
#include <map>

#include "app/model/timeline_arrows.hpp"
#include "app/model/timeline_lanes.hpp"

namespace lockstep {
namespace {

/// Pipes with more events than this together have no arrows: they would be looked at in every frame.
constexpr std::size_t kMostEvents = 20'000;

struct Message {
  EventIndex sent = kNoEvent, received = kNoEvent;
};

class Messages {
 public:
  Messages(const TimelineInput& input, TimelineLayout& layout)
      : input_(input), store_(*input.store), layout_(layout) {
    for (const LaneRow& row : layout.rows) {
      if (row.kind == LaneKind::worker) rows_.emplace(row.worker, &row);
    }
  }

  void lay_out() {
    find();
    const bool few = found_.size() <= kMostArrows;
    for (const Message& message : found_) {
      if (layout_.messages.size() == kMostArrows) return;
      const bool selected = is_selected(message);
      if (few || selected) add(message, selected);
    }
  }

 private:
  /// The n-th message that is sent is the n-th that is received.
  void find() {
    std::size_t looked_at = 0;
    for (const ObjectInfo& object : store_.objects()) {
      if (object.kind != ObjectKind::pipe) continue;
      const EventIndices events = store_.events_of_object(object.id);
      looked_at += events.size();
      if (looked_at > kMostEvents) return found_.clear();
      std::vector<EventIndex> sent;
      std::size_t taken = 0;
      for (const EventIndex index : events) {
        const Event& event = store_[index];
        if (event.kind == EventKind::pipe_send) sent.push_back(index);
        const bool whole = event.kind == EventKind::pipe_recv && !event.has(event_flag::kEnd) &&
                           !event.has(event_flag::kPart);
        if (whole && taken < sent.size()) note({sent[taken++], index});
      }
    }
  }

  void note(const Message& message) {
    const auto from = static_cast<RunTime>(store_[message.sent].time);
    const auto to = static_cast<RunTime>(store_[message.received].time);
    if (to < input_.visible.from || from > input_.visible.to) return;
    if (store_[message.sent].worker == store_[message.received].worker) return;
    const bool drawn = std::ranges::any_of(layout_.arrows, [&](const WakeArrow& arrow) {
      return arrow.from == message.sent && arrow.to == message.received;
    });
    if (!drawn) found_.push_back(message);
  }

  bool is_selected(const Message& message) const {
    const Selection& chosen = input_.selection;
    const Event &sent = store_[message.sent], &received = store_[message.received];
    return chosen.event == message.sent || chosen.event == message.received ||
           (chosen.object != kNoObject && chosen.object == sent.object) ||
           (chosen.worker != kNoWorker && (chosen.worker == sent.worker || chosen.worker == received.worker));
  }

  void add(const Message& message, bool selected) {
    const auto from = rows_.find(store_[message.sent].worker);
    const auto to = rows_.find(store_[message.received].worker);
    if (from == rows_.end() || to == rows_.end()) return;
    const LaneBands a = bands_of(*from->second, input_.scale);
    const LaneBands b = bands_of(*to->second, input_.scale);
    const bool down = to->second->y > from->second->y;
    layout_.messages.push_back({.from = message.sent,
                                .to = message.received,
                                .sender = store_[message.sent].worker,
                                .x0 = x_of(message.sent),
                                .y0 = down ? a.bottom : a.top,
                                .x1 = x_of(message.received),
                                .y1 = down ? b.top : b.bottom,
                                .emphasised = selected});
  }

  /// The middle of the event's mark; in steps, of the box of its step.
  float x_of(EventIndex event) const {
    const auto time = static_cast<RunTime>(store_[event].time);
    if (!input_.steps) return layout_.axis.clamped_x(time) + 3.5F * input_.scale;
    return layout_.axis.clamped_x(time / kStepTime * kStepTime + kStepTime / 2);
  }

  const TimelineInput& input_;
  const TraceStore& store_;
  TimelineLayout& layout_;
  std::map<WorkerId, const LaneRow*> rows_;
  std::vector<Message> found_;
};

}  // namespace

void lay_out_messages(const TimelineInput& input, TimelineLayout& layout) {
  Messages(input, layout).lay_out();
}

}  // namespace lockstep
