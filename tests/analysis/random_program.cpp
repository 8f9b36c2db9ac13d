// What the operations of random programs do.
#include "tests/analysis/random_program.hpp"

namespace lockstep::test {

void RandomProgram::apply(WorkerId id, const Step& step) {
  State& object = at(step.object);
  switch (step.kind) {
    case EventKind::worker_start:
      me(static_cast<WorkerId>(step.arg)).phase = Phase::ready;
      t.start(id, static_cast<WorkerId>(step.arg));
      break;
    case EventKind::worker_end:
      me(id).phase = Phase::ended;
      t.end(id);
      if (id == kMainWorker) end_program();
      break;
    case EventKind::exit_wait:
      me(id).leaving = true;
      t.add(id, EventKind::exit_wait);
      break;
    case EventKind::terminate:
      if (workers_[static_cast<WorkerId>(step.arg)].phase != Phase::ended) {
        me(static_cast<WorkerId>(step.arg)).doomed = true;
      }
      t.add(id, EventKind::terminate, step.object, step.arg);
      break;
    case EventKind::join: t.join(id, static_cast<WorkerId>(step.arg)); break;
    case EventKind::sleep_begin:
      me(id).phase = Phase::sleeping;
      t.sleep(id, 1000);
      break;
    case EventKind::print: t.print(id, "hello"); break;
    default: apply_sync(id, step, object);
  }
}

void RandomProgram::end_program() {
  for (WorkerId id = 1; id < workers_.size(); ++id) {
    if (is_alive(id) && !holds_program_open(id)) die(id, false);
  }
}

void RandomProgram::apply_sync(WorkerId id, const Step& step, State& object) {
  switch (step.kind) {
    case EventKind::acquire:
      object.owner = id;
      ++object.levels;
      me(id).held.push_back(step.object);
      t.acquire(id, step.object);
      break;
    case EventKind::release: {
      auto& held = me(id).held;
      held.erase(std::find(held.begin(), held.end(), step.object));
      if (--object.levels == 0) object.owner = kNoWorker;
      t.release(id, step.object);
      break;
    }
    case EventKind::sem_acquire:
      --object.count;
      t.sem_acquire(id, step.object);
      break;
    case EventKind::sem_release:
      ++object.count;
      t.sem_release(id, step.object);
      break;
    case EventKind::cond_wait:
      object.asleep.insert(id);
      t.cond_wait(id, step.object);
      break;
    case EventKind::cond_resume:
      object.chosen.erase(id);
      t.cond_resume(id, step.object);
      break;
    case EventKind::notify: notify(id, step, object); break;
    case EventKind::event_set:
      object.count = 1;
      choose_all(object);
      t.set(id, step.object);
      break;
    case EventKind::event_clear:
      object.count = 0;
      t.clear(id, step.object);
      break;
    case EventKind::event_wait:
      object.asleep.erase(id);
      object.chosen.erase(id);
      t.event_wait(id, step.object);
      break;
    case EventKind::barrier_arrive: arrive(id, step, object); break;
    case EventKind::barrier_pass: pass(id, step, object); break;
    default: apply_queue(id, step, object);
  }
}

void RandomProgram::choose_all(State& object) {
  object.chosen.insert(object.asleep.begin(), object.asleep.end());
  object.asleep.clear();
}

void RandomProgram::notify(WorkerId id, const Step& step, State& object) {
  for (std::int64_t n = step.arg; n > 0 && !object.asleep.empty(); --n) {
    const auto any = std::next(object.asleep.begin(), below(static_cast<std::int64_t>(object.asleep.size())));
    object.chosen.insert(*any);
    object.asleep.erase(any);
  }
  t.notify(id, step.object, step.arg);
}

void RandomProgram::arrive(WorkerId id, const Step& step, State& object) {
  if (object.broken) {
    me(id).script.clear();
    t.raise(id, "BrokenBarrierError");
    return;
  }
  object.asleep.insert(id);
  if (++object.count >= object.limit) {
    object.draining = true;
    choose_all(object);
  }
  t.add(id, EventKind::barrier_arrive, step.object, object.count);
}

void RandomProgram::pass(WorkerId id, const Step& step, State& object) {
  object.asleep.erase(id);
  object.chosen.erase(id);
  if (--object.count == 0) object.draining = object.resetting = false;
  t.add(id, EventKind::barrier_pass, step.object);
}

void RandomProgram::apply_queue(WorkerId id, const Step& step, State& object) {
  switch (step.kind) {
    case EventKind::queue_put:
      ++object.count;
      ++object.unfinished;
      t.put(id, step.object, 1);
      break;
    case EventKind::queue_get:
      --object.count;
      t.get(id, step.object);
      break;
    case EventKind::queue_task_done:
      if (object.unfinished == 0) break;
      --object.unfinished;
      t.task_done(id, step.object);
      break;
    default: t.add(id, step.kind, step.object);
  }
}

}  // namespace lockstep::test
