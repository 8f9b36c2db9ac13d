// A run as the user of it sees it. The program runs in processes of its own; this object starts them, takes
// in their events, steers them and outlives whatever happens to them.
//
// One thread uses a Session (the window's, or main of the command line); a thread of its own drains the
// rings, so that a user that is busy never stalls the run. No call blocks longer than noted.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/analysis/diagnosis.hpp"
#include "core/scenario/scenario.hpp"
#include "core/trace/store.hpp"

namespace lockstep {

/// Who decides who goes next.
enum class RunMode : std::uint8_t {
  live,  ///< the operating system
  step,  ///< somebody who chooses, one operation at a time
};

struct RunRequest {
  std::string scenario;
  std::string variant;                        ///< "" = the default
  std::map<std::string, std::string> params;  ///< as typed; the rest get their defaults
  ParamDefaults defaults = ParamDefaults::live;
  std::uint64_t seed = 0;               ///< 0 = from the clock
  double speed = 1.0;                   ///< 0.25 … 64: sleeps and the run clock go this much faster
  std::int64_t operation_pause_ms = 0;  ///< slow motion: 0 … 2000, real milliseconds before each operation
  bool start_paused = false;
  std::int64_t memory_limit_mib = 512;  ///< of all processes of the run together
};

inline constexpr double kMinSpeed = 0.25;
inline constexpr double kMaxSpeed = 64.0;

enum class RunPhase : std::uint8_t {
  starting,
  running,
  paused,
  stuck,  ///< no worker can ever move again; the processes still exist until stop()
  ended,  ///< no process of the run exists any more
};

/// How a run ended.
struct RunEnd {
  Outcome outcome = Outcome::ok;
  bool sandbox_failed = false;  ///< exit status 3: the fault is ours or the machine's, not the program's
  std::string
      reason;  ///< one sentence where there is more to say: "The host process was killed by signal 9."
};

class Session {
 public:
  using Started = std::variant<std::unique_ptr<Session>, std::string>;
  /// Starts a run; takes about 5 ms. A sentence if the request is bad or no process can be started.
  /// `on_data` is called from another thread when poll() has something new, at most about 120 times a second.
  static Started start(const RunRequest& request, std::function<void()> on_data = {});
  /// Ends the run if it still goes on (up to 100 ms).
  ~Session();

  /// Takes in what has happened since the last call. Returns true if anything changed. Never blocks; handles
  /// at most about `budget` events so that a frame stays short.
  bool poll(std::size_t budget = 200'000);
  /// Blocks until poll() would have something to do, at most `ms` milliseconds.
  void wait(int ms);

  RunPhase phase() const;
  /// Meaningful once the phase is ended (and, for the outcome alone, stuck).
  const RunEnd& end() const;
  const Scenario& scenario() const;
  const RunRequest& request() const;  ///< with variant, all params and seed filled in
  const TraceStore& store() const;
  const Diagnosis& diagnosis() const;

  RunTime now() const;  ///< the run's clock
  double speed() const;
  std::int64_t operation_pause_ms() const;
  int host_pid() const;  ///< of the supervisor
  /// Process ids that exist now, the supervisor included.
  std::vector<int> pids() const;
  double ring_fill() const;  ///< fullest ring, 0 … 1

  // --- steering: takes effect at once, returns at once ---
  void pause();
  void resume();
  void set_speed(double speed);  ///< clamped to kMinSpeed … kMaxSpeed
  void set_operation_pause_ms(std::int64_t ms);
  void stop();  ///< kills every process of the run; the phase becomes ended within 100 ms

 private:
  friend class SteppedRun;
  struct Impl;
  explicit Session(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// The outcome that a set of findings means; the first of: deadlock, stuck, error, failed check, race,
/// killed.
Outcome outcome_of(const std::vector<Finding>& findings);

/// To be called first thing in main(): if this process was started as the host of a run, runs it and never
/// returns.
void become_host_if_asked(int argc, char** argv);

}  // namespace lockstep
