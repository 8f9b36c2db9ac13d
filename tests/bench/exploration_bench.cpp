// What a user waits for: the report after a cancel, a whole exploration with its confirmation, an answer of
// the look-ahead. Beside each stands a bare start and end of the explorer's process.
#include "core/session/exploration.hpp"

#include <thread>

#include "tests/bench/bench.hpp"

using namespace lockstep;
using namespace lockstep::bench;

namespace {

constexpr int kRuns = 21;

std::unique_ptr<Exploration> explore(const char* scenario, const char* variant, const char* param,
                                     const char* value) {
  ExploreRequest request;
  request.scenario = scenario;
  request.variant = variant;
  if (*param != '\0') request.params[param] = value;
  return std::move(std::get<std::unique_ptr<Exploration>>(Exploration::start(request)));
}

void until_reported(Exploration& exploration) {
  while (exploration.report() == nullptr) {
    if (!exploration.poll()) exploration.wait(100);
  }
}

}  // namespace

TEST_CASE("exploration seen by its user", "[bench]") {
  const double bare = median_seconds(kRuns, [] { explore("deadlock", "", "", ""); });
  const double whole = median_seconds(kRuns, [] {
    const auto exploration = explore("deadlock", "", "", "");
    until_reported(*exploration);
  });
  report("exploration: deadlock, confirmed", whole * 1e3, "ms", "process alone", bare * 1e3);

  double worst = 0;
  for (int i = 0; i < kRuns; ++i) {
    const auto exploration = explore("ticket-lock", "no-lock", "customers", "12");
    while (exploration->progress().schedules == 0) {
      exploration->wait(100);
      exploration->poll();
    }
    worst = std::max(worst, seconds([&] {
                       exploration->cancel();
                       until_reported(*exploration);
                     }));
  }
  report("exploration: longest from cancel to report", worst * 1e3, "ms", "allowed", 50.0);

  ExploreRequest request;
  request.scenario = "ticket-lock";
  request.variant = "no-lock";
  const auto service =
      std::move(std::get<std::unique_ptr<LookAheadService>>(LookAheadService::start(request)));
  const auto answer = [&](const std::vector<Choice>& prefix) {
    service->ask(prefix);
    while (!service->poll() || service->answer().prefix != prefix || service->answer().reaches.empty())
      std::this_thread::yield();
  };
  const double first = seconds([&] { answer({}); });
  const double next = median_seconds(kRuns, [&] { answer({{0, false, 0}}); });
  report("look-ahead: an answer", next * 1e3, "ms", "first, with the graph", first * 1e3);
}
