#include "core/trace/object_track.hpp"

#include <cmath>

namespace lockstep {
namespace {

constexpr std::int64_t kMostCount = std::numeric_limits<std::int32_t>::max();

/// Of a value that is a number; 0 of the others.
std::int64_t rounded(Value value) {
  switch (value.type) {
    case ValueType::integer:
    case ValueType::boolean: return value.bits;
    case ValueType::text:
    case ValueType::none: return 0;
    case ValueType::real: break;
  }
  const double real = value.as_real();
  if (std::isnan(real)) return 0;
  constexpr double kLimit = 9.2e18;
  return static_cast<std::int64_t>(std::clamp(std::round(real), -kLimit, kLimit));
}

}  // namespace

ObjectFamily family_of(ObjectKind kind) noexcept {
  switch (kind) {
    case ObjectKind::lock:
    case ObjectKind::rlock: return ObjectFamily::lock;
    case ObjectKind::semaphore:
    case ObjectKind::bounded_semaphore:
    case ObjectKind::condition:
    case ObjectKind::event:
    case ObjectKind::barrier: return ObjectFamily::counter;
    case ObjectKind::queue:
    case ObjectKind::joinable_queue:
    case ObjectKind::pipe:
    case ObjectKind::socket:
    case ObjectKind::pool: return ObjectFamily::queue;
    case ObjectKind::shared:
    case ObjectKind::local:
    case ObjectKind::global:
    case ObjectKind::file:
    case ObjectKind::check:
    case ObjectKind::future:
    case ObjectKind::managed: return ObjectFamily::value;
    case ObjectKind::none:
    case ObjectKind::thread:
    case ObjectKind::process:
    case ObjectKind::console: break;
  }
  return ObjectFamily::plain;
}

bool puts_an_item(EventKind kind) noexcept {
  return kind == EventKind::queue_put || kind == EventKind::pipe_send || kind == EventKind::pool_submit ||
         kind == EventKind::socket_connect;
}

bool takes_an_item(const Event& event) noexcept {
  switch (event.kind) {
    case EventKind::queue_get:
    case EventKind::socket_accept: return true;
    case EventKind::pipe_recv:
    case EventKind::pool_take: return !event.has(event_flag::kEnd) && !event.has(event_flag::kPart);
    default: return false;
  }
}

ObjectNow initial_state(const ObjectInfo& info) noexcept {
  ObjectNow now;
  switch (info.kind) {
    case ObjectKind::semaphore:
    case ObjectKind::bounded_semaphore: now.count = info.initial; break;
    case ObjectKind::event: now.count = info.initial != 0 ? 1 : 0; break;
    case ObjectKind::managed:
    case ObjectKind::file: now.has_value = info.initial_type != ValueType::none; break;
    case ObjectKind::shared:
    case ObjectKind::global: now.has_value = true; break;
    default: break;
  }
  if (now.has_value) now.value = {info.initial_type, info.initial};
  return now;
}

ObjectTrack::ObjectTrack(const ObjectInfo& info)
    : kind_(info.kind), family_(family_of(info.kind)), initial_(initial_state(info)), now_(initial_) {}

void ObjectTrack::push_back(EventIndex index, const Event& event, int waiters_change) {
  const ObjectNow before = now_;
  apply(event);
  now_.waiters = static_cast<std::uint16_t>(now_.waiters + waiters_change);
  if (family_ == ObjectFamily::queue) {
    puts_.push_back(puts_an_item(event.kind));
    if (kind_ == ObjectKind::joinable_queue) dones_.push_back(event.kind == EventKind::queue_task_done);
  }
  push_row(index, static_cast<RunTime>(event.time), true, before);
}

void ObjectTrack::push_leave(EventIndex index, RunTime time) {
  const ObjectNow before = now_;
  --now_.waiters;
  if (family_ == ObjectFamily::queue) {
    puts_.push_back(false);
    if (kind_ == ObjectKind::joinable_queue) dones_.push_back(false);
  }
  push_row(index, time, false, before);
}

void ObjectTrack::apply(const Event& event) {
  switch (family_) {
    case ObjectFamily::plain: break;
    case ObjectFamily::lock: apply_lock(event); break;
    case ObjectFamily::counter: apply_counter(event); break;
    case ObjectFamily::queue: apply_queue(event); break;
    case ObjectFamily::value: apply_value(event); break;
  }
}

void ObjectTrack::apply_lock(const Event& event) {
  if (event.kind == EventKind::acquire) {
    now_.owner = event.worker;
    now_.count = event.arg;
  } else if (event.kind == EventKind::release) {
    now_.count = event.arg;
    if (event.arg <= 0) now_.owner = kNoWorker;
  }
}

void ObjectTrack::apply_counter(const Event& event) {
  const auto leave = [this](std::int64_t n) {
    if (n > 0) now_.count = n < now_.count ? now_.count - n : 0;
  };
  switch (event.kind) {
    case EventKind::sem_acquire:
    case EventKind::sem_release:
    case EventKind::cond_wait:
    case EventKind::cond_resume:
    case EventKind::barrier_arrive: now_.count = event.arg; break;
    case EventKind::event_set: now_.count = 1; break;
    case EventKind::event_clear: now_.count = 0; break;
    case EventKind::notify: leave(event.arg); break;
    case EventKind::barrier_pass: leave(1); break;
    case EventKind::timed_out:
    case EventKind::would_block:  // a wait of no time
      // At a barrier, whoever gave up before it could enter was not inside.
      if (kind_ == ObjectKind::condition) leave(1);
      if (kind_ == ObjectKind::barrier && static_cast<EventKind>(event.arg) == EventKind::barrier_pass)
        leave(1);
      break;
    default: break;
  }
}

void ObjectTrack::apply_queue(const Event& event) {
  if (puts_an_item(event.kind)) {
    ++now_.count;
  } else if (takes_an_item(event) && now_.count > 0) {
    --now_.count;
  } else if (event.kind == EventKind::pool_terminate || event.kind == EventKind::socket_close) {
    now_.count = 0;
  }
}

void ObjectTrack::apply_value(const Event& event) {
  switch (event.kind) {
    case EventKind::load:
    case EventKind::store:
    case EventKind::add:
    case EventKind::local_set:
    case EventKind::global_load:
    case EventKind::global_store:
    case EventKind::file_read:
    case EventKind::file_write:
    case EventKind::file_append:
    case EventKind::check:
    case EventKind::future_set: now_.value = event.value(); break;
    case EventKind::managed_call: now_.value = Value::of_text(static_cast<TextId>(event.arg)); break;
    case EventKind::file_truncate: now_.value = Value::of_text(0); break;
    default: return;
  }
  now_.has_value = true;
}

std::int64_t ObjectTrack::number_of(const ObjectNow& state) const {
  return family_ == ObjectFamily::value ? rounded(state.value) : state.count;
}

void ObjectTrack::push_row(EventIndex index, RunTime time, bool own, const ObjectNow& before) {
  const std::int64_t number = number_of(now_);
  rows_.push_back(index, time, own);
  meta_.push_back(static_cast<std::uint16_t>(now_.waiters |
                                             static_cast<unsigned>(now_.value.type) << kTypeShift |
                                             (now_.has_value ? kHasValue : 0U)));
  if (family_ == ObjectFamily::plain) return;
  number_begins_.push_back(number != number_of(before) || now_.has_value != before.has_value);
  if (family_ == ObjectFamily::value) {
    values_.push_back(now_.value.bits);
    value_extremes_.push_back({number, number});
    return;
  }
  const auto count = static_cast<std::int32_t>(std::clamp(number, -kMostCount, kMostCount));
  counts_.push_back(count);
  count_extremes_.push_back({count, count});
  if (family_ != ObjectFamily::lock) return;
  const bool new_owner = now_.owner != before.owner;
  owners_.push_back(now_.owner);
  owner_begins_.push_back(new_owner);
  taken_.push_back(new_owner && now_.owner != kNoWorker);
  owner_extremes_.push_back(now_.owner == kNoWorker ? MinMax<WorkerId>{}
                                                    : MinMax<WorkerId>{now_.owner, now_.owner});
}

ObjectNow ObjectTrack::after(std::size_t rows) const {
  if (rows == 0) return initial_;
  const std::size_t row = rows - 1;
  ObjectNow now;
  now.waiters = waiters(row);
  if (family_ == ObjectFamily::value) {
    now.has_value = (meta_[row] & kHasValue) != 0;
    now.value = {static_cast<ValueType>(meta_[row] >> kTypeShift & 7U), values_[row]};
  } else if (family_ != ObjectFamily::plain) {
    now.count = counts_[row];
  }
  if (family_ == ObjectFamily::lock) now.owner = owners_[row];
  return now;
}

std::int64_t ObjectTrack::number(std::size_t row) const {
  if (family_ == ObjectFamily::plain) return 0;
  return family_ == ObjectFamily::value ? rounded(after(row + 1).value) : counts_[row];
}

std::int64_t ObjectTrack::unfinished(std::size_t rows) const {
  if (kind_ != ObjectKind::joinable_queue) return 0;
  return std::max<std::int64_t>(0, std::int64_t{puts_.rank(rows)} - std::int64_t{dones_.rank(rows)});
}

MinMax<std::int64_t> ObjectTrack::numbers(std::size_t low, std::size_t high) const {
  if (family_ == ObjectFamily::value) {
    return value_extremes_.of(low, high, [this](auto& sum, std::size_t row) { sum.add(number(row)); });
  }
  const auto counts =
      count_extremes_.of(low, high, [this](auto& sum, std::size_t row) { sum.add(counts_[row]); });
  return {counts.min, counts.max};
}

MinMax<WorkerId> ObjectTrack::owners_between(std::size_t low, std::size_t high) const {
  return owner_extremes_.of(low, high, [this](auto& sum, std::size_t row) {
    if (owners_[row] != kNoWorker) sum.add(owners_[row]);
  });
}

std::size_t ObjectTrack::memory_bytes() const {
  return sizeof(*this) + rows_.memory_bytes() + meta_.memory_bytes() + counts_.memory_bytes() +
         values_.memory_bytes() + owners_.memory_bytes() + owner_begins_.memory_bytes() +
         taken_.memory_bytes() + puts_.memory_bytes() + dones_.memory_bytes() +
         number_begins_.memory_bytes() + count_extremes_.memory_bytes() + value_extremes_.memory_bytes() +
         owner_extremes_.memory_bytes();
}

}  // namespace lockstep
