#include "core/session/session.hpp"

#include <sys/wait.h>
#include <algorithm>
#include <cstring>
#include <mutex>
#include <nlohmann/json.hpp>

#include "core/host/host.hpp"
#include "core/platform/clock.hpp"
#include "core/platform/futex.hpp"
#include "core/runtime/live_clock.hpp"
#include "core/session/definitions.hpp"
#include "core/session/host_process.hpp"
#include "core/session/ingest.hpp"

namespace lockstep {

struct Session::Impl {
  Impl(RunRequest filled, const Scenario& what, std::map<std::string, std::int64_t> values)
      : request(std::move(filled)), scenario(what), params(std::move(values)), arena(Arena::create()) {}

  RunRequest request;
  const Scenario& scenario;
  std::map<std::string, std::int64_t> params;
  Arena arena;
  std::unique_ptr<HostProcess> host;
  std::unique_ptr<Ingest> ingest;
  TraceStore store;
  std::unique_ptr<Diagnosis> diagnosis;
  std::unique_ptr<Definitions> definitions;
  std::vector<Event> batch;
  std::size_t consumed = 0;

  std::mutex
      steering;  ///< the clock has one writer at a time: this thread, or the ingest thread at the start
  bool going = false;
  bool paused = false;
  double speed = 1.0;

  RunPhase phase = RunPhase::starting;
  RunEnd end;
  bool stopped = false;
  std::string broken_trace;  ///< a sentence if the events broke a rule: our fault

