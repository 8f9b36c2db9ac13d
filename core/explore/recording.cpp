#include "core/explore/recording.hpp"

#include <stdexcept>

#include "core/explore/fiber_run.hpp"
#include "core/explore/outcome.hpp"

namespace lockstep {
namespace {

class Along final : public Scheduler {
 public:
  explicit Along(const std::vector<Choice>& choices) : choices_(choices) {}
  Choice next(const Situation& situation) override {
    if (situation.step >= choices_.size()) return kHalt;
    const Choice choice = choices_[situation.step];
    return situation.move_of(choice.worker) == nullptr ? kHalt : choice;
  }

 private:
  const std::vector<Choice>& choices_;
};

}  // namespace

Schedule recorded(const Program& program, std::uint64_t seed, const Failure& failure) {
  FiberRun run(program.main, seed);
  Along scheduler(failure.choices);
  std::vector<Event> trace;
  const FiberEnd end = run.run(scheduler, &trace);
  if (end.halted || end.steps != failure.choices.size() ||
      outcome_of_end(run.arena(), end) != failure.outcome) {
    throw std::runtime_error(
        "The failing schedule that was found came to another end when it was run again.");
  }
  const auto* const marks = run.arena().header().step.marks.data();
  return {.scenario = program.scenario,
          .variant = program.variant,
          .params = program.params,
          .seed = seed,
          .choices = failure.choices,
          .marks = {marks, marks + end.steps}};
}

}  // namespace lockstep
