// Carries out commands.
#include <algorithm>
#include <array>
#include <cmath>

#include "app/model/app_model.hpp"
#include "app/model/event_walk.hpp"
#include "app/model/next_lesson.hpp"
#include "core/scenario/learning_path.hpp"

namespace lockstep {
namespace {

constexpr std::int64_t kSlowMotionMs = 300;
constexpr int kBatchRuns = 100;
constexpr double kZoomStep = 0.8;
constexpr RunTime kPanShare = 8;  // an eighth of what is visible
constexpr double kFontStep = 1.1;

}  // namespace

struct CommandHandler {
  AppModel& model;

  void operator()(const ChooseScenario& command) const {
    const Scenario* scenario = find_scenario(command.id);
    if (!scenario) {
      model.notify(unknown_scenario_message(command.id), true);
    } else if (scenario != model.scenario_) {
      model.choose(scenario);
    }
  }

  void operator()(const ChoosePath& command) const {
    model.settings.path = is_path(command.id) ? command.id : "";
  }

  void operator()(const ChooseVariant& command) const {
    if (!model.scenario_ || !model.scenario_->variant(command.name)) return;
    if (model.variant() && model.variant()->name == command.name) return;
    model.choice().variant = command.name;
    model.search.forget();
    model.overlays.search = false;
    forget_run();
  }

  void operator()(const ChooseParam& command) const {
    if (!model.scenario_ || !model.scenario_->param(command.name)) return;
    if (model.params_[command.name] == command.value) return;
    ScenarioChoice& choice = model.choice();
    (model.mode() == RunMode::step ? choice.step_params : choice.params)[command.name] = command.value;
    forget_run();
  }

  void operator()(const ChooseSeed& command) const {
    model.seed_ = std::min(command.seed, kLargestSeed);
    model.step.choose_seed(model.seed_);
  }

  void operator()(const ChoosePolicy& command) const {
    model.step.choose_policy(command.kind, command.depth);
  }

  void operator()(const SetSpeed& command) const {
    if (!std::isfinite(command.speed)) return;
    model.settings.speed = std::clamp(command.speed, kMinSpeed, kMaxSpeed);
    model.run.set_speed(model.settings.speed);
  }

  void operator()(const SetOperationPause& command) const {
    model.operation_pause_ms_ = std::clamp<std::int64_t>(command.ms, 0, 2000);
    model.run.set_operation_pause_ms(model.operation_pause_ms_);
  }

  void operator()(const SetLanguage& command) const {
    model.settings.language = command.language;
    model.take_choice();  // a sentence of it may be in words
  }
  void operator()(const SetTheme& command) const { model.settings.theme = command.theme; }

  void operator()(const SetFontScale& command) const {
    if (!std::isfinite(command.scale)) return;
    model.settings.font_scale = std::clamp(command.scale, kMinFontScale, kMaxFontScale);
  }

  void operator()(const SelectWorker& command) const {
    model.selection = {.worker = command.worker, .object = kNoObject, .event = kNoEvent};
  }

  void operator()(const SelectObject& command) const {
    model.selection = {.worker = kNoWorker, .object = command.object, .event = kNoEvent};
  }

  void operator()(const SelectEvent& command) const {
    const TraceStore& store = model.run.store();
    if (command.event >= store.size()) {
      model.selection.event = kNoEvent;
      return;
    }
    const auto time = static_cast<RunTime>(store[command.event].time);
    // In steps the playhead stands at the end of the event's step.
    const RunTime at = model.run.in_steps() ? (time / kStepTime + 1) * kStepTime : time;
    model.selection.event = command.event;
    model.timeline.remember();
    if (model.run.in_steps() && at >= model.run.now()) {
      model.timeline.follow_newest();  // nobody looks back at the step where the run stands
    } else {
      model.timeline.set_playhead({at, command.event + 1});
    }
    model.timeline.reveal(at);
  }

  void operator()(const MovePlayhead& command) const {
    const RunTime now = model.run.now();
    model.selection.event = kNoEvent;
    if (model.run.in_steps()) return look_at_step((command.time + kStepTime / 2) / kStepTime);
    if (command.time >= now) {
      model.timeline.follow_newest();
      return;
    }
    const RunTime time = std::max<RunTime>(command.time, 0);
    model.timeline.set_playhead({time, model.run.store().index_at(time)});
    model.timeline.reveal(time);
  }

  void operator()(const ShowRange& command) const {
    model.timeline.remember();
    model.timeline.show(command.range);
  }

  void operator()(const OpenTab& command) const {
    // Which of the two it is, the layout knows; an id that is not a tab there is ignored.
    model.overlays.open_tab = command.view;
  }

