// Drives a stepped run from a test.
#pragma once

#include "tests/catch.hpp"

#include <chrono>
#include <string>
#include <vector>

#include "core/session/stepped_run.hpp"
#include "tests/session/patience.hpp"

namespace lockstep::test {

/// Takes in what happens until the run stands.
inline void until_ready(SteppedRun& run) {
  const Patience patience;
  run.poll();
  while (!run.ready()) {
    patience.check();
    run.wait(20);
    run.poll();
  }
}

inline std::unique_ptr<SteppedRun> taken(SteppedRun::Started started) {
  if (auto* sentence = std::get_if<std::string>(&started)) FAIL(*sentence);
  auto run = std::move(std::get<std::unique_ptr<SteppedRun>>(started));
  until_ready(*run);
  return run;
}

inline RunRequest step_request(const std::string& scenario, const std::string& variant = "") {
  RunRequest request;
  request.scenario = scenario;
  request.variant = variant;
  request.defaults = ParamDefaults::step;
  request.seed = 1;
  return request;
}

inline std::unique_ptr<SteppedRun> start_steps(const std::string& scenario, const std::string& variant = "",
                                               const std::vector<Choice>& choices = {}) {
  return taken(SteppedRun::start(step_request(scenario, variant), choices));
}

inline void run_to_end(SteppedRun& run, PolicyKind kind, std::uint64_t seed = 1) {
  PolicySpec spec;
  spec.kind = kind;
  spec.seed = seed;
  run.run(spec, RunUntil::end);
  until_ready(run);
}

/// The events, with every text as itself: what two runs must agree on.
inline std::vector<std::string> told(const TraceStore& store) {
  std::vector<std::string> lines;
  for (EventIndex i = 0; i < store.size(); ++i) {
    const Event& event = store[i];
    const bool text =
        argument_of(event.kind) == ArgumentType::text ||
        (argument_of(event.kind) == ArgumentType::value && event.value().type == ValueType::text);
    std::string line = std::to_string(event.time) + " w" + std::to_string(event.worker) + " " +
                       std::string(name_of(event.kind)) + " o" + std::to_string(event.object) + "#" +
                       std::to_string(event.seq) + " f" + std::to_string(event.flags) + " ";
    line += text ? std::string(store.text(static_cast<TextId>(event.arg))) : std::to_string(event.arg);
    if (event.site != 0) line += " :" + std::to_string(store.sites()[event.site].line);
    lines.push_back(std::move(line));
  }
  return lines;
}

/// The same without what may tell of process ids.
inline std::vector<std::string> deeds(const TraceStore& store) {
  std::vector<std::string> lines = told(store);
  std::erase_if(lines, [](const std::string& line) {
    return line.find(" print ") != line.npos || line.find(" local-set ") != line.npos;
  });
  return lines;
}

}  // namespace lockstep::test
