#include "core/explore/explorer.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "core/explore/members.hpp"
#include "core/explore/outcome.hpp"
#include "core/explore/recording.hpp"

namespace lockstep {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kBetweenProgress{20};
/// How long a member goes on when it takes turns with another one.
constexpr std::chrono::milliseconds kTurn{10};

class Explorer {
 public:
  Explorer(const Program& program, const ExploreOptions& options)
      : program_(program),
        options_(options),
        prover_(program, options, board_),
        finder_(program, options, board_) {}

  ExploreReport run(const std::function<bool(const ExploreProgress&)>& on_progress);

 private:
  using Team = std::vector<Member*>;
  void work(Team team);
  bool is_enough();
  void end_early(ExploreEnd why);
  void watch(const std::function<bool(const ExploreProgress&)>& on_progress);
  ExploreProgress progress();
  double seconds() const { return std::chrono::duration<double>(Clock::now() - begin_).count(); }
  ExploreReport report();
  ExploreEnd ended_by() const;

  const Program& program_;
  const ExploreOptions& options_;
  const Clock::time_point begin_ = Clock::now();
  Board board_;
  Prover prover_;
  Finder finder_;

  std::mutex mutex_;
  std::condition_variable changed_;
  int working_ = 0;
  std::optional<ExploreEnd> early_;
  std::string failure_;
};

/// The members take turns until none of them has anything left to do, or it is enough.
void Explorer::work(Team team) {
  try {
    while (!team.empty() && !board_.is_stopped()) {
      Member& member = *team.front();
      const bool takes_turns = team.size() > 1 && options_.goal != ExploreGoal::prove;
      const auto until = Clock::now() + kTurn;
      bool goes_on = true;
      while (goes_on && !board_.is_stopped() && (!takes_turns || Clock::now() < until)) {
        goes_on = member.advance();
        if (is_enough()) board_.stop();
        if (options_.max_schedules != 0 && board_.executions() >= options_.max_schedules)
          end_early(ExploreEnd::schedules);
      }
      team.erase(team.begin());
      if (goes_on) team.push_back(&member);
    }
  } catch (const std::exception& error) {
    const std::lock_guard held(mutex_);
    failure_ = error.what();
    board_.stop();
  }
  const std::lock_guard held(mutex_);
  --working_;
  changed_.notify_all();
}

bool Explorer::is_enough() {
  const bool finder_done = finder_.phase() == ExplorePhase::done;
  if (prover_.is_done() && (!board_.has_failure() || finder_done)) return true;
  if (options_.goal != ExploreGoal::find || !finder_done) return false;
  return board_.has_failure() || finder_.saw_all();
}

void Explorer::end_early(ExploreEnd why) {
  const std::lock_guard held(mutex_);
  if (!early_ && !board_.is_stopped()) early_ = why;
  board_.stop();
}

ExploreProgress Explorer::progress() {
  const ExplorePhase phase = finder_.phase();
  const bool is_finding = options_.goal != ExploreGoal::prove && phase != ExplorePhase::done;
  ExploreProgress result;
  result.phase = is_finding || (prover_.is_done() && board_.has_failure()) ? phase : ExplorePhase::exhaustive;
  result.bound = finder_.bound();
  result.schedules = board_.executions();
  result.states = finder_.states();
  result.failing = board_.failing();
  result.fraction = prover_.fraction();
  result.seconds = seconds();
  return result;
}

void Explorer::watch(const std::function<bool(const ExploreProgress&)>& on_progress) {
  std::unique_lock held(mutex_);
  while (working_ > 0) {
    changed_.wait_for(held, kBetweenProgress);
    held.unlock();
    if (options_.max_seconds > 0 && seconds() >= options_.max_seconds) end_early(ExploreEnd::seconds);
    if (on_progress && !board_.is_stopped() && !on_progress(progress())) end_early(ExploreEnd::cancelled);
    held.lock();
  }
}

ExploreReport Explorer::run(const std::function<bool(const ExploreProgress&)>& on_progress) {
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  const unsigned threads = options_.threads == 0 ? cores : options_.threads;
  std::vector<Team> teams;
  if (options_.goal == ExploreGoal::prove || threads == 1) {
    teams = {{&prover_, &finder_}};
  } else {
    teams = {{&prover_}, {&finder_}};
  }
  working_ = static_cast<int>(teams.size());
  std::vector<std::thread> workers;
  workers.reserve(teams.size());
  try {
    for (const Team& team : teams)
      workers.emplace_back([this, team] { work(team); });
    watch(on_progress);
  } catch (const std::system_error& refused) {
    board_.stop();
    for (std::thread& worker : workers)
      worker.join();
    throw std::runtime_error(no_thread(refused));
  }
  for (std::thread& worker : workers)
    worker.join();
  return report();
}

ExploreEnd Explorer::ended_by() const {
  if (!failure_.empty()) return ExploreEnd::failed;
  const bool was_found = board_.has_failure() && finder_.phase() == ExplorePhase::done;
  if (options_.goal == ExploreGoal::find && was_found) return ExploreEnd::found;
  if (prover_.is_done() || (finder_.saw_all() && !board_.has_failure())) return ExploreEnd::exhausted;
  return early_.value_or(ExploreEnd::cancelled);
}

ExploreReport Explorer::report() {
  ExploreReport result;
  result.end = ended_by();
  result.reason = failure_;
  result.schedules = prover_.counts().complete + prover_.counts().cut;
  result.sampled = finder_.sampled();
  result.states = finder_.states();
  result.by_outcome = prover_.by_outcome();
  for (std::size_t i = 0; i < kOutcomeCount; ++i)
    result.failing += is_failure(static_cast<Outcome>(i)) ? result.by_outcome[i] : 0;
  result.bound_hit = prover_.counts().cut > 0 || prover_.counts().interrupted > 0;
  if (const std::optional<Failure> best = board_.best()) {
    result.least = LeastFailure{.schedule = recorded(program_, options_.seed, *best),
                                .cost = best->cost,
                                .outcome = best->outcome,
                                .is_least = finder_.least().is_complete()};
  }
  result.seconds = seconds();
  return result;
}

}  // namespace

ExploreReport explore(const Program& program, const ExploreOptions& options,
                      const std::function<bool(const ExploreProgress&)>& on_progress) {
  try {
    return Explorer(program, options).run(on_progress);
  } catch (const std::exception& error) {
    ExploreReport result;
    result.end = ExploreEnd::failed;
    result.reason = error.what();
    return result;
  }
}

}  // namespace lockstep
