// Random programs that keep all rules of the primitives, run one event at a time; and beside each, by brute
// force, who can ever move again. Written from ARCHITECTURE.md ("Exactness") and kinds.def, not from the
// analysis.
#pragma once

#include <algorithm>
#include <deque>
#include <optional>
#include <random>
#include <set>

#include "tests/analysis/tools.hpp"

namespace lockstep::test {

class RandomProgram {
 public:
  /// With kills, workers terminate processes, or processes are killed from outside.
  RandomProgram(std::uint32_t seed, int workers, int budget, bool kills) : random_(seed), kills_(kills) {
    // Different programs use different primitives: with all of them, somebody can always move.
    for (int& weight : weights_)
      weight = static_cast<int>(below(3));
    make_objects();
    add_worker(kMainWorker, budget);
    for (int i = 0; i < workers; ++i) {
      const bool process = below(3) == 0;
      const WorkerId id = t.worker("", process ? WorkerKind::process : WorkerKind::thread);
      if (below(3) == 0) make_daemon(t, id);
      add_worker(id, 1 + static_cast<int>(below(budget)));
    }
    me(kMainWorker).phase = Phase::running;
    for (WorkerId id = 1; id < workers_.size(); ++id) {
      me(kMainWorker).script.push_back({EventKind::worker_start, t.object_of(id), id});
    }
  }

  /// Appends one event of some worker; false if nobody can do anything.
  bool step() {
    std::vector<WorkerId> order(workers_.size());
    for (WorkerId id = 0; id < order.size(); ++id)
      order[id] = id;
    std::shuffle(order.begin(), order.end(), random_);
    return std::any_of(order.begin(), order.end(), [&](WorkerId id) { return act(id); });
  }

  /// By the definition, computed from nothing: the complement of the least fixpoint, ended workers left out.
  std::set<WorkerId> hopeless() const {
    std::set<WorkerId> can_move;
    for (bool grown = true; grown;) {
      grown = false;
      for (WorkerId id = 0; id < workers_.size(); ++id) {
        if (can_move.contains(id) || !is_alive(id)) continue;
        if (!is_ready_now(id) && !has_hope(id, can_move)) continue;
        can_move.insert(id);
        grown = true;
      }
    }
    std::set<WorkerId> result;
    for (WorkerId id = 0; id < workers_.size(); ++id) {
      if (is_alive(id) && !can_move.contains(id)) result.insert(id);
    }
    return result;
  }

  /// The workers of each cycle of waits for locks and joins that nothing can undo.
  std::set<std::set<WorkerId>> cycles() const {
    std::set<std::set<WorkerId>> result;
    const std::set<WorkerId> stuck = hopeless();
    for (const WorkerId start : stuck) {
      std::set<WorkerId> seen;
      std::optional<WorkerId> at = start;
      while (at && stuck.contains(*at) && seen.insert(*at).second)
        at = depends_on(*at);
      if (at == start) result.insert(seen);
    }
    return result;
  }

  bool holds_program_open(WorkerId id) const { return !t.store().workers()[id].daemon; }
  bool is_waiting(WorkerId id) const { return workers_[id].phase == Phase::waiting; }

  TraceBuilder t;

 private:
  enum class Phase { unseen, ready, running, waiting, sleeping, ended };
  struct Step {
    EventKind kind = EventKind::worker_begin;
    ObjectId object = kNoObject;
    std::int64_t arg = 0;
  };
  struct Worker {
    Phase phase = Phase::unseen;
    std::deque<Step> script;  ///< what it does next; while it waits, the first is what it waits for
    bool timed = false;
    bool doomed = false;
    bool leaving = false;
    int budget = 0;
    std::vector<ObjectId> held;
  };
  struct State {
    ObjectKind kind = ObjectKind::none;
    WorkerId owner = kNoWorker;
    std::int64_t count = 0, levels = 0, unfinished = 0, limit = 0;
    std::set<WorkerId> asleep, chosen;
    bool broken = false, draining = false, resetting = false;
  };

  std::int64_t below(std::int64_t n) {
    return std::uniform_int_distribution<std::int64_t>(0, n - 1)(random_);
  }
  Worker& me(WorkerId id) { return workers_[id]; }
  State& at(ObjectId id) { return states_[id]; }
  const State& at(ObjectId id) const { return states_.at(id); }
  bool is_alive(WorkerId id) const {
    return workers_[id].phase != Phase::unseen && workers_[id].phase != Phase::ended;
  }
  bool is_process(WorkerId id) const { return t.store().workers()[id].kind == WorkerKind::process; }

  void make_objects() {
    states_[kNoObject] = {};
    const auto add = [&](ObjectKind kind, std::int64_t initial = 0, std::int64_t limit = 0,
                         ObjectId related = 0) {
      const ObjectId id =
          t.object(ObjectInfo{.kind = kind, .initial = initial, .limit = limit, .related = related});
      states_[id].kind = kind;
      states_[id].limit = limit;
      states_[id].count = initial;
      return id;
    };
    locks_ = {add(ObjectKind::lock), add(ObjectKind::lock), add(ObjectKind::rlock)};
    semaphore_ = add(ObjectKind::semaphore, below(3));
    condition_ = add(ObjectKind::condition, 0, 0, locks_[0]);
    flag_ = add(ObjectKind::event, below(2));
    barrier_ = add(ObjectKind::barrier, 0, 2 + below(2));
    queue_ = add(ObjectKind::queue, 0, 1 + below(2));
    tasks_ = add(ObjectKind::joinable_queue);
  }

