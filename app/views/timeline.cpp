// The timeline: lanes, plots, arrows and the playhead. Geometry is app/model/timeline_layout; this draws it.
#include <cmath>

#include "app/shell/imgui_compat.hpp"
#include "app/views/timeline_canvas.hpp"
#include "app/views/view.hpp"

namespace lockstep {
namespace {

constexpr float kAxis = 34;     // unscaled height of the strip with the labels
constexpr float kMinimap = 38;  // unscaled
constexpr std::size_t kChoicesShown = 16;
constexpr float kStepWidth = 58;  // unscaled: a label of two words

/// Everything that the layout depends on. As long as it is the same, so is the layout.
struct LayoutKey {
  int generation = -1;
  EventIndex events = 0;
  std::size_t workers = 0, objects = 0;
  TimeRange visible;
  RunTime now = 0;
  Selection selection;
  float width = 0, height = 0, scale = 0, scroll = 0;
  bool compact = false;
  EventIndex moment = 0;
  std::size_t findings = 0;
  std::uint32_t position = 0, length = 0, tree_position = 0;
  std::vector<WorkerId> next = {};
  std::vector<Finding> impending = {};
  friend bool operator==(const LayoutKey&, const LayoutKey&) = default;
};

struct TimelineCache {
  LayoutKey key;
  TimelineLayout layout;
};

/// The workers that have a move, while the learner stands at the newest step.
std::vector<WorkerId> movers(const AppModel& model) {
  std::vector<WorkerId> workers;
  if (!model.at_newest()) return workers;
  for (const WorkerCard& card : model.step.cards()) {
    if (card.move) workers.push_back(card.worker);
  }
  return workers;
}

/// Tells the model how many steps there is room for.
void note_room(AppModel& model, Ui& ui, float width) {
  const float step = ui.px(kStepWidth);
  const auto steps = std::max(static_cast<RunTime>((width - ui.px(202)) / step), RunTime{4});
  const RunTime room = steps * kStepTime + kStepTime / 2;
  if (model.timeline.room == room) return;
  model.timeline.room = room;
  ui.animate();
}

const TimelineLayout& layout_for(AppModel& model, Ui& ui, ImVec2 size) {
  TimelineCache& cache = ui.state<TimelineCache>();
  const TraceStore& store = model.run.store();
  TimelineState& timeline = model.timeline;
  const SteppedRun* stepped = model.run.stepped();
  LayoutKey key{model.run.generation(),
                store.size(),
                store.workers().size(),
                store.objects().size(),
                timeline.visible(),
                model.drawn_until(),
                model.selection,
                size.x,
                size.y,
                ui.scale(),
                timeline.scroll,
                timeline.compact,
                0,
                0,
                0,
                0,
                0,
                {},
                {}};
  if (model.run.in_steps()) {
    key.moment = model.moment();
    key.findings = model.run.findings().size();
  }
  if (stepped) {
    key.position = stepped->position();
    key.length = stepped->length();
    key.tree_position = stepped->tree_position();
    key.next = movers(model);
    if (model.at_newest()) key.impending = model.impending();
  }
  if (!(key == cache.key)) {
    cache.layout =
        lay_out_timeline({.store = &store,
                          .visible = key.visible,
                          .now = key.now,
                          .selection = key.selection,
                          .width = size.x,
                          .height = size.y,
                          .scale = key.scale,
                          .scroll = key.scroll,
                          .compact = key.compact,
                          .steps = model.run.in_steps(),
                          .position = key.position,
                          .branch = stepped ? std::span(stepped->choices()) : std::span<const Choice>(),
                          .next = key.next,
                          .moment = key.moment,
                          .findings = model.run.findings(),
                          .impending = key.impending});
    cache.key = key;
  }
  timeline.scroll = std::clamp(timeline.scroll, 0.0F, most_scroll(cache.layout, size.y));
  return cache.layout;
}

void draw_scrollbar(const TimelineCanvas& canvas) {
  const float most = most_scroll(canvas.layout, canvas.size.y);
  if (most <= 0) return;
  const float share = canvas.size.y / canvas.layout.content_height;
  const float length = std::max(canvas.size.y * share, canvas.px(24));
  const float y = (canvas.size.y - length) * canvas.model.timeline.scroll / most;
  const float x = canvas.size.x - canvas.px(7);
  canvas.draw->AddRectFilled(canvas.at(x, y), canvas.at(x + canvas.px(5), y + length),
                             faded(canvas.ui.theme().text_faint, 0.6F), canvas.px(3));
}

/// Before the first run: what to do.
void draw_invitation(const TimelineCanvas& canvas) {
  const Theme& theme = canvas.ui.theme();
  const char* lines[] = {canvas.ui.tr("timeline.empty.title"), canvas.ui.tr("timeline.empty.text")};
  ImFont* fonts[] = {canvas.ui.fonts().title, canvas.ui.fonts().text};
  float y = canvas.size.y * 0.42F;
  for (int i = 0; i < 2; ++i) {
    for (const std::string_view line : canvas.ui.lines(lines[i], canvas.size.x * 0.8F, fonts[i])) {
      const float width = canvas.ui.text_width(fonts[i], line);
      canvas.ui.text_at(canvas.draw, fonts[i],
                        canvas.at(std::floor((canvas.size.x - width) / 2), std::floor(y)),
                        i == 0 ? theme.text : theme.text_dim, line, width + 1);
      y += compat::font_size(fonts[i]) + canvas.px(6);
    }
    y += canvas.px(4);
  }
}

void draw_content(const TimelineCanvas& canvas) {
  canvas.draw->PushClipRect(canvas.at(0, -canvas.axis_height), canvas.at(canvas.size.x, canvas.size.y), true);
  draw_axis(canvas);
  canvas.draw->PopClipRect();
  canvas.draw->PushClipRect(canvas.at(0, -canvas.px(16)), canvas.at(canvas.size.x, canvas.size.y), true);
  draw_lanes(canvas);
  draw_names(canvas);
  draw_measure(canvas);
  draw_playhead(canvas);
  draw_scrollbar(canvas);
  handle_mouse(canvas);  // of the last item, which covers axis and lanes
  canvas.draw->PopClipRect();
}

void draw(AppModel& model, Ui& ui) {
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float axis = ui.px(kAxis);
  // In step mode the height is needed for the lanes.
  const bool has_minimap = model.mode() == RunMode::live;
  const float minimap = has_minimap ? ui.px(kMinimap) : 0;
  const ImVec2 origin{min.x, min.y + axis};
  const ImVec2 size{room.x, std::max(room.y - axis - minimap, 1.0F)};
  if (model.run.in_steps()) note_room(model, ui, size.x);
  const TimelineLayout& layout = layout_for(model, ui, size);
  const TimelineCanvas canvas{model, ui, layout, ImGui::GetWindowDrawList(), origin, size, axis};

  if (has_minimap)
    draw_minimap(model, ui, {min.x, origin.y + size.y}, {min.x + room.x, min.y + room.y}, layout.gutter);
  ImGui::SetCursorScreenPos(min);
  ImGui::InvisibleButton("timeline.area", {std::max(size.x, 1.0F), size.y + axis});
  ui.mark("timeline.area", ui.tr("timeline.title"));
  draw_content(canvas);
  if (!model.run.has_run()) draw_invitation(canvas);
  const ImVec2 max{min.x + room.x, origin.y + size.y};
  draw_find(model, ui, min, max);
  draw_go_to_time(model, ui, min, max);
}

std::string run_state(const AppModel& model, const Ui& ui) {
  const RunEnd* end = model.run.end();
  if (end && model.run.phase() == RunPhase::stuck) return ui.tr("timeline.status.stuck");
  if (end) {
    return ui.tr("timeline.status.ended", ui.word(end->outcome));
  }
  if (model.run.is_paused()) return ui.tr("timeline.status.paused");
  if (model.run.phase() == RunPhase::starting) return ui.tr("timeline.status.starting");
  if (!model.run.is_live()) return ui.tr("timeline.status.trace");
  return model.timeline.follows() ? ui.tr("timeline.status.following") : ui.tr("timeline.status.running");
}

std::string step_status(const AppModel& model, const Ui& ui) {
  const SteppedRun& run = *model.run.stepped();
  if (!model.at_newest()) return ui.tr("timeline.status.looks_back", model.looked_step(), run.position());
  std::string text = ui.tr_count("timeline.status.steps", run.position());
  if (run.position() == 0) return text;
  return text + " · " +
         ui.tr("timeline.status.schedule", last_choices(run.choices(), run.position(), kChoicesShown));
}

/// A clock while the run goes; then what it took, which may be less than a millisecond.
std::string how_long(const AppModel& model, const Ui& ui) {
  return model.run.end() ? ui.duration(model.run.now()) : ui.moment(model.run.now(), 100'000'000);
}

std::string status(const AppModel& model, const Ui& ui) {
  if (!model.run.has_run()) return {};
  if (model.run.stepped()) return step_status(model, ui);
  const std::string events = ui.tr_count("timeline.status.events", model.moment());
  std::string text = model.at_newest() ? run_state(model, ui) + " · " + how_long(model, ui)
                                       : ui.tr("timeline.status.at", ui.moment(model.moment_time()),
                                               ui.moment(model.run.now()));
  return text + " · " + events;
}

}  // namespace

const View timeline_view{"timeline", "timeline.title", ViewPlace::centre, draw, "timeline.help", nullptr,
                         status};

}  // namespace lockstep
