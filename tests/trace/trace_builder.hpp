// Writes traces by hand:
//
//   TraceBuilder t;
//   const WorkerId ada = t.running("Ada"), ben = t.running("Ben");
//   const ObjectId fork = t.lock("Fork");
//   t.line(12).acquire(ada, fork);
//   t.line(14).block(ben, fork, EventKind::acquire);
//   t.at(5'000).release(ada, fork);
//   t.acquire(ben, fork);                   // after a wait, made possible by the release
//   t.store().object_after(fork, t.size()).owner == ben
//
// Times rise by 1 µs an event unless at() or after_ns() says otherwise; sequence numbers, permits, depths and
// recursion counts are kept. An operation of a worker that waits for the object gets kAfterWait, and in extra
// the last operation of another worker that can have made it possible (woken_by() names another). What the
// store refuses is thrown as std::logic_error.
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <stdexcept>
#include <string>

#include "core/event/worker_state.hpp"
#include "core/trace/store.hpp"

namespace lockstep::test {

class TraceBuilder {
 public:
  /// With the main worker, which has begun at time 0.
  TraceBuilder() {
    store_.set_run({.scenario = "test", .variant = "default", .program_version = "test"});
    WorkerInfo main{.id = kMainWorker, .name = "main", .kind = WorkerKind::main, .pid = 1};
    store_.declare(main);
    workers_[kMainWorker] = main;
    time_ = -1'000;
    add(kMainWorker, EventKind::worker_begin);
  }

  // --- definitions ---

  /// A worker with its Thread or Process object, not started.
  WorkerId worker(std::string name = "", WorkerKind kind = WorkerKind::thread,
                  WorkerId parent = kMainWorker) {
    const auto id = static_cast<WorkerId>(workers_.size());
    if (name.empty()) name = "Worker " + std::to_string(id);
    const ObjectKind own = kind == WorkerKind::process ? ObjectKind::process : ObjectKind::thread;
    WorkerInfo info{
        .id = id, .name = name, .kind = kind, .parent = parent, .object = object(own, name), .pid = id + 1};
    store_.declare(info);
    workers_[id] = info;
    return id;
  }
  /// A worker that its parent has started and that has begun.
  WorkerId running(std::string name = "", WorkerKind kind = WorkerKind::thread,
                   WorkerId parent = kMainWorker) {
    const WorkerId id = worker(std::move(name), kind, parent);
    start(parent, id);
    begin(id);
    return id;
  }
  ObjectId object(ObjectInfo info) {
    info.id = static_cast<ObjectId>(objects_.size() + 1);
    if (info.name.empty()) info.name = std::string(name_of(info.kind)) + " " + std::to_string(info.id);
    objects_[info.id].count = info.initial;
    store_.declare(info);
    return info.id;
  }
  ObjectId object(ObjectKind kind, std::string name = "", std::int64_t initial = 0, std::int64_t limit = 0) {
    return object(ObjectInfo{.name = std::move(name), .kind = kind, .initial = initial, .limit = limit});
  }
  ObjectId lock(std::string name = "") { return object(ObjectKind::lock, std::move(name)); }
  ObjectId rlock(std::string name = "") { return object(ObjectKind::rlock, std::move(name)); }
  ObjectId semaphore(std::int64_t permits, std::string name = "") {
    return object(ObjectKind::semaphore, std::move(name), permits);
  }
  ObjectId condition(ObjectId lock, std::string name = "") {
    return object(ObjectInfo{.name = std::move(name), .kind = ObjectKind::condition, .related = lock});
  }
  ObjectId queue(std::int64_t limit = 0, std::string name = "") {
    return object(ObjectKind::queue, std::move(name), 0, limit);
  }
  ObjectId shared(std::int64_t initial = 0, std::string name = "") {
    return object(ObjectKind::shared, std::move(name), initial);
  }
  ObjectId local(WorkerId owner, std::string name = "") {
    return object(ObjectInfo{
        .name = std::move(name), .kind = ObjectKind::local, .initial_type = ValueType::none, .owner = owner});
  }
  TextId text(const std::string& text) {
    const auto [found, is_new] = texts_.try_emplace(text, static_cast<TextId>(texts_.size() + 1));
    if (is_new) store_.declare_text(found->second, text);
    return found->second;
  }
  Value text_value(const std::string& text) { return Value::of_text(this->text(text)); }

  // --- about the next events ---

  /// The next event happens at `time`.
  TraceBuilder& at(RunTime time) { return next_time_ = time, *this; }
  /// The next event happens `ns` after the last one.
  TraceBuilder& after_ns(RunTime ns) { return at(time_ + ns); }
  /// All events from here on stand in this line of "test.cpp"; 0 = unknown.
  TraceBuilder& line(int line) {
    site_ = static_cast<SiteId>(line);
    if (line > 0) store_.declare(SiteInfo{.id = site_, .file = "test.cpp", .function = "test", .line = line});
    return *this;
  }
  /// The next event was made possible by `event`.
  TraceBuilder& woken_by(EventIndex event) { return waker_ = store_[event].seq, *this; }

