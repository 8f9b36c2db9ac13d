// Random legal traces: every kind of object and every way in which a worker can come, wait, go on and go.
#pragma once

#include <random>

#include "tests/trace/trace_builder.hpp"

namespace lockstep::test {

class RandomTrace {
 public:
  RandomTrace(std::uint32_t seed, int workers) : random_(seed) {
    for (int i = 0; i < workers; ++i) {
      workers_.push_back(t_.worker("", i % 3 == 2 ? WorkerKind::process : WorkerKind::thread));
    }
    lock_ = t_.lock();
    rlock_ = t_.rlock();
    semaphore_ = t_.semaphore(3);
    condition_ = t_.condition(lock_);
    flag_ = t_.object(ObjectKind::event, "", 1);
    barrier_ = t_.object(ObjectKind::barrier, "", 0, 3);
    queue_ = t_.queue(4);
    tasks_ = t_.object(ObjectKind::joinable_queue);
    shared_ = t_.shared(7);
    real_ = t_.object(ObjectInfo{
        .kind = ObjectKind::shared, .initial = Value::of_real(0.5).bits, .initial_type = ValueType::real});
    global_ = t_.object(ObjectKind::global, "", -3);
    file_ = t_.object(ObjectInfo{.kind = ObjectKind::file, .initial_type = ValueType::none});
    check_ = t_.object(ObjectKind::check);
    console_ = t_.object(ObjectKind::console);
    for (WorkerId w : workers_)
      locals_.push_back(t_.local(w));
  }

  /// Appends events until there are at least `events`.
  void grow(EventIndex events) {
    while (t_.size() < events)
      step();
  }
  TraceBuilder& builder() { return t_; }
  const TraceStore& store() const { return t_.store(); }
  std::int64_t below(std::int64_t n) {
    return std::uniform_int_distribution<std::int64_t>(0, n - 1)(random_);
  }

 private:
  bool chance(int percent) { return below(100) < percent; }

  void step() {
    t_.after_ns(next_distance());
    if (chance(30)) t_.line(static_cast<int>(below(40)));
    if (chance(1)) return sandbox_event();
    const auto pick = static_cast<std::size_t>(below(static_cast<std::int64_t>(workers_.size()) + 1));
    const WorkerId w = pick == workers_.size() ? kMainWorker : workers_[pick];
    switch (t_.store().worker_after(w, t_.size()).state) {
      case WorkerState::created: t_.start(kMainWorker, w); break;
      case WorkerState::ready: chance(3) ? t_.killed(w) : t_.begin(w); break;
      case WorkerState::sleeping:
        chance(2) ? t_.killed(w) : chance(10) ? t_.add(w, EventKind::stall) : t_.wake(w);
        break;
      case WorkerState::waiting: go_on(w); break;
      case WorkerState::running: act(w); break;
      default: break;
    }
  }

  RunTime next_distance() {
    if (chance(20)) return 0;
    if (chance(1)) return 3'000'000'000 + below(6'000'000'000);
    return chance(10) ? below(1'000'000) : below(2'000);
  }

  void sandbox_event() {
    const EventKind kinds[] = {EventKind::paused, EventKind::resumed, EventKind::speed};
    t_.add(kSandbox, kinds[below(3)]);
  }

