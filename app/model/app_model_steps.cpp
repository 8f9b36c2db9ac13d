// Step mode and the explorer, as commands.
#include <algorithm>

#include "app/model/app_model.hpp"
#include "app/model/divergence_words.hpp"
#include "app/model/fault_words.hpp"
#include "app/model/line_words.hpp"

namespace lockstep {
namespace {

std::map<std::string, std::string> as_typed(const std::map<std::string, std::int64_t>& params) {
  std::map<std::string, std::string> typed;
  for (const auto& [name, value] : params)
    typed[name] = std::to_string(value);
  return typed;
}

}  // namespace

// ------------------------------------------------------------------------------------------- what is asked
// for

const std::vector<StepCard>& AppModel::cards() const {
  if (!cards_fresh_) {
    cards_ = step_cards(step.cards(), run.store(), run.store().size(), settings.language, step.planned(),
                        step.suggested(), step.ready() ? search.answer() : nullptr, search.looks());
    const SteppedRun* stepped = run.stepped();
    impending_ = stepped ? impending_findings(step.cards(), stepped->diagnosis()) : std::vector<Finding>{};
    for (const Finding& finding : impending_) {
      const auto card = std::ranges::find(cards_, finding.workers[0], &StepCard::worker);
      if (card != cards_.end()) card->overwrites = finding.workers[1];
    }
    // Where it has failed already there is no way to look for, though the explorer counts only where nobody
    // can move as a deadlock.
    if (stepped && std::ranges::any_of(stepped->diagnosis().findings(), is_failure, &Finding::kind)) {
      for (StepCard& card : cards_)
        card.mark = CardMark::none;
    }
    cards_fresh_ = true;
  }
  return cards_;
}

const std::vector<Finding>& AppModel::impending() const {
  cards();
  return impending_;
}

std::uint32_t AppModel::looked_step() const { return static_cast<std::uint32_t>(moment_time() / kStepTime); }

std::optional<Schedule> AppModel::schedule() const {
  if (const SteppedRun* stepped = run.stepped()) return stepped->schedule();
  return std::nullopt;
}

std::optional<Schedule> AppModel::schedule_of(const Finding& finding) const {
  auto result = schedule();
  if (!result || !run.stepped() || finding.at == 0 || finding.at > run.store().size()) return result;
  const auto steps = static_cast<std::size_t>(run.store()[finding.at - 1].time / kStepTime) + 1;
  result->choices.resize(std::min(result->choices.size(), steps));
  result->marks.resize(std::min(result->marks.size(), steps));
  return result;
}

ExploreRequest AppModel::explore_request(ExploreGoal goal) const {
  ExploreRequest request;
  if (!scenario_) return request;
  request.scenario = scenario_->id;
  if (const Variant* v = variant()) request.variant = v->name;
  request.params = mode_ == RunMode::step ? params_ : params_for(RunMode::step);
  request.options.goal = goal;
  if (const SteppedRun* stepped = run.stepped()) request.options.seed = stepped->request().seed;
  return request;
}

// ----------------------------------------------------------------------------------------------- the mode

void AppModel::set_mode(RunMode mode) {
  if (mode == mode_) return;
  mode_ = mode;
  end_run();
  run.forget_batch();
  search.stop_looking();
  take_choice();
  if (mode_ == RunMode::step) start_run();
}

/// From a live run into steps at the same point, or from a position in steps on at full speed.
void AppModel::cross_over() {
  // The numbers on the screen stay those of the run.
  if (mode_ == RunMode::live) return step_from_here();
  mode_ = RunMode::live;
  run.continue_live(settings.speed);
  step.reset();
  timeline.axis = AxisMode::seconds;
  timeline.reset();
  run_noted_ = false;
}

/// All of the live run's order is the branch; the run stands where the learner looked.
void AppModel::step_from_here() {
  const auto steps = order_of(run.store(), moment()).choices.size();
  mode_ = RunMode::step;
  if (const auto sentence = run.step_from_live()) notify(tell_fault(*sentence, settings.language), true);
  step.reset();
  step.go_to(static_cast<std::uint32_t>(steps));
  timeline.axis = AxisMode::steps;
  timeline.reset();
  selection = {};
  run_noted_ = false;
  divergence_noted_.clear();
}

std::optional<std::string> AppModel::load(const Schedule& schedule, bool at_start) {
  const Scenario* scenario = find_scenario(schedule.scenario);
  const auto told = [&](const std::string& sentence) { return tell_fault(sentence, settings.language); };
  if (!scenario) return told(unknown_scenario_message(schedule.scenario));
  const auto typed = as_typed(schedule.params);
  const auto setup = make_setup(*scenario, schedule.variant, typed, ParamDefaults::step);
  if (const auto* sentence = std::get_if<std::string>(&setup)) return told(*sentence);
  mode_ = RunMode::step;
  end_run();
  scenario_ = scenario;
  settings.scenario = scenario->id;
  choice().variant = schedule.variant;
  choice().step_params = typed;
  take_choice();
  if (const auto sentence = run.start_stepped(schedule)) return told(*sentence);
  step.reset();
  if (at_start) step.go_to_first_choice();
  return std::nullopt;
}

void AppModel::load_text(const std::string& text) {
  const auto parsed = parse_schedule(text);
  if (const auto* wrong = std::get_if<ScheduleError>(&parsed)) {
    return notify(settings.language == Language::zh ? in_chinese(*wrong) : in_english(*wrong), true);
  }
  const auto sentence = load(std::get<Schedule>(parsed), false);
  if (sentence) return notify(*sentence, true);
  run.forget_batch();
  search.forget();
  overlays.search = overlays.share = false;
}

// ----------------------------------------------------------------------------------------------- one step

void AppModel::let_go(const LetGo& command) {
  if (!step.active()) return;
  const Choice choice{command.worker, false, 0};
  if (!at_newest()) {
    // From where the learner looks at: back to there, then the other way.
    const std::uint32_t from = looked_step();
    timeline.follow_newest();
    step.go_to(from);
    return command.to_synchronization ? step.run_worker(command.worker) : step.let_go(choice);
  }
  const auto card = std::ranges::find(cards(), command.worker, &StepCard::worker);
  if (card == cards().end()) return;
  timeline.follow_newest();
  switch (card->hindrance) {
    case Hindrance::none:
      return command.to_synchronization ? step.run_worker(command.worker) : step.let_go(choice);
    case Hindrance::by_hand: return step.let_go({command.worker, true, 0});
    case Hindrance::waits:
    case Hindrance::has_ended: {
      const std::string& why = card->effect.empty() ? card->about : card->effect;
      const auto workers = run.store().workers();
      const std::string name = command.worker < workers.size() ? workers[command.worker].name : "";
      notify(name + (settings.language == Language::zh ? "：" : ": ") + why);
    }
  }
}

void AppModel::go_to_step(std::uint32_t to) {
  timeline.follow_newest();
  step.go_to(to);
}

/// From where the learner looks at, as let_go() does.
void AppModel::go_to_cursor() {
  const bool looks_back = !at_newest();
  const bool can_go = looks_back || step.can_move();
  if (!looks_back && (marked_line_ == 0 || !can_go))
    return notify(why_no_cursor(marked_line_ == 0, settings.language));
  if (looks_back) step.go_to(looked_step());
  if (marked_line_ > 0) step.run_to_line(marked_line_);
}

bool AppModel::step_action(Action action) {
  switch (action) {
    case Action::mode: set_mode(mode_ == RunMode::live ? RunMode::step : RunMode::live); return true;
    case Action::cross_over: cross_over(); return true;
    case Action::find_bug: search_for(ExploreGoal::find); return true;
    case Action::prove: search_for(ExploreGoal::prove); return true;
    case Action::stop_search: search.stop(); return true;
    case Action::close_search:
      overlays.search = false;
      search.forget();
      return true;
    case Action::load_found:
      if (const auto sentence = load(search.report()->least->schedule, true)) notify(*sentence, true);
      return true;
    case Action::copy_schedule:
      if (const auto now = schedule()) overlays.clipboard = to_text(*now);
      return true;
    case Action::paste_schedule: overlays.share = true; return true;
    default: break;
  }
  if (!step.active()) return false;
  const bool looks_back = !at_newest();
  const std::uint32_t at = looked_step();
  switch (action) {
    case Action::run_or_pause: step.running_on() ? step.halt() : step.run_on(); break;
    case Action::restart: step.restart(); break;
    case Action::step_forward: looks_back ? step.go_to(at + 1) : step.forward(); break;
    case Action::step_back: looks_back ? step.go_to(at - 1) : step.back(); break;
    case Action::to_finding: step.run_to_finding(); break;
    case Action::to_cursor: go_to_cursor(); break;
    default: return false;
  }
  timeline.follow_newest();
  return true;
}

std::optional<bool> AppModel::can_step(Action action) const {
  const bool explorable = scenario_ != nullptr && params_error_.empty();
  switch (action) {
    case Action::mode:
    case Action::paste_schedule: return scenario_ != nullptr;
    case Action::cross_over:
      if (mode_ == RunMode::live) return run.session() && (run.is_paused() || run.end());
      return step.ready() && run.phase() == RunPhase::paused;
    case Action::find_bug:
    case Action::prove: return explorable && !search.running();
    case Action::stop_search: return search.running();
    case Action::load_found: return search.report() && search.report()->least;
    case Action::close_search: return true;
    case Action::copy_schedule: return run.stepped() != nullptr;
    default: break;
  }
  if (mode_ != RunMode::step) {
    const bool of_steps = action == Action::to_finding || action == Action::to_cursor;
    return of_steps ? std::optional(false) : std::nullopt;
  }
  const bool can_go = step.active() && (step.can_move() || step.planned().has_value());
  switch (action) {
    case Action::run_or_pause: return step.running_on() || (step.active() && step.can_move());
    case Action::restart: return step.active();
    case Action::stop: return run.batch() && run.batch()->running();
    case Action::slow_motion: return false;
    case Action::step_forward: return can_go || !at_newest();
    case Action::step_back: return step.active() && looked_step() > 0;
    case Action::to_finding: return can_go;
    case Action::to_cursor: return step.active();
    default: return std::nullopt;
  }
}

// ----------------------------------------------------------------------------------------------- the
// explorer

void AppModel::search_for(ExploreGoal goal) {
  overlays.search = true;
  if (const auto sentence = search.start(explore_request(goal))) {
    overlays.search = false;
    notify(*sentence, true);
  }
}

/// What a search came to: progress, and the schedule that Find a bug was asked for.
bool AppModel::note_search() {
  if (!search.take_news() || !scenario_) return false;
  const ExploreRequest& asked = search.exploration()->request();
  if (asked.scenario != scenario_->id) return false;
  const ExploreReport& report = *search.report();
  const Variant* explored = scenario_->variant(asked.variant);
  if (report.least) note_failure(progress_of_current());
  if (is_proof(report) && explored) note_proof(progress_of_current(), *explored);
  if (report.least && search.goal() == ExploreGoal::find) step_action(Action::load_found);
  return true;
}

bool AppModel::update_steps() {
  bool changed = step.update();
  changed = search.poll() || changed;
  changed = note_search() || changed;
  const SteppedRun* stepped = run.stepped();
  if (!stepped) return changed;
  if (const auto stop = step.take_line_stop()) notify(tell(*stop, run.store(), settings.language));
  std::string divergence = tell(stepped->divergence_details(), stepped->store(), settings.language);
  if (const auto& difference = stepped->live_difference()) {
    divergence = settings.language == Language::zh ? in_chinese(*difference) : in_english(*difference);
  }
  if (!divergence.empty() && divergence_noted_.empty()) {
    divergence_noted_ = std::move(divergence);
    notify(divergence_noted_, true);
    changed = true;
  }
  // At once: the graph of all states takes longer than the run takes to its first choice.
  search.look_ahead_in(explore_request(ExploreGoal::portfolio));
  if (!step.ready()) return changed;
  const auto& choices = stepped->choices();
  search.ask({choices.begin(),
              choices.begin() + std::min<std::ptrdiff_t>(stepped->position(), std::ssize(choices))});
  return changed;
}

}  // namespace lockstep
