// A class of its own for a kind of thread: a clock that ticks with its own delay.
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

class Clock : public Thread {
 public:
  Clock(std::string_view name, std::chrono::seconds delay, int ticks)
      : Thread({.name = std::string(name)}, run, delay, ticks) {}  //@ thread

 private:
  static void run(std::chrono::seconds delay, int ticks) {
    for (int i = 1; i <= ticks; ++i) {
      sleep(delay, "until the next tick");      //@ delay
      print("tick {}, at {:.1f} s", i, now());  //@ tick
    }
  }
};

void start_clocks(const Setup& setup) {
  const Clock fast("Fast clock", 1s, setup.param("ticks"));  //@ fast
  const Clock slow("Slow clock", 2s, setup.param("ticks"));  //@ slow
  fast.start();                                              //@ start fast
  slow.start();                                              //@ start slow
  fast.join();                                               //@ join fast
  slow.join();                                               //@ join slow
  print("both clocks have stopped");                         //@ tell
}

const Registration registered{{
    .id = "thread-subclass",
    .chapter = Chapter::threads,
    .position = 3,
    .difficulty = 1,
    .related = {"process-class", "thread-start-join"},
    .variants = {{"subclass",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "Both clocks tick as often as they should, each at its own pace.",
                    "两个时钟都走够了次数，各按各的快慢。"}}}},
    .params = {{.name = "ticks", .value = 5, .step_value = 2, .min = 1, .max = 20}},
    .main = start_clocks,
}};

}  // namespace
