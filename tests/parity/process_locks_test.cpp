// Lock, RLock, Semaphore and BoundedSemaphore against multiprocessing's, and its Value and Array.
#include "tests/catch.hpp"

#include "tests/parity/parity.hpp"

using namespace lockstep::api;
using lockstep::parity::BothCalls;
using lockstep::parity::Caller;
using lockstep::parity::compare;
using lockstep::parity::misuse_in_multiprocessing;
using lockstep::parity::Subject;
using lockstep::parity::subject;
using lockstep::parity::Waiters;

namespace {

/// Calls that all of them have. A negative time-out is left out: it does not wait there, and raises in
/// threading.
template <class Any>
Subject of(const std::string& name, const std::string& arguments, std::function<Any()> make) {
  const std::string python = "multiprocessing." + name + "(" + arguments + ")";
  Subject result = subject<Any>(
      python, "x = " + python, std::move(make),
      {
          {"x.acquire()", [](Any& x, auto) { return x.acquire(); }, 4},
          {"x.acquire(False)", [](Any& x, auto) { return x.try_acquire(); }},
          {"x.acquire(timeout=T)", [](Any& x, const Caller& who) { return x.acquire(who.timeout); }, 2},
          {"x.acquire(timeout=0)", [](Any& x, auto) { return x.acquire(0s); }},
          {"x.release()", [](Any& x, auto) { x.release(); }, 5},
      });
  result.differences = misuse_in_multiprocessing();
  return result;
}

constexpr const char* kTooMany = "ValueError: semaphore or lock released too many times";
constexpr const char* kReason = "as in misuse_in_multiprocessing; a Lock and a BoundedSemaphore share it";

}  // namespace

TEST_CASE("Lock, RLock and semaphores do what multiprocessing's do, call by call", "[notsan]") {
  Subject lock = of<Lock>("Lock", "", [] { return Lock("x"); });
  lock.differences = {{kTooMany, "RuntimeError: release unlocked lock", kReason}};
  compare(lock);
  compare(of<RLock>("RLock", "", [] { return RLock("x"); }));
  compare(of<Semaphore>("Semaphore", "2", [] { return Semaphore("x", 2); }));
  Subject bounded = of<BoundedSemaphore>("BoundedSemaphore", "2", [] { return BoundedSemaphore("x", 2); });
  bounded.differences = {{kTooMany, "ValueError: Semaphore released too many times", kReason}};
  compare(bounded);
}

namespace {

struct Numbers {
  Value<int> value{"value", 3};
  Array<int> array{"array", {1, 2, 3}};
  RawValue<int> raw{"raw", 0};
  RawArray<int> raws{"raws", 2};
};

constexpr const char* kSetup =
    "value, array = multiprocessing.Value('i', 3), multiprocessing.Array('i', [1, 2, 3])\n"
    "raw, raws = multiprocessing.RawValue('i'), multiprocessing.RawArray('i', 2)\n"
    "def put(value, n): value.value = n\n"
    "def add(value, n): value.value += n\n"
    "def put_at(array, i, n): array[i] = n\n";

std::vector<BothCalls<Numbers>> array_calls() {
  std::vector<BothCalls<Numbers>> calls;
  for (const int i : {0, 2, 3, -1, -3, -4}) {
    const std::string index = std::to_string(i);
    calls.push_back({"array[" + index + "]", [i](Numbers& n, auto) { return n.array.load(i); }});
    calls.push_back({"put_at(array, " + index + ", 7)", [i](Numbers& n, auto) { n.array.store(i, 7); }});
  }
  for (const int i : {1, 2, -2, -3}) {
    const std::string index = std::to_string(i);
    calls.push_back({"raws[" + index + "]", [i](Numbers& n, auto) { return n.raws.load(i); }});
    calls.push_back({"put_at(raws, " + index + ", 8)", [i](Numbers& n, auto) { n.raws.store(i, 8); }});
  }
  return calls;
}

}  // namespace

TEST_CASE("Value and Array do what multiprocessing's do, call by call", "[notsan]") {
  std::vector<BothCalls<Numbers>> calls = array_calls();
  calls.insert(
      calls.end(),
      {
          {"value.value", [](Numbers& n, auto) { return n.value.load(); }, 3},
          {"put(value, 5)", [](Numbers& n, auto) { n.value.store(5); }, 3},
          {"add(value, 2)", [](Numbers& n, auto) { n.value.store(n.value.load() + 2); }, 3},
          {"value.get_obj().value", [](Numbers& n, auto) { return n.value.get_obj().load(); }},
          {"value.get_lock().acquire()", [](Numbers& n, auto) { return n.value.get_lock().acquire(); }, 4},
          {"value.get_lock().acquire(timeout=T)",
           [](Numbers& n, const Caller& who) { return n.value.get_lock().acquire(who.timeout); }, 2},
          {"value.get_lock().release()", [](Numbers& n, auto) { n.value.get_lock().release(); }, 8},
          {"array.get_lock().acquire()", [](Numbers& n, auto) { return n.array.get_lock().acquire(); }, 4},
          {"array.get_lock().acquire(False)",
           [](Numbers& n, auto) { return n.array.get_lock().try_acquire(); }},
          {"array.get_lock().release()", [](Numbers& n, auto) { n.array.get_lock().release(); }, 8},
          {"array.get_obj()[1]", [](Numbers& n, auto) { return n.array.get_obj().load(1); }},
          {"len(array)", [](Numbers& n, auto) { return n.array.size(); }},
          {"len(raws)", [](Numbers& n, auto) { return n.raws.size(); }},
          {"raw.value", [](Numbers& n, auto) { return n.raw.load(); }},
          {"put(raw, 6)", [](Numbers& n, auto) { n.raw.store(6); }},
      });
  Subject numbers = subject<Numbers>(
      "Value and Array", kSetup, [] { return Numbers{}; }, calls);
  numbers.differences = misuse_in_multiprocessing();
  compare(numbers);
}
