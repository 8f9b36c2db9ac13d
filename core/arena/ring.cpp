#include "core/arena/ring.hpp"

#include <algorithm>
#include <functional>
#include <limits>

#include "core/platform/futex.hpp"

namespace lockstep {

void ring_doorbell(ArenaHeader& header) {
  header.doorbell.fetch_add(1, std::memory_order_release);
  platform::futex_wake(header.doorbell);
}

void RingWriter::ring_doorbell() { lockstep::ring_doorbell(header_); }

void RingWriter::make_room(std::uint32_t count) {
  const std::int64_t since = platform::monotonic_ns();
  bool waited = false;
  for (;;) {
    const std::uint32_t word = cursor_.tail_word.load(std::memory_order_acquire);
    cursor_.tail_seen = cursor_.tail.load(std::memory_order_acquire);
    if (head_ + count + 1 - cursor_.tail_seen <= kRingCapacity) break;  // 1: the stall itself
    waited = true;
    ring_doorbell();
    platform::futex_wait(cursor_.tail_word, word, platform::kForeverNs);
  }
  if (waited) push(Event{.arg = platform::monotonic_ns() - since, .kind = EventKind::stall});
}

RingMerger::RingMerger(Arena& arena)
    : arena_(arena), lanes_(kMaxWorkers), next_seq_(kMaxObjects, 1), held_back_(kMaxObjects) {}

RunTime RingMerger::to_run_time(std::uint64_t ticks) {
  const ArenaHeader& header = arena_.header();
  const std::uint32_t count = header.clock_segments.load(std::memory_order_acquire);
  const auto& segments = header.segments;
  while (segment_ + 1 < count && segments[segment_ + 1].ticks <= ticks)
    ++segment_;
  const std::uint32_t first = header.first_segment.load(std::memory_order_acquire);
  segment_ = std::max(segment_, first);
  std::uint32_t at = segment_;
  while (at > first && segments[at].ticks > ticks)
    --at;
  const ClockSegment& segment = segments[at];
  const auto since = static_cast<std::int64_t>(ticks - segment.ticks);
  return segment.run_ns +
         static_cast<RunTime>(static_cast<double>(std::max<std::int64_t>(since, 0)) * segment.rate);
}

std::uint64_t RingMerger::watermark() const {
  const StepControl& step = arena_.header().step;
  const bool stepped = step.stepped.load(std::memory_order_acquire) != 0;
  if (!stepped || step.halted.load(std::memory_order_acquire) != Halt::none) {
    return std::numeric_limits<std::uint64_t>::max();
  }
  const std::uint32_t steps = step.steps.load(std::memory_order_acquire);
  return std::uint64_t{steps == 0 ? 0 : steps - 1} * static_cast<std::uint64_t>(kStepTime);
}

void RingMerger::collect(WorkerId worker) {
  RingCursor& cursor = arena_.worker(worker).ring;
  const std::uint64_t head = cursor.head.load(std::memory_order_acquire);
  const std::uint64_t tail = cursor.tail.load(std::memory_order_relaxed);
  if (head == tail) return;
  fill_ = std::max(fill_, static_cast<double>(head - tail) / static_cast<double>(kRingCapacity));
  Lane& lane = lanes_[worker];
  if (lane.empty()) {
    lane.events.clear();
    lane.next = 0;
  }
  const Event* ring = arena_.ring(worker);
  const std::size_t first = tail & (kRingCapacity - 1);
  const std::size_t count = head - tail;
  const std::size_t straight = std::min(count, kRingCapacity - first);
  lane.events.insert(lane.events.end(), ring + first, ring + first + straight);
  lane.events.insert(lane.events.end(), ring, ring + (count - straight));
  cursor.tail.store(head, std::memory_order_release);
  cursor.tail_word.fetch_add(1, std::memory_order_release);
  platform::futex_wake(cursor.tail_word);
}

void RingMerger::sort_in(WorkerId id) {
  const Lane& lane = lanes_[id];
  if (lane.empty() || lane.front().time >= limit_) return;
  if (is_next(lane.front())) {
    ready_.push_back({lane.front().time, id});
    std::push_heap(ready_.begin(), ready_.end(), std::greater<>());
  } else {
    held_back_[lane.front().object].insert(id);
  }
}

/// After an operation on an object: the lane that was held back for exactly this one.
void RingMerger::free_successor(const Event& event) {
  WorkerSet& held_back = held_back_[event.object];
  if (event.seq == 0 || held_back.empty()) return;
  WorkerId freed = kNoWorker;
  held_back.each([&](WorkerId id) {
    if (is_next(lanes_[id].front())) freed = id;
  });
  if (freed == kNoWorker) return;
  held_back.erase(freed);
  sort_in(freed);
}

void RingMerger::emit(const Event& event, std::vector<Event>& out) {
  if (event.seq != 0) next_seq_[event.object] = event.seq + 1;
  last_time_ = std::max(last_time_, static_cast<std::uint64_t>(to_run_time(event.time)));
  out.push_back(event);
  out.back().time = last_time_;
}

std::size_t RingMerger::merge(std::vector<Event>& out) {
  const std::size_t before = out.size();
  ready_.clear();
  std::fill(held_back_.begin(), held_back_.end(), WorkerSet{});
  const std::uint32_t workers = std::min<std::uint32_t>(arena_.worker_count(), kMaxWorkers);
  for (std::uint32_t id = 0; id < workers; ++id)
    sort_in(static_cast<WorkerId>(id));
  while (!ready_.empty()) {
    std::pop_heap(ready_.begin(), ready_.end(), std::greater<>());
    const WorkerId id = ready_.back().lane;
    ready_.pop_back();
    Lane& lane = lanes_[id];
    const auto is_still_first = [&] {
      return !lane.empty() && lane.front().time < limit_ && is_next(lane.front()) &&
             (ready_.empty() || lane.front().time <= ready_.front().time);
    };
    do {
      const Event& event = lane.front();
      ++lane.next;
      emit(event, out);
      free_successor(event);
    } while (is_still_first());
    sort_in(id);
  }
  return out.size() - before;
}

Event RingMerger::stamp_now(Event event) {
  last_time_ = std::max(last_time_, static_cast<std::uint64_t>(to_run_time(platform::ticks())));
  event.time = last_time_;
  return event;
}

std::size_t RingMerger::drain(std::vector<Event>& out) {
  fill_ = 0;
  limit_ = watermark();
  const std::uint32_t workers = std::min<std::uint32_t>(arena_.worker_count(), kMaxWorkers);
  // An event whose predecessor on the same object has not been taken in yet stays for the next drain.
  for (std::uint32_t id = workers; id-- > 0;)
    collect(static_cast<WorkerId>(id));
  return merge(out);
}

}  // namespace lockstep
