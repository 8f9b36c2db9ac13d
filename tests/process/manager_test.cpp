// Manager: dicts and lists in a server process, live and under any schedule.
#include "core/process/manager.hpp"

#include "core/process/inspect.hpp"
#include "core/process/value.hpp"
#include "core/sync/lock.hpp"
#include "tests/process/both_runtimes.hpp"

using namespace lockstep::api;
using lockstep::EventKind;
using lockstep::test::error_of;
using lockstep::test::in_both_runtimes;
using lockstep::test::on_fibers;

namespace {

std::vector<std::string> texts(const std::vector<Item>& items) {
  std::vector<std::string> result;
  for (const Item& item : items)
    result.push_back(item.str());
  return result;
}
using Texts = std::vector<std::string>;

}  // namespace

// [notsan]: its library ends a process that was forked from several threads, as the server is here, and
// starts one.
TEST_CASE("a managed dict does what a dict does, errors included", "[notsan]") {
  const auto recorded = in_both_runtimes(
      [] {
        const Manager manager("manager");
        const DictProxy d = manager.dict("d", {{"count", 100}, {7, "seven"}});
        VERIFY(d["count"].as_int() == 100);
        VERIFY(d[7].get().str() == "seven");
        d["count"] = d["count"].as_int() - 1;
        VERIFY(d["count"].as_int() == 99);
        VERIFY(error_of([=] { d["no"].get(); }) == "KeyError: 'no'");
        VERIFY(d.get("no").is_none());
        VERIFY(d.get("no", 5) == Item(5));
        VERIFY(d.setdefault("new", 1) == Item(1));
        VERIFY(d.setdefault("new", 2) == Item(1));
        VERIFY(d.contains("new") && !d.contains("old"));
        VERIFY(d.len() == 3);
        VERIFY((texts(d.keys()) == Texts{"count", "7", "new"}));
        VERIFY((texts(d.values()) == Texts{"99", "seven", "1"}));
        VERIFY(d.pop(7).str() == "seven");
        VERIFY(error_of([=] { d.pop(7); }) == "KeyError: 7");
        d.del("new");
        VERIFY(error_of([=] { d.del("new"); }) == "KeyError: 'new'");
        d.clear();
        VERIFY(d.len() == 0);
        manager.shutdown();
        manager.shutdown();
      },
      5);
  CHECK(recorded.count(EventKind::managed_call) > 20);
}

TEST_CASE("a managed list does what a list does, errors included", "[notsan]") {
  in_both_runtimes(
      [] {
        const Manager manager("manager");
        const ListProxy l = manager.list("l", {1, 2});
        l.append("three");
        l.insert(0, None);
        VERIFY((texts(l.copy()) == Texts{"None", "1", "2", "three"}));
        VERIFY(l[-1].get().str() == "three");
        l[1] = 10;
        VERIFY(l[1].as_int() == 10);
        VERIFY(error_of([=] { l[4].get(); }) == "IndexError: list index out of range");
        VERIFY(error_of([=] { l[4] = 1; }) == "IndexError: list assignment index out of range");
        l.remove(2);
        VERIFY(error_of([=] { l.remove(2); }) == "ValueError: list.remove(x): x not in list");
        VERIFY(l.pop().str() == "three");
        VERIFY(l.pop(0).is_none());
        VERIFY(l.contains(10));
        l.reverse();
        VERIFY(l.len() == 1);
        VERIFY(l.pop() == Item(10));
        VERIFY(error_of([=] { l.pop(); }) == "IndexError: pop from empty list");
      },
      5);
}

TEST_CASE("a manager that was shut down makes nothing, and its connections are broken", "[notsan]") {
  in_both_runtimes(
      [] {
        const Manager manager("manager");
        const DictProxy d = manager.dict("d", {{"a", 1}});
        manager.shutdown();
        manager.shutdown();
        VERIFY(error_of([=] { d.len(); }) == "BrokenPipeError: [Errno 32] Broken pipe");
        VERIFY(error_of([=] { manager.dict("e"); }) == "AssertionError: server not yet started");
        const Thread other({.name = "other"}, [=] {
          VERIFY(error_of([=] { d.len(); }) == "FileNotFoundError: [Errno 2] No such file or directory");
        });
        other.start();
        other.join();
      },
      5);
}

TEST_CASE("processes change one dict, and under a lock no change is lost", "[notsan]") {
  in_both_runtimes(
      [] {
        const Manager manager("manager");
        const DictProxy shared = manager.dict("shared", {{"count", 3}});
        const Lock lock("lock");
        const auto take = [=] {
          const With held(lock);
          shared["count"] = shared["count"].as_int() - 1;
        };
        std::vector<Process> workers;
        for (int i = 0; i < 3; ++i)
          workers.emplace_back(WorkerOptions{}, take);
        for (const Process& worker : workers)
          worker.start();
        for (const Process& worker : workers)
          worker.join();
        VERIFY(shared["count"].as_int() == 0);
      },
      50);
}

TEST_CASE("without a lock a read and a write can lose a change, though each is atomic") {
  bool lost = false;
  bool whole = false;
  lockstep::FiberRun run([] {
    const Manager manager("manager");
    const DictProxy shared = manager.dict("shared", {{"count", 2}});
    const auto take = [=] { shared["count"] = shared["count"].as_int() - 1; };
    const Process a({.name = "a"}, take);
    const Process b({.name = "b"}, take);
    a.start();
    b.start();
    a.join();
    b.join();
    check("nothing is lost", shared["count"].as_int() == 0);
  });
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    lockstep::test::RandomScheduler random(seed);
    const auto end = run.run(random);
    REQUIRE(end.all_ended);
    (end.check_failed ? lost : whole) = true;
  }
  CHECK(lost);
  CHECK(whole);
}

TEST_CASE("who uses a manager that was killed gets an error, and the program ends") {
  on_fibers([] {
    const Manager manager("manager");
    const DictProxy shared = manager.dict("shared", {{"count", 1}});
    os_kill(manager.pid(), 9);
    std::string error;
    while (error.empty())
      error = error_of([=] { shared.len(); });
    const std::string type = error.substr(0, error.find(':'));
    VERIFY(type == "BrokenPipeError" || type == "EOFError" || type == "ConnectionResetError");
  });
}

TEST_CASE("a Value takes its lock for each read and write, and an Array does for each element") {
  in_both_runtimes([] {
    const lockstep::api::Value<int> number("number", 0);
    const Array<int> array("array", {1, 2, 3});
    const auto body = [=] {
      const With held(number.get_lock());
      number.store(number.load() + 1);
      array.store(-1, array.load(0) + array.load(1));
    };
    const Process a({.name = "a"}, body);
    const Process b({.name = "b"}, body);
    a.start();
    b.start();
    a.join();
    b.join();
    VERIFY(number.load() == 2);
    VERIFY(array.load(2) == 3);
    VERIFY(array.size() == 3);
    VERIFY(error_of([=] { array.load(3); }) == "IndexError: invalid index");
    const RawArray<int> raw("raw", 2);
    raw.store(1, 5);
    VERIFY(raw.load(-1) == 5);
  });
}
