// queue.Queue, multiprocessing.Queue and multiprocessing.JoinableQueue against our JoinableQueue, which has
// the calls of all of them.
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

const std::vector<BothCalls<Both>> kOfAllQueues{
    {"q.put('x')", [](Both& q, auto) { q.put("x"); }, 4},
    {"q.put(7)", [](Both& q, auto) { q.put(7); }, 2},
    {"q.put(None, timeout=T)", [](Both& q, const Caller& who) { q.put(None, who.timeout); }, 2},
    {"q.put(0.5, timeout=0)", [](Both& q, auto) { q.put(0.5, 0s); }},
    {"q.put(True, timeout=-1)", [](Both& q, auto) { q.put(true, -1s); }},
    {"q.put_nowait('y')", [](Both& q, auto) { q.put_nowait("y"); }},
    {"q.get()", [](Both& q, auto) { return q.get(); }, 4},
    {"q.get(timeout=T)", [](Both& q, const Caller& who) { return q.get(who.timeout); }, 2},
    {"q.get(timeout=0)", [](Both& q, auto) { return q.get(0s); }},
    {"q.get(timeout=-1)", [](Both& q, auto) { return q.get(-1s); }},
    {"q.get_nowait()", [](Both& q, auto) { return q.get_nowait(); }},
    {"q.qsize()", [](Both& q, auto) { return q.qsize(); }},
    {"q.empty()", [](Both& q, auto) { return q.empty(); }},
    {"q.full()", [](Both& q, auto) { return q.full(); }},
};

std::vector<BothCalls<Both>> of_joinable_queues() {
  std::vector<BothCalls<Both>> calls = kOfAllQueues;
  calls.push_back({"q.task_done()", [](Both& q, auto) { q.task_done(); }, 3});
  calls.push_back({"q.join()", [](Both& q, auto) { q.join(); }, 2});
  return calls;
}

/// `python`: the class.
void compare_queues(const std::string& python, Among among, const std::vector<BothCalls<Both>>& calls) {
  for (const int maxsize : {0, 1, 2}) {
    const std::string made = python + "(" + std::to_string(maxsize) + ")";
    compare(subject<Both>(
                made, "q = " + made, [=] { return Both("q", maxsize, among); }, calls),
            Waiters::in_order);
  }
}

}  // namespace

TEST_CASE("Queue does what CPython's does, call by call", "[notsan]") {
  compare_queues("queue.Queue", Among::threads, of_joinable_queues());
}

TEST_CASE("Queue and JoinableQueue do what multiprocessing's do, call by call", "[notsan]") {
  compare_queues("multiprocessing.Queue", Among::processes, kOfAllQueues);
  compare_queues("multiprocessing.JoinableQueue", Among::processes, of_joinable_queues());
}
