#include "core/session/stepped_run.hpp"

#include <algorithm>

#include "core/session/stepped_run_impl.hpp"

namespace lockstep {

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
const std::optional<LiveDifference>& SteppedRun::live_difference() const { return impl_->live_difference; }
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

}  // namespace lockstep
