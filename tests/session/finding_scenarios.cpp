// A program for each kind of finding, as small as it can be; only the tests know them. Two threads, Anna (1)
// and Ben (2), do what the variant says; in one Clara (3) goes on beside them.
#include "core/scenario/api.hpp"

namespace {

using namespace lockstep::api;

constexpr int kRounds = 101;  // more than it takes to call a wait starvation

struct Things {
  Lock fork{"Fork"}, plate{"Plate"};
  Condition ready{"ready", fork};
  Shared<int> count{"count", 1};
  Queue table{"table"};
  Event bell{"bell"};
};

void read_then_write(const Things& t) {
  const int seen = t.count.load();
  t.count.store(seen + 10);
}

void take_both(const Lock& first, const Lock& second) {
  first.acquire();
  second.acquire();
  second.release();
  first.release();
}

void take_again_and_again(const Lock& lock) {
  for (int i = 0; i < kRounds; ++i) {
    lock.acquire();
    lock.release();
  }
}

void anna(const Things& t, const Setup& setup) {
  if (setup.is("race")) read_then_write(t);
  if (setup.is("crossed") || setup.is("crossed-of-three")) take_both(t.fork, t.plate);
  if (setup.is("no-notify") || setup.is("early-notify")) {
    const With held(t.fork);
    t.ready.wait();
  }
  if (setup.is("one-sentinel")) t.table.get();
  if (setup.is("check")) check("count is 2", t.count.load() == 2);
  if (setup.is("error")) raise("ValueError", "count is too small");
  if (setup.is("starved")) take_both(t.fork, t.plate);
  if (setup.is("polling")) {
    while (t.count.load() == 1) {
    }
  }
  if (setup.is("daemon")) t.bell.wait();
  if (setup.is("nobody-sets")) t.bell.wait();
}

void ben(const Things& t, const Setup& setup) {
  if (setup.is("race")) read_then_write(t);
  if (setup.is("crossed") || setup.is("crossed-of-three")) take_both(t.plate, t.fork);
  if (setup.is("early-notify")) {
    const With held(t.fork);
    t.ready.notify();
  }
  if (setup.is("one-sentinel")) t.table.get();
  if (setup.is("starved")) take_again_and_again(t.fork);
  if (setup.is("polling")) t.count.store(2);
}

void clara(const Things& t) {
  for (int i = 0; i < 9; ++i)
    t.count.store(i);
}

void run_two(const Setup& setup) {
  const Things t;
  const bool daemon = setup.is("daemon");
  const Thread first({.name = "Anna", .daemon = daemon}, [&] { anna(t, setup); });
  const Thread second({.name = "Ben"}, [&] { ben(t, setup); });
  first.start();
  second.start();
  const Thread third({.name = "Clara"}, [&] { clara(t); });
  if (setup.is("crossed-of-three")) third.start();
  if (setup.is("one-sentinel")) t.table.put(None);
  if (!daemon) first.join();
  second.join();
  if (setup.is("crossed-of-three")) third.join();
}

lockstep::Scenario findings() {
  lockstep::Scenario scenario;
  scenario.id = "fault-findings";
  scenario.chapter = Chapter::threads;
  scenario.position = 120;
  for (const char* name : {"race", "crossed", "crossed-of-three", "no-notify", "early-notify", "one-sentinel",
                           "check", "error", "starved", "polling", "daemon", "nobody-sets"}) {
    scenario.variants.push_back({.name = name, .verdict = Verdict::can_fail, .outcomes = {}});
  }
  scenario.main = run_two;
  return scenario;
}

const Registration registered{findings()};

}  // namespace