  void operator()(const Predict& command) const {
    const Variant* variant = model.variant();
    if (!variant || command.choice < 0) return;
    note_prediction(model.progress_of_current(), variant->name, command.choice);
  }

  void operator()(const ShowHint&) const {
    int& hints = model.progress_of_current().hints;
    hints = std::min(hints + 1, static_cast<int>(model.lesson().hints.size()));
  }

  void operator()(const ReadExplanation&) const {
    const Variant* variant = model.variant();
    if (variant) note_explanation(model.progress_of_current(), variant->name);
  }

  void operator()(const SetMode& command) const { model.set_mode(command.mode); }
  void operator()(const LetGo& command) const { model.let_go(command); }
  void operator()(const GoToStep& command) const { model.go_to_step(command.step); }

  void operator()(const MarkLine& command) const { model.marked_line_ = std::max(command.line, 0); }

  void operator()(const GoToNode& command) const {
    model.timeline.follow_newest();
    model.step.go_to_node(command.node);
  }

  void operator()(const LoadSchedule& command) const { model.load_text(command.text); }

  void operator()(const CopySchedule& command) const {
    const auto& findings = model.run.findings();
    if (command.finding >= findings.size()) return;
    if (const auto schedule = model.schedule_of(findings[command.finding])) {
      model.overlays.clipboard = to_text(*schedule);
    }
  }

  void operator()(Action action) const {
    if (!model.can(action)) return;
    if (!model.step_action(action) && !run_action(action) && !timeline_action(action)) window_action(action);
  }

 private:
  void forget_run() const {
    model.end_run();
    model.run.forget_batch();
    model.search.stop_looking();
    model.take_choice();
    if (model.mode() == RunMode::step) model.start_run();
  }

  /// The playhead between two steps: the events of the first `step` steps have happened.
  void look_at_step(RunTime step) const {
    const RunTime at = std::max<RunTime>(step, 0) * kStepTime;
    if (at > model.run.now() && step <= static_cast<RunTime>(model.step.length())) {
      return model.go_to_step(static_cast<std::uint32_t>(step));  // on along the branch
    }
    if (at >= model.run.now()) return model.timeline.follow_newest();
    model.timeline.set_playhead({at, at == 0 ? 0 : model.run.store().index_at(at - 1)});
    model.timeline.reveal(at);
  }

  void run_or_pause() const {
    if (model.run.is_going()) {
      model.run.pause();
    } else if (model.run.is_paused()) {
      model.timeline.follow_newest();
      model.run.resume();
    } else {
      model.start_run();
    }
  }

  bool run_action(Action action) const {
    switch (action) {
      case Action::run_or_pause: run_or_pause(); return true;
      case Action::restart: model.start_run(); return true;
      case Action::stop:
        model.run.stop();
        model.run.cancel_batch();
        return true;
      case Action::slow_motion:
        (*this)(SetOperationPause{model.slow_motion() ? 0 : kSlowMotionMs});
        return true;
      case Action::slower: (*this)(SetSpeed{model.settings.speed / 2}); return true;
      case Action::faster: (*this)(SetSpeed{model.settings.speed * 2}); return true;
      case Action::run_hundred: model.run.start_batch(model.request(), kBatchRuns); return true;
      case Action::cancel_batch: model.run.cancel_batch(); return true;
      default: return false;
    }
  }

  void select(EventIndex event) const {
    if (event != kNoEvent) (*this)(SelectEvent{event});
  }

  void select_linked(bool to_waker) const {
    const EventIndex event = linked_event(model, to_waker);
    if (event == kNoEvent) return;
    model.selection.worker = model.run.store()[event].worker;
    model.selection.object = kNoObject;
    select(event);
  }

  void zoom(double factor) const {
    const TimeRange range = model.timeline.visible();
    const RunTime moment = model.moment_time();
    const bool in_sight = moment >= range.from && moment <= range.to;
    model.timeline.remember();
    model.timeline.zoom(factor, in_sight ? moment : range.from + range.length() / 2,
                        in_sight && model.at_newest());
  }

  void pan(RunTime by) const {
    model.timeline.remember();
    model.timeline.pan(by);
  }