  // --- events; each returns the position of its event ---

  EventIndex add(Event event) {
    if (next_time_ < 0) next_time_ = time_ + 1'000;
    event.time = static_cast<std::uint64_t>(next_time_);
    if (event.site == 0) event.site = site_;
    if (event.object != kNoObject) event.seq = objects_[event.object].seq + 1;
    mark_after_wait(event);
    if (const auto fault = store_.append({&event, 1})) throw std::logic_error(*fault);
    time_ = next_time_;
    next_time_ = -1;
    waker_ = 0;
    if (event.object != kNoObject) {
      objects_[event.object].seq = event.seq;
      if (can_enable(event.kind)) objects_[event.object].enabler = {event.seq, event.worker};
    }
    if (event.worker < kMaxWorkers) note_wait(event);
    return store_.size() - 1;
  }
  EventIndex add(WorkerId worker, EventKind kind, ObjectId object = kNoObject, std::int64_t arg = 0) {
    return add(Event{.arg = arg, .worker = worker, .object = object, .kind = kind});
  }
  EventIndex add(WorkerId worker, EventKind kind, ObjectId object, Value value) {
    return add(Event{.arg = value.bits,
                     .worker = worker,
                     .object = object,
                     .kind = kind,
                     .flags = static_cast<std::uint8_t>(value.type)});
  }

  EventIndex start(WorkerId parent, WorkerId child) {
    return add(parent, EventKind::worker_start, object_of(child), child);
  }
  EventIndex begin(WorkerId worker) { return add(worker, EventKind::worker_begin, object_of(worker)); }
  EventIndex end(WorkerId worker, std::int64_t code = 0) {
    return add(worker, EventKind::worker_end, object_of(worker), code);
  }
  EventIndex killed(WorkerId worker, int signal = 9) {
    return add(worker, EventKind::worker_killed, object_of(worker), signal);
  }
  EventIndex cut_off(WorkerId worker) { return add(worker, EventKind::worker_cut_off, object_of(worker)); }
  EventIndex join(WorkerId worker, WorkerId target) {
    return add(worker, EventKind::join, object_of(target), target);
  }

  EventIndex block(WorkerId worker, ObjectId object, EventKind wants, bool timed = false) {
    return add(Event{.arg = static_cast<std::int64_t>(wants),
                     .worker = worker,
                     .object = object,
                     .kind = EventKind::block,
                     .flags = timed ? event_flag::kTimed : std::uint8_t{0}});
  }
  EventIndex block_join(WorkerId worker, WorkerId target) {
    return block(worker, object_of(target), EventKind::join);
  }
  EventIndex timed_out(WorkerId worker, ObjectId object, EventKind wants) {
    return add(worker, EventKind::timed_out, object, static_cast<std::int64_t>(wants));
  }
  EventIndex sleep(WorkerId worker, RunTime ns, const std::string& activity = "") {
    return add(Event{.arg = ns,
                     .extra = activity.empty() ? 0 : text(activity),
                     .worker = worker,
                     .kind = EventKind::sleep_begin});
  }
  EventIndex wake(WorkerId worker) { return add(worker, EventKind::sleep_end); }

  EventIndex acquire(WorkerId worker, ObjectId lock) {
    return add(worker, EventKind::acquire, lock, ++objects_[lock].count);
  }
  EventIndex release(WorkerId worker, ObjectId lock) {
    return add(worker, EventKind::release, lock, --objects_[lock].count);
  }
  EventIndex sem_acquire(WorkerId worker, ObjectId semaphore) {
    return add(worker, EventKind::sem_acquire, semaphore, --objects_[semaphore].count);
  }
  EventIndex sem_release(WorkerId worker, ObjectId semaphore) {
    return add(worker, EventKind::sem_release, semaphore, ++objects_[semaphore].count);
  }
  /// Joins the waiters of the condition; the lock is released and the worker blocks by events of their own.
  EventIndex cond_wait(WorkerId worker, ObjectId condition) {
    return add(worker, EventKind::cond_wait, condition, ++objects_[condition].count);
  }
  EventIndex cond_resume(WorkerId worker, ObjectId condition) {
    return add(worker, EventKind::cond_resume, condition, objects_[condition].count);
  }
  EventIndex notify(WorkerId worker, ObjectId condition, std::int64_t n = 1) {
    const std::int64_t woken = std::min(n, objects_[condition].count);
    objects_[condition].count -= woken;
    return add(worker, EventKind::notify, condition, woken);
  }
  EventIndex set(WorkerId worker, ObjectId event) { return add(worker, EventKind::event_set, event); }
  EventIndex clear(WorkerId worker, ObjectId event) { return add(worker, EventKind::event_clear, event); }
  EventIndex event_wait(WorkerId worker, ObjectId event) { return add(worker, EventKind::event_wait, event); }
  EventIndex arrive(WorkerId worker, ObjectId barrier) {
    return add(worker, EventKind::barrier_arrive, barrier, ++objects_[barrier].count);
  }
  EventIndex pass(WorkerId worker, ObjectId barrier) {
    return add(worker, EventKind::barrier_pass, barrier, --objects_[barrier].count);
  }

