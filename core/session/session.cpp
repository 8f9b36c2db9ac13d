#include "core/session/session.hpp"

#include <algorithm>
#include <cstring>

#include "core/host/host.hpp"
#include "core/platform/futex.hpp"
#include "core/runtime/live_clock.hpp"
#include "core/session/session_impl.hpp"

namespace lockstep {

Session::Impl::Impl(std::unique_ptr<RunCore> what)
    : core(std::move(what)), speed(core->request.speed), paused(core->request.start_paused) {}

void Session::Impl::let_go() {
  const std::lock_guard lock(steering);
  going = true;
  ArenaHeader& header = core->arena.header();
  header.paused.store(paused ? 1 : 0, std::memory_order_release);
  apply_clock();
  header.go.store(1, std::memory_order_release);
  platform::futex_wake(header.go);
}

void Session::Impl::apply_clock() { set_clock_rate(core->arena.header(), paused ? 0.0 : speed); }

void Session::Impl::judge() {
  if (core->is_over()) {
    phase = RunPhase::ended;
    end = core->judge_end(stopped);
    return;
  }
  bool now_paused = false;
  bool now_going = false;
  {
    const std::lock_guard lock(steering);
    now_paused = paused;
    now_going = going;
  }
  if (core->diagnosis.all_stuck()) {
    phase = RunPhase::stuck;
    end.outcome = outcome_of(core->diagnosis.findings());
  } else {
    phase = !now_going ? RunPhase::starting : now_paused ? RunPhase::paused : RunPhase::running;
  }
}

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Session::~Session() = default;

Session::Started Session::start(const RunRequest& asked, std::function<void()> on_data) {
  auto checked = check(asked);
  if (auto* sentence = std::get_if<std::string>(&checked)) return std::move(*sentence);
  try {
    auto impl =
        std::make_unique<Impl>(std::make_unique<RunCore>(std::get<CheckedRequest>(checked), RunMode::live));
    impl->core->launch([raw = impl.get()] { raw->let_go(); }, std::move(on_data));
    return std::unique_ptr<Session>(new Session(std::move(impl)));
  } catch (const std::exception& failure) {
    return std::string(failure.what());
  }
}

bool Session::poll(std::size_t budget) {
  if (impl_->phase == RunPhase::ended) return false;
  const RunPhase before = impl_->phase;
  const bool changed = impl_->core->take_in(budget);
  impl_->judge();
  return changed || impl_->phase != before;
}

void Session::wait(int ms) {
  if (!impl_->core->has_more()) impl_->core->ingest->wait(ms);
}

RunPhase Session::phase() const { return impl_->phase; }
const RunEnd& Session::end() const { return impl_->end; }
const Scenario& Session::scenario() const { return impl_->core->scenario; }
const RunRequest& Session::request() const { return impl_->core->request; }
const TraceStore& Session::store() const { return impl_->core->store; }
const Diagnosis& Session::diagnosis() const { return impl_->core->diagnosis; }
int Session::host_pid() const { return impl_->core->host->pid(); }
double Session::ring_fill() const { return impl_->core->ingest->fill(); }

RunTime Session::now() const {
  const bool over = impl_->phase == RunPhase::ended || impl_->phase == RunPhase::stuck;
  return over ? impl_->core->store.end_time()
              : std::max(impl_->core->store.end_time(), run_now(impl_->core->arena.header()));
}

double Session::speed() const {
  const std::lock_guard lock(impl_->steering);
  return impl_->speed;
}

std::int64_t Session::operation_pause_ms() const {
  return impl_->core->arena.header().operation_pause_ns.load(std::memory_order_relaxed) / 1'000'000;
}

std::vector<int> Session::pids() const {
  return impl_->phase == RunPhase::ended ? std::vector<int>{} : impl_->core->pids();
}

void Session::pause() {
  {
    const std::lock_guard lock(impl_->steering);
    if (impl_->paused || impl_->phase == RunPhase::ended) return;
    impl_->paused = true;
    if (!impl_->going) return;
    impl_->core->arena.header().paused.store(1, std::memory_order_release);
    impl_->apply_clock();
  }
  impl_->core->ingest->inject({.kind = EventKind::paused});
}

void Session::resume() {
  {
    const std::lock_guard lock(impl_->steering);
    if (!impl_->paused || impl_->phase == RunPhase::ended) return;
    impl_->paused = false;
    if (!impl_->going) return;
    impl_->core->arena.header().paused.store(0, std::memory_order_release);
    impl_->apply_clock();
  }
  impl_->core->ingest->inject({.kind = EventKind::resumed});
}

void Session::set_speed(double speed) {
  {
    const std::lock_guard lock(impl_->steering);
    speed = std::clamp(speed, kMinSpeed, kMaxSpeed);
    if (speed == impl_->speed || impl_->phase == RunPhase::ended) return;
    impl_->speed = speed;
    if (!impl_->going) return;
    impl_->apply_clock();
  }
  impl_->core->ingest->inject({.arg = static_cast<std::int64_t>(speed * 1000), .kind = EventKind::speed});
}

void Session::set_operation_pause_ms(std::int64_t ms) {
  constexpr std::int64_t kLongest = 2000;
  impl_->core->arena.header().operation_pause_ns.store(std::clamp<std::int64_t>(ms, 0, kLongest) * 1'000'000,
                                                       std::memory_order_release);
  bump_epoch(impl_->core->arena.header());
}

void Session::stop() {
  if (impl_->phase == RunPhase::ended) return;
  impl_->stopped = true;
  impl_->core->host->ask_to_stop();
}

Outcome outcome_of(const std::vector<Finding>& findings) {
  constexpr std::pair<FindingKind, Outcome> kBySeverity[] = {
      {FindingKind::deadlock_cycle, Outcome::deadlock},
      {FindingKind::lost_wakeup, Outcome::stuck},
      {FindingKind::stuck, Outcome::stuck},
      {FindingKind::error_raised, Outcome::error},
      {FindingKind::broken_check, Outcome::failed_check},
      {FindingKind::killed, Outcome::killed},
  };
  for (const auto& [kind, outcome] : kBySeverity) {
    const auto found =
        std::find_if(findings.begin(), findings.end(), [&](const Finding& f) { return f.kind == kind; });
    if (found != findings.end() && is_failure(kind)) return outcome;
  }
  return Outcome::ok;
}

void become_host_if_asked(int argc, char** argv) {
  if (argc == 2 && std::strcmp(argv[1], kHostArgument) == 0) run_host();
}

}  // namespace lockstep
