#include "app/model/app_model.hpp"

#include <algorithm>
#include <utility>

#include "app/model/fault_words.hpp"

namespace lockstep {
namespace {

constexpr double kNoticeSeconds = 8;
constexpr std::uint64_t kStepSeed = 1;  // the explorer's: both have to draw the same numbers

const Scenario* scenario_or_first(std::string_view id) {
  if (const Scenario* found = find_scenario(id)) return found;
  const auto all = all_scenarios();
  return all.empty() ? nullptr : all.front();
}

}  // namespace

AppModel::AppModel(Settings initial, std::function<void()> wake)
    : settings(std::move(initial)), run(wake), step(run), search(std::move(wake)) {
  choose(scenario_or_first(settings.scenario));
}

// ------------------------------------------------------------------------------------------------- what is
// chosen

ScenarioChoice& AppModel::choice() {
  return settings.choices[scenario_ ? std::string(scenario_->id) : std::string()];
}

ScenarioProgress& AppModel::progress_of_current() {
  return learned[scenario_ ? std::string(scenario_->id) : std::string()];
}

const ScenarioProgress& AppModel::progress(std::string_view scenario_id) const {
  static const ScenarioProgress kNone;
  const auto it = learned.find(scenario_id);
  return it == learned.end() ? kNone : it->second;
}

const Variant* AppModel::variant() const {
  if (!scenario_ || scenario_->variants.empty()) return nullptr;
  const auto it = settings.choices.find(scenario_->id);
  const Variant* chosen = it == settings.choices.end() ? nullptr : scenario_->variant(it->second.variant);
  return chosen ? chosen : &scenario_->variants.front();
}

const Lesson& AppModel::lesson() const {
  static const Lesson kNone;
  return scenario_ ? ::lockstep::lesson(scenario_->id, name_of(settings.language)) : kNone;
}

void AppModel::choose(const Scenario* scenario) {
  end_run();
  run.forget_batch();
  search.forget();
  search.stop_looking();
  overlays.search = false;
  scenario_ = scenario;
  operation_pause_ms_ = 0;
  seed_ = 0;
  marked_line_ = 0;
  step.choose_seed(0);
  if (scenario_) settings.scenario = scenario_->id;
  take_choice();
  if (mode_ == RunMode::step) start_run();
}

std::map<std::string, std::string> AppModel::params_for(RunMode mode) const {
  std::map<std::string, std::string> params;
  if (!scenario_) return params;
  const auto chosen = settings.choices.find(scenario_->id);
  for (const Param& param : scenario_->params) {
    const bool steps = mode == RunMode::step;
    std::string& value = params[std::string(param.name)];
    value = std::to_string(steps ? param.step_value : param.value);
    if (chosen == settings.choices.end()) continue;
    const auto& typed = steps ? chosen->second.step_params : chosen->second.params;
    if (const auto it = typed.find(std::string(param.name)); it != typed.end()) value = it->second;
  }
  return params;
}

/// Brings params_ and params_error_ in line with the choice in the settings.
void AppModel::take_choice() {
  params_ = params_for(mode_);
  params_error_.clear();
  if (!scenario_) return;
  const Variant* v = variant();
  const auto defaults = mode_ == RunMode::step ? ParamDefaults::step : ParamDefaults::live;
  const auto setup = make_setup(*scenario_, v ? v->name : "", params_, defaults);
  if (const auto* sentence = std::get_if<std::string>(&setup))
    params_error_ = tell_fault(*sentence, settings.language);
}

RunRequest AppModel::request() const {
  RunRequest request;
  if (!scenario_) return request;
  request.scenario = scenario_->id;
  if (const Variant* v = variant()) request.variant = v->name;
  request.params = params_;
  request.seed = seed_;
  request.defaults = mode_ == RunMode::step ? ParamDefaults::step : ParamDefaults::live;
  request.speed = settings.speed;
  request.operation_pause_ms = operation_pause_ms_;
  return request;
}

// --------------------------------------------------------------------------------------------------------
// the run

void AppModel::end_run() {
  run.clear();
  step.reset();
  timeline.axis = mode_ == RunMode::step ? AxisMode::steps : AxisMode::seconds;
  timeline.reset();
  selection = {};
  run_noted_ = false;
  divergence_noted_.clear();
}

void AppModel::start_run() {
  if (!scenario_ || !params_error_.empty()) return;
  end_run();
  RunRequest asked = request();
  if (mode_ == RunMode::step) asked.seed = kStepSeed;
  const auto sentence = mode_ == RunMode::step ? run.start_stepped(asked) : run.start(asked);
  if (sentence) notify(tell_fault(*sentence, settings.language), true);
  step.reset(true);
}

bool AppModel::note_progress() {
  bool changed = false;
  if (const RunEnd* end = run.end(); end && !run_noted_ && scenario_) {
    run_noted_ = changed = true;
    if (end->sandbox_failed) {
      notify(tell_fault(end->reason, settings.language), true);
    } else if (end->outcome != Outcome::stopped) {
      progress_of_current().tried = true;
      if (end->outcome != Outcome::ok) note_failure(progress_of_current());
    }
  }
  // In steps a failure counts when it is certain: nobody has to go on to the end after it.
  if (run.stepped() && scenario_ && !progress(scenario_->id).broken &&
      outcome_of(run.findings()) != Outcome::ok) {
    note_failure(progress_of_current());
    changed = true;
  }
  const RunBatch* batch = run.batch();
  if (batch && batch->failed() > 0 && batch->request().scenario == settings.scenario) {
    note_failure(progress_of_current());
  }
  return changed;
}

// ---------------------------------------------------------------------------------------------------- frame
// by frame

void AppModel::apply_sent() {
  // A command may send another one.
  for (int round = 0; round < 4 && !sent_.empty(); ++round) {
    const std::vector<Command> commands = std::exchange(sent_, {});
    for (const Command& command : commands)
      apply(command);
  }
}

bool AppModel::update(double seconds_since_last) {
  state_fresh_ = cards_fresh_ = false;
  bool changed = run.poll();
  changed = update_steps() || changed;
  changed = note_progress() || changed;
  changed = age_notices(seconds_since_last) || changed;
  timeline.advance(drawn_until(), run.is_going());
  return changed;
}

RunTime AppModel::drawn_until() const {
  const RunEnd* end = run.phase() == RunPhase::ended ? run.end() : nullptr;
  const bool stuck = end && (end->outcome == Outcome::stuck || end->outcome == Outcome::deadlock);
  if (run.phase() != RunPhase::stuck && !stuck) return run.now();
  return run.in_steps() ? run.now() + kStepTime : TimelineState::for_ever(run.now());
}

bool AppModel::age_notices(double seconds) {
  for (Notice& notice : notices)
    notice.shown_for += seconds;
  return std::erase_if(notices, [](const Notice& notice) { return notice.shown_for > kNoticeSeconds; }) > 0;
}

const Moment& AppModel::state() const {
  if (!state_fresh_) {
    run.store().moment_after(moment(), state_);
    state_fresh_ = true;
  }
  return state_;
}

const WorkerView& AppModel::worker(WorkerId id) const {
  static const WorkerView kNone;
  return id < state().workers.size() ? state().workers[id] : kNone;
}

const ObjectView& AppModel::object(ObjectId id) const {
  static const ObjectView kNone;
  return id < state().objects.size() ? state().objects[id] : kNone;
}

void AppModel::notify(std::string text, bool error) {
  std::erase_if(notices, [&](const Notice& notice) { return notice.text == text; });
  notices.push_back({std::move(text), error, 0});
}

EventIndex AppModel::moment() const {
  return timeline.playhead() ? std::min(timeline.playhead()->events, run.store().size()) : run.store().size();
}

RunTime AppModel::moment_time() const { return timeline.playhead() ? timeline.playhead()->time : run.now(); }

}  // namespace lockstep
