#include "app/model/step_controller.hpp"

#include <algorithm>
#include <utility>

namespace lockstep {
namespace {

constexpr std::uint32_t kNowhere = 0xFFFF'FFFF;
constexpr std::size_t kMostOrders = 8;  // a key that is held down does not run ahead of what one sees

/// Makes workers, or what they are reached by.
bool makes_workers(EventKind kind) {
  return kind == EventKind::worker_start || kind == EventKind::pool_hire || kind == EventKind::pipe_inherit ||
         kind == EventKind::socket_listen;
}

}  // namespace

void StepController::reset(bool opening) {
  orders_.clear();
  cards_.clear();
  busy_ = active();
  opening_ = opening && active();
  running_on_ = following_ = false;
  line_ = 0;
  line_stop_.reset();
  home_ = 0;
}

const WorkerCard* StepController::card(WorkerId worker) const {
  const auto it = std::ranges::find(cards_, worker, &WorkerCard::worker);
  return it == cards_.end() ? nullptr : &*it;
}

std::optional<Choice> StepController::planned() const {
  const SteppedRun* run = run_.stepped();
  if (!run || run->position() >= run->choices().size()) return std::nullopt;
  return run->choices()[run->position()];
}

std::optional<Choice> StepController::suggested() const {
  const SteppedRun* run = run_.stepped();
  if (!run) return std::nullopt;
  const std::uint32_t position = run->position();
  if (position > 0 && position <= run->choices().size()) {
    const WorkerCard* last = card(run->choices()[position - 1].worker);
    if (last && last->move) return Choice{last->worker, false, 0};
  }
  const auto it = std::ranges::find_if(cards_, [](const WorkerCard& card) { return card.move.has_value(); });
  if (it == cards_.end()) return std::nullopt;
  return Choice{it->worker, false, 0};
}

bool StepController::can_move() const {
  return std::ranges::any_of(cards_, [](const WorkerCard& card) { return card.move.has_value(); });
}

// ------------------------------------------------------------------------------------------------- asked for

void StepController::ask(Order order) {
  if (!active() || orders_.size() >= kMostOrders) return;
  opening_ = following_ = false;
  line_ = 0;
  orders_.push_back(order);
  next();
}

void StepController::let_go(Choice choice) { ask(Choose{choice}); }
void StepController::run_worker(WorkerId worker) { ask(Run{RunUntil::next_synchronization, worker}); }
void StepController::forward() { ask(Forward{}); }
void StepController::back() { ask(Back{}); }
void StepController::go_to(std::uint32_t step) { ask(GoTo{step}); }
void StepController::go_to_node(std::uint32_t node) { ask(Node{node}); }
void StepController::go_to_first_choice() { ask(FirstChoice{}); }
void StepController::restart() {
  if (home_ == 0) return go_to_first_choice();
  ask(GoTo{home_});
}
void StepController::run_on() { ask(Run{RunUntil::end, kNoWorker}); }

void StepController::run_to_finding() {
  if (!planned()) return ask(Run{RunUntil::finding, kNoWorker});
  follow_to(0);
}

void StepController::run_to_line(int line) { ask(ToLine{line}); }

std::optional<LineStop> StepController::take_line_stop() { return std::exchange(line_stop_, std::nullopt); }

void StepController::halt() {
  following_ = false;
  line_ = 0;
  orders_.clear();
  if (active()) run_.stepped()->halt();
}

// ----------------------------------------------------------------------------------------------- carried out

void StepController::carry_out(const Order& order) {
  SteppedRun& run = *run_.stepped();
  busy_ = true;
  if (const auto* choose = std::get_if<Choose>(&order)) {
    run.step(choose->choice);
  } else if (std::holds_alternative<Forward>(order)) {
    if (planned()) {
      run.forward();
    } else if (const auto choice = suggested()) {
      run.step(*choice);
    }
  } else if (std::holds_alternative<FirstChoice>(order)) {
    home_ = first_choice();
    run.go_to(home_);
  } else if (std::holds_alternative<Back>(order)) {
    run.back();
  } else if (const auto* step = std::get_if<GoTo>(&order)) {
    run.go_to(step->step);
  } else if (const auto* node = std::get_if<Node>(&order)) {
    run.go_to_node(node->node);
  } else if (const auto* on = std::get_if<Run>(&order)) {
    running_on_ = on->until != RunUntil::next_synchronization;
    PolicySpec policy = chosen_policy();
    if (on->worker != kNoWorker) policy.kind = PolicyKind::first;
    run.run(policy, on->until, on->worker);
  } else if (const auto* to = std::get_if<ToLine>(&order)) {
    busy_ = false;
    follow_to(to->line);
    follow();
  }
}

PolicySpec StepController::chosen_policy() {
  return {.kind = policy_, .seed = chosen_seed_ != 0 ? chosen_seed_ : ++last_seed_, .depth = depth_};
}

/// Steps before the first that is more than a beginning: starting somebody, or beginning oneself.
std::uint32_t StepController::first_choice() const {
  const TraceStore& store = run_.store();
  RunTime last = -1;
  for (EventIndex i = 0; i < store.size(); ++i) {
    const RunTime step = static_cast<RunTime>(store[i].time) / kStepTime;
    const EventKind kind = store[i].kind;
    const bool note = step == last;  // behind the step's own event: what it sets, that it sleeps
    last = step;
    if (note || kind == EventKind::worker_begin || makes_workers(kind)) continue;
    return static_cast<std::uint32_t>(step);
  }
  return 0;
}

/// Carries out the next order if the run stands still. True if it did.
bool StepController::next() {
  if (busy_ || orders_.empty()) return false;
  const Order order = orders_.front();
  orders_.pop_front();
  carry_out(order);
  return true;
}

std::size_t StepController::failures() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(run_.findings(), [](const Finding& f) { return is_failure(f.kind); }));
}

