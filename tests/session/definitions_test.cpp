#include "core/session/definitions.hpp"

#include "tests/catch.hpp"

using namespace lockstep;

TEST_CASE("what is still being made does not keep what was made after it out of the record") {
  Arena arena = Arena::create();
  TraceStore store;
  Definitions definitions(arena, store);
  const ObjectId slow = arena.allocate_object();
  const ObjectId quick = arena.allocate_object();
  arena.object(quick).kind = ObjectKind::lock;
  arena.object(quick).defined = 1;
  const WorkerId unborn = arena.allocate_worker();
  const WorkerId born = arena.allocate_worker();
  arena.worker(born).lifecycle = Lifecycle::created;
  definitions.declare_for({});
  CHECK_FALSE(store.has_object(slow));
  CHECK(store.has_object(quick));
  CHECK_FALSE(store.has_worker(unborn));
  CHECK(store.has_worker(born));

  arena.object(slow).kind = ObjectKind::semaphore;
  arena.object(slow).defined = 1;
  arena.worker(unborn).lifecycle = Lifecycle::created;
  definitions.declare_for({});
  REQUIRE(store.has_object(slow));
  CHECK(store.objects()[slow].kind == ObjectKind::semaphore);
  CHECK(store.objects()[quick].kind == ObjectKind::lock);
  CHECK(store.has_worker(unborn));
}