  bool timeline_action(Action action) const {
    TimelineState& timeline = model.timeline;
    const RunTime pan_by = timeline.visible().length() / kPanShare;
    switch (action) {
      case Action::next_event: select(neighbour(model, true, true)); return true;
      case Action::previous_event: select(neighbour(model, false, true)); return true;
      case Action::step_forward: select(neighbour(model, true, false)); return true;
      case Action::step_back: select(neighbour(model, false, false)); return true;
      case Action::first_moment: (*this)(MovePlayhead{0}); return true;
      case Action::to_waker: select_linked(true); return true;
      case Action::to_woken: select_linked(false); return true;
      case Action::zoom_in: zoom(kZoomStep); return true;
      case Action::zoom_out: zoom(1 / kZoomStep); return true;
      case Action::pan_left: pan(-pan_by); return true;
      case Action::pan_right: pan(pan_by); return true;
      case Action::fit:
        timeline.remember();
        timeline.fit(model.drawn_until());
        return true;
      case Action::follow_newest:
        timeline.remember();
        timeline.follow_newest();
        return true;
      case Action::measure:
        timeline.measuring = !timeline.measuring;
        timeline.measure.reset();
        return true;
      case Action::go_back: timeline.go_back(); return true;
      case Action::compact_lanes: timeline.compact = !timeline.compact; return true;
      default: return false;
    }
  }

  void close() const {
    Overlays& overlays = model.overlays;
    const std::array opened{&overlays.help, &overlays.share, &overlays.find_in_run, &overlays.go_to_time,
                            &overlays.search};
    const auto top = std::ranges::find_if(opened, [](const bool* open) { return *open; });
    if (top != opened.end()) {
      **top = false;
      if (*top == &overlays.search) model.search.forget();
    } else if (!model.notices.empty()) {
      model.notices.clear();
    } else if (model.timeline.measuring || model.timeline.measure) {
      model.timeline.measuring = false;
      model.timeline.measure.reset();
    } else {
      model.selection = {};
    }
  }

  void go_on() const {
    const Scenario* next = next_lesson(*model.scenario_, model.settings.path, model.learned);
    if (next != nullptr) model.choose(next);
  }

  void window_action(Action action) const {
    Settings& settings = model.settings;
    switch (action) {
      case Action::find_scenario: model.overlays.focus_library_search = true; break;
      case Action::next_lesson: go_on(); break;
      case Action::find_in_run: model.overlays.find_in_run = !model.overlays.find_in_run; break;
      case Action::go_to_time: model.overlays.go_to_time = !model.overlays.go_to_time; break;
      case Action::help: model.overlays.help = !model.overlays.help; break;
      case Action::debug_overlay: model.overlays.debug = !model.overlays.debug; break;
      case Action::language:
        (*this)(SetLanguage{settings.language == Language::en ? Language::zh : Language::en});
        break;
      case Action::theme:
        settings.theme = static_cast<ThemeName>((static_cast<std::size_t>(settings.theme) + 1) % kThemeCount);
        break;
      case Action::text_larger: (*this)(SetFontScale{settings.font_scale * kFontStep}); break;
      case Action::text_smaller: (*this)(SetFontScale{settings.font_scale / kFontStep}); break;
      case Action::text_normal: (*this)(SetFontScale{1}); break;
      case Action::close: close(); break;
      case Action::quit: model.wants_to_quit = true; break;
      default: break;
    }
  }
};

void AppModel::apply(const Command& command) {
  std::visit(CommandHandler{*this}, command);
  state_fresh_ = cards_fresh_ = false;
}

bool AppModel::can(Action action) const {
  const bool runnable = scenario_ != nullptr && params_error_.empty();
  const bool batch_runs = run.batch() && run.batch()->running();
  if (const auto answer = can_step(action)) return *answer;
  switch (action) {
    case Action::run_or_pause: return run.is_going() || run.is_paused() || runnable;
    case Action::restart: return runnable && run.has_run();
    case Action::stop: return (run.is_live() && run.phase() != RunPhase::ended) || batch_runs;
    case Action::slower: return settings.speed > kMinSpeed;
    case Action::faster: return settings.speed < kMaxSpeed;
    case Action::run_hundred: return runnable && !batch_runs;
    case Action::cancel_batch: return batch_runs;
    case Action::next_event: return neighbour(*this, true, true) != kNoEvent;
    case Action::previous_event: return neighbour(*this, false, true) != kNoEvent;
    case Action::step_forward: return neighbour(*this, true, false) != kNoEvent;
    case Action::step_back: return neighbour(*this, false, false) != kNoEvent;
    case Action::next_lesson:
      return scenario_ != nullptr && next_lesson(*scenario_, settings.path, learned) != nullptr;
    case Action::first_moment:
    case Action::find_in_run:
    case Action::go_to_time: return run.has_run();
    case Action::to_waker: return linked_event(*this, true) != kNoEvent;
    case Action::to_woken: return linked_event(*this, false) != kNoEvent;
    case Action::go_back: return timeline.can_go_back();
    default: return true;
  }
}

}  // namespace lockstep
