// Pipes, pools and futures: who is stuck on them and what is said of it.
#include "core/analysis/exchange.hpp"
#include "tests/analysis/tools.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

ObjectId pipe(TraceBuilder& t, const std::string& name = "pipe") {
  return t.object({.name = name, .kind = ObjectKind::pipe, .initial = 1, .limit = 256, .owner = kMainWorker});
}

}  // namespace

TEST_CASE("a receiver is stuck while a process that never sends keeps the write end open", "[analysis]") {
  TraceBuilder t;
  const ObjectId p = pipe(t);
  const WorkerId child = t.running("Child", WorkerKind::process);
  Event inherit{
      .arg = child, .extra = 3, .worker = kMainWorker, .object = p, .kind = EventKind::pipe_inherit};
  t.add(inherit);
  t.add(kMainWorker, EventKind::pipe_close, p, 2);
  t.add(child, EventKind::pipe_close, p, 1);
  t.block(child, p, EventKind::pipe_recv);
  CHECK(failures(t).empty());
  t.block_join(kMainWorker, child);
  const auto all = failures(t);
  REQUIRE(all.size() == 1);
  CHECK(all[0].kind == FindingKind::stuck);
  CHECK(all[0].workers == std::vector{child});
  CHECK_THAT(narrate(all[0], t.store(), Language::en), ContainsSubstring("still open in main"));
  CHECK_THAT(narrate(all[0], t.store(), Language::zh), ContainsSubstring("写端还开着"));
}

TEST_CASE("a receiver can go on once something was sent or the last copy of the write end is closed",
          "[analysis]") {
  TraceBuilder t;
  const ObjectId p = pipe(t);
  const WorkerId reader = t.running("Reader");
  t.block(reader, p, EventKind::pipe_recv);
  t.add(kMainWorker, EventKind::pipe_send, p, Value::of_int(1));
  t.block_join(kMainWorker, reader);
  CHECK(failures(t).empty());
  CHECK(analysis::exchange_after(t.store(), p, t.size()).count() == 1);
  t.add(reader, EventKind::pipe_recv, p, Value::of_int(1));
  t.block(reader, p, EventKind::pipe_recv);
  CHECK(failures(t).size() == 1);
  t.add(kMainWorker, EventKind::pipe_close, p, 1);
  CHECK(analysis::exchange_after(t.store(), p, t.size()).at_end());
}

TEST_CASE("who waits for a result that nobody can compute is stuck, and told so", "[analysis]") {
  TraceBuilder t;
  const ObjectId pool = t.object(ObjectKind::pool, "pool", 0, 1);
  const ObjectId future = t.object({.name = "square(3)", .kind = ObjectKind::future, .related = pool});
  const WorkerId worker = t.running("W", WorkerKind::process);
  t.block(worker, pool, EventKind::pool_take);
  t.add(kMainWorker, EventKind::pool_submit, pool, future);
  CHECK(failures(t).empty());
  t.add(worker, EventKind::pool_take, pool, future);
  t.block(kMainWorker, future, EventKind::future_result);
  CHECK(failures(t).empty());
  t.block(worker, pool, EventKind::pool_take);
  const auto all = failures(t);
  REQUIRE(all.size() == 2);
  CHECK_THAT(narrate(all[0], t.store(), Language::en) + narrate(all[1], t.store(), Language::en),
             ContainsSubstring("square(3)") && ContainsSubstring("never come"));
}