  EventIndex put(WorkerId worker, ObjectId queue, Value item) {
    objects_[queue].items.push_back(item);
    ++objects_[queue].unfinished;
    return add(worker, EventKind::queue_put, queue, item);
  }
  EventIndex put(WorkerId worker, ObjectId queue, std::int64_t item) {
    return put(worker, queue, Value::of_int(item));
  }
  /// Takes the oldest item.
  EventIndex get(WorkerId worker, ObjectId queue) {
    if (objects_[queue].items.empty()) throw std::logic_error("get from an empty queue");
    const Value item = objects_[queue].items.front();
    objects_[queue].items.pop_front();
    return add(worker, EventKind::queue_get, queue, item);
  }
  EventIndex task_done(WorkerId worker, ObjectId queue) {
    return add(worker, EventKind::queue_task_done, queue, --objects_[queue].unfinished);
  }

  EventIndex load(WorkerId worker, ObjectId shared, std::int64_t value) {
    return add(worker, EventKind::load, shared, Value::of_int(value));
  }
  EventIndex store(WorkerId worker, ObjectId shared, std::int64_t value) {
    return add(worker, EventKind::store, shared, Value::of_int(value));
  }
  EventIndex local_set(WorkerId worker, ObjectId local, Value value) {
    return add(worker, EventKind::local_set, local, value);
  }
  EventIndex print(WorkerId worker, const std::string& line) {
    return add(worker, EventKind::print, kNoObject, text_value(line));
  }
  EventIndex raise(WorkerId worker, const std::string& error) {
    return add(worker, EventKind::raise, kNoObject, text_value(error));
  }
  EventIndex check(WorkerId worker, ObjectId check, bool held) {
    return add(worker, EventKind::check, check, Value::of_bool(held));
  }

  // --- the result ---

  const TraceStore& store() const { return store_; }
  TraceStore& store() { return store_; }
  /// Leaves the builder unusable.
  TraceStore take() { return std::move(store_); }
  EventIndex size() const { return store_.size(); }
  EventIndex last() const { return store_.size() - 1; }
  RunTime time() const { return time_; }
  ObjectId object_of(WorkerId worker) const { return workers_.at(worker).object; }

 private:
  struct Enabler {
    std::uint32_t seq = 0;
    WorkerId worker = kNoWorker;
  };
  struct ObjectBook {
    std::uint32_t seq = 0;
    std::int64_t count = 0;
    std::int64_t unfinished = 0;
    std::deque<Value> items;
    Enabler enabler;
  };

  static bool can_enable(EventKind kind) {
    switch (kind) {
      case EventKind::release:
      case EventKind::sem_release:
      case EventKind::notify:
      case EventKind::event_set:
      case EventKind::barrier_arrive:
      case EventKind::barrier_reset:
      case EventKind::barrier_abort:
      case EventKind::queue_put:
      case EventKind::queue_get:
      case EventKind::queue_task_done:
      case EventKind::worker_end:
      case EventKind::worker_killed:
      case EventKind::worker_cut_off: return true;
      default: return false;
    }
  }
  static bool can_follow_a_wait(EventKind kind) {
    switch (kind) {
      case EventKind::block:
      case EventKind::timed_out:
      case EventKind::stall:
      case EventKind::worker_killed:
      case EventKind::worker_cut_off: return false;
      default: return true;
    }
  }
  void mark_after_wait(Event& event) {
    const auto wait = waits_.find(event.worker);
    const bool waited = wait != waits_.end() && wait->second == event.object && can_follow_a_wait(event.kind);
    if (waker_ == 0 && (!waited || event.object == kNoObject)) return;
    event.flags = static_cast<std::uint8_t>(event.flags | event_flag::kAfterWait);
    const Enabler& enabler = objects_[event.object].enabler;
    event.extra = waker_ != 0 ? waker_ : enabler.worker != event.worker ? enabler.seq : 0;
  }
  void note_wait(const Event& event) {
    if (event.kind == EventKind::block) {
      waits_[event.worker] = event.object;
    } else if (event.kind != EventKind::stall) {
      waits_.erase(event.worker);
    }
  }

  TraceStore store_;
  std::map<WorkerId, WorkerInfo> workers_;
  std::map<ObjectId, ObjectBook> objects_;
  std::map<std::string, TextId> texts_;
  std::map<WorkerId, ObjectId> waits_;
  RunTime time_ = 0;
  RunTime next_time_ = -1;
  SiteId site_ = 0;
  std::uint32_t waker_ = 0;
};

}  // namespace lockstep::test