  void add_worker(WorkerId id, int budget) {
    workers_.resize(id + 1U);
    workers_[id].budget = budget;
    if (t.object_of(id) != kNoObject) states_[t.object_of(id)].kind = ObjectKind::thread;
  }

  // --- what is possible, and who could make it possible ---

  bool possible(WorkerId id, const Step& step) const {
    const State& object = at(step.object);
    switch (step.kind) {
      case EventKind::acquire:
        return object.owner == kNoWorker || (object.kind == ObjectKind::rlock && object.owner == id);
      case EventKind::sem_acquire: return object.count > 0;
      case EventKind::cond_resume: return object.chosen.contains(id);
      case EventKind::event_wait: return object.count > 0 || object.chosen.contains(id);
      case EventKind::barrier_arrive: return object.broken || (!object.draining && !object.resetting);
      case EventKind::barrier_pass: return object.chosen.contains(id) || object.broken || object.resetting;
      case EventKind::queue_put: return object.limit == 0 || object.count < object.limit;
      case EventKind::queue_get: return object.count > 0;
      case EventKind::queue_join: return object.unfinished == 0;
      case EventKind::join: return workers_[static_cast<WorkerId>(step.arg)].phase == Phase::ended;
      default: return true;
    }
  }
  bool is_ready_now(WorkerId id) const {
    const Worker& worker = workers_[id];
    return worker.phase != Phase::waiting || worker.timed || worker.doomed ||
           possible(id, worker.script.front());
  }
  std::optional<WorkerId> depends_on(WorkerId id) const {
    const Step& step = workers_[id].script.front();
    if (workers_[id].phase != Phase::waiting) return std::nullopt;
    if (step.kind == EventKind::acquire) return at(step.object).owner;
    if (step.kind == EventKind::join) return static_cast<WorkerId>(step.arg);
    return std::nullopt;
  }
  bool has_hope(WorkerId id, const std::set<WorkerId>& can_move) const {
    const auto other = depends_on(id);
    return other ? can_move.contains(*other) : !can_move.empty();
  }

  // --- acting ---

  bool act(WorkerId id) {
    Worker& worker = me(id);
    if (!is_alive(id)) return false;
    if (worker.doomed && below(6) == 0) return die(id, true);
    switch (worker.phase) {
      case Phase::ready:
        worker.phase = Phase::running;
        t.begin(id);
        return true;
      case Phase::sleeping:
        worker.phase = Phase::running;
        t.wake(id);
        return true;
      case Phase::waiting:
        if (possible(id, worker.script.front())) return perform(id);
        return worker.timed && below(4) == 0 ? time_out(id) : false;
      case Phase::running:
        if (worker.script.empty()) plan(id);
        return perform(id);
      default: return false;
    }
  }

  bool die(WorkerId id, bool kill) {
    if (id == kMainWorker) return false;
    me(id).phase = Phase::ended;
    kill ? t.killed(id) : t.cut_off(id);
    return true;
  }

  bool time_out(WorkerId id) {
    const Step step = me(id).script.front();
    me(id).script.pop_front();
    me(id).phase = Phase::running;
    State& object = at(step.object);
    t.timed_out(id, step.object, step.kind);
    object.asleep.erase(id);
    if (step.kind == EventKind::barrier_pass) {
      --object.count;
      object.broken = true;
    }
    if (step.kind == EventKind::barrier_arrive) me(id).script.clear();
    return true;
  }

  bool perform(WorkerId id) {
    Worker& worker = me(id);
    const Step step = worker.script.front();
    if (!possible(id, step)) {
      begin_wait(id, step);
      return true;
    }
    worker.script.pop_front();
    worker.phase = Phase::running;
    apply(id, step);
    return true;
  }

  void begin_wait(WorkerId id, const Step& step) {
    Worker& worker = me(id);
    const bool may_time_out = step.kind != EventKind::join && below(8) == 0;
    worker.phase = Phase::waiting;
    worker.timed = may_time_out && !(step.kind == EventKind::acquire && worker.script.size() > 1);
    t.block(id, step.object, step.kind, worker.timed);
    if (step.kind == EventKind::event_wait) at(step.object).asleep.insert(id);
    if (worker.leaving && is_process(static_cast<WorkerId>(step.arg))) doom_daemon_processes();
  }

  void doom_daemon_processes() {
    for (WorkerId id = 1; id < workers_.size(); ++id) {
      if (is_process(id) && !holds_program_open(id)) me(id).doomed = true;
    }
  }

