#include "core/trace/event_track.hpp"

namespace lockstep {

void EventTrack::push_back(EventIndex event, RunTime time, bool own) {
  const std::size_t row = events_.size();
  if (!own) foreign_.push_back(static_cast<std::uint32_t>(row));
  if (row % kGroup == 0) {
    bases_.push_back(time);
    heads_.push_back(event);
  }
  const RunTime offset = time - bases_.back();
  assert(offset >= 0);
  if (offset < kFar) {
    offsets_.push_back(static_cast<std::uint32_t>(offset));
  } else {
    offsets_.push_back(kFar);
    far_.push_back({static_cast<std::uint32_t>(row), time});
  }
  events_.push_back(event);
}

std::size_t EventTrack::own_row(std::size_t i) const {
  // Before own event i lie as many foreign rows as have at most i own ones before them.
  return i + bisect(foreign_.size(), [&](std::size_t k) { return foreign_[k] - k > i; });
}

std::size_t EventTrack::own_row_before(std::size_t row) const {
  auto foreign = std::lower_bound(foreign_.begin(), foreign_.end(), row);
  while (row > 0 && foreign != foreign_.begin() && *std::prev(foreign) == row - 1) {
    --row;
    --foreign;
  }
  return row == 0 ? size() : row - 1;
}

RunTime EventTrack::far_time(std::size_t row) const {
  const auto at = std::lower_bound(far_.begin(), far_.end(), row,
                                   [](const FarRow& far, std::size_t wanted) { return far.row < wanted; });
  return at->time;
}

std::size_t EventTrack::first_in_group(std::size_t group, RunTime time) const {
  const std::size_t first = group * kGroup;
  const std::size_t count = std::min(kGroup, size() - first);
  const RunTime wanted = time - bases_[group];
  if (wanted <= kFar) {  // far rows count as later, which they are
    const std::uint32_t* offsets = offsets_.from(first);
    return first + bisect(count, [&](std::size_t i) { return offsets[i] >= wanted; });
  }
  return first + bisect(count, [&](std::size_t i) { return this->time(first + i) >= time; });
}

std::size_t EventTrack::first_at(AxisTag<Axis::time>, RunTime position, std::size_t from) const {
  if (from >= size()) return size();
  const std::size_t next =
      gallop(from / kGroup + 1, bases_.size(), [&](std::size_t i) { return bases_[i] >= position; });
  return std::max(from, first_in_group(next - 1, position));
}

std::size_t EventTrack::first_at(AxisTag<Axis::events>, RunTime position, std::size_t from) const {
  if (from >= size()) return size();
  const std::size_t next =
      gallop(from / kGroup + 1, heads_.size(), [&](std::size_t i) { return RunTime{heads_[i]} >= position; });
  const std::size_t first = (next - 1) * kGroup;
  const EventIndex* events = events_.from(first);
  const std::size_t count = std::min(kGroup, size() - first);
  return std::max(from, first + bisect(count, [&](std::size_t i) { return RunTime{events[i]} >= position; }));
}

std::size_t EventTrack::rows_before(EventIndex event) const {
  const std::size_t next = bisect(heads_.size(), [&](std::size_t i) { return heads_[i] >= event; });
  if (next == 0) return 0;
  const std::size_t first = (next - 1) * kGroup;
  const EventIndex* events = events_.from(first);
  const std::size_t count = std::min(kGroup, size() - first);
  return first + bisect(count, [&](std::size_t i) { return events[i] >= event; });
}

std::size_t EventTrack::memory_bytes() const {
  return events_.memory_bytes() + offsets_.memory_bytes() + bases_.memory_bytes() + heads_.memory_bytes() +
         far_.capacity() * sizeof(FarRow) + foreign_.capacity() * sizeof(foreign_[0]);
}

}  // namespace lockstep
