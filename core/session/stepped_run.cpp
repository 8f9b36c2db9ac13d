#include "core/session/stepped_run.hpp"

#include <algorithm>
#include <chrono>
#include <future>
#include <limits>

#include "core/host/host.hpp"
#include "core/platform/clock.hpp"
#include "core/session/session_impl.hpp"
#include "core/session/step_cards.hpp"
#include "core/session/step_tree.hpp"

namespace lockstep {

struct SteppedRun::Impl {
  CheckedRequest checked;
  std::function<void()> on_data;
  std::unique_ptr<RunCore> shown;         ///< what the user sees
  std::unique_ptr<RunCore> coming;        ///< goes back: replays, and is shown when it stands
  std::vector<std::future<void>> ending;  ///< runs that are being ended
  int generation = 0;

  std::vector<Choice> branch;
  std::vector<std::uint8_t> marks;  ///< of the first steps of the branch, as far as they are known
  StepTree tree;
  std::uint32_t position = 0;
  std::uint32_t aim = 0;  ///< where the command that is under way leads, as far as that is known

  bool ready = false;
  std::uint32_t offers_seen = 0;
  std::vector<WorkerCard> cards;
  RunPhase phase = RunPhase::starting;
  RunEnd end;
  Halt halted = Halt::none;
  Divergence divergence;
  std::string divergence_sentence;
  bool seeks_finding = false;
  std::size_t findings_before = 0;

  StepControl& control() const { return shown->arena.header().step; }

  std::unique_ptr<RunCore> launch(std::uint32_t steps) const;
  void write_plan(StepControl& step, std::uint32_t from, std::uint32_t steps) const;
  void relaunch(std::uint32_t steps);
  void retire(std::unique_ptr<RunCore> core);
  void fail(const std::string& sentence);
  void begin_command(std::uint32_t where);
  void let_go();
  void go_on(std::uint32_t steps);
  void go_to(std::uint32_t step);
  bool stands(RunCore& core) const;
  bool poll();
  void judge();
  void arrive();
  void describe_divergence();
  void return_to_finding();
  std::size_t failures() const;
};

// --- starting and ending runs ---

/// The first `steps` of the branch, of which those from `from` on have not been taken.
void SteppedRun::Impl::write_plan(StepControl& step, std::uint32_t from, std::uint32_t steps) const {
  std::copy(branch.begin() + from, branch.begin() + steps, step.choices.begin() + from);
  const std::size_t known = std::min<std::size_t>(marks.size(), steps);
  std::copy(marks.begin(), marks.begin() + static_cast<std::ptrdiff_t>(known), step.expected.begin());
  step.plan.planned = steps;
  step.plan.expected = static_cast<std::uint32_t>(known);
  step.plan.stop_at = steps;
  step.plan.synchronize = kNoWorker;
  step.stop_asked = 0;
}

std::unique_ptr<RunCore> SteppedRun::Impl::launch(std::uint32_t steps) const {
  auto core = std::make_unique<RunCore>(checked, RunMode::step);
  ArenaHeader& header = core->arena.header();
  header.segments[0] = {0, 0, 1.0};  // an event's raw time is its time
  header.step.stepped = 1;
  header.step.rule = SleepRule::any_order;
  write_plan(header.step, 0, steps);
  core->launch([] {}, on_data);
  return core;
}

/// Ends a run without waiting for it.
void SteppedRun::Impl::retire(std::unique_ptr<RunCore> core) {
  std::erase_if(ending, [](std::future<void>& one) {
    return one.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  });
  if (core == nullptr) return;
  ending.push_back(std::async(std::launch::async, [old = std::move(core)]() mutable { old.reset(); }));
}

void SteppedRun::Impl::fail(const std::string& sentence) {
  phase = RunPhase::ended;
  end = {Outcome::killed, true, sentence};
  ready = true;
}

void SteppedRun::Impl::begin_command(std::uint32_t where) {
  ready = false;
  halted = Halt::none;
  aim = where;
  seeks_finding = false;
  divergence = {};
  divergence_sentence.clear();
}

void SteppedRun::Impl::relaunch(std::uint32_t steps) {
  begin_command(steps);
  try {
    retire(std::exchange(coming, nullptr));
    coming = launch(steps);
  } catch (const std::exception& failure) {
    fail(failure.what());
  }
}

// --- going on ---

/// Lets the run, which is halted, do what its plan says.
void SteppedRun::Impl::let_go() {
  phase = RunPhase::running;
  control().halted.store(Halt::none, std::memory_order_relaxed);
  control().reason.store(Halt::none, std::memory_order_release);
  shown->host->say(static_cast<char>(ControlByte::go));
}

void SteppedRun::Impl::go_on(std::uint32_t steps) {
  begin_command(steps);
  write_plan(control(), position, steps);
  let_go();
}

void SteppedRun::Impl::go_to(std::uint32_t step) {
  step = std::min(step, static_cast<std::uint32_t>(branch.size()));
  if (ready && step == position) return;
  if (ready && step > position && phase != RunPhase::ended) {
    go_on(step);
  } else {
    relaunch(step);
  }
}

// --- arriving ---

/// True if it is halted, or over, and all that it recorded has been taken in.
bool SteppedRun::Impl::stands(RunCore& core) const {
  if (core.is_over()) return true;
  const StepControl& step = core.arena.header().step;
  if (step.halted.load(std::memory_order_acquire) == Halt::none) return false;
  std::uint64_t recorded = 0;
  for (std::uint32_t id = 0; id < core.arena.worker_count(); ++id)
    recorded += core.arena.worker(static_cast<WorkerId>(id)).ring.head.load(std::memory_order_acquire);
  // A program that has come to its end is over in a moment.
  return core.taken() == recorded && !core.diagnosis.all_ended();
}

std::size_t SteppedRun::Impl::failures() const {
  const auto& findings = shown->diagnosis.findings();
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(), [](const Finding& f) { return is_failure(f.kind); }));
}

