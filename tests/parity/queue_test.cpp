// queue.Queue and multiprocessing.JoinableQueue, which have the same calls, against our JoinableQueue.
#include "tests/catch.hpp"

#include "tests/parity/parity.hpp"

using namespace lockstep::api;
using lockstep::parity::BothCalls;
using lockstep::parity::Caller;
using lockstep::parity::compare;
using lockstep::parity::subject;
using lockstep::parity::Waiters;
using Both = JoinableQueue;

namespace {

const std::vector<BothCalls<Both>> kCalls{
    {"q.put('x')", [](Both& q, auto) { q.put("x"); }, 4},
    {"q.put(7)", [](Both& q, auto) { q.put(7); }, 2},
    {"q.put(None, timeout=T)", [](Both& q, const Caller& who) { q.put(None, who.timeout); }, 2},
    {"q.put(0.5, timeout=0)", [](Both& q, auto) { q.put(0.5, 0s); }},
    {"q.put_nowait('y')", [](Both& q, auto) { q.put_nowait("y"); }},
    {"q.get()", [](Both& q, auto) { return q.get(); }, 4},
    {"q.get(timeout=T)", [](Both& q, const Caller& who) { return q.get(who.timeout); }, 2},
    {"q.get(timeout=0)", [](Both& q, auto) { return q.get(0s); }},
    {"q.get_nowait()", [](Both& q, auto) { return q.get_nowait(); }},
    {"q.task_done()", [](Both& q, auto) { q.task_done(); }, 3},
    {"q.join()", [](Both& q, auto) { q.join(); }, 2},
    {"q.qsize()", [](Both& q, auto) { return q.qsize(); }},
    {"q.empty()", [](Both& q, auto) { return q.empty(); }},
    {"q.full()", [](Both& q, auto) { return q.full(); }},
};

/// A negative time-out raises in queue.Queue; in multiprocessing it does not wait.
const std::vector<BothCalls<Both>> kNegative{
    {"q.put(True, timeout=-1)", [](Both& q, auto) { q.put(true, -1s); }},
    {"q.get(timeout=-1)", [](Both& q, auto) { return q.get(-1s); }},
};

/// `python`: the class.
void compare_queues(const std::string& python, const std::vector<BothCalls<Both>>& calls) {
  for (const int maxsize : {0, 1, 2}) {
    const std::string made = python + "(" + std::to_string(maxsize) + ")";
    compare(subject<Both>(
                made, "q = " + made, [maxsize] { return Both("q", maxsize); }, calls),
            Waiters::in_order);
  }
}

}  // namespace

TEST_CASE("Queue does what CPython's does, call by call", "[notsan]") {
  std::vector<BothCalls<Both>> calls = kCalls;
  calls.insert(calls.end(), kNegative.begin(), kNegative.end());
  compare_queues("queue.Queue", calls);
}

TEST_CASE("JoinableQueue does what multiprocessing's does, call by call", "[notsan]") {
  compare_queues("multiprocessing.JoinableQueue", kCalls);
}
