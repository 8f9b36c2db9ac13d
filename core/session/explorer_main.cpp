// The explorer's process: one thread explores, another listens to the owner.
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <new>
#include <nlohmann/json.hpp>
#include <thread>

#include "core/explore/explorer.hpp"
#include "core/explore/state_graph.hpp"
#include "core/session/explorer_process.hpp"
#include "core/session/explorer_wire.hpp"

namespace lockstep {
namespace {

using Json = nlohmann::json;

/// After a cancel: for how long explore() may take to notice. Less than the owner's patience.
constexpr std::chrono::milliseconds kPatience{33};
/// The owner hears of progress about 30 times a second.
constexpr std::chrono::milliseconds kBetweenProgress{33};
/// For the number of states and the exact share of failing schedules, once all of them are covered.
constexpr std::uint64_t kGraphStates = 300'000;
constexpr double kGraphSeconds = 1;
/// For looking ahead.
constexpr std::uint64_t kLookAheadStates = 2'000'000;
constexpr double kLookAheadSeconds = 30;

constexpr char kMemoryUsedUp[] =
    "The explorer's memory is used up; explore with smaller params or fewer schedules.";

Program program_of(const ExploreRequest& request) {
  const Scenario* scenario = find_scenario(request.scenario);
  if (scenario == nullptr) throw std::runtime_error("The explorer does not know the scenario.");
  Program program;
  program.scenario = request.scenario;
  program.variant = request.variant;
  for (const auto& [name, value] : request.params)
    program.params[name] = std::stoll(value);
  program.main = [scenario, setup = Setup(program.variant, program.params)] { scenario->main(setup); };
  return program;
}

class Explorer {
 public:
  explicit Explorer(platform::Fd socket) : channel_(std::move(socket)) {}

  [[noreturn]] void run() {
    const auto first = channel_.receive(-1);
    if (!first) platform::exit_now(0);
    try {
      std::thread([this] { listen(); }).detach();
      const Json json = Json::parse(*first);
      if (json.contains("explore")) {
        explore_for(wire::request_from(json.at("explore")));
      } else {
        look_ahead_for(wire::request_from(json.at("look_ahead")));
      }
    } catch (const std::bad_alloc&) {
      fail(kMemoryUsedUp);
    } catch (const std::system_error& failure) {
      fail(no_thread(failure));
    } catch (const std::exception& failure) {
      fail(failure.what());
    }
  }

 private:
  void listen();
  void cut_short_soon();
  [[noreturn]] void explore_for(const ExploreRequest& request);
  [[noreturn]] void look_ahead_for(const ExploreRequest& request);
  void add_graph(const ExploreRequest& request, ExploreReport& report);
  bool tell(const ExploreProgress& progress);
  [[noreturn]] void finish(const ExploreReport& report);
  [[noreturn]] void fail(const std::string& sentence);

  bool cancelled() {
    const std::lock_guard lock(guard_);
    return cancelled_;
  }

  ExploreProgress last_progress() {
    const std::lock_guard lock(guard_);
    return progress_;
  }

  LineChannel channel_;
  std::mutex guard_;
  std::condition_variable asked_;
  bool cancelled_ = false;
  bool finished_ = false;
  ExploreProgress progress_;
  std::chrono::steady_clock::time_point next_progress_{};
  std::optional<std::vector<Choice>> question_;
};

void Explorer::listen() {
  while (const auto line = channel_.receive(-1)) {
    const Json json = Json::parse(*line, nullptr, false);
    if (json.contains("cancel")) cut_short_soon();
    if (json.contains("ask")) {
      const std::lock_guard lock(guard_);
      question_ = wire::choices_from(json.at("ask"));
      asked_.notify_one();
    }
  }
  platform::exit_now(0);  // the owner is gone
}

void Explorer::cut_short_soon() {
  {
    const std::lock_guard lock(guard_);
    cancelled_ = true;
  }
  std::this_thread::sleep_for(kPatience);  // finish() ends the process before, if it comes to that
  finish(report_of(last_progress(), ExploreEnd::cancelled));
}

/// False if the owner has cancelled.
bool Explorer::tell(const ExploreProgress& progress) {
  {
    const std::lock_guard lock(guard_);
    progress_ = progress;
    if (cancelled_ || finished_) return false;
  }
  const auto now = std::chrono::steady_clock::now();
  if (now < next_progress_) return true;
  next_progress_ = now + kBetweenProgress;
  return channel_.send(Json{{"progress", wire::to_json(progress)}}.dump());
}

/// Whoever comes first reports.
void Explorer::finish(const ExploreReport& report) {
  {
    const std::lock_guard lock(guard_);
    if (!std::exchange(finished_, true)) {
      channel_.send(Json{{"report", wire::to_json(report)}}.dump());
      platform::exit_now(0);
    }
  }
  while (true)
    std::this_thread::sleep_for(std::chrono::hours(1));  // the other thread ends the process
}

void Explorer::fail(const std::string& sentence) { finish(report_of({}, ExploreEnd::failed, sentence)); }

void Explorer::explore_for(const ExploreRequest& request) {
  ExploreReport report =
      explore(program_of(request), request.options, [this](const ExploreProgress& p) { return tell(p); });
  if (report.reason == std::bad_alloc().what()) report.reason = kMemoryUsedUp;
  if (report.end == ExploreEnd::exhausted && !report.failing_share) add_graph(request, report);
  finish(report);
}

void Explorer::add_graph(const ExploreRequest& request, ExploreReport& report) {
  StateGraph graph(program_of(request), request.options.seed);
  if (!graph.build(kGraphStates, kGraphSeconds, [this] { return !cancelled(); })) return;
  report.failing_share = graph.failing_share();
  report.states = graph.states();
}

void Explorer::look_ahead_for(const ExploreRequest& request) {
  StateGraph graph(program_of(request), request.options.seed);
  graph.build(kLookAheadStates, kLookAheadSeconds);
  const auto share = graph.failing_share();
  channel_.send(Json{{"share", share ? Json(*share) : Json()}}.dump());
  while (true) {
    std::vector<Choice> prefix;
    {
      std::unique_lock lock(guard_);
      asked_.wait(lock, [this] { return question_.has_value(); });
      prefix = *std::exchange(question_, std::nullopt);
    }
    channel_.send(Json{{"answer", wire::to_json(graph.look_ahead(prefix))}}.dump());
  }
}

}  // namespace

void run_explorer() {
  platform::forbid_core_dumps();
  platform::limit_private_memory(platform::physical_memory() / 2);
  // Never destroyed: the process ends by exit_now.
  (new Explorer(platform::Fd(kExplorerSocketFd)))->run();
}

}  // namespace lockstep
