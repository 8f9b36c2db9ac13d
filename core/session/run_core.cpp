#include "core/session/run_core.hpp"

#include <sys/wait.h>
#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <system_error>

#include "core/platform/clock.hpp"
#include "core/platform/limits.hpp"

namespace lockstep {
namespace {

/// Why the host ended with that wait status.
std::string fault_of_host(int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == platform::kNoDescriptorLeft)
    return "The run's host process could not be started: Too many open files. Allow more (ulimit -n 1024).";
  const std::string end = WIFSIGNALED(status) ? "was ended by signal " + std::to_string(WTERMSIG(status))
                                              : "ended with status " + std::to_string(WEXITSTATUS(status));
  return "The run's host process " + end + "; everything that belonged to the run was ended.";
}

void write_request(const CheckedRequest& checked, ArenaHeader& header) {
  const RunRequest& request = checked.request;
  const nlohmann::json json{
      {"scenario", request.scenario}, {"variant", request.variant}, {"params", checked.params}};
  const std::string text = json.dump();
  if (text.size() >= header.request.size()) throw std::runtime_error("The request for the run is too long.");
  std::memcpy(header.request.data(), text.c_str(), text.size() + 1);
  header.seed = request.seed;
  header.memory_limit = static_cast<std::uint64_t>(request.memory_limit_mib) << 20;
  header.operation_pause_ns = request.operation_pause_ms * 1'000'000;
}

}  // namespace

std::variant<CheckedRequest, std::string> check(const RunRequest& asked) {
  CheckedRequest checked{asked, find_scenario(asked.scenario), {}};
  if (checked.scenario == nullptr) return unknown_scenario_message(asked.scenario);
  auto set_up = make_setup(*checked.scenario, asked.variant, asked.params, asked.defaults);
  if (auto* sentence = std::get_if<std::string>(&set_up)) return std::move(*sentence);
  const Setup& setup = std::get<Setup>(set_up);
  RunRequest& request = checked.request;
  request.variant = setup.variant();
  request.speed = std::clamp(request.speed, kMinSpeed, kMaxSpeed);
  if (request.seed == 0) request.seed = static_cast<std::uint64_t>(platform::monotonic_ns()) & 0x7FFF'FFFF;
  for (const Param& param : checked.scenario->params) {
    const std::int64_t value = setup.param(param.name);
    checked.params[std::string(param.name)] = value;
    request.params[std::string(param.name)] = std::to_string(value);
  }
  return checked;
}

RunCore::RunCore(const CheckedRequest& checked, RunMode mode)
    : request(checked.request),
      scenario(*checked.scenario),
      arena(Arena::create()),
      diagnosis(store),
      definitions(arena, store) {
  write_request(checked, arena.header());
  store.set_run({.scenario = request.scenario,
                 .variant = request.variant,
                 .params = checked.params,
                 .mode = mode == RunMode::live ? "live" : "step",
                 .seed = request.seed,
                 .program_version = LOCKSTEP_VERSION});
}

RunCore::~RunCore() {
  if (host) host->ask_to_stop();
  // Frees workers that wait at the start or for room in a ring, so that nothing waits while the run is ended.
  ingest.reset();
  host.reset();
}

void RunCore::launch(std::function<void()> on_start, std::function<void()> on_data) {
  std::string error;
  host = std::make_unique<HostProcess>(arena, error);
  if (!error.empty()) throw std::runtime_error(error);
  try {
    ingest = std::make_unique<Ingest>(arena, *host, std::move(on_start), std::move(on_data));
  } catch (const std::system_error& failure) {
    throw std::runtime_error("A thread for the run could not be started: " + failure.code().message() + ".");
  }
}

bool RunCore::take_in(std::size_t budget) {
  if (!has_more()) {
    batch_.clear();
    consumed_ = 0;
    ingest->take(batch_);
  }
  const std::size_t count = std::min(budget, batch_.size() - consumed_);
  const std::span<const Event> events(batch_.data() + consumed_, count);
  definitions.declare_for(events);
  if (count == 0) return false;
  if (auto sentence = store.append(events); sentence && broken_trace_.empty()) broken_trace_ = *sentence;
  consumed_ += count;
  taken_ += count;
  diagnosis.update();
  return true;
}

bool RunCore::is_over() {
  if (!ingest->finished() || has_more()) return false;
  // Something may have been drained between the last take and the end.
  ingest->take(batch_);
  return !has_more();
}

RunEnd RunCore::judge_end(bool stopped) const {
  RunEnd end;
  end.outcome = outcome_of(diagnosis.findings());
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
    end.reason = fault_of_host(status);
  } else if (!broken_trace_.empty()) {
    end.outcome = Outcome::killed;
    end.sandbox_failed = true;
    end.reason = "The record of the run is broken: " + broken_trace_;
  }
  return end;
}

std::vector<int> RunCore::pids() const {
  std::vector<int> result{host->pid()};
  for (std::uint32_t id = 0; id < arena.worker_count(); ++id) {
    const WorkerSlot& slot = arena.worker(static_cast<WorkerId>(id));
    const int pid = slot.pid.load(std::memory_order_acquire);
    if (slot.kind != WorkerKind::thread && pid != 0 && platform::kernel_state(pid) != 0)
      result.push_back(pid);
  }
  return result;
}

}  // namespace lockstep
