// Everything the window shows, without the window: views read it and send commands; nothing else changes it.
//
// One thread uses it. A view that draws never changes the model: it sends a command, which is carried out
// between two frames, so that references into the trace stay good while a frame is built.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/model/command.hpp"
#include "app/model/progress.hpp"
#include "app/model/run_controller.hpp"
#include "app/model/search_controller.hpp"
#include "app/model/settings.hpp"
#include "app/model/step_cards.hpp"
#include "app/model/step_controller.hpp"
#include "app/model/timeline_state.hpp"
#include "core/scenario/lesson.hpp"
#include "core/scenario/scenario.hpp"

namespace lockstep {

/// What is emphasised in every view.
struct Selection {
  WorkerId worker = kNoWorker;
  ObjectId object = kNoObject;
  EventIndex event = kNoEvent;
  friend bool operator==(const Selection&, const Selection&) = default;
};

/// What is open on top of the panes.
struct Overlays {
  bool help = false;
  bool debug = false;
  bool find_in_run = false;
  bool go_to_time = false;
  bool focus_library_search = false;  ///< the library takes the keyboard and sets it back
  bool search = false;                ///< what Find a bug and Prove it are doing or have found
  bool share = false;                 ///< the schedule as text, and a place to paste one
  /// True if something with a text field of its own is open: Esc closes it, also while one types there.
  bool have_field() const { return find_in_run || go_to_time || share; }
  std::string clipboard;  ///< the shell puts it there and sets it back
  std::string open_tab;   ///< the layout opens this tab and sets it back
};

/// A sentence for the learner that goes away by itself (or with Esc).
struct Notice {
  std::string text;
  bool error = false;
  double shown_for = 0;  ///< seconds so far
};

class AppModel {
 public:
  explicit AppModel(Settings initial = {}, std::function<void()> wake = {});

  Settings settings;     ///< language, theme, sizes …; saved by the shell when it changes
  ProgressBook learned;  ///< how far the learner has come; saved like the settings
  RunController run;
  StepController step;
  SearchController search;
  TimelineState timeline;
  Selection selection;
  Overlays overlays;
  std::vector<Notice> notices;
  bool wants_to_quit = false;

  // --- commands ---
  /// Carries it out now; not while a frame is built.
  void apply(const Command& command);
  /// Carries it out after the frame. What views use.
  void send(Command command) { sent_.push_back(std::move(command)); }
  void apply_sent();
  /// False for what would do nothing now: the button is then disabled.
  bool can(Action action) const;

  /// Once a frame, before drawing: takes in events, moves the range, notes progress. True if anything
  /// changed.
  bool update(double seconds_since_last);

  // --- step mode ---
  RunMode mode() const { return mode_; }
  /// One for each worker that exists, at the run's position. Made when asked for, good until the next
  /// update() or command.
  const std::vector<StepCard>& cards() const;
  /// The lost updates that are about to happen at the run's position; good as long as cards().
  const std::vector<Finding>& impending() const;
  /// Steps before the moment: the position, or where the learner looks back to.
  std::uint32_t looked_step() const;
  /// Of the scenario's C++; 0: none.
  int marked_line() const { return marked_line_; }
  /// The schedule of what is on the screen: of a run in steps up to the position, of a live run all of it.
  /// Nothing while a live run goes on.
  std::optional<Schedule> schedule() const;
  /// The same up to and with the step in which a finding became certain.
  std::optional<Schedule> schedule_of(const Finding& finding) const;
  /// What Find a bug and Prove it explore: the chosen variant at the numbers of step mode.
  ExploreRequest explore_request(ExploreGoal goal) const;
  /// What these have come to for the chosen variant; nullptr if nothing is known.
  const SearchVerdict* verdict() const { return search.verdict_of(explore_request(ExploreGoal::prove)); }

  // --- what is chosen ---
  const Scenario* scenario() const { return scenario_; }  ///< nullptr only if there is no scenario at all
  const Variant* variant() const;
  /// As typed, one entry for each param of the scenario.
  const std::map<std::string, std::string>& params() const { return params_; }
  /// "" if the params are right, else the sentence that says what is wrong.
  const std::string& params_error() const { return params_error_; }
  /// The lesson of the scenario in the present language.
  const Lesson& lesson() const;
  const ScenarioProgress& progress(std::string_view scenario_id) const;
  std::uint64_t seed() const { return seed_; }  ///< 0: each run draws a new one
  RunRequest request() const;
  bool slow_motion() const { return operation_pause_ms_ > 0; }
  std::int64_t operation_pause_ms() const { return operation_pause_ms_; }

  // --- the moment: every view shows the state after exactly the first moment() events ---
  EventIndex moment() const;
  /// The playhead's time, or the run's clock when following the newest.
  RunTime moment_time() const;
  /// The end of what the timeline shows: the run's clock; later if it is stuck or was until it was stopped,
  /// so that one sees who waits for ever.
  RunTime drawn_until() const;
  /// True when the moment is the newest and moves on by itself.
  bool at_newest() const { return !timeline.playhead(); }
  /// Every worker and object at the moment; made once a frame. Good until the next update() or command.
  const Moment& state() const;
  /// A worker or object at the moment; a default one if it is not known.
  const WorkerView& worker(WorkerId id) const;
  const ObjectView& object(ObjectId id) const;

  void notify(std::string text, bool error = false);

 private:
  friend struct CommandHandler;
  void choose(const Scenario* scenario);
  void take_choice();
  void start_run();
  void end_run();
  bool note_progress();
  bool note_search();
  std::map<std::string, std::string> params_for(RunMode mode) const;

  // app_model_steps.cpp
  void set_mode(RunMode mode);
  void let_go(const LetGo& command);
  void go_to_step(std::uint32_t step);
  void go_to_cursor();
  void cross_over();
  void step_from_here();
  void search_for(ExploreGoal goal);
  bool step_action(Action action);
  std::optional<bool> can_step(Action action) const;
  std::optional<std::string> load(const Schedule& schedule, bool at_start);
  void load_text(const std::string& text);
  bool update_steps();
  bool age_notices(double seconds);
  ScenarioProgress& progress_of_current();
  ScenarioChoice& choice();

  const Scenario* scenario_ = nullptr;
  RunMode mode_ = RunMode::live;
  std::map<std::string, std::string> params_;
  std::string params_error_;
  std::uint64_t seed_ = 0;
  int marked_line_ = 0;
  std::int64_t operation_pause_ms_ = 0;
  std::vector<Command> sent_;
  mutable Moment state_;
  mutable bool state_fresh_ = false;
  mutable std::vector<StepCard> cards_;
  mutable std::vector<Finding> impending_;
  mutable bool cards_fresh_ = false;
  std::string divergence_noted_;
  bool run_noted_ = false;  // the end of the present run is in the progress
  int batch_failures_noted_ = 0;
};

}  // namespace lockstep
