// What computing live tells about the cores: the number it begins on, moves, and waits.
#include <sched.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "core/event/core_mark.hpp"
#include "tests/runtime/live_program.hpp"

using namespace lockstep;
using namespace lockstep::api;
using namespace lockstep::test;
using namespace std::chrono_literals;

namespace {

/// The cores that this thread may use.
std::vector<std::uint32_t> allowed_cores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  sched_getaffinity(0, sizeof set, &set);
  std::vector<std::uint32_t> cores;
  for (std::uint32_t core = 0; core < CPU_SETSIZE; ++core) {
    if (CPU_ISSET(core, &set)) cores.push_back(core);
  }
  return cores;
}

void bind_to(std::uint32_t core) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(core, &set);
  sched_setaffinity(0, sizeof set, &set);
}

/// Moves the calling thread to the core when it has used so much more processor time.
class MoveLater {
 public:
  MoveLater(std::chrono::milliseconds after, std::uint32_t core) {
    target = core;
    struct sigaction action {};
    action.sa_handler = [](int) { bind_to(target); };
    action.sa_flags = SA_RESTART;
    sigaction(SIGUSR2, &action, &before_);
    sigevent event{};
    event.sigev_notify = SIGEV_THREAD_ID;
    event.sigev_signo = SIGUSR2;
    event._sigev_un._tid = gettid();
    timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &timer_);
    itimerspec time{};
    time.it_value.tv_nsec = std::chrono::nanoseconds(after).count();
    timer_settime(timer_, 0, &time, nullptr);
  }
  ~MoveLater() {
    timer_delete(timer_);
    sigaction(SIGUSR2, &before_, nullptr);
  }
  MoveLater(const MoveLater&) = delete;
  MoveLater& operator=(const MoveLater&) = delete;

 private:
  static inline std::uint32_t target = 0;
  struct sigaction before_ {};
  timer_t timer_{};
};

std::vector<Event> cores_in(const Recorded& recorded) {
  std::vector<Event> result;
  for (const Event& event : recorded.events) {
    if (core_in(event)) result.push_back(event);
  }
  return result;
}

}  // namespace

TEST_CASE("computing begins with the core that it has, and ends when it has used up its core time") {
  const auto allowed = allowed_cores();
  const Recorded run = run_live([] { compute(20ms); }, 1.0);
  const auto begin = std::ranges::find(run.events, EventKind::compute_begin, &Event::kind);
  const auto end = std::ranges::find(run.events, EventKind::compute_end, &Event::kind);
  REQUIRE(begin != run.events.end());
  REQUIRE(end != run.events.end());
  CHECK(core_in(*(begin + 1)));
  CHECK((begin + 1)->arg == 0);
  RunTime waited = 0;
  for (const Event& event : cores_in(run)) {
    CHECK(std::ranges::find(allowed, *core_in(event)) != allowed.end());
    CHECK(event.time >= begin->time);
    CHECK(event.time <= end->time);
    waited += event.arg;
  }
  CHECK(static_cast<RunTime>(end->time - begin->time) - waited >= 20'000'000);
}

TEST_CASE("whoever is moved to another core while it computes says so") {
  const auto allowed = allowed_cores();
  if (allowed.size() < 2) return;  // nowhere to go
  const Recorded run = run_live(
      [&] {
        bind_to(allowed[0]);
        const MoveLater later(5ms, allowed[1]);
        compute(40ms);
      },
      1.0);
  const auto cores = cores_in(run);
  REQUIRE(cores.size() >= 2);
  CHECK(core_in(cores.front()) == allowed[0]);
  CHECK(core_in(cores.back()) == allowed[1]);
}
