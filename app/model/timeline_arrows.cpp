#include "app/model/timeline_arrows.hpp"

#include <algorithm>

#include "app/model/timeline_lanes.hpp"

namespace lockstep {
namespace {

const LaneRow* row_of(const TimelineLayout& layout, WorkerId worker) {
  const auto it = std::ranges::find_if(
      layout.rows, [&](const LaneRow& row) { return row.kind == LaneKind::worker && row.worker == worker; });
  return it == layout.rows.end() ? nullptr : &*it;
}

/// The event by which a wait ended: the worker's first one after the event that began it.
EventIndex end_of_wait(const TraceStore& store, const LaneBox& box) {
  if (box.event == kNoEvent || box.open) return kNoEvent;
  const EventIndices events = store.events_of_worker(box.worker);
  const auto it = std::ranges::upper_bound(events, box.event);
  return it == events.end() ? kNoEvent : *it;
}

bool is_selected(const TraceStore& store, const Selection& selection, const WakeArrow& arrow) {
  if (selection.event == arrow.from || selection.event == arrow.to) return true;
  return selection.worker != kNoWorker &&
         (store[arrow.from].worker == selection.worker || store[arrow.to].worker == selection.worker);
}

}  // namespace

std::optional<WakeArrow> arrow_to(const TraceStore& store, const TimelineLayout& layout, EventIndex event,
                                  float scale) {
  if (event == kNoEvent || event >= store.size()) return std::nullopt;
  const EventIndex waker = store.waker_of(event);
  if (waker == kNoEvent) return std::nullopt;
  const LaneRow* from = row_of(layout, store[waker].worker);
  const LaneRow* to = row_of(layout, store[event].worker);
  if (!from || !to || from == to) return std::nullopt;
  const LaneBands start = bands_of(*from, scale);
  const LaneBands target = bands_of(*to, scale);
  const bool down = to->y > from->y;
  WakeArrow arrow;
  arrow.from = waker;
  arrow.to = event;
  arrow.x0 = layout.axis.clamped_x(static_cast<RunTime>(store[waker].time)) +
             3.5F * scale;  // the middle of its mark
  arrow.x1 = layout.axis.clamped_x(static_cast<RunTime>(store[event].time)) + 3.5F * scale;
  arrow.y0 = down ? start.bottom : start.top;
  arrow.y1 = down ? target.top : target.bottom;
  return arrow;
}

namespace {

/// The middle of the box of an event's step.
float middle_of_step(const TimelineLayout& layout, const Event& event) {
  const auto step = static_cast<RunTime>(event.time) / kStepTime;
  return layout.axis.clamped_x(step * kStepTime + kStepTime / 2);
}

std::optional<ConflictArrow> conflict(const TimelineInput& input, const TimelineLayout& layout,
                                      EventIndex from, EventIndex to) {
  const TraceStore& store = *input.store;
  if (from >= store.size() || to >= store.size() || store[from].worker == store[to].worker)
    return std::nullopt;
  const LaneRow* start = row_of(layout, store[from].worker);
  const LaneRow* end = row_of(layout, store[to].worker);
  if (!start || !end) return std::nullopt;
  const LaneBands a = bands_of(*start, input.scale);
  const LaneBands b = bands_of(*end, input.scale);
  const bool down = end->y > start->y;
  return ConflictArrow{.from = from,
                       .to = to,
                       .x0 = middle_of_step(layout, store[from]),
                       .y0 = down ? a.bottom : a.top,
                       .x1 = middle_of_step(layout, store[to]),
                       .y1 = down ? b.top : b.bottom};
}

}  // namespace

void lay_out_conflicts(const TimelineInput& input, TimelineLayout& layout) {
  for (const bool impending : {false, true}) {
    const std::span<const Finding> findings = impending ? input.impending : input.findings;
    for (std::uint32_t n = 0; n < findings.size(); ++n) {
      const Finding& finding = findings[n];
      const bool of_accesses =
          finding.kind == FindingKind::data_race || finding.kind == FindingKind::atomicity_violation;
      if (!of_accesses || finding.at > input.moment) continue;
      for (std::size_t e = 0; e + 1 < finding.events.size(); ++e) {
        if (layout.conflicts.size() >= kMostArrows) return;
        auto arrow = conflict(input, layout, finding.events[e], finding.events[e + 1]);
        if (!arrow) continue;
        arrow->finding = n;
        arrow->impending = impending;
        layout.conflicts.push_back(*arrow);
      }
    }
  }
}

void lay_out_arrows(const TimelineInput& input, TimelineLayout& layout) {
  const TraceStore& store = *input.store;
  std::size_t waits = 0;
  const bool has_selection = input.selection.worker != kNoWorker || input.selection.event != kNoEvent;
  for (const LaneBox& box : layout.boxes)
    waits += box.look == BoxLook::waiting && !box.open ? 1 : 0;
  const bool few = waits <= kMostArrows;
  if (!few && !has_selection) return;
  constexpr std::size_t kMostLookedAt = 2000;
  std::size_t looked_at = 0;
  for (const LaneBox& box : layout.boxes) {
    if (box.look != BoxLook::waiting || box.merged > 1 || ++looked_at > kMostLookedAt) continue;
    auto arrow = arrow_to(store, layout, end_of_wait(store, box), input.scale);
    if (!arrow) continue;
    arrow->emphasised = is_selected(store, input.selection, *arrow);
    if (few || (arrow->emphasised && layout.arrows.size() < kMostArrows)) layout.arrows.push_back(*arrow);
  }
}

}  // namespace lockstep
