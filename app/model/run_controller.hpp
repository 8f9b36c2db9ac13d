// The run on the screen: a live session, a run in steps, or a trace that was loaded. Views ask it, only the
// model steers it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/model/run_batch.hpp"
#include "core/analysis/statistics.hpp"
#include "core/session/session.hpp"
#include "core/session/stepped_run.hpp"

namespace lockstep {

class RunController {
 public:
  /// `wake` is called from other threads when poll() has something to do (the window posts an empty event).
  explicit RunController(std::function<void()> wake = {});
  ~RunController();

  /// Ends the present run, if any, and starts another. A sentence if that is not possible.
  [[nodiscard]] std::optional<std::string> start(const RunRequest& request);
  /// The same in steps, at the position after `choices` (all that are possible).
  [[nodiscard]] std::optional<std::string> start_stepped(const RunRequest& request,
                                                         const std::vector<Choice>& choices = {});
  [[nodiscard]] std::optional<std::string> start_stepped(const Schedule& schedule);
  /// The live run on the screen once more in steps, to where it stands. It is ended.
  [[nodiscard]] std::optional<std::string> step_from_live();
  /// A run in steps goes on live from where it stands.
  void continue_live(double speed);
  /// Shows a trace instead of a run.
  void show(TraceStore store);
  void clear();

  /// Once a frame. True if anything changed.
  bool poll();

  bool has_run() const { return session_ != nullptr || stepped_ != nullptr || loaded_ != nullptr; }
  bool is_live() const { return session_ != nullptr; }
  /// True if times on the screen count steps: a run in steps, or its saved trace.
  bool in_steps() const;
  /// A live run is starting or running: its clock goes.
  bool is_going() const;
  /// A live run is paused.
  bool is_paused() const;
  /// No phase without a run; a loaded trace counts as ended.
  std::optional<RunPhase> phase() const;
  /// How the run ended (or got stuck), once it has.
  const RunEnd* end() const;

  /// Never fails: without a run, an empty store. The reference is good until the next start(), show() or
  /// clear().
  const TraceStore& store() const;
  const std::vector<Finding>& findings() const;
  const Statistics& statistics();  ///< of all events so far, up to now()
  RunTime now() const;             ///< the run's clock; for a loaded trace its end
  const Session* session() const { return session_.get(); }
  SteppedRun* stepped() { return stepped_.get(); }
  const SteppedRun* stepped() const { return stepped_.get(); }
  /// Grows whenever store() becomes another object: tells a view that kept something that it is out of date.
  int generation() const { return generation_; }

  void pause();
  void resume();
  void stop();
  void set_speed(double speed);
  void set_operation_pause_ms(std::int64_t ms);

  /// Run ×100; replaces a batch that still goes on.
  void start_batch(const RunRequest& request, int total);
  void cancel_batch();
  void forget_batch();
  const RunBatch* batch() const { return batch_.get(); }

 private:
  struct Loaded;
  void reset();
  std::optional<std::string> take(SteppedRun::Started started);

  std::function<void()> wake_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<SteppedRun> stepped_;
  int stepped_generation_ = 0;
  std::unique_ptr<Loaded> loaded_;
  std::unique_ptr<RunningStatistics> statistics_;
  std::unique_ptr<RunBatch> batch_;
  int generation_ = 0;
};

}  // namespace lockstep
