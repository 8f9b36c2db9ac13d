#include "tests/catch.hpp"

#include <sys/wait.h>
#include <unistd.h>
#include <thread>

#include "core/arena/arena.hpp"
#include "core/arena/ring.hpp"

using namespace lockstep;

namespace {

Event numbered(std::uint32_t seq, ObjectId object, std::int64_t arg = 0) {
  return {.arg = arg, .seq = seq, .object = object, .kind = EventKind::acquire};
}

}  // namespace

TEST_CASE("equal texts have one id, in every process that maps the arena") {
  Arena arena = Arena::create();
  const TextId id = arena.intern("hotdog");
  CHECK(arena.intern("hotdog") == id);
  CHECK(arena.intern("ticket") != id);
  CHECK(arena.intern("") == 0);
  CHECK(arena.text(id) == "hotdog");
  CHECK(arena.text(0).empty());
  Arena other = Arena::attach(platform::Fd(dup(arena.fd())));
  CHECK(other.text(id) == "hotdog");
  CHECK(other.intern("hotdog") == id);
}

TEST_CASE("texts interned by many threads at once stay one id each") {
  Arena arena = Arena::create();
  constexpr int kTexts = 500;
  std::vector<std::vector<TextId>> ids(4, std::vector<TextId>(kTexts));
  std::vector<std::thread> threads;
  for (auto& mine : ids) {
    threads.emplace_back([&arena, &mine] {
      for (std::size_t i = 0; i < kTexts; ++i)
        mine[i] = arena.intern("text " + std::to_string(i));
    });
  }
  for (auto& thread : threads)
    thread.join();
  for (std::size_t i = 0; i < kTexts; ++i) {
    CHECK(arena.text(ids[0][i]) == "text " + std::to_string(i));
    for (const auto& mine : ids)
      CHECK(mine[i] == ids[0][i]);
  }
}

TEST_CASE("a source line has one id") {
  Arena arena = Arena::create();
  const SiteId a = arena.intern_site("a.cpp", "f", 10);
  CHECK(a != 0);
  CHECK(arena.intern_site("a.cpp", "f", 10) == a);
  CHECK(arena.intern_site("a.cpp", "f", 11) != a);
  CHECK(arena.intern_site("b.cpp", "f", 10) != a);
}

TEST_CASE("too many workers, objects and texts are refused with a sentence") {
  Arena arena = Arena::create();
  for (int i = 0; i < kMaxWorkers; ++i)
    arena.allocate_worker();
  CHECK_THROWS_WITH(arena.allocate_worker(), "The program started more than 256 workers.");
  for (std::size_t i = 1; i < kMaxObjects; ++i)
    arena.allocate_object();
  CHECK_THROWS_WITH(arena.allocate_object(), "The program made more than 2047 objects.");
  CHECK_THROWS_AS(arena.allocate_items(1U << 30), ArenaFull);
}

TEST_CASE("a full ring makes its writer wait, loses nothing and records the wait") {
  Arena arena = Arena::create();
  arena.allocate_worker();
  constexpr std::int64_t kEvents = 100'000;
  std::thread writer([&] {
    RingWriter ring(arena, 0);
    for (std::int64_t i = 0; i < kEvents; ++i) {
      ring.reserve(1);
      ring.push({.arg = i, .kind = EventKind::print});
    }
  });
  const RingCursor& cursor = arena.worker(0).ring;
  while (cursor.head.load() < kRingCapacity - 1)
    std::this_thread::yield();  // let it fill up once
  RingMerger merger(arena);
  std::vector<Event> events;
  std::int64_t next = 0;
  std::size_t stalls = 0;
  std::size_t seen = 0;
  while (next < kEvents) {
    merger.drain(events);
    for (; seen < events.size(); ++seen) {
      if (events[seen].kind == EventKind::stall)
        ++stalls;
      else
        REQUIRE(events[seen].arg == next++);
    }
  }
  writer.join();
  CHECK(stalls >= 1);
}

