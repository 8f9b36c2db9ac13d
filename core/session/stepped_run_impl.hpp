// Inside of SteppedRun: the run that is shown, the one that is coming, and where they stand. What is done
// with them is in stepped_run_launch.cpp (starting and ending runs), stepped_run_go.cpp (letting one go on)
// and stepped_run_arrive.cpp (taking in where it stands).
#pragma once

#include <future>

#include "core/session/run_core.hpp"
#include "core/session/step_tree.hpp"
#include "core/session/stepped_run.hpp"

namespace lockstep {

struct SteppedRun::Impl {
  CheckedRequest checked;
  std::function<void()> on_data;
  std::unique_ptr<RunCore> shown;         ///< what the user sees
  std::unique_ptr<RunCore> coming;        ///< goes back: replays, and is shown when it stands
  std::vector<std::future<void>> ending;  ///< runs that are being ended
  int generation = 0;

  std::vector<Choice> branch;
  std::vector<std::uint8_t> marks;  ///< of the first steps of the branch, as far as they are known
  StepTree tree;
  std::uint32_t position = 0;
  std::uint32_t aim = 0;  ///< where the command that is under way leads, as far as that is known

  bool ready = false;
  std::uint32_t offers_seen = 0;
  std::vector<WorkerCard> cards;
  RunPhase phase = RunPhase::starting;
  RunEnd end;
  Halt halted = Halt::none;
  Divergence divergence;
  std::string divergence_sentence;
  std::optional<LiveOrder> follows;  ///< until it has been compared
  std::optional<LiveDifference> live_difference;
  bool seeks_finding = false;
  std::size_t findings_before = 0;

  StepControl& control() const { return shown->arena.header().step; }

  std::unique_ptr<RunCore> launch(std::uint32_t steps) const;
  void write_plan(StepControl& step, std::uint32_t from, std::uint32_t steps) const;
  void relaunch(std::uint32_t steps);
  void retire(std::unique_ptr<RunCore> core);
  void fail(const std::string& sentence);
  void begin_command(std::uint32_t where);
  void let_go();
  void go_on(std::uint32_t steps);
  void go_to(std::uint32_t step);
  bool stands(RunCore& core) const;
  bool poll();
  void judge();
  void arrive();
  void describe_divergence();
  void return_to_finding();
  std::size_t failures() const;
};

}  // namespace lockstep
