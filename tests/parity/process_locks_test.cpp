// Lock, RLock, Semaphore and BoundedSemaphore against multiprocessing's, and its Value and Array.
#include "tests/catch.hpp"

#include <fmt/format.h>

#include "tests/parity/parity.hpp"

using namespace lockstep::api;
using lockstep::parity::BothCalls;
using lockstep::parity::Caller;
using lockstep::parity::compare;
using lockstep::parity::Subject;
using lockstep::parity::subject;
using lockstep::parity::Waiters;

namespace {

/// Calls that all of them have.
template <class Any>
Subject of(const std::string& name, const std::string& arguments, std::function<Any()> make) {
  const std::string python = "multiprocessing." + name + "(" + arguments + ")";
  return subject<Any>(
      python, "x = " + python, std::move(make),
      {
          {"x.acquire()", [](Any& x, auto) { return x.acquire(); }, 4},
          {"x.acquire(False)", [](Any& x, auto) { return x.try_acquire(); }},
          {"x.acquire(timeout=T)", [](Any& x, const Caller& who) { return x.acquire(who.timeout); }, 2},
          {"x.acquire(timeout=0)", [](Any& x, auto) { return x.acquire(0s); }},
          {"x.acquire(timeout=-1)", [](Any& x, auto) { return x.acquire(-1s); }},
          {"x.release()", [](Any& x, auto) { x.release(); }, 5},
      });
}

}  // namespace

TEST_CASE("Lock, RLock and semaphores do what multiprocessing's do, call by call", "[notsan]") {
  constexpr Among kProcesses = Among::processes;
  compare(of<Lock>("Lock", "", [] { return Lock("x", kProcesses); }));
  compare(of<RLock>("RLock", "", [] { return RLock("x", kProcesses); }));
  compare(of<Semaphore>("Semaphore", "2", [] { return Semaphore("x", 2, kProcesses); }));
  compare(of<BoundedSemaphore>("BoundedSemaphore", "2", [] { return BoundedSemaphore("x", 2, kProcesses); }));
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
    "def put_at(array, i, n): array[i] = n\n"
    "def put_slice(array, text, values):\n"
    "    array[slice(*(int(each) if each else None for each in text.split(':')))] = values\n";

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

const std::vector<std::pair<std::string, Slice>> kSlices{
    {":", {}},
    {"1:", {.start = 1}},
    {":-1", {.stop = -1}},
    {"-9:9", {.start = -9, .stop = 9}},
    {"2:1", {.start = 2, .stop = 1}},
    {"::2", {.step = 2}},
    {"::-1", {.step = -1}},
    {"-1:0:-2", {.start = -1, .stop = 0, .step = -2}},
    {"9:-9:-1", {.start = 9, .stop = -9, .step = -1}},
    {"::0", {.step = 0}},
};

std::vector<Item> items(const std::vector<int>& numbers) { return {numbers.begin(), numbers.end()}; }

std::vector<BothCalls<Numbers>> slice_calls() {
  std::vector<BothCalls<Numbers>> calls{
      {"array.get_lock().acquire()", [](Numbers& n, auto) { return n.array.get_lock().acquire(); }, 4},
      {"array.get_lock().release()", [](Numbers& n, auto) { n.array.get_lock().release(); }, 4},
  };
  for (const auto& [text, slice] : kSlices) {
    calls.push_back({"array[" + text + "]", [=](Numbers& n, auto) { return items(n.array.load(slice)); }});
    calls.push_back({"raws[" + text + "]", [=](Numbers& n, auto) { return items(n.raws.load(slice)); }});
    const std::string text_in_call = "'" + text + "'";
    for (const std::vector<int>& values : {std::vector{4, 5, 6}, {7, 8}, {}}) {
      const std::string list = fmt::format(", [{}])", fmt::join(values, ", "));
      calls.push_back({"put_slice(array, " + text_in_call + list,
                       [=](Numbers& n, auto) { n.array.store(slice, values); }});
      calls.push_back(
          {"put_slice(raws, " + text_in_call + list, [=](Numbers& n, auto) { n.raws.store(slice, values); }});
    }
  }
  return calls;
}

}  // namespace

TEST_CASE("Slices of arrays do what multiprocessing's do, call by call", "[notsan]") {
  compare(subject<Numbers>(
      "Slices", kSetup, [] { return Numbers{}; }, slice_calls()));
}

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
  compare(subject<Numbers>(
      "Value and Array", kSetup, [] { return Numbers{}; }, calls));
}
