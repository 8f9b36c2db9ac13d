// queue.Queue and multiprocessing.JoinableQueue, which have the same calls, against our JoinableQueue.
#include "tests/catch.hpp"

#include "tests/parity/parity.hpp"

using namespace lockstep::api;
using lockstep::parity::Caller;
using lockstep::parity::compare;
using lockstep::parity::subject;
using lockstep::parity::Waiters;
using Both = JoinableQueue;

TEST_CASE("Queue does what CPython's does, call by call", "[notsan]") {
  for (const int maxsize : {0, 1, 2}) {
    const std::string number = std::to_string(maxsize);
    compare(
        subject<Both>(
            "Queue of " + number, "q = queue.Queue(" + number + ")", [maxsize] { return Both("q", maxsize); },
            {
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
                {"q.task_done()", [](Both& q, auto) { q.task_done(); }, 3},
                {"q.join()", [](Both& q, auto) { q.join(); }, 2},
                {"q.qsize()", [](Both& q, auto) { return q.qsize(); }},
                {"q.empty()", [](Both& q, auto) { return q.empty(); }},
                {"q.full()", [](Both& q, auto) { return q.full(); }},
            }),
        Waiters::in_order);
  }
}

TEST_CASE("JoinableQueue does what multiprocessing's does, call by call", "[notsan]") {
  for (const int maxsize : {0, 1, 2}) {
    const std::string python = "multiprocessing.JoinableQueue(" + std::to_string(maxsize) + ")";
    // A negative time-out is left out: it does not wait there, and raises in queue.Queue.
    compare(subject<Both>(
                python, "q = " + python, [maxsize] { return Both("q", maxsize); },
                {
                    {"q.put('x')", [](Both& q, auto) { q.put("x"); }, 4},
                    {"q.put(7, timeout=T)", [](Both& q, const Caller& who) { q.put(7, who.timeout); }, 2},
                    {"q.put(0.5, timeout=0)", [](Both& q, auto) { q.put(0.5, 0s); }},
                    {"q.put_nowait(None)", [](Both& q, auto) { q.put_nowait(None); }},
                    {"q.get()", [](Both& q, auto) { return q.get(); }, 4},
                    {"q.get(timeout=T)", [](Both& q, const Caller& who) { return q.get(who.timeout); }, 2},
                    {"q.get(timeout=0)", [](Both& q, auto) { return q.get(0s); }},
                    {"q.get_nowait()", [](Both& q, auto) { return q.get_nowait(); }},
                    {"q.task_done()", [](Both& q, auto) { q.task_done(); }, 3},
                    {"q.join()", [](Both& q, auto) { q.join(); }, 2},
                    {"q.qsize()", [](Both& q, auto) { return q.qsize(); }},
                    {"q.empty()", [](Both& q, auto) { return q.empty(); }},
                    {"q.full()", [](Both& q, auto) { return q.full(); }},
                }),
            Waiters::in_order);
  }
}
