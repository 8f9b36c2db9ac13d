// Philosophers at a table. Each needs the two tools beside the plate to eat, and takes one after the other.
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

constexpr int kTries = 3;

void dine(AnyLock first, AnyLock second) {
  first.acquire();                //@ first
  sleep(100ms, "reaching over");  //@ reach
  second.acquire();               //@ second
  print("eats");                  //@ eat
  second.release();               //@ second back
  first.release();                //@ first back
}

void dine_politely(AnyLock first, AnyLock second) {
  for (int attempt = 1; attempt <= kTries; ++attempt) {
    first.acquire();                              //@ first, polite
    sleep(100ms, "reaching over");                //@ reach, polite
    const bool got_both = second.acquire(200ms);  //@ second, polite
    if (got_both) {
      print("eats");     //@ eat, polite
      second.release();  //@ second back, polite
    }
    first.release();  //@ first back, polite
    if (got_both) return;
    sleep_between(0s, 300ms, "standing back");  //@ stand back
  }
  print("gave up after {} tries: perhaps a livelock", kTries);  //@ give up
  check("the tries have an end", true);                         //@ end of tries
}

std::vector<AnyLock> lay_table(const Setup& setup) {
  constexpr std::array kTools{"Fork", "Plate", "Spoon", "Cup", "Knife", "Bowl", "Glass"};
  std::vector<AnyLock> tools;
  for (const char* tool : std::span(kTools).first(static_cast<std::size_t>(setup.param("philosophers")))) {
    tools.push_back(setup.is("opposite-order-rlock") ? AnyLock(RLock(tool)) : AnyLock(Lock(tool)));
  }
  return tools;
}

void dinner(const Setup& setup) {
  const std::vector<AnyLock> tools = lay_table(setup);
  std::vector<Thread> philosophers;
  for (std::size_t i = 0; i < tools.size(); ++i) {
    AnyLock first = tools[i];
    AnyLock second = tools[(i + 1) % tools.size()];
    if (setup.is("same-order") && i + 1 == tools.size()) std::swap(first, second);
    const WorkerOptions options{.name = fmt::format("Philosopher {}", i + 1)};
    philosophers.emplace_back(options, setup.is("try-with-timeout") ? dine_politely : dine, first, second);
    philosophers.back().start();  //@ start
  }
  for (const Thread& philosopher : philosophers)
    philosopher.join();              //@ join
  print("all have left the table");  //@ tell
}

const Registration registered{{
    .id = "deadlock",
    .chapter = Chapter::locks,
    .position = 7,
    .difficulty = 2,
    .related = {"rlock-reentry", "process-terminate-holding-lock"},
    .variants =
        {{"opposite-order",
          Verdict::can_fail,
          {{Outcome::ok, Expectation::required,
            "One philosopher takes both tools before the other one begins.",
            "一位哲学家在另一位开始之前就拿到了两样餐具。"},
           {Outcome::deadlock, Expectation::required,
            "Each holds one tool and waits for the one that the neighbour holds: a cycle, for ever.",
            "每人手里拿着一样，又等着邻座手里的那一样，形成环，永远等下去。"}}},
         {"opposite-order-rlock",
          Verdict::can_fail,
          {{Outcome::ok, Expectation::required,
            "One philosopher takes both tools before the other one begins.",
            "一位哲学家在另一位开始之前就拿到了两样餐具。"},
           {Outcome::deadlock, Expectation::required,
            "An RLock lets its owner in again; here the owner is somebody else, so the cycle is the same.",
            "可重入锁只让持有者自己再次进入；这里持有者是别人，环照样形成。"}}},
         {"same-order",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "Everybody takes the tools in the same order, so no cycle can close.",
            "所有人按同一个顺序拿餐具，环无法闭合。"},
           {Outcome::deadlock, Expectation::forbidden,
            "A cycle would need somebody who takes them the other way round.",
            "要形成环，必须有人按相反的顺序拿。"}}},
         {"try-with-timeout",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "Whoever cannot get the second tool in time puts the first one back; after three tries one gives "
            "up.",
            "没能及时拿到第二样的人先放下第一样；试三次不成就放弃。"},
           {Outcome::deadlock, Expectation::forbidden,
            "Nobody holds one tool and waits for ever for the other.", "没有人会拿着一样、永远等另一样。"}}}},
    .params = {{.name = "philosophers", .value = 2, .step_value = 2, .min = 2, .max = 7}},
    .main = dinner,
}};

}  // namespace
