// The boxes of a worker's lane in steps.
#include <algorithm>

#include "app/model/timeline_lanes.hpp"

namespace lockstep {
namespace {

constexpr float kGap = 2;        // unscaled, between two boxes
constexpr float kNarrowest = 3;  // pixels of a step below which single boxes say nothing

class StepBoxes {
 public:
  StepBoxes(const TimelineInput& input, TimelineLayout& layout, std::uint32_t row)
      : input_(input), layout_(layout), store_(*input.store), row_(row), lane_(layout.rows[row]) {}

  void taken() {
    const EventIndices events = store_.events_of_worker(lane_.worker);
    const auto time_of = [&](EventIndex event) { return static_cast<RunTime>(store_[event].time); };
    auto it = std::ranges::lower_bound(events, std::max<RunTime>(layout_.axis.range.from - kStepTime, 0), {},
                                       time_of);
    while (it != events.end() && time_of(*it) <= layout_.axis.range.to) {
      const RunTime step = time_of(*it) / kStepTime;
      EventIndex best = *it;
      for (; it != events.end() && time_of(*it) / kStepTime == step; ++it) {
        if (telling(store_[*it].kind) > telling(store_[best].kind)) best = *it;
      }
      add(BoxLook::step, step, best);
    }
  }

  void to_come() {
    const bool has_move = std::ranges::find(input_.next, lane_.worker) != input_.next.end();
    if (has_move) add(BoxLook::next, input_.position, kNoEvent);
    const auto last = static_cast<std::size_t>(std::max<RunTime>(layout_.axis.range.to / kStepTime, 0)) + 1;
    for (std::size_t i = input_.position + (has_move ? 1 : 0); i < std::min(input_.branch.size(), last);
         ++i) {
      if (input_.branch[i].worker == lane_.worker) add(BoxLook::planned, static_cast<RunTime>(i), kNoEvent);
    }
  }

 private:
  void add(BoxLook look, RunTime step, EventIndex event) {
    LaneBox box;
    const LaneBands bands = bands_of(lane_, input_.scale);
    box.look = look;
    box.row = row_;
    box.worker = lane_.worker;
    box.event = event;
    box.begin = step * kStepTime;
    box.end = box.begin + kStepTime;
    const float gap = kGap * input_.scale / 2;
    box.x0 = layout_.axis.clamped_x(box.begin) + gap;
    box.x1 = std::max(layout_.axis.clamped_x(box.end) - gap, box.x0 + 1);
    box.y0 = bands.top;
    box.y1 = bands.bottom;
    layout_.boxes.push_back(box);
  }

  const TimelineInput& input_;
  TimelineLayout& layout_;
  const TraceStore& store_;
  std::uint32_t row_;
  const LaneRow& lane_;
};

}  // namespace

bool shows_steps(const TimelineInput& input, const TimeAxis& axis) {
  return input.steps && axis.x_of(kStepTime) - axis.x_of(0) >= kNarrowest;
}

void lay_out_step_boxes(const TimelineInput& input, TimelineLayout& layout, std::uint32_t row) {
  StepBoxes boxes(input, layout, row);
  boxes.taken();
  boxes.to_come();
}

}  // namespace lockstep
