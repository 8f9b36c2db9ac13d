// Drives a session from a test.
#pragma once

#include "tests/catch.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "core/platform/process.hpp"
#include "core/session/session.hpp"
#include "tests/session/patience.hpp"

namespace lockstep::test {

inline std::unique_ptr<Session> start(const std::string& scenario, double speed = 64.0,
                                      const std::string& variant = "",
                                      std::map<std::string, std::string> params = {}) {
  RunRequest request;
  request.scenario = scenario;
  request.variant = variant;
  request.params = std::move(params);
  request.seed = 1;
  request.speed = speed;
  auto started = Session::start(request);
  if (auto* sentence = std::get_if<std::string>(&started)) FAIL(*sentence);
  return std::move(std::get<std::unique_ptr<Session>>(started));
}

/// 0: no worker of this name has been started.
inline int pid_of(const Session& session, const std::string& name) {
  for (const WorkerInfo& worker : session.store().workers()) {
    if (worker.name == name) return worker.pid;
  }
  return 0;
}

/// Takes in events until the condition holds.
inline void until(Session& session, const std::function<bool()>& condition) {
  const Patience patience;
  while (!condition()) {
    patience.check();
    session.wait(20);
    session.poll();
  }
}

inline void until_over(Session& session) {
  until(session, [&] { return session.phase() == RunPhase::ended || session.phase() == RunPhase::stuck; });
}

inline void until_ended(Session& session) {
  until(session, [&] { return session.phase() == RunPhase::ended; });
}

inline std::vector<std::string> printed(const Session& session) {
  std::vector<std::string> lines;
  for (EventIndex i = 0; i < session.store().size(); ++i) {
    const Event& event = session.store()[i];
    if (event.kind == EventKind::print) {
      lines.emplace_back(session.store().text(static_cast<TextId>(event.arg)));
    }
  }
  return lines;
}

inline bool has_printed(const Session& session, const std::string& line) {
  const auto lines = printed(session);
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

inline const Finding* find(const Session& session, FindingKind kind) {
  for (const Finding& finding : session.diagnosis().findings()) {
    if (finding.kind == kind) return &finding;
  }
  return nullptr;
}

/// True when none of the processes exists any more, or is only waiting to be reaped by somebody else.
inline bool all_gone(const std::vector<int>& pids) {
  for (const int pid : pids) {
    const char state = platform::kernel_state(pid);
    if (state != 0 && state != 'Z') return false;
  }
  return true;
}

inline void until_gone(const std::vector<int>& pids) {
  const Patience patience;
  while (!all_gone(pids)) {
    patience.check();
    std::this_thread::yield();
  }
}

}  // namespace lockstep::test
