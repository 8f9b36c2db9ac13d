#include "app/cli/run_json.hpp"

#include "app/cli/run_facts.hpp"
#include "core/analysis/statistics.hpp"

namespace lockstep::cli {
namespace {

using Json = nlohmann::ordered_json;

bool has_exit_code(WorkerState state) {
  return state == WorkerState::finished || state == WorkerState::zombie || state == WorkerState::killed;
}

Json workers_json(const TraceStore& store) {
  Json list = Json::array();
  for (const WorkerInfo& worker : store.workers()) {
    const WorkerView view = store.worker_after(worker.id, store.size());
    list.push_back({{"id", worker.id},
                    {"name", worker.name},
                    {"kind", name_of(worker.kind)},
                    {"pid", worker.pid},
                    {"state", name_of(view.state)},
                    {"exit_code", has_exit_code(view.state) ? Json(view.exit_code) : Json()}});
  }
  return list;
}

Json objects_json(const TraceStore& store) {
  Json list = Json::array();
  for (const ObjectInfo& object : store.objects()) {
    if (object.kind == ObjectKind::none) continue;
    list.push_back({{"id", object.id}, {"name", object.name}, {"kind", name_of(object.kind)}});
  }
  return list;
}

/// "t": seconds of a live run, else the step.
Json output_json(const RunView& run) {
  const TraceStore& store = run.store;
  Json list = Json::array();
  for (EventIndex i = 0; i < store.size(); ++i) {
    const Event& event = store[i];
    if (event.kind != EventKind::print) continue;
    const auto time = static_cast<RunTime>(event.time);
    list.push_back({{"t", run.stepped ? static_cast<double>(step_of(time)) : seconds(time)},
                    {"worker", event.worker},
                    {"text", store.text(static_cast<TextId>(event.arg))}});
  }
  return list;
}

Json checks_json(const TraceStore& store) {
  Json list = Json::array();
  for (const CheckResult& check : check_results(store))
    list.push_back({{"name", check.name}, {"ok", check.ok}});
  return list;
}

/// Of a live run: its operations.
std::uint64_t steps_of(const RunView& run, const Statistics& figures) {
  if (run.schedule) return run.schedule->choices.size();
  std::uint64_t steps = 0;
  for (const WorkerStatistics& worker : figures.workers)
    steps += worker.operations;
  return steps;
}

}  // namespace

Json findings_json(const RunView& run, Language language) {
  const TraceStore& store = run.store;
  Json list = Json::array();
  for (const Finding& finding : run.diagnosis.findings()) {
    list.push_back({{"kind", name_of(finding.kind)},
                    {"workers", finding.workers},
                    {"objects", finding.objects},
                    {"lines", lines_of(finding, store)},
                    {"message", narrate(finding, store, language)}});
  }
  return list;
}

Json run_json(const RunView& run, const Ending& ending, Language language) {
  const TraceStore& store = run.store;
  const Statistics figures = statistics(store, store.size());
  const auto schedule = schedule_of(run, ending.end.outcome);
  return {{"scenario", run.request.scenario},
          {"variant", run.request.variant},
          {"mode", run.stepped ? "step" : "live"},
          {"params", store.run().params},
          {"seed", run.request.seed},
          {"outcome", name_of(ending.end.outcome)},
          {"findings", findings_json(run, language)},
          {"workers", workers_json(store)},
          {"objects", objects_json(store)},
          {"output", output_json(run)},
          {"checks", checks_json(store)},
          {"events", store.size()},
          {"steps", steps_of(run, figures)},
          {"duration_s", run.stepped ? ending.wall_seconds : seconds(figures.duration)},
          {"schedule", schedule ? Json(lockstep::to_text(*schedule)) : Json()}};
}

std::string to_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace lockstep::cli
