// The tab "Events": every recorded event as a row. A click moves the playhead to just after it.
#include <algorithm>
#include <array>
#include <cmath>

#include "app/model/event_list.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/filter_bar.hpp"
#include "app/views/row_list.hpp"
#include "app/views/view.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

constexpr float kRow = 23;

/// Kinds of events that a learner looks for together.
struct KindGroup {
  const char* name_key;
  EventKind first, last;  ///< a stretch of kinds.def
};
constexpr std::array kGroups{
    KindGroup{"events.kind.workers", EventKind::worker_start, EventKind::exit_wait},
    KindGroup{"events.kind.waiting", EventKind::block, EventKind::would_block},
    KindGroup{"events.kind.sleep", EventKind::sleep_begin, EventKind::sleep_end},
    KindGroup{"events.kind.locks", EventKind::acquire, EventKind::locked},
    KindGroup{"events.kind.signals", EventKind::sem_acquire, EventKind::barrier_abort},
    KindGroup{"events.kind.queues", EventKind::queue_put, EventKind::queue_size},
    KindGroup{"events.kind.values", EventKind::load, EventKind::global_store},
    KindGroup{"events.kind.files", EventKind::file_read, EventKind::file_append},
    KindGroup{"events.kind.program", EventKind::print, EventKind::choice},
    KindGroup{"events.kind.pipes", EventKind::pipe_send, EventKind::managed_call},
    KindGroup{"events.kind.pools", EventKind::pool_hire, EventKind::future_callback},
    KindGroup{"events.kind.cores", EventKind::core, EventKind::core},
};

/// What no kind is chosen for. On a crowded machine a worker changes its core all the time: these marks are
/// shown only when they are asked for.
KindSet usual_kinds() { return all_kinds().reset(static_cast<std::size_t>(EventKind::core)); }

KindSet kinds_of(const KindGroup& group) {
  KindSet kinds;
  for (auto i = static_cast<std::size_t>(group.first); i <= static_cast<std::size_t>(group.last); ++i)
    kinds.set(i);
  return kinds;
}

struct EventsState {
  EventFilter filter;
  int group = -1;  ///< index into kGroups; -1: all
  EventList list;
  RowScroll scroll;
  int generation = -1;
};

/// Left edges of the columns.
struct Columns {
  float index, time, worker, what, object, line, end;
};

Columns columns_of(Ui& ui, float x0, float x1) {
  Columns c{};
  c.index = x0 + ui.px(12);
  c.time = c.index + ui.px(66);
  c.worker = c.time + ui.px(96);
  c.what = c.worker + ui.px(134);
  c.end = x1 - ui.px(8);
  c.line = c.end - ui.px(44);
  c.object = std::max(c.line - ui.px(150), c.what + (c.line - c.what) * 0.6F);
  return c;
}

void kind_combo(Ui& ui, EventsState& state) {
  const char* shown =
      ui.tr(state.group < 0 ? "events.all_kinds" : kGroups[static_cast<std::size_t>(state.group)].name_key);
  if (begin_combo(ui, "events.kind", shown)) {
    if (ImGui::Selectable(ui.tr("events.all_kinds"), state.group < 0)) state.group = -1;
    for (std::size_t i = 0; i < kGroups.size(); ++i) {
      const int number = static_cast<int>(i);
      if (ImGui::Selectable(ui.tr(kGroups[i].name_key), state.group == number)) state.group = number;
    }
    ImGui::EndCombo();
  }
}

void draw_bar(AppModel& model, Ui& ui, EventsState& state) {
  worker_combo(model, ui, "events.worker", state.filter.worker);
  next_in_line(ui, ui.px(150));
  object_combo(model, ui, "events.object", state.filter.object);
  next_in_line(ui, ui.px(150));
  kind_combo(ui, state);
  state.filter.kinds =
      state.group < 0 ? usual_kinds() : kinds_of(kGroups[static_cast<std::size_t>(state.group)]);
  next_in_line(ui, ui.text_width(ui.fonts().small, ui.tr("events.follow")) + ui.px(40));
  if (toggle(ui, "events.follow", ui.tr("events.follow"), state.scroll.follow, ui.tr("events.follow.tip"))) {
    state.scroll.follow = !state.scroll.follow;
  }
  const std::string count = ui.tr_count("events.count", state.list.size());
  next_in_line(ui, ui.text_width(ui.fonts().small, count));
  ImGui::AlignTextToFramePadding();
  ui.text(count, ui.theme().text_dim, ui.fonts().small);
  ui.mark("events.count", count);
}