  void act(WorkerId w) {
    if (w != kMainWorker && chance(1) && below(20) == 0) return leave(w);
    if (chance(30)) return block(w);
    if (chance(5)) {
      t_.sleep(w, below(100'000), chance(50) ? "making" : "");
      return;
    }
    operate(w, any_object());
  }

  void leave(WorkerId w) {
    if (chance(60)) {
      t_.end(w, below(3));
    } else if (chance(50)) {
      t_.killed(w, 11);
    } else {
      t_.cut_off(w);
    }
  }

  ObjectId any_object() {
    const ObjectId all[] = {lock_,   rlock_, semaphore_, condition_, flag_,  barrier_, queue_,     tasks_,
                            shared_, real_,  global_,    file_,      check_, console_, locals_[0], kNoObject};
    return all[below(std::size(all))];
  }

  void block(WorkerId w) {
    const ObjectId waitable[] = {
        lock_, rlock_, semaphore_, condition_, flag_, barrier_, queue_, tasks_, t_.object_of(workers_[0])};
    const ObjectId object = waitable[below(std::size(waitable))];
    const EventKind wants = chance(50) ? EventKind::acquire : EventKind::queue_join;
    if (object == condition_ && chance(80)) t_.cond_wait(w, condition_);
    t_.block(w, object, wants, chance(20));
  }

  /// A worker that waits does something: mostly what it waits for, sometimes not.
  void go_on(WorkerId w) {
    const WorkerView view = t_.store().worker_after(w, t_.size());
    if (chance(2) && w != kMainWorker) {
      chance(50) ? t_.killed(w) : t_.cut_off(w);
    } else if (chance(5)) {
      t_.add(w, EventKind::stall);
    } else if (chance(10)) {
      t_.timed_out(w, view.object, view.wants);
    } else if (chance(5)) {
      t_.raise(w, "BrokenBarrierError");
    } else if (chance(10)) {
      t_.block(w, chance(50) ? view.object : lock_, chance(80) ? view.wants : EventKind::queue_get);
    } else {
      operate(w, chance(90) ? view.object : any_object());
    }
  }

  void operate(WorkerId w, ObjectId o) {
    if (o == lock_ || o == rlock_) return use_lock(w, o);
    if (o == queue_ || o == tasks_) return use_queue(w, o);
    if (o == semaphore_) {
      chance(50) ? t_.sem_acquire(w, o) : t_.sem_release(w, o);
    } else if (o == condition_) {
      chance(50) ? t_.notify(w, o, below(3)) : t_.cond_resume(w, o);
    } else if (o == flag_) {
      const EventKind kinds[] = {EventKind::event_set, EventKind::event_clear, EventKind::event_wait,
                                 EventKind::event_is_set};
      t_.add(w, kinds[below(4)], o);
    } else if (o == barrier_) {
      chance(50) ? t_.arrive(w, o) : t_.pass(w, o);
    } else {
      use_value(w, o);
    }
  }

  void use_lock(WorkerId w, ObjectId o) {
    const ObjectView view = t_.store().object_after(o, t_.size());
    if (view.owner == kNoWorker || (o == rlock_ && view.owner == w && chance(50))) {
      t_.acquire(w, o);
    } else if (view.owner == w || chance(30)) {
      t_.release(w, o);  // a Lock may be released by another worker
    } else {
      t_.add(w, chance(50) ? EventKind::would_block : EventKind::locked, o);
    }
  }

  void use_queue(WorkerId w, ObjectId o) {
    const ObjectView view = t_.store().object_after(o, t_.size());
    if (view.count > 0 && chance(55)) {
      t_.get(w, o);
    } else if (o == tasks_ && view.unfinished > 0 && chance(40)) {
      t_.task_done(w, o);
    } else if (chance(10)) {
      t_.add(w, EventKind::queue_size, o, view.count);
    } else {
      chance(80) ? t_.put(w, o, below(100)) : t_.put(w, o, t_.text_value("item"));
    }
  }

  void use_value(WorkerId w, ObjectId o) {
    if (o == shared_) {
      t_.add(w, chance(50) ? EventKind::load : EventKind::add, o, Value::of_int(below(9) - 4));
    } else if (o == real_) {
      t_.add(w, EventKind::store, o, Value::of_real(static_cast<double>(below(100)) / 7.0));
    } else if (o == global_) {
      t_.add(w, EventKind::global_store, o, Value::of_int(below(3)));
    } else if (o == file_) {
      if (chance(30)) {
        t_.add(w, EventKind::file_truncate, o);
      } else {
        t_.add(w, chance(50) ? EventKind::file_append : EventKind::file_read, o, t_.text_value("text"));
      }
    } else if (o == check_) {
      t_.check(w, o, chance(90));
    } else if (o == console_) {
      t_.add(w, EventKind::print, o, t_.text_value("hello"));
    } else if (o == locals_[0]) {
      t_.local_set(w, o, chance(20) ? Value::nothing() : Value::of_int(below(5)));
    } else {
      t_.add(w, EventKind::choice, kNoObject, below(6));
    }
  }

  TraceBuilder t_;
  std::mt19937 random_;
  std::vector<WorkerId> workers_;
  std::vector<ObjectId> locals_;
  ObjectId lock_, rlock_, semaphore_, condition_, flag_, barrier_, queue_, tasks_, shared_, real_, global_,
      file_, check_, console_;
};

}  // namespace lockstep::test
