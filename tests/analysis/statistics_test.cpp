#include "core/analysis/statistics.hpp"
#include "tests/analysis/random_program.hpp"

using namespace lockstep;
using namespace lockstep::test;

TEST_CASE("time is divided into running, waiting and sleeping", "[statistics]") {
  TraceBuilder t;
  const WorkerId w = t.worker();
  const ObjectId lock = t.lock();
  t.at(0).acquire(kMainWorker, lock);
  t.at(100).start(kMainWorker, w);
  t.at(200).begin(w);
  t.at(500).block(w, lock, EventKind::acquire);
  t.at(1'500).release(kMainWorker, lock);
  t.at(1'600).acquire(w, lock);
  t.at(2'000).sleep(w, 3'000);
  t.at(5'000).wake(w);
  t.at(5'500).release(w, lock);
  t.at(6'000).end(w);
  t.at(7'000).print(kMainWorker, "done");
  const Statistics all = statistics(t.store(), t.size());

  CHECK(all.duration == 7'000);
  const WorkerStatistics& worker = all.workers[w];
  CHECK(worker.running == 300 + 400 + 500 + 500);
  CHECK(worker.waiting == 1'100);
  CHECK(worker.longest_wait == 1'100);
  CHECK(worker.sleeping == 3'000);
  CHECK(worker.waits == 1);
  CHECK(worker.operations == 2);
  CHECK(all.workers[kMainWorker].running == 7'000);  // it has not ended: counted up to the last event

  const ObjectStatistics& object = all.objects[lock];
  CHECK(object.held == 1'500 + 3'900);
  CHECK(object.longest_hold == 3'900);
  CHECK(object.total_wait == 1'100);
  CHECK(object.operations == 4);
  CHECK(object.contended == 1);
}

TEST_CASE("what goes on is counted up to the last event", "[statistics]") {
  TraceBuilder t;
  const WorkerId w = t.running();
  const ObjectId lock = t.lock();
  t.at(10'000).acquire(kMainWorker, lock);
  t.at(20'000).block(w, lock, EventKind::acquire);
  t.at(50'000).print(kMainWorker, "x");
  const Statistics all = statistics(t.store(), t.size());
  CHECK(all.workers[w].waiting == 30'000);
  CHECK(all.workers[w].longest_wait == 30'000);
  CHECK(all.objects[lock].total_wait == 30'000);
  CHECK(all.objects[lock].held == 40'000);
}

TEST_CASE("the peak is the highest depth, permits or value", "[statistics]") {
  TraceBuilder t;
  const ObjectId queue = t.queue();
  const ObjectId semaphore = t.semaphore(3);
  const ObjectId x = t.shared(-5);
  for (int i = 0; i < 3; ++i)
    t.put(kMainWorker, queue, 100);
  for (int i = 0; i < 3; ++i)
    t.get(kMainWorker, queue);
  t.sem_acquire(kMainWorker, semaphore);
  t.store(kMainWorker, x, 41);
  t.store(kMainWorker, x, -1);
  const Statistics all = statistics(t.store(), t.size());
  CHECK(all.objects[queue].peak == 3);
  CHECK(all.objects[semaphore].peak == 3);
  CHECK(all.objects[x].peak == 41);
}

TEST_CASE("what goes on is counted up to the moment that one asks at", "[statistics]") {
  TraceBuilder t;
  const WorkerId worker = t.running("W");
  t.at(10'000).sleep(worker, 5'000);
  RunningStatistics running(t.store());
  const RunTime asleep_since = running.update().duration;
  const Statistics& later = running.update(asleep_since + 700);
  CHECK(later.duration == asleep_since + 700);
  CHECK(later.workers[worker].sleeping == 700);
  CHECK(running.update(1).duration == asleep_since);
}

TEST_CASE("running statistics equal those computed at once after every event", "[statistics]") {
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    RandomProgram program(seed, 4, 25, false);
    RunningStatistics running(program.t.store());
    for (int i = 0; i < 150 && program.step(); ++i) {
      const Statistics& kept = running.update();
      const Statistics fresh = statistics(program.t.store(), program.t.size());
      REQUIRE(kept.duration == fresh.duration);
      for (std::size_t id = 0; id < fresh.workers.size(); ++id) {
        const WorkerStatistics& a = kept.workers[id];
        const WorkerStatistics& b = fresh.workers[id];
        REQUIRE((a.running == b.running && a.waiting == b.waiting && a.sleeping == b.sleeping));
        REQUIRE((a.longest_wait == b.longest_wait && a.operations == b.operations && a.waits == b.waits));
        REQUIRE(a.running + a.waiting + a.sleeping <= fresh.duration);
      }
      for (std::size_t id = 0; id < fresh.objects.size(); ++id) {
        const ObjectStatistics& a = kept.objects[id];
        const ObjectStatistics& b = fresh.objects[id];
        REQUIRE((a.held == b.held && a.longest_hold == b.longest_hold && a.total_wait == b.total_wait));
        REQUIRE((a.operations == b.operations && a.contended == b.contended && a.peak == b.peak));
      }
    }
  }
}
