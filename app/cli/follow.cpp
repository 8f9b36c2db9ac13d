#include "app/cli/follow.hpp"

#include <algorithm>

#include "app/cli/failure.hpp"
#include "app/cli/interrupts.hpp"

namespace lockstep::cli {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kLookEveryMs = 50;  // for signals and the limit; events wake the wait at once

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Ends the run and takes in what it still said: at most for 2 s, after which nothing of it is left.
void stop(Session& session) {
  const auto begin = Clock::now();
  session.stop();
  while (session.phase() != RunPhase::ended && seconds_since(begin) < 2) {
    if (!session.poll()) session.wait(kLookEveryMs);
  }
}

}  // namespace

std::unique_ptr<Session> start(const RunRequest& request) {
  Session::Started started = Session::start(request);
  if (const auto* sentence = std::get_if<std::string>(&started)) fail_sandbox(*sentence);
  return std::get<std::unique_ptr<Session>>(std::move(started));
}

Ending follow(Session& session, double limit_seconds, const std::function<bool()>& progress) {
  const auto begin = Clock::now();
  Ending ending;
  while (true) {
    const bool news = session.poll();
    if (news && !progress()) ending.unheard = true;
    if (session.phase() == RunPhase::ended || session.phase() == RunPhase::stuck) break;
    ending.signal = caught_signal();
    ending.limit = seconds_since(begin) >= limit_seconds;
    if (ending.signal != 0 || ending.unheard || ending.limit) break;
    if (!news) session.wait(kLookEveryMs);
  }
  if (session.phase() != RunPhase::ended) stop(session);
  ending.end = session.end();
  ending.wall_seconds = seconds_since(begin);
  if (!ending.unheard) ending.unheard = !progress();
  return ending;
}

void settle(SteppedRun& run) {
  run.poll();
  while (!run.ready()) {
    run.wait(kLookEveryMs);
    run.poll();
  }
}

Ending ending_of(const SteppedRun& run, Clock::time_point begin) {
  Ending ending;
  ending.wall_seconds = seconds_since(begin);
  if (run.phase() == RunPhase::ended || run.phase() == RunPhase::stuck) {
    ending.end = run.end();
    return ending;
  }
  const Outcome found = outcome_of(run.diagnosis().findings());
  ending.left = true;
  ending.end.outcome = found == Outcome::ok ? Outcome::stopped : found;
  return ending;
}

int status_of(const Ending& ending, const Diagnosis& diagnosis) {
  if (ending.signal != 0) return 128 + ending.signal;
  if (ending.end.sandbox_failed) return kSandbox;
  const bool failed = std::ranges::any_of(diagnosis.findings(),
                                          [](const Finding& finding) { return is_failure(finding.kind); });
  const bool other =
      ending.end.outcome != Outcome::ok && !(ending.left && ending.end.outcome == Outcome::stopped);
  return failed || other ? kFinding : kOk;
}

}  // namespace lockstep::cli