  void plan(WorkerId id) {
    Worker& worker = me(id);
    if (worker.budget-- <= 0) return plan_end(id);
    switch (below(8)) {
      case 0: plan_lock(id, locks_[static_cast<std::size_t>(below(3))]); break;
      case 1:
        if (chosen(0))
          plan_lock(id, locks_[static_cast<std::size_t>(below(3))]);
        else
          worker.script = {{EventKind::sleep_begin, kNoObject, 0}};
        break;
      case 2:
        if (chosen(1))
          worker.script = {{below(2) == 0 ? EventKind::sem_acquire : EventKind::sem_release, semaphore_, 0}};
        break;
      case 3:
        if (chosen(2) && !is_process(id)) plan_condition(id);
        break;
      case 4: {
        const EventKind kinds[] = {EventKind::event_wait, EventKind::event_set, EventKind::event_clear};
        if (chosen(3)) worker.script = {{kinds[below(3)], flag_, 0}};
        break;
      }
      case 5:
        if (chosen(4))
          worker.script = {{EventKind::barrier_arrive, barrier_, 0}, {EventKind::barrier_pass, barrier_, 0}};
        break;
      case 6:
        if (chosen(5)) plan_queue(id);
        break;
      default: plan_others(id); break;
    }
    if (worker.script.empty()) worker.script = {{EventKind::print, kNoObject, 0}};
  }
  bool chosen(std::size_t primitive) { return below(2) < weights_[primitive]; }

  void plan_lock(WorkerId id, ObjectId lock) {
    Worker& worker = me(id);
    if (!worker.held.empty() && below(3) > 0) {
      worker.script = {{EventKind::release, worker.held.back(), 0}};
    } else {
      worker.script = {{EventKind::acquire, lock, 0}};
    }
  }

  void plan_condition(WorkerId id) {
    const State& lock = at(locks_[0]);
    if (lock.owner != id) {
      me(id).script = {{EventKind::acquire, locks_[0], 0}};
    } else if (below(2) == 0) {
      me(id).script = {{EventKind::notify, condition_, 1 + below(2)}, {EventKind::release, locks_[0], 0}};
    } else {
      me(id).script = {{EventKind::cond_wait, condition_, 0},
                       {EventKind::release, locks_[0], 0},
                       {EventKind::cond_resume, condition_, 0},
                       {EventKind::acquire, locks_[0], 0}};
    }
  }

  void plan_queue(WorkerId id) {
    const EventKind kinds[] = {EventKind::queue_put, EventKind::queue_get};
    if (below(2) == 0) {
      me(id).script = {{kinds[below(2)], queue_, 0}};
    } else if (at(tasks_).unfinished > at(tasks_).count && below(2) == 0) {
      me(id).script = {{EventKind::queue_task_done, tasks_, 0}};
    } else {
      me(id).script = {{below(6) == 0 ? EventKind::queue_join : kinds[below(2)], tasks_, 0}};
    }
  }

  void plan_others(WorkerId id) {
    const auto target = static_cast<WorkerId>(below(static_cast<std::int64_t>(workers_.size())));
    if (target == id || target == kMainWorker || workers_[target].phase == Phase::unseen) return;
    const bool kill = kills_ && below(4) == 0 && is_process(target) && is_alive(target);
    if (kill && below(2) == 0) {
      me(id).script = {{EventKind::terminate, t.object_of(target), target}};
    } else if (kill) {
      die(target, true);
    } else if (below(2) == 0) {
      me(id).script = {{EventKind::join, t.object_of(target), target}};
    }
  }

  void plan_end(WorkerId id) {
    Worker& worker = me(id);
    if (below(5) > 0) {
      for (const ObjectId lock : worker.held)
        worker.script.push_back({EventKind::release, lock, 0});
    }
    if (id == kMainWorker && !worker.leaving) {
      worker.script.push_back({EventKind::exit_wait, kNoObject, 0});
      for (const bool process : {false, true}) {
        for (WorkerId other = 1; other < workers_.size(); ++other) {
          if (is_process(other) == process && (process || holds_program_open(other))) {
            worker.script.push_back({EventKind::join, t.object_of(other), other});
          }
        }
      }
    }
    worker.script.push_back({EventKind::worker_end, t.object_of(id), 0});
  }

  // --- effects: random_program.cpp ---

  void apply(WorkerId id, const Step& step);
  /// The daemons are cut off one after the other; a cut-off before main has ended would be a lie.
  void end_program();
  void apply_sync(WorkerId id, const Step& step, State& object);
  static void choose_all(State& object);
  void notify(WorkerId id, const Step& step, State& object);
  void arrive(WorkerId id, const Step& step, State& object);
  void pass(WorkerId id, const Step& step, State& object);
  void apply_queue(WorkerId id, const Step& step, State& object);

  std::mt19937 random_;
  bool kills_;
  std::vector<Worker> workers_;
  std::map<ObjectId, State> states_;
  std::array<int, 6> weights_{};
  std::array<ObjectId, 3> locks_{};
  ObjectId semaphore_ = 0, condition_ = 0, flag_ = 0, barrier_ = 0, queue_ = 0, tasks_ = 0;
};

}  // namespace lockstep::test
