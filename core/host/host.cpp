#include "core/host/host.hpp"

#include <csignal>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "core/arena/ring.hpp"
#include "core/host/supervisor.hpp"
#include "core/platform/futex.hpp"
#include "core/process/worker_life.hpp"
#include "core/process/worker_slot.hpp"
#include "core/runtime/gated.hpp"
#include "core/scenario/scenario.hpp"

namespace lockstep {
namespace {

constexpr int kSandboxFailed = 3;

struct Program {
  const Scenario* scenario = nullptr;
  Setup setup{"", {}};
};

/// The request was checked by the session; here only what would crash is checked again.
Program read_request(const Arena& arena) {
  const auto request = nlohmann::json::parse(arena.header().request.data());
  Program program;
  program.scenario = find_scenario(request.at("scenario").get<std::string>());
  if (program.scenario == nullptr)
    throw std::runtime_error("The host of the run does not know the scenario.");
  program.setup = Setup(request.at("variant").get<std::string>(),
                        request.at("params").get<std::map<std::string, std::int64_t>>());
  return program;
}

/// Blocks until the session has set the clock going.
void wait_for_go(ArenaHeader& header) {
  header.ready.store(1, std::memory_order_release);
  ring_doorbell(header);
  while (header.go.load(std::memory_order_acquire) == 0)
    platform::futex_wait(header.go, 0, platform::kForeverNs);
}

[[noreturn]] void run_main_worker(Arena& arena, const Program& program, const HostHooks& hooks) {
  WorkerSlot& slot = arena.worker(kMainWorker);
  slot.pid.store(platform::current_pid(), std::memory_order_release);
  slot.version.fetch_add(1, std::memory_order_release);
  const auto body = [&] { program.scenario->main(program.setup); };
  if (arena.header().step.stepped.load(std::memory_order_relaxed) != 0) {
    platform::bind_to_one_core();
    GatedRuntime runtime(arena, kMainWorker, kSandbox, hooks);
    const int code = run_process_body(body);
    runtime.finish();
    platform::exit_now(code);
  }
  const LiveRuntime runtime(arena, kMainWorker, hooks);
  wait_for_go(arena.header());
  platform::exit_now(run_process_body(body));
}

}  // namespace

void run_host() {
  std::signal(SIGINT, SIG_IGN);
  Arena arena = Arena::attach(platform::Fd(kHostArenaFd));
  try {
    const Program program = read_request(arena);
    platform::forbid_core_dumps();
    Supervisor supervisor(arena, platform::Fd(kHostControlFd));
    create_main_worker(arena);
    supervisor.fork_main([&](const HostHooks& hooks) { run_main_worker(arena, program, hooks); });
    supervisor.watch();
    std::error_code ignored;
    std::filesystem::remove_all(arena.header().folder.data(), ignored);
    platform::exit_now(0);
  } catch (const std::exception& failure) {
    arena.header().fault.store(arena.intern(failure.what()), std::memory_order_release);
    platform::exit_now(kSandboxFailed);
  }
}

}  // namespace lockstep