void draw_header(Ui& ui) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const Columns c = columns_of(ui, at.x, at.x + width - ui.px(12));
  const float bottom = at.y + ui.px(kRow);
  const auto head = [&](float from, float to, const char* key, bool right = false) {
    cell(ui, {from, at.y}, {to - ui.px(8), bottom}, ui.tr(key), ui.theme().text_dim, ui.fonts().small_semi,
         right);
  };
  head(c.index, c.time, "events.column.index", true);
  head(c.time, c.worker, "events.column.time", true);
  head(c.worker, c.what, "events.column.worker");
  head(c.what, c.object, "events.column.what");
  head(c.object, c.line, "events.column.object");
  head(c.line, c.end + ui.px(8), "events.column.line", true);
  ImGui::GetWindowDrawList()->AddLine({at.x, bottom}, {at.x + width, bottom}, ui.theme().border);
  ImGui::Dummy({width, ui.px(kRow + 1)});
}

void draw_row(AppModel& model, Ui& ui, const RowList& rows, const Columns& c, std::int64_t row,
              EventIndex index) {
  const TraceStore& store = model.run.store();
  const Event& event = store[index];
  const float y = rows.y_of(row), bottom = y + ui.px(kRow);
  const bool later = index >= model.moment();
  const bool selected = model.selection.event == index;
  if (selected || rows.hovered() == row) {
    ImGui::GetWindowDrawList()->AddRectFilled({rows.x0(), y}, {rows.x1(), bottom},
                                              selected ? ui.theme().selection : ui.theme().line_mark);
  }
  const float gap = ui.px(8);
  const Color faint = ui.theme().text_faint;
  const Color text = later ? faint : ui.theme().text;
  const Color dim = later ? faint : ui.theme().text_dim;
  cell(ui, {c.index, y}, {c.time - gap, bottom}, Ui::grouped(index + 1), faint, ui.fonts().mono_small, true);
  cell(ui, {c.time, y}, {c.worker - gap, bottom}, ui.moment(static_cast<RunTime>(event.time), 100'000), dim,
       ui.fonts().mono_small, true);
  if (event.worker < kMaxWorkers) {
    ui.badge_at(ImGui::GetWindowDrawList(), {c.worker, std::floor(y + ui.px(2))}, event.worker);
  }
  cell(ui, {c.worker + ui.px(32), y}, {c.what - gap, bottom}, ui.name_of(event.worker), dim,
       ui.fonts().small);
  cell(ui, {c.what, y}, {c.object - gap, bottom}, describe(event, store, ui.language()), text);
  if (event.object != kNoObject) {
    cell(ui, {c.object, y}, {c.line - gap, bottom}, ui.name_of_object(event.object), dim, ui.fonts().small);
  }
  if (const int line = ui.line_of(event.site); line > 0) {
    cell(ui, {c.line, y}, {c.end, bottom}, std::to_string(line), dim, ui.fonts().mono_small, true);
  }
}

void draw_rows(AppModel& model, Ui& ui, EventsState& state) {
  const std::int64_t before = state.list.rows_before(model.moment());
  RowList rows(ui, "rows", state.list.size(), ui.px(kRow), state.scroll, before - 1);
  const Columns c = columns_of(ui, rows.x0(), rows.x1());
  for (std::int64_t row = rows.first(); row < rows.end(); ++row)
    draw_row(model, ui, rows, c, row, state.list[row]);
  if (rows.clicked() >= 0) {
    const EventIndex event = state.list[rows.clicked()];
    model.send(SelectEvent{event});
  }
  const float y = rows.y_of(before);
  if (before < state.list.size() && y > rows.y0() && y < rows.y1()) {
    ImGui::GetWindowDrawList()->AddLine({rows.x0(), y}, {rows.x1(), y}, ui.theme().playhead);
  }
}

void draw(AppModel& model, Ui& ui) {
  auto& state = ui.state<EventsState>();
  if (state.generation != model.run.generation()) {  // workers and objects of another run
    state.generation = model.run.generation();
    state.filter.worker = kNoWorker;
    state.filter.object = kNoObject;
  }
  if (!state.list.update(model.run.store(), model.run.generation(), state.filter)) ui.animate();

  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ui.px(12, 8));
  compat::begin_child("events", {0, 0}, true, ImGuiWindowFlags_NoScrollbar);
  ImGui::PopStyleVar();
  if (!model.run.has_run()) {
    empty_state(ui, ui.tr("events.empty"), ui.tr("events.empty.text"));
  } else {
    draw_bar(model, ui, state);
    draw_header(ui);
    if (state.list.size() > 0)
      draw_rows(model, ui, state);
    else if (state.filter.kinds == usual_kinds() && state.filter.worker == kNoWorker &&
             state.filter.object == kNoObject)
      empty_state(ui, ui.tr("events.none"), ui.tr("events.none.text"));
    else
      empty_state(ui, ui.tr("events.no_match"), ui.tr("events.no_match.text"));
  }
  ImGui::EndChild();
}

}  // namespace

const View events_view{"events", "events.title", ViewPlace::bottom_tab, draw, "events.help"};

}  // namespace lockstep
