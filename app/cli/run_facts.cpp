#include "app/cli/run_facts.hpp"

#include <algorithm>

#include "app/cli/failure.hpp"

namespace lockstep::cli {

std::vector<CheckResult> check_results(const TraceStore& store) {
  std::vector<CheckResult> results;
  for (const ObjectInfo& object : store.objects()) {
    if (object.kind != ObjectKind::check) continue;
    const auto events = store.events_of_object(object.id);
    if (events.empty()) continue;
    const bool ok = std::ranges::all_of(
        events, [&](EventIndex i) { return store[i].kind != EventKind::check || store[i].arg != 0; });
    results.push_back({object.name, ok});
  }
  return results;
}

std::string words_of_divergence(const SteppedRun& replay, Language language) {
  const Divergence& divergence = replay.divergence_details();
  const std::string who = replay.store().has_worker(divergence.worker)
                              ? one_line(replay.store().workers()[divergence.worker].name)
                              : fmt::format("worker {}", divergence.worker);
  const Text text = divergence.kind == DivergenceKind::impossible ? Text::diverges_impossible
                    : divergence.kind == DivergenceKind::nobody   ? Text::diverges_nobody
                                                                  : Text::diverges_events;
  return say(language, text, divergence.step + 1, who);
}

RunTime time_of(const Finding& finding, const TraceStore& store) {
  if (store.size() == 0 || finding.at == 0) return 0;
  return static_cast<RunTime>(store[std::min(finding.at, store.size()) - 1].time);
}

std::vector<int> lines_of(const Finding& finding, const TraceStore& store) {
  std::vector<int> lines;
  for (const EventIndex event : finding.events) {
    if (event >= store.size()) continue;
    const SiteId site = store[event].site;
    if (site == 0 || site >= store.sites().size()) continue;
    const int line = store.sites()[site].line;
    if (std::ranges::find(lines, line) == lines.end()) lines.push_back(line);
  }
  return lines;
}

}  // namespace lockstep::cli
