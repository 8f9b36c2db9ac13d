// Everything that the learner can do, as values: a key, a button, a menu and a test all send the same ones.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "app/model/settings.hpp"
#include "app/model/timeline_state.hpp"
#include "core/schedule/policy.hpp"
#include "core/session/session.hpp"
#include "core/trace/store.hpp"

namespace lockstep {

/// Commands without an argument; these can have a key (key_table.hpp).
enum class Action : std::uint8_t {
  run_or_pause,  ///< starts, pauses, resumes; in step mode goes on at random, or halts
  restart,
  stop,
  slow_motion,  ///< on or off
  slower,
  faster,
  run_hundred,
  cancel_batch,
  next_event,  ///< of the selected worker or object, else of all
  previous_event,
  step_forward,  ///< live: one event of all; step mode: one step
  step_back,
  first_moment,
  to_waker,  ///< from the selected event to the one that made it possible
  to_woken,
  zoom_in,
  zoom_out,
  pan_left,
  pan_right,
  fit,
  follow_newest,
  measure,
  go_back,  ///< undo of navigation
  compact_lanes,
  mode,         ///< live or step, the other one
  cross_over,   ///< live: step from here; step mode: continue live
  to_finding,   ///< step mode: goes on until something is found
  to_cursor,    ///< step mode: to the marked line of the code, else to the playhead
  find_bug,     ///< looks for the least schedule that fails
  prove,        ///< explores every schedule
  stop_search,  ///< of the two
  load_found,   ///< steps through the failing schedule that the search found
  close_search,
  copy_schedule,
  paste_schedule,  ///< opens the place to paste one
  let_worker_go,   ///< only in the key table: the keys 0 … 9, sent as LetGo
  run_worker,      ///< the same with Shift
  find_scenario,   ///< the library's search
  next_lesson,     ///< in the order of the library
  find_in_run,     ///< the timeline's search
  go_to_time,
  help,
  debug_overlay,
  language,  ///< the other one
  theme,     ///< the next one
  text_larger,
  text_smaller,
  text_normal,
  close,  ///< what is open on top, else the selection
  quit,
};

struct ChooseScenario {
  std::string id;
};
/// What the library is ordered by, as in Settings::path. An id that is no path means the chapters.
struct ChoosePath {
  std::string id;
};
struct ChooseVariant {
  std::string name;
};
struct ChooseParam {
  std::string name;
  std::string value;
};
/// What chance follows from the next run on, 0 … kLargestSeed; 0: something new each time.
struct ChooseSeed {
  std::uint64_t seed = 0;
};
/// Step mode: who goes next where the run goes on by itself. Not manual. `depth` as in PolicySpec.
struct ChoosePolicy {
  PolicyKind kind = PolicyKind::random;
  std::uint32_t depth = PolicySpec{}.depth;
};
struct SetSpeed {
  double speed = 1.0;
};
struct SetOperationPause {
  std::int64_t ms = 0;
};
struct SetLanguage {
  Language language = Language::en;
};
struct SetTheme {
  ThemeName theme = ThemeName::dark;
};
struct SetFontScale {
  double scale = 1.0;
};
struct SelectWorker {
  WorkerId worker = kNoWorker;
};  ///< kNoWorker: none
struct SelectObject {
  ObjectId object = kNoObject;
};  ///< kNoObject: none
struct SelectEvent {
  EventIndex event = kNoEvent;
};  ///< also moves the playhead to just after it
struct MovePlayhead {
  RunTime time = 0;
};
struct ShowRange {
  TimeRange range;
};
struct OpenTab {
  std::string view;
};  ///< id of a view on the right or at the bottom
struct Predict {
  int choice = 0;
};                   ///< for the present variant; only before a run shows the answer
struct ShowHint {};  ///< one more
/// The learner has the explanation of the present variant in sight.
struct ReadExplanation {};
struct SetMode {
  RunMode mode = RunMode::live;
};
/// Step mode: a worker makes its move, or begins to wait if it has none. Notifies why if neither is possible.
struct LetGo {
  WorkerId worker = kNoWorker;
  bool to_synchronization = false;  ///< runs it on to before its next synchronization
};
/// Step mode: to the position after that many steps of the branch.
struct GoToStep {
  std::uint32_t step = 0;
};
/// Marks a line of the scenario's C++, from 1, for Action::to_cursor; 0: none.
struct MarkLine {
  int line = 0;
};
/// Step mode: to a node of the tree of what was tried.
struct GoToNode {
  std::uint32_t node = 0;
};
/// Steps through the schedule of this text. Notifies what is wrong with it.
struct LoadSchedule {
  std::string text;
};

/// The schedule that leads to a finding, as text.
struct CopySchedule {
  std::size_t finding = 0;  ///< index into the run's findings
};

using Command =
    std::variant<Action, ChooseScenario, ChoosePath, ChooseVariant, ChooseParam, ChooseSeed, ChoosePolicy,
                 SetSpeed, SetOperationPause, SetLanguage, SetTheme, SetFontScale, SelectWorker, SelectObject,
                 SelectEvent, MovePlayhead, ShowRange, OpenTab, Predict, ShowHint, ReadExplanation, SetMode,
                 LetGo, GoToStep, MarkLine, GoToNode, LoadSchedule, CopySchedule>;

}  // namespace lockstep