TEST_CASE("the merge keeps an object's own order even when the clocks disagree, and times never go back") {
  Arena arena = Arena::create();
  arena.allocate_worker();
  arena.allocate_worker();
  RingWriter first(arena, 0);
  RingWriter second(arena, 1);
  // By the clock 2, 1, 3; by the object's numbers 1, 2, 3.
  first.push(numbered(2, 5));
  second.push(numbered(1, 5));
  first.push(numbered(3, 5));
  RingMerger merger(arena);
  std::vector<Event> events;
  CHECK(merger.drain(events) == 3);
  CHECK(events[0].seq == 1);
  CHECK(events[1].seq == 2);
  CHECK(events[2].seq == 3);
  CHECK(events[0].time <= events[1].time);
  CHECK(events[1].time <= events[2].time);
}

TEST_CASE("an event whose predecessor is still missing waits for it") {
  Arena arena = Arena::create();
  arena.allocate_worker();
  arena.allocate_worker();
  RingWriter first(arena, 0);
  RingWriter second(arena, 1);
  first.push(numbered(2, 5));
  RingMerger merger(arena);
  std::vector<Event> events;
  CHECK(merger.drain(events) == 0);
  second.push(numbered(1, 5));
  CHECK(merger.drain(events) == 2);
}

TEST_CASE("a guard excludes threads and processes") {
  Arena arena = Arena::create();
  ObjectSlot& object = arena.object(1);
  constexpr int kRounds = 20'000;
  const auto add = [&](WorkerId me) {
    for (int i = 0; i < kRounds; ++i) {
      const Guard guard(object.guard, me);
      object.states[0].value += 1;
    }
  };
  const pid_t child = fork();
  if (child == 0) {
    add(3);
    _exit(0);
  }
  std::thread thread([&] { add(1); });
  add(2);
  thread.join();
  waitpid(child, nullptr, 0);
  CHECK(object.states[0].value == 3 * kRounds);
  CHECK(object.guard.word.load() == 0);
}

TEST_CASE("the supervisor waits for nobody who died with a guard, and was not reaped") {
  Arena arena = Arena::create();
  const WorkerId dead = arena.allocate_worker();
  const ObjectId id = arena.allocate_object();
  const pid_t child = fork();
  if (child == 0) {
    const Guard guard(arena.object(id).guard, dead);
    _exit(0);
  }
  siginfo_t end{};
  REQUIRE(waitid(P_PID, static_cast<id_t>(child), &end, WEXITED | WNOWAIT) == 0);
  arena.worker(dead).pid = child;
  REQUIRE(arena.object(id).guard.word.load() == dead + 1U);
  { const Guard guard(arena, id); }
  CHECK(arena.object(id).guard.word.load() == 0);
  waitpid(child, nullptr, 0);
}

TEST_CASE("recovery drops an operation that was not recorded and finishes one that was") {
  Arena arena = Arena::create();
  const WorkerId dead = arena.allocate_worker();
  const ObjectId id = arena.allocate_object();
  ObjectSlot& object = arena.object(id);
  RingWriter ring(arena, dead);
  object.states[0].value = 10;
  // Died after filling the next state, before recording.
  object.guard.word = dead + 1U;
  object.states[1].value = 11;
  recover_object(arena, id, dead);
  CHECK(object.guard.word.load() == 0);
  CHECK(object.seq.load() == 0);
  // Died after recording, before the commit.
  object.guard.word = dead + 1U;
  ring.push(numbered(1, id));
  recover_object(arena, id, dead);
  CHECK(object.guard.word.load() == 0);
  CHECK(object.seq.load() == 1);
  CHECK(object.states[object.seq.load() & 1].value == 11);
  // Held by somebody else: left alone.
  object.guard.word = dead + 2U;
  recover_object(arena, id, dead);
  CHECK(object.guard.word.load() == dead + 2U);
}
