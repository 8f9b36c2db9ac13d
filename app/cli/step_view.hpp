// A run in steps told to a person: what has happened, and what each worker is about to do.
#pragma once

#include "app/cli/language.hpp"
#include "app/cli/output.hpp"
#include "core/session/stepped_run.hpp"

namespace lockstep::cli {

/// Follows one run, which must stand whenever something is told of it.
class StepView {
 public:
  StepView(Output& out, Language language) : out_(out), language_(language) {}

  /// What happened since the last time (after going back there is nothing new), where the run stands, and a
  /// line for each worker; the one whose turn the branch says is next has an arrow.
  void tell_where(const SteppedRun& run);
  void tell_new_events(const SteppedRun& run);
  /// Another run is told of from now on, from its start.
  void forget();

 private:
  void tell_card(const SteppedRun& run, const WorkerCard& card);
  void line(const std::string& text) { out_.write(text + '\n'); }

  Output& out_;
  Language language_;
  EventIndex events_ = 0;
  std::size_t findings_ = 0;
  int generation_ = 0;
};

}  // namespace lockstep::cli