bool SteppedRun::Impl::poll() {
  RunCore& core = coming ? *coming : *shown;
  bool changed = core.take_in(std::numeric_limits<std::size_t>::max());
  if (coming) {
    if (!stands(*coming)) return false;
    retire(std::exchange(shown, std::move(coming)));
    ++generation;
  } else if (ready && !stands(*shown)) {
    return changed;  // a death from outside is being taken in
  } else if (!ready && !stands(*shown)) {
    if (seeks_finding && failures() > findings_before) control().stop_asked = 1;
    return changed;
  }
  const std::uint32_t offers = control().offers_version.load(std::memory_order_acquire);
  if (ready && offers == offers_seen && !(shown->is_over() && phase != RunPhase::ended)) return changed;
  offers_seen = offers;
  ready = true;
  arrive();
  return true;
}

void SteppedRun::Impl::judge() {
  halted = control().halted.load(std::memory_order_acquire);
  if (shown->is_over()) {
    phase = RunPhase::ended;
    end = shown->judge_end(false);
  } else if (shown->diagnosis.all_stuck()) {
    phase = RunPhase::stuck;
    end = {outcome_of(shown->diagnosis.findings()), false, {}};
  } else {
    phase = RunPhase::paused;
    end = {};
  }
}

void SteppedRun::Impl::arrive() {
  const StepControl& step = control();
  position = step.steps.load(std::memory_order_acquire);
  judge();
  const std::span<const Choice> taken(step.choices.data(), position);
  const bool follows_branch = position <= branch.size() &&
                              std::equal(taken.begin(), taken.end(), branch.begin()) &&
                              halted != Halt::diverged;
  if (!follows_branch) {
    branch.assign(taken.begin(), taken.end());
    marks.resize(std::min<std::size_t>(marks.size(), position));
  }
  if (marks.size() < position) marks.resize(position);
  std::copy_n(step.marks.begin(), position, marks.begin());
  tree.follow(taken);
  if (phase != RunPhase::paused) tree.set_outcome(end.outcome);

  cards = cards_of(shown->arena);
  std::vector<Event> to_come;
  for (const WorkerCard& card : cards)
    to_come.push_back(card.pending);
  shown->definitions.declare_for(to_come);

  if (halted == Halt::diverged) describe_divergence();
  if (seeks_finding) return_to_finding();
}

void SteppedRun::Impl::describe_divergence() {
  divergence = control().divergence;
  std::string who = "worker " + std::to_string(divergence.worker);
  if (shown->store.has_worker(divergence.worker)) who = shown->store.workers()[divergence.worker].name;
  std::string& sentence = divergence_sentence;
  sentence = "The replay diverges at step " + std::to_string(divergence.step + 1) + ": ";
  switch (divergence.kind) {
    case DivergenceKind::impossible: sentence += who + " cannot go on there."; break;
    case DivergenceKind::nobody:
      sentence += "nobody can go on there, although it says that " + who + " does.";
      break;
    case DivergenceKind::events: sentence += who + " did something else there than was recorded."; break;
    case DivergenceKind::none: break;
  }
}

