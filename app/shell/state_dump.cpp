#include "app/shell/state_dump.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/model/lesson_state.hpp"
#include "app/shell/debug_overlay.hpp"
#include "core/analysis/finding.hpp"

namespace lockstep {
namespace {

using nlohmann::json;

constexpr const char* kPhases[] = {"starting", "running", "paused", "stuck", "ended"};

json run_json(const AppModel& model) {
  const RunController& run = model.run;
  json out{{"events", run.store().size()},
           {"workers", run.store().workers().size()},
           {"now", run.now()},
           {"findings", run.findings().size()},
           {"phase", run.phase() ? kPhases[static_cast<std::size_t>(*run.phase())] : "none"}};
  if (const RunEnd* end = run.end()) out["outcome"] = name_of(end->outcome);
  if (run.session()) out["pids"] = run.session()->pids();
  if (const RunBatch* batch = run.batch()) {
    out["batch"] = {{"done", batch->done()}, {"failed", batch->failed()}, {"running", batch->running()}};
  }
  return out;
}

constexpr const char* kStages[] = {"none", "open", "made", "right", "wrong", "unanswered"};

json lesson_json(const AppModel& model) {
  const LessonState lesson = lesson_state(model);
  return {{"stage", kStages[static_cast<std::size_t>(lesson.stage)]},
          {"choice", lesson.choice},
          {"explained", lesson.explanation != nullptr},
          {"hints_shown", lesson.hints_shown},
          {"hints", lesson.hints}};
}

json findings_json(const AppModel& model) {
  json out = json::array();
  for (const Finding& finding : model.run.findings()) {
    out.push_back({{"kind", name_of(finding.kind)},
                   {"text", narrate(finding, model.run.store(), model.settings.language)}});
  }
  return out;
}

json notices_json(const AppModel& model) {
  json out = json::array();
  for (const Notice& notice : model.notices)
    out.push_back(notice.text);
  return out;
}

constexpr const char* kHindrances[] = {"none", "by_hand", "waits", "has_ended"};
constexpr const char* kMarks[] = {"none", "looking", "not_known", "can_fail", "must_fail", "safe"};

json card_json(const StepCard& card) {
  return {{"worker", card.worker},
          {"about", card.about},
          {"effect", card.effect},
          {"line", card.line},
          {"hindrance", kHindrances[static_cast<std::size_t>(card.hindrance)]},
          {"mark", kMarks[static_cast<std::size_t>(card.mark)]},
          {"steps", card.steps},
          {"overwrites", card.overwrites == kNoWorker ? json() : json(card.overwrites)},
          {"planned", card.planned},
          {"suggested", card.suggested}};
}

json step_json(const AppModel& model) {
  const StepController& step = model.step;
  json out{{"ready", step.ready()},   {"running_on", step.running_on()},    {"position", step.position()},
           {"length", step.length()}, {"looked_step", model.looked_step()}, {"cards", json::array()}};
  for (const StepCard& card : model.cards())
    out["cards"].push_back(card_json(card));
  if (const auto schedule = model.schedule()) out["schedule"] = to_text(*schedule);
  if (const SteppedRun* run = model.run.stepped()) {
    out["tried"] = run->tree().size();
    out["choices"] = last_choices(run->choices(), run->choices().size(), run->choices().size());
    out["divergence"] = run->divergence();
    out["pids"] = run->pids();
  }
  return out;
}

json report_json(const ExploreReport& report) {
  json out{{"end", name_of(report.end)},
           {"schedules", report.schedules},
           {"failing", report.failing},
           {"states", report.states},
           {"seconds", report.seconds}};
  if (report.failing_share) out["share"] = *report.failing_share;
  if (report.least) {
    out["least"] = {{"outcome", name_of(report.least->outcome)},
                    {"steps", report.least->cost.steps},
                    {"confirmed", report.least->confirmed}};
  }
  return out;
}

json search_json(const AppModel& model) {
  const SearchController& search = model.search;
  json out{{"shown", model.overlays.search},
           {"running", search.running()},
           {"answered", search.answer() != nullptr}};
  if (const auto share = search.failing_share()) out["share"] = *share;
  if (search.exploration()) out["schedules"] = search.exploration()->progress().schedules;
  if (const ExploreReport* report = search.report()) out["report"] = report_json(*report);
  return out;
}

json progress_json(const ScenarioProgress& progress) {
  return {{"tried", progress.tried},
          {"predicted", !progress.predictions.empty()},
          {"broken", progress.broken},
          {"understood", progress.understood},
          {"proven", progress.proven}};
}

json timeline_json(const AppModel& model) {
  const TimelineState& timeline = model.timeline;
  json out{{"from", timeline.visible().from}, {"to", timeline.visible().to},
           {"follows", timeline.follows()},   {"fitted", timeline.fitted()},
           {"moment", model.moment()},        {"moment_time", model.moment_time()}};
  if (timeline.playhead()) out["playhead"] = timeline.playhead()->time;
  return out;
}

json widgets_json(Ui& ui) {
  json out = json::object();
  for (const auto& [id, box] : ui.widgets().all()) {
    out[id] = {{"x", box.x0},           {"y", box.y0},
               {"width", box.width()},  {"height", box.height()},
               {"label", box.label},    {"enabled", box.enabled},
               {"clipped", box.clipped}};
  }
  return out;
}

}  // namespace

std::string state_json(const AppModel& model, Ui& ui) {
  const Settings& settings = model.settings;
  const FrameTimes& times = ui.state<FrameTimes>();
  const json out{{"scenario", model.scenario() ? model.scenario()->id : ""},
                 {"variant", model.variant() ? model.variant()->name : ""},
                 {"params", model.params()},
                 {"path", settings.path},
                 {"language", name_of(settings.language)},
                 {"theme", name_of(settings.theme)},
                 {"font_scale", settings.font_scale},
                 {"speed", settings.speed},
                 {"selection",
                  {{"worker", model.selection.worker},
                   {"object", model.selection.object},
                   {"event", model.selection.event}}},
                 {"help", model.overlays.help},
                 {"frames", times.frames()},
                 {"build_ms", times.average_build()},
                 {"worst_build_ms", times.worst_build()},
                 {"run", run_json(model)},
                 {"mode", model.mode() == RunMode::step ? "step" : "live"},
                 {"step", model.step.active() ? step_json(model) : json()},
                 {"search", search_json(model)},
                 {"progress", progress_json(model.progress(model.scenario() ? model.scenario()->id : ""))},
                 {"lesson", lesson_json(model)},
                 {"findings", findings_json(model)},
                 {"notices", notices_json(model)},
                 {"timeline", timeline_json(model)},
                 {"widgets", widgets_json(ui)}};
  return out.dump(1, ' ', false, json::error_handler_t::replace);
}

void dump_state_if_asked(const AppModel& model, Ui& ui) {
  static const char* const kPath = std::getenv("LOCKSTEP_STATE_DUMP");
  if (!kPath || kPath[0] == '\0') return;
  const std::string beside = std::string(kPath) + ".new";
  std::ofstream(beside, std::ios::binary) << state_json(model, ui);
  std::rename(beside.c_str(), kPath);
}

}  // namespace lockstep