  void write_request();
  void let_go();
  void apply_clock() { set_clock_rate(arena.header(), paused ? 0.0 : speed); }
  bool take_in(std::size_t budget);
  bool has_more() const { return consumed < batch.size(); }
  void judge();
  void judge_end();
};

namespace {

std::string describe_status(int status) {
  if (WIFSIGNALED(status)) return "was ended by signal " + std::to_string(WTERMSIG(status));
  return "ended with status " + std::to_string(WEXITSTATUS(status));
}

std::map<std::string, std::int64_t> all_params(const Scenario& scenario, const Setup& setup) {
  std::map<std::string, std::int64_t> values;
  for (const Param& param : scenario.params)
    values[std::string(param.name)] = setup.param(param.name);
  return values;
}

}  // namespace

void Session::Impl::write_request() {
  ArenaHeader& header = arena.header();
  const nlohmann::json json{{"scenario", request.scenario}, {"variant", request.variant}, {"params", params}};
  const std::string text = json.dump();
  if (text.size() >= header.request.size()) throw std::runtime_error("The request for the run is too long.");
  std::memcpy(header.request.data(), text.c_str(), text.size() + 1);
  header.seed = request.seed;
  header.memory_limit = static_cast<std::uint64_t>(request.memory_limit_mib) << 20;
  header.operation_pause_ns = request.operation_pause_ms * 1'000'000;
}

void Session::Impl::let_go() {
  const std::lock_guard lock(steering);
  going = true;
  arena.header().paused.store(paused ? 1 : 0, std::memory_order_release);
  apply_clock();
  arena.header().go.store(1, std::memory_order_release);
  platform::futex_wake(arena.header().go);
}

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Session::Started Session::start(const RunRequest& asked, std::function<void()> on_data) {
  const Scenario* scenario = find_scenario(asked.scenario);
  if (scenario == nullptr) return unknown_scenario_message(asked.scenario);
  auto checked = make_setup(*scenario, asked.variant, asked.params, asked.defaults);
  if (const auto* sentence = std::get_if<std::string>(&checked)) return *sentence;
  const Setup& setup = std::get<Setup>(checked);
  RunRequest request = asked;
  request.variant = setup.variant();
  request.speed = std::clamp(request.speed, kMinSpeed, kMaxSpeed);
  if (request.seed == 0) request.seed = static_cast<std::uint64_t>(platform::monotonic_ns()) & 0x7FFF'FFFF;
  const auto params = all_params(*scenario, setup);
  for (const auto& [name, value] : params)
    request.params[name] = std::to_string(value);
  try {
    auto impl = std::make_unique<Impl>(std::move(request), *scenario, params);
    impl->speed = impl->request.speed;
    impl->paused = impl->request.start_paused;
    impl->write_request();
    impl->store.set_run({.scenario = impl->request.scenario,
                         .variant = impl->request.variant,
                         .params = params,
                         .mode = "live",
                         .seed = impl->request.seed,
                         .program_version = LOCKSTEP_VERSION});
    impl->diagnosis = std::make_unique<Diagnosis>(impl->store);
    impl->definitions = std::make_unique<Definitions>(impl->arena, impl->store);
    std::string error;
    impl->host = std::make_unique<HostProcess>(impl->arena, error);
    if (!error.empty()) return error;
    Impl* raw = impl.get();
    impl->ingest = std::make_unique<Ingest>(
        impl->arena, *impl->host, [raw] { raw->let_go(); }, std::move(on_data));
    return std::unique_ptr<Session>(new Session(std::move(impl)));
  } catch (const std::exception& failure) {
    return std::string(failure.what());
  }
}

Session::~Session() {
  impl_->host->ask_to_stop();
  // Frees workers that wait at the start or for room in a ring, so that nothing waits while the run is ended.
  impl_->ingest.reset();
  impl_->host.reset();
}

bool Session::Impl::take_in(std::size_t budget) {
  if (!has_more()) {
    batch.clear();
    consumed = 0;
    ingest->take(batch);
  }
  const std::size_t count = std::min(budget, batch.size() - consumed);
  const std::span<const Event> events(batch.data() + consumed, count);
  definitions->declare_for(events);
  if (count == 0) return false;
  if (auto sentence = store.append(events); sentence && broken_trace.empty()) broken_trace = *sentence;
  consumed += count;
  diagnosis->update();
  return true;
}

void Session::Impl::judge_end() {
  phase = RunPhase::ended;
  end.outcome = outcome_of(diagnosis->findings());
  const ArenaHeader& header = arena.header();
  const int status = host->ended().value_or(0);
  if (header.memory_exceeded.load(std::memory_order_acquire) != 0) {
    end.outcome = Outcome::killed;
    end.reason = "The program used more than " + std::to_string(request.memory_limit_mib) +
                 " MiB of memory and was ended.";
  } else if (const TextId fault = header.fault.load(std::memory_order_acquire); fault != 0) {
    end.outcome = Outcome::killed;
    end.sandbox_failed = true;
    end.reason = std::string(arena.text(fault));
  } else if (stopped) {
    if (end.outcome == Outcome::ok || end.outcome == Outcome::killed) end.outcome = Outcome::stopped;
  } else if (status != 0) {
    end.outcome = Outcome::killed;
    end.sandbox_failed = true;
    end.reason = "The run's host process " + describe_status(status) +
                 "; everything that belonged to the run was ended.";
  } else if (!broken_trace.empty()) {
    end.sandbox_failed = true;
    end.reason = "The record of the run is broken: " + broken_trace;
  }
}

void Session::Impl::judge() {
  if (ingest->finished() && !has_more()) {
    // Something may have been drained between the last take and the end.
    ingest->take(batch);
    if (!has_more()) return judge_end();
  }
  bool now_paused = false;
  bool now_going = false;
  {
    const std::lock_guard lock(steering);
    now_paused = paused;
    now_going = going;
  }
  if (diagnosis->all_stuck()) {
    phase = RunPhase::stuck;
    end.outcome = outcome_of(diagnosis->findings());
  } else {
    phase = !now_going ? RunPhase::starting : now_paused ? RunPhase::paused : RunPhase::running;
  }
}

bool Session::poll(std::size_t budget) {
  if (impl_->phase == RunPhase::ended) return false;
  const RunPhase before = impl_->phase;
  const bool changed = impl_->take_in(budget);
  impl_->judge();
  return changed || impl_->phase != before;
}

void Session::wait(int ms) {
  if (!impl_->has_more()) impl_->ingest->wait(ms);
}

RunPhase Session::phase() const { return impl_->phase; }
const RunEnd& Session::end() const { return impl_->end; }
const Scenario& Session::scenario() const { return impl_->scenario; }
const RunRequest& Session::request() const { return impl_->request; }
const TraceStore& Session::store() const { return impl_->store; }
const Diagnosis& Session::diagnosis() const { return *impl_->diagnosis; }
int Session::host_pid() const { return impl_->host->pid(); }
double Session::ring_fill() const { return impl_->ingest->fill(); }

RunTime Session::now() const {
  const bool over = impl_->phase == RunPhase::ended || impl_->phase == RunPhase::stuck;
  return over ? impl_->store.end_time() : std::max(impl_->store.end_time(), run_now(impl_->arena.header()));
}

double Session::speed() const {
  const std::lock_guard lock(impl_->steering);
  return impl_->speed;
}

std::int64_t Session::operation_pause_ms() const {
  return impl_->arena.header().operation_pause_ns.load(std::memory_order_relaxed) / 1'000'000;
}

std::vector<int> Session::pids() const {
  std::vector<int> result;
  if (impl_->phase == RunPhase::ended) return result;
  result.push_back(impl_->host->pid());
  for (std::uint32_t id = 0; id < impl_->arena.worker_count(); ++id) {
    const WorkerSlot& slot = impl_->arena.worker(static_cast<WorkerId>(id));
    const int pid = slot.pid.load(std::memory_order_acquire);
    if (slot.kind != WorkerKind::thread && pid != 0 && platform::kernel_state(pid) != 0)
      result.push_back(pid);
  }
  return result;
}

void Session::pause() {
  {
    const std::lock_guard lock(impl_->steering);
    if (impl_->paused || impl_->phase == RunPhase::ended) return;
    impl_->paused = true;
    if (!impl_->going) return;
    impl_->arena.header().paused.store(1, std::memory_order_release);
    impl_->apply_clock();
  }
  impl_->ingest->inject({.kind = EventKind::paused});
}

void Session::resume() {
  {
    const std::lock_guard lock(impl_->steering);
    if (!impl_->paused || impl_->phase == RunPhase::ended) return;
    impl_->paused = false;
    if (!impl_->going) return;
    impl_->arena.header().paused.store(0, std::memory_order_release);
    impl_->apply_clock();
  }
  impl_->ingest->inject({.kind = EventKind::resumed});
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
  impl_->ingest->inject({.arg = static_cast<std::int64_t>(speed * 1000), .kind = EventKind::speed});
}

void Session::set_operation_pause_ms(std::int64_t ms) {
  constexpr std::int64_t kLongest = 2000;
  impl_->arena.header().operation_pause_ns.store(std::clamp<std::int64_t>(ms, 0, kLongest) * 1'000'000,
                                                 std::memory_order_release);
  bump_epoch(impl_->arena.header());
}

void Session::stop() {
  if (impl_->phase == RunPhase::ended) return;
  impl_->stopped = true;
  impl_->host->ask_to_stop();
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
