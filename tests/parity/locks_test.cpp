// threading.Lock, RLock, Semaphore and BoundedSemaphore against CPython's.
#include "tests/catch.hpp"

#include "tests/parity/parity.hpp"

using namespace lockstep::api;
using lockstep::parity::Caller;
using lockstep::parity::compare;
using lockstep::parity::subject;
using lockstep::parity::Waiters;

TEST_CASE("Lock does what CPython's does, call by call", "[notsan]") {
  compare(subject<Lock>("Lock", "lock = threading.Lock()", [] { return Lock("lock"); },
                        {
                            {"lock.acquire()", [](Lock& lock, auto) { return lock.acquire(); }, 3},
                            {"lock.acquire(False)", [](Lock& lock, auto) { return lock.try_acquire(); }},
                            {"lock.acquire(timeout=T)",
                             [](Lock& lock, const Caller& who) { return lock.acquire(who.timeout); }, 2},
                            {"lock.acquire(timeout=0)", [](Lock& lock, auto) { return lock.acquire(0s); }},
                            {"lock.acquire(timeout=-2)", [](Lock& lock, auto) { return lock.acquire(-2s); }},
                            {"lock.release()", [](Lock& lock, auto) { lock.release(); }, 5},
                            {"lock.locked()", [](Lock& lock, auto) { return lock.locked(); }},
                        }));
}

TEST_CASE("RLock does what CPython's does, call by call", "[notsan]") {
  compare(
      subject<RLock>("RLock", "lock = threading.RLock()", [] { return RLock("lock"); },
                     {
                         {"lock.acquire()", [](RLock& lock, auto) { return lock.acquire(); }, 3},
                         {"lock.acquire(False)", [](RLock& lock, auto) { return lock.try_acquire(); }},
                         {"lock.acquire(timeout=T)",
                          [](RLock& lock, const Caller& who) { return lock.acquire(who.timeout); }, 2},
                         {"lock.acquire(timeout=-2)", [](RLock& lock, auto) { return lock.acquire(-2s); }},
                         {"lock.release()", [](RLock& lock, auto) { lock.release(); }, 6},
                     }));
}

TEST_CASE("Semaphore does what CPython's does, call by call", "[notsan]") {
  compare(subject<Semaphore>(
              "Semaphore", "semaphore = threading.Semaphore(2)", [] { return Semaphore("semaphore", 2); },
              {
                  {"semaphore.acquire()", [](Semaphore& s, auto) { return s.acquire(); }, 5},
                  {"semaphore.acquire(False)", [](Semaphore& s, auto) { return s.try_acquire(); }},
                  {"semaphore.acquire(timeout=T)",
                   [](Semaphore& s, const Caller& who) { return s.acquire(who.timeout); }, 2},
                  {"semaphore.acquire(timeout=0)", [](Semaphore& s, auto) { return s.acquire(0s); }},
                  {"semaphore.acquire(timeout=-1)", [](Semaphore& s, auto) { return s.acquire(-1s); }},
                  {"semaphore.release()", [](Semaphore& s, auto) { s.release(); }, 2},
                  {"semaphore.release(2)", [](Semaphore& s, auto) { s.release_many(2); }},
                  {"semaphore.release(0)", [](Semaphore& s, auto) { s.release_many(0); }},
              }),
          Waiters::in_order);
}

TEST_CASE("BoundedSemaphore does what CPython's does, call by call", "[notsan]") {
  compare(subject<BoundedSemaphore>(
              "BoundedSemaphore", "semaphore = threading.BoundedSemaphore(2)",
              [] { return BoundedSemaphore("semaphore", 2); },
              {
                  {"semaphore.acquire()", [](BoundedSemaphore& s, auto) { return s.acquire(); }, 5},
                  {"semaphore.acquire(False)", [](BoundedSemaphore& s, auto) { return s.try_acquire(); }},
                  {"semaphore.acquire(timeout=T)",
                   [](BoundedSemaphore& s, const Caller& who) { return s.acquire(who.timeout); }, 2},
                  {"semaphore.release()", [](BoundedSemaphore& s, auto) { s.release(); }, 4},
                  {"semaphore.release(2)", [](BoundedSemaphore& s, auto) { s.release_many(2); }},
                  {"semaphore.release(-1)", [](BoundedSemaphore& s, auto) { s.release_many(-1); }},
              }),
          Waiters::in_order);
}
