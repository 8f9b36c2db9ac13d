#include "app/shell/state_dump.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/shell/debug_overlay.hpp"

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
