#include "app/model/app_model.hpp"

#include <algorithm>
#include <utility>

namespace lockstep {
namespace {

constexpr double kNoticeSeconds = 8;

const Scenario* scenario_or_first(std::string_view id) {
  if (const Scenario* found = find_scenario(id)) return found;
  const auto all = all_scenarios();
  return all.empty() ? nullptr : all.front();
}

}  // namespace

AppModel::AppModel(Settings initial, std::function<void()> wake)
    : settings(std::move(initial)), run(std::move(wake)) {
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
  scenario_ = scenario;
  operation_pause_ms_ = 0;
  if (scenario_) settings.scenario = scenario_->id;
  take_choice();
}

/// Brings params_ and params_error_ in line with the choice in the settings.
void AppModel::take_choice() {
  params_.clear();
  params_error_.clear();
  if (!scenario_) return;
  const ScenarioChoice& chosen = choice();
  for (const Param& param : scenario_->params) {
    const std::string name(param.name);
    const auto typed = chosen.params.find(name);
    params_[name] = typed != chosen.params.end() ? typed->second : std::to_string(param.value);
  }
  const Variant* v = variant();
  const auto setup = make_setup(*scenario_, v ? v->name : "", params_, ParamDefaults::live);
  if (const auto* sentence = std::get_if<std::string>(&setup)) params_error_ = *sentence;
}

RunRequest AppModel::request() const {
  RunRequest request;
  if (!scenario_) return request;
  request.scenario = scenario_->id;
  if (const Variant* v = variant()) request.variant = v->name;
  request.params = params_;
  request.speed = settings.speed;
  request.operation_pause_ms = operation_pause_ms_;
  return request;
}

// --------------------------------------------------------------------------------------------------------
// the run

void AppModel::end_run() {
  run.clear();
  timeline.reset();
  selection = {};
  run_noted_ = false;
}

void AppModel::start_run() {
  if (!scenario_ || !params_error_.empty()) return;
  end_run();
  if (const auto sentence = run.start(request())) notify(*sentence, true);
}

bool AppModel::note_progress() {
  bool changed = false;
  if (const RunEnd* end = run.end(); end && !run_noted_ && scenario_) {
    run_noted_ = changed = true;
    if (end->sandbox_failed) {
      notify(end->reason, true);
    } else if (end->outcome != Outcome::stopped) {
      ScenarioProgress& progress = progress_of_current();
      progress.tried = true;
      progress.broken = progress.broken || end->outcome != Outcome::ok;
    }
  }
  const RunBatch* batch = run.batch();
  if (batch && batch->failed() > 0 && batch->request().scenario == settings.scenario) {
    progress_of_current().broken = true;
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
  state_fresh_ = false;
  bool changed = run.poll();
  changed = note_progress() || changed;
  changed = age_notices(seconds_since_last) || changed;
  timeline.advance(drawn_until(), run.is_going());
  return changed;
}

RunTime AppModel::drawn_until() const {
  return run.phase() == RunPhase::stuck ? TimelineState::for_ever(run.now()) : run.now();
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