/// From here on follow() takes one step after the other. 0: to no line.
void StepController::follow_to(int line) {
  following_ = true;
  line_ = line;
  followed_from_ = position();
  followed_ = kNowhere;
  failures_before_ = failures();
  if (line != 0) by_policy_ = make_policy(chosen_policy());
}

/// One step along the branch, and where it goes to a line on by the policy; ends where something was found.
bool StepController::follow() {
  if (!following_) return false;
  const bool found = failures() != failures_before_;
  const bool there = line_ != 0 && position() > followed_from_ && line_of_last() == line_;
  const bool stays = position() == followed_;  // as long as a run may be
  following_ = false;
  followed_ = position();
  if (!found && !there && !stays) {
    if (planned()) {
      following_ = true;
      carry_out(Forward{});
    } else if (const auto choice = line_ != 0 ? by_policy() : std::nullopt) {
      following_ = true;
      carry_out(Choose{*choice});
    }
  }
  if (!following_ && line_ != 0) end_line(found, there);
  return true;
}

std::optional<Choice> StepController::by_policy() {
  std::vector<Move> moves;
  for (const WorkerCard& card : cards_) {
    if (card.move) moves.push_back(*card.move);
  }
  if (moves.empty()) return std::nullopt;
  const WorkerId last = position() > 0 ? run_.stepped()->choices()[position() - 1].worker : kNoWorker;
  const Choice choice = next_choice(by_policy_, {.moves = moves, .last = last, .step = position()});
  return choice.worker == kNoWorker ? std::nullopt : std::optional(choice);
}

/// The line of the scenario's source that whoever moved last has come to; 0: none. Who began to wait there
/// stood there before.
int StepController::line_of_last() const {
  const SteppedRun& run = *run_.stepped();
  const WorkerCard* last = card(run.choices()[run.position() - 1].worker);
  if (!last || last->ended || last->waiting) return 0;
  const auto sites = run.store().sites();
  const SiteId site = last->pending.site;
  const bool known = site != 0 && site < sites.size() && sites[site].file.ends_with("/scenario.cpp");
  return known ? sites[site].line : 0;
}

void StepController::end_line(bool found, bool there) {
  const SteppedRun& run = *run_.stepped();
  LineStop stop;
  stop.line = std::exchange(line_, 0);
  stop.phase = run.phase();
  if (found) {
    const auto& findings = run_.findings();
    const auto last =
        std::find_if(findings.rbegin(), findings.rend(), [](const Finding& f) { return is_failure(f.kind); });
    stop.found = last->kind;
  } else if (there) {
    stop.worker = run.choices()[run.position() - 1].worker;
  }
  line_stop_ = stop;
}

/// One step of the opening: main starts the others, and each of them begins.
bool StepController::open() {
  if (!opening_) return false;
  const auto opens = [](const WorkerCard& card) {
    const bool starts = card.worker == kMainWorker && makes_workers(card.pending.kind);
    return card.move && (starts || card.pending.kind == EventKind::worker_begin);
  };
  const auto next = std::ranges::find_if(cards_, opens);
  opening_ = next != cards_.end();
  home_ = position();
  if (opening_) carry_out(Choose{{next->worker, false, 0}});
  return true;
}

void StepController::take_cards() { cards_ = run_.stepped()->cards(); }

bool StepController::update() {
  if (!active()) return false;
  bool changed = false;
  if (busy_ && run_.stepped()->ready()) {
    busy_ = running_on_ = false;
    take_cards();
    changed = true;
  }
  if (busy_) return changed;
  return next() || open() || follow() || changed;
}

}  // namespace lockstep
