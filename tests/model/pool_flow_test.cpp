// A pool at a moment: which task waits, who is at which, what became of it.
#include "app/model/pool_flow.hpp"

#include "tests/catch.hpp"
#include "tests/trace/trace_builder.hpp"

using namespace lockstep;
using test::TraceBuilder;

namespace {

/// A pool with one worker that is hired and running, and three tasks that are submitted.
struct OneWorker {
  TraceBuilder t;
  ObjectId pool = t.object(ObjectKind::pool, "pool", 0, 1);
  WorkerId worker = t.worker("W", WorkerKind::process);
  ObjectId tasks[3];

  OneWorker() {
    t.add(kMainWorker, EventKind::pool_hire, pool, worker);
    t.start(kMainWorker, worker);
    t.begin(worker);
    for (ObjectId& task : tasks) {
      task = t.object({.kind = ObjectKind::future, .initial_type = ValueType::none, .related = pool});
      t.add(kMainWorker, EventKind::pool_submit, pool, task);
    }
  }
  void take(int i) { t.add(worker, EventKind::pool_take, pool, tasks[i]); }
  void set(int i, Value value, bool raised = false) {
    t.add(Event{.arg = value.bits,
                .worker = kMainWorker,
                .object = tasks[i],
                .kind = EventKind::future_set,
                .flags = static_cast<std::uint8_t>(static_cast<std::uint8_t>(value.type) |
                                                   (raised ? event_flag::kRaised : 0))});
  }
  PoolFlow flow() const { return pool_flow(t.store(), pool, t.size()); }
};

}  // namespace

TEST_CASE("a task waits in the queue, then its worker has it, then its future has the result") {
  OneWorker p;
  CHECK(p.flow().queued() == 3);
  CHECK(p.flow().workers[0].task == kNoObject);
  p.take(0);
  CHECK(p.flow().queued() == 2);
  CHECK(p.flow().tasks[0].stage == TaskStage::running);
  CHECK(p.flow().tasks[0].worker == p.worker);
  CHECK(p.flow().workers[0].task == p.tasks[0]);
  p.set(0, Value::of_int(9));
  CHECK(p.flow().tasks[0].stage == TaskStage::done);
  CHECK(p.flow().tasks[0].result == Value::of_int(9));
  CHECK(p.flow().workers[0].task == kNoObject);
  p.take(1);
  p.set(1, p.t.text_value("ValueError: no"), true);
  CHECK(p.flow().tasks[1].stage == TaskStage::failed);
  CHECK(p.flow().workers[0].taken == 2);
  CHECK(pool_flow(p.t.store(), p.pool, 0).tasks.empty());
}

TEST_CASE("a worker that waits for a task has none, although the last result is still under way") {
  OneWorker p;
  for (int i = 0; i < 3; ++i)
    p.take(i);
  p.t.block(p.worker, p.pool, EventKind::pool_take);
  CHECK(p.flow().workers[0].task == kNoObject);
  CHECK(p.flow().tasks[2].stage == TaskStage::running);
}

TEST_CASE("terminating drops what waits, and the task of a worker that was killed is lost") {
  OneWorker p;
  p.take(0);
  p.t.add(kMainWorker, EventKind::pool_terminate, p.pool);
  p.t.killed(p.worker, 15);
  const PoolFlow flow = p.flow();
  CHECK(flow.state == PoolState::terminated);
  CHECK(flow.tasks[0].stage == TaskStage::lost);
  CHECK(flow.tasks[1].stage == TaskStage::dropped);
  CHECK(flow.tasks[2].stage == TaskStage::dropped);
  CHECK(flow.workers[0].ended);
}

TEST_CASE("closing lets what waits be done, and a cancelled task is no longer in the queue") {
  OneWorker p;
  p.t.add(kMainWorker, EventKind::future_cancel, p.tasks[1], Value::of_bool(true));
  p.t.add(kMainWorker, EventKind::pool_close, p.pool);
  const PoolFlow flow = p.flow();
  CHECK(flow.state == PoolState::closed);
  CHECK(flow.tasks[1].stage == TaskStage::cancelled);
  CHECK(flow.queued() == 2);
}
