// Event, Condition and Barrier against those of threading and of multiprocessing.
#include "tests/catch.hpp"

#include <fmt/format.h>

#include <utility>

#include "tests/parity/parity.hpp"

using namespace lockstep::api;
using lockstep::parity::Caller;
using lockstep::parity::compare;
using lockstep::parity::subject;
using lockstep::parity::Waiters;

TEST_CASE("Event does what CPython's does, call by call", "[notsan]") {
  for (const std::string module : {"threading", "multiprocessing"}) {
    compare(subject<Event>(module + ".Event", "event = " + module + ".Event()", [] { return Event("event"); },
                           {
                               {"event.wait()", [](Event& event, auto) { return event.wait(); }, 4},
                               {"event.wait(timeout=T)",
                                [](Event& event, const Caller& who) { return event.wait(who.timeout); }, 3},
                               {"event.wait(0)", [](Event& event, auto) { return event.wait(0s); }},
                               {"event.wait(-1)", [](Event& event, auto) { return event.wait(-1s); }},
                               {"event.set()", [](Event& event, auto) { event.set(); }, 2},
                               {"event.clear()", [](Event& event, auto) { event.clear(); }, 2},
                               {"event.is_set()", [](Event& event, auto) { return event.is_set(); }},
                           }));
  }
}

namespace {

template <class AnyLock>
struct LockAndCondition {
  explicit LockAndCondition(Among among) : lock("lock", among) {}
  AnyLock lock;
  Condition condition{"condition", lock};
};

template <class AnyLock>
lockstep::parity::Subject condition_on(const std::string& module, const std::string& lock) {
  using Both = LockAndCondition<AnyLock>;
  const std::string python = module + ".Condition(" + module + "." + lock + "())";
  const Among among = module == "threading" ? Among::threads : Among::processes;
  return subject<Both>(
      python, "c = " + python, [among] { return Both(among); },
      {
          {"c.acquire()", [](Both& both, auto) { return both.condition.acquire(); }, 6},
          {"c.release()", [](Both& both, auto) { both.condition.release(); }, 4},
          {"c.wait()", [](Both& both, auto) { return both.condition.wait(); }, 4},
          {"c.wait(timeout=T)",
           [](Both& both, const Caller& who) { return both.condition.wait(who.timeout); }, 3},
          {"c.wait(0)", [](Both& both, auto) { return both.condition.wait(0s); }},
          {"c.wait(-1)", [](Both& both, auto) { return both.condition.wait(-1s); }},
          {"c.wait_for(lambda: False, timeout=T)",
           [](Both& both, const Caller& who) {
             return both.condition.wait_for([] { return false; }, who.timeout);
           }},
          {"c.wait_for(lambda: True)",
           [](Both& both, auto) { return both.condition.wait_for([] { return true; }); }},
          {"c.notify()", [](Both& both, auto) { both.condition.notify(); }, 3},
          {"c.notify(2)", [](Both& both, auto) { both.condition.notify(2); }},
          {"c.notify(0)", [](Both& both, auto) { both.condition.notify(0); }},
          {"c.notify_all()", [](Both& both, auto) { both.condition.notify_all(); }, 2},
      });
}

}  // namespace

TEST_CASE("Condition does what CPython's does, call by call", "[notsan]") {
  compare(condition_on<Lock>("threading", "Lock"));
  compare(condition_on<RLock>("threading", "RLock"));
}

TEST_CASE("Condition does what multiprocessing's may do, call by call", "[notsan]") {
  for (auto condition :
       {condition_on<RLock>("multiprocessing", "RLock"), condition_on<Lock>("multiprocessing", "Lock")}) {
    condition.most_orders = 5000;
    compare(condition, Waiters::ours_in_order);
  }
}

TEST_CASE("Barrier does what CPython's does, call by call", "[notsan]") {
  for (const auto& [module, parties] :
       {std::pair{"threading", 2}, {"threading", 3}, {"multiprocessing", 2}, {"multiprocessing", 3}}) {
    const std::string python = fmt::format("{}.Barrier({})", module, parties);
    compare(subject<Barrier>(
        python, "barrier = " + python, [parties = parties] { return Barrier("barrier", parties); },
        {
            {"barrier.wait()", [](Barrier& barrier, auto) { return barrier.wait(); }, 8},
            {"barrier.wait(timeout=T)",
             [](Barrier& barrier, const Caller& who) { return barrier.wait(who.timeout); }, 4},
            {"barrier.wait(0)", [](Barrier& barrier, auto) { return barrier.wait(0s); }},
            {"barrier.reset()", [](Barrier& barrier, auto) { barrier.reset(); }, 3},
            {"barrier.abort()", [](Barrier& barrier, auto) { barrier.abort(); }},
        }));
  }
}