/// run(…, finding) has gone past the first new failure: to the step after which it was certain.
void SteppedRun::Impl::return_to_finding() {
  seeks_finding = false;
  std::size_t seen = 0;
  for (const Finding& finding : shown->diagnosis.findings()) {
    if (!is_failure(finding.kind) || seen++ < findings_before) continue;
    const RunTime time = finding.at == 0 ? 0 : static_cast<RunTime>(shown->store[finding.at - 1].time);
    const auto step = static_cast<std::uint32_t>(time / kStepTime) + 1;
    if (step < position) go_to(step);
    return;
  }
}

// --- the interface ---

SteppedRun::SteppedRun(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

SteppedRun::~SteppedRun() {
  impl_->retire(std::move(impl_->coming));
  impl_->retire(std::move(impl_->shown));
}

SteppedRun::Started SteppedRun::begin(const RunRequest& request, std::vector<Choice> choices,
                                      std::vector<std::uint8_t> marks, std::function<void()> on_data) {
  auto checked = check(request);
  if (auto* sentence = std::get_if<std::string>(&checked)) return std::move(*sentence);
  if (choices.size() > kMaxSteps) {
    return "The schedule has " + std::to_string(choices.size()) + " steps; at most " +
           std::to_string(kMaxSteps) + " can be replayed.";
  }
  try {
    auto impl = std::make_unique<Impl>();
    impl->checked = std::move(std::get<CheckedRequest>(checked));
    impl->on_data = std::move(on_data);
    impl->branch = std::move(choices);
    impl->marks = std::move(marks);
    impl->aim = static_cast<std::uint32_t>(impl->branch.size());
    impl->shown = impl->launch(impl->aim);
    return std::unique_ptr<SteppedRun>(new SteppedRun(std::move(impl)));
  } catch (const std::exception& failure) {
    return std::string(failure.what());
  }
}

SteppedRun::Started SteppedRun::start(const RunRequest& request, const std::vector<Choice>& choices,
                                      std::function<void()> on_data) {
  return begin(request, choices, {}, std::move(on_data));
}

SteppedRun::Started SteppedRun::start(const Schedule& schedule, std::function<void()> on_data) {
  RunRequest request;
  request.scenario = schedule.scenario;
  request.variant = schedule.variant;
  request.defaults = ParamDefaults::step;
  request.seed = schedule.seed;
  for (const auto& [name, value] : schedule.params)
    request.params[name] = std::to_string(value);
  return begin(request, schedule.choices, schedule.marks, std::move(on_data));
}

bool SteppedRun::poll() { return impl_->poll(); }

void SteppedRun::wait(int ms) {
  const RunCore& core = impl_->coming ? *impl_->coming : *impl_->shown;
  if (!core.has_more()) core.ingest->wait(ms);
}

bool SteppedRun::ready() const { return impl_->ready; }
std::uint32_t SteppedRun::position() const { return impl_->position; }
std::uint32_t SteppedRun::length() const { return static_cast<std::uint32_t>(impl_->branch.size()); }
const std::vector<Choice>& SteppedRun::choices() const { return impl_->branch; }
const std::vector<WorkerCard>& SteppedRun::cards() const { return impl_->cards; }
RunPhase SteppedRun::phase() const { return impl_->phase; }
const RunEnd& SteppedRun::end() const { return impl_->end; }
const std::string& SteppedRun::divergence() const { return impl_->divergence_sentence; }
const Divergence& SteppedRun::divergence_details() const { return impl_->divergence; }
const TraceStore& SteppedRun::store() const { return impl_->shown->store; }
const Diagnosis& SteppedRun::diagnosis() const { return impl_->shown->diagnosis; }
int SteppedRun::generation() const { return impl_->generation; }
Halt SteppedRun::halted() const { return impl_->halted; }
const RunRequest& SteppedRun::request() const { return impl_->checked.request; }
const Scenario& SteppedRun::scenario() const { return *impl_->checked.scenario; }
const std::vector<TriedNode>& SteppedRun::tree() const { return impl_->tree.nodes(); }
std::uint32_t SteppedRun::tree_position() const { return impl_->tree.position(); }

Schedule SteppedRun::schedule() const {
  const auto count = static_cast<std::ptrdiff_t>(impl_->position);
  Schedule schedule;
  schedule.scenario = request().scenario;
  schedule.variant = request().variant;
  schedule.params = impl_->checked.params;
  schedule.seed = request().seed;
  schedule.choices.assign(impl_->branch.begin(), impl_->branch.begin() + count);
  schedule.marks.assign(impl_->marks.begin(), impl_->marks.begin() + count);
  return schedule;
}

std::vector<int> SteppedRun::pids() const {
  std::vector<int> result;
  for (const RunCore* core : {impl_->shown.get(), impl_->coming.get()}) {
    if (core == nullptr || core->ingest->finished()) continue;
    const std::vector<int> some = core->pids();
    result.insert(result.end(), some.begin(), some.end());
  }
  return result;
}

void SteppedRun::step(Choice choice) {
  Impl& impl = *impl_;
  if (!impl.ready || choice.worker >= impl.cards.size() || impl.position >= kMaxSteps) return;
  const WorkerCard& card = impl.cards[choice.worker];
  if (choice.by_hand ? !card.can_begin_to_wait : !card.move) return;
  const bool along = impl.position < impl.branch.size() && impl.branch[impl.position] == choice;
  if (!along) {
    impl.branch.resize(impl.position);
    impl.branch.push_back(choice);
    impl.marks.resize(impl.position);
  }
  impl.go_on(impl.position + 1);
}

void SteppedRun::go_to(std::uint32_t step) { impl_->go_to(step); }
void SteppedRun::restart() { impl_->go_to(0); }
void SteppedRun::forward() {
  if (impl_->ready) impl_->go_to(impl_->position + 1);
}

void SteppedRun::back() {
  const std::uint32_t here = impl_->ready ? impl_->position : impl_->aim;
  if (here > 0) impl_->go_to(here - 1);
}

void SteppedRun::go_to_node(std::uint32_t node) {
  Impl& impl = *impl_;
  if (node >= impl.tree.nodes().size()) return;
  std::vector<Choice> branch = impl.tree.branch_through(node);
  const auto [differs, unused] =
      std::mismatch(branch.begin(), branch.end(), impl.branch.begin(), impl.branch.end());
  const auto same = static_cast<std::size_t>(differs - branch.begin());
  const std::uint32_t step = impl.tree.nodes()[node].step;
  impl.branch = std::move(branch);
  impl.marks.resize(std::min(impl.marks.size(), same));
  if (impl.ready && same >= impl.position) {
    impl.go_to(step);
  } else {
    impl.relaunch(step);
  }
}

void SteppedRun::run(const PolicySpec& policy, RunUntil until, WorkerId worker) {
  Impl& impl = *impl_;
  if (!impl.ready || impl.phase == RunPhase::ended) return;
  impl.begin_command(impl.position);
  impl.seeks_finding = until == RunUntil::finding;
  impl.findings_before = impl.failures();
  StepControl& step = impl.control();
  impl.write_plan(step, impl.position, impl.position);
  step.plan.stop_at = kMaxSteps;
  step.plan.policy = make_policy(policy);
  if (until == RunUntil::next_synchronization) step.plan.synchronize = worker;
  impl.let_go();
}

void SteppedRun::halt() {
  if (!impl_->ready) impl_->control().stop_asked.store(1, std::memory_order_relaxed);
}

std::unique_ptr<Session> SteppedRun::continue_live(double speed) {
  if (!impl_->ready) return nullptr;
  ArenaHeader& header = impl_->shown->arena.header();
  const std::uint32_t segments = header.clock_segments.load(std::memory_order_relaxed);
  speed = std::clamp(speed, kMinSpeed, kMaxSpeed);
  header.segments[segments] = {platform::ticks(), store().end_time(), speed * header.ns_per_tick};
  header.clock_segments.store(segments + 1, std::memory_order_release);
  header.first_segment.store(segments, std::memory_order_release);
  auto session = std::make_unique<Session::Impl>(std::move(impl_->shown));
  session->going = true;
  session->speed = speed;
  session->paused = false;
  session->phase = RunPhase::running;
  session->core->host->say(static_cast<char>(ControlByte::live));
  return std::unique_ptr<Session>(new Session(std::move(session)));
}

}  // namespace lockstep
