#include "core/trace/store.hpp"

#include "tests/catch.hpp"
#include "tests/trace/trace_builder.hpp"

using namespace lockstep;
using lockstep::test::TraceBuilder;

TEST_CASE("a_lock_knows_owner_and_waiters_at_every_moment") {
  TraceBuilder t;
  const WorkerId ada = t.running("Ada");
  const WorkerId ben = t.running("Ben");
  const WorkerId cem = t.running("Cem");
  const ObjectId fork = t.lock("Fork");
  const EventIndex taken = t.line(12).acquire(ada, fork);
  t.line(14).block(cem, fork, EventKind::acquire);
  const EventIndex blocked = t.line(15).block(ben, fork, EventKind::acquire, true);
  const EventIndex released = t.line(20).release(ada, fork);
  const EventIndex passed_on = t.line(14).acquire(cem, fork);

  const TraceStore& store = t.store();
  CHECK(store.object_after(fork, taken).owner == kNoWorker);
  CHECK(store.object_after(fork, taken).last_event == kNoEvent);
  const ObjectView held = store.object_after(fork, blocked + 1);
  CHECK(held.owner == ada);
  CHECK(held.count == 1);
  CHECK(held.waiters == std::vector<WorkerId>{cem, ben});
  CHECK(held.last_event == blocked);
  CHECK(held.last_worker == ben);
  CHECK(store.object_after(fork, released + 1).owner == kNoWorker);
  CHECK(store.object_after(fork, t.size()).owner == cem);
  CHECK(store.object_after(fork, t.size()).waiters == std::vector<WorkerId>{ben});

  const WorkerView waiting = store.worker_after(ben, t.size());
  CHECK(waiting.state == WorkerState::waiting);
  CHECK(waiting.object == fork);
  CHECK(waiting.wants == EventKind::acquire);
  CHECK(waiting.timed);
  CHECK(waiting.site == 15);
  CHECK(waiting.since == static_cast<RunTime>(store[blocked].time));
  CHECK(store.waker_of(passed_on) == released);
  CHECK(store.woken_by(released) == passed_on);
  CHECK(store.woken_by(taken) == kNoEvent);
}
