// Inside of Session, for what makes one: session.cpp and a stepped run that goes on live.
#pragma once

#include <mutex>

#include "core/session/run_core.hpp"

namespace lockstep {

struct Session::Impl {
  explicit Impl(std::unique_ptr<RunCore> what);

  void let_go();
  void apply_clock();
  void judge();

  std::unique_ptr<RunCore> core;
  /// The clock has one writer at a time: this thread, or the ingest thread at the start.
  std::mutex steering;
  bool going = false;
  double speed = 1.0;
  bool paused = false;

  RunPhase phase = RunPhase::starting;
  RunEnd end;
  bool stopped = false;
};

}  // namespace lockstep
