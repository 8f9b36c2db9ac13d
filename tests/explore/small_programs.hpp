// Small programs with every primitive, all of whose schedules can be run; and random ones.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace lockstep::test {

struct SmallProgram {
  std::string name;
  std::function<void()> main;
};

/// Threads, processes, locks, conditions, events, semaphores, barriers, queues, time-outs, sleeps, files,
/// Globals, deaths, errors, checks: at least one program each, right ones and wrong ones.
std::vector<SmallProgram> small_programs();

/// A program of two or three threads and processes with a few operations each, drawn from the seed.
SmallProgram random_small_program(std::uint64_t seed);

}  // namespace lockstep::test
