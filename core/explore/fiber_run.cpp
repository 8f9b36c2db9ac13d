#include "core/explore/fiber_run.hpp"

#include "core/process/worker.hpp"

namespace lockstep {

FiberRun::FiberRun(std::function<void()> main, std::uint64_t seed)
    : arena_(Arena::create()),
      runtime_(arena_),
      names_(arena_),
      main_(std::move(main)),
      body_{run_process_body, [this] { main_(); }},
      seed_(seed) {}

FiberEnd FiberRun::run(Scheduler& scheduler, std::vector<Event>* trace) {
  names_.forget();
  return runtime_.execute({.set_up = create_main_worker, .main = &body_, .seed = seed_, .trace = trace},
                          scheduler);
}

FiberEnd FiberRun::run_unseen(Scheduler& scheduler) {
  names_.forget();
  return runtime_.execute(
      {.set_up = create_main_worker, .main = &body_, .seed = seed_, .has_histories = false}, scheduler);
}

}  // namespace lockstep
