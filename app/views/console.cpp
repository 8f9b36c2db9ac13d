// The tab "Console": what the program printed, and the errors that it raised, with time and worker.
#include <algorithm>
#include <cmath>

#include "app/model/event_list.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/filter_bar.hpp"
#include "app/views/row_list.hpp"
#include "app/views/view.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

constexpr std::int64_t kMostCopied = 100'000;

struct ConsoleState {
  EventFilter filter;
  EventList list;
  RowScroll scroll;
  std::int64_t copied = -1;  ///< lines that were last copied
  double copied_at = 0;
};

KindSet console_kinds() {
  KindSet kinds;
  kinds.set(static_cast<std::size_t>(EventKind::print));
  kinds.set(static_cast<std::size_t>(EventKind::raise));
  return kinds;
}

std::string_view text_of(const TraceStore& store, const Event& event) {
  return store.text(static_cast<TextId>(event.arg));
}

/// "1.31 s  Shop A  ate A·1", one line for each.
std::string all_lines(const AppModel& model, const Ui& ui, const EventList& list) {
  const TraceStore& store = model.run.store();
  std::string text;
  for (std::int64_t row = std::max<std::int64_t>(0, list.size() - kMostCopied); row < list.size(); ++row) {
    const Event& event = store[list[row]];
    text += ui.moment(static_cast<RunTime>(event.time)) + "\t" + ui.name_of(event.worker) + "\t";
    text += text_of(store, event);
    text += '\n';
  }
  return text;
}

void draw_copy(AppModel& model, Ui& ui, ConsoleState& state) {
  const bool some = state.list.size() > 0;
  if (ui.button("console.copy", ui.tr("console.copy"), ButtonLook::outlined, some,
                some ? ui.tr("console.copy.tip") : ui.tr("console.copy.nothing"))) {
    ImGui::SetClipboardText(all_lines(model, ui, state.list).c_str());
    state.copied = std::min(state.list.size(), kMostCopied);
    state.copied_at = ImGui::GetTime();
  }
  if (state.copied < 0 || ImGui::GetTime() - state.copied_at > 2.5) return;
  const std::string said = ui.tr_count("console.copied", state.copied);
  next_in_line(ui, ui.text_width(ui.fonts().small, said));
  ui.text(said, ui.theme().ok, ui.fonts().small);
  ui.animate();
}

void draw_bar(AppModel& model, Ui& ui, ConsoleState& state) {
  search_field(ui, "console.search", state.filter.text, ui.tr("console.search"), ui.px(200));
  next_in_line(ui, ui.px(150));
  worker_combo(model, ui, "console.worker", state.filter.worker);
  const float width = ui.text_width(ui.fonts().small, ui.tr("console.follow")) + ui.px(40);
  next_in_line(ui, width);
  if (toggle(ui, "console.follow", ui.tr("console.follow"), state.scroll.follow,
             ui.tr("console.follow.tip"))) {
    state.scroll.follow = !state.scroll.follow;
  }
  next_in_line(ui, ui.px(80));
  draw_copy(model, ui, state);
}

void draw_line(AppModel& model, Ui& ui, const RowList& rows, std::int64_t row, EventIndex index) {
  const TraceStore& store = model.run.store();
  const Event& event = store[index];
  const float y = rows.y_of(row), height = ui.px(24);
  const bool later = index >= model.moment();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  if (rows.hovered() == row || model.selection.event == index) {
    draw->AddRectFilled({rows.x0(), y}, {rows.x1(), y + height},
                        model.selection.event == index ? ui.theme().selection : ui.theme().line_mark);
  }
  const Color dim = ui.theme().text_faint;
  const float x = rows.x0() + ui.px(12);
  cell(ui, {x, y}, {x + ui.px(70), y + height}, ui.moment(static_cast<RunTime>(event.time)), dim,
       ui.fonts().mono_small, true);
  badge_button(ui, {x + ui.px(80), std::floor(y + (height - ui.px(19)) / 2)}, event.worker);
  const bool error = event.kind == EventKind::raise;
  float text_x = x + ui.px(120);
  if (error) {
    draw_sign(draw, Sign::warning, {text_x + ui.px(6), y + height / 2}, ui.px(7), ui.theme().error);
    text_x += ui.px(20);
  }
  const Color color = later ? dim : error ? ui.theme().error : ui.theme().text;
  cell(ui, {text_x, y}, {rows.x1() - ui.px(8), y + height}, text_of(store, event), color, ui.fonts().mono);
}

void draw_lines(AppModel& model, Ui& ui, ConsoleState& state) {
  const std::int64_t before = state.list.rows_before(model.moment());
  RowList rows(ui, "lines", state.list.size(), ui.px(24), state.scroll, before - 1);
  for (std::int64_t row = rows.first(); row < rows.end(); ++row)
    draw_line(model, ui, rows, row, state.list[row]);
  if (rows.clicked() >= 0) model.send(SelectEvent{state.list[rows.clicked()]});
  if (before >= state.list.size()) return;
  const float y = rows.y_of(before);
  if (y > rows.y0() && y < rows.y1()) {
    ImGui::GetWindowDrawList()->AddLine({rows.x0(), y}, {rows.x1(), y}, ui.theme().playhead);
  }
}

void draw(AppModel& model, Ui& ui) {
  auto& state = ui.state<ConsoleState>();
  state.filter.kinds = console_kinds();
  if (!state.list.update(model.run.store(), model.run.generation(), state.filter)) ui.animate();

  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ui.px(12, 8));
  compat::begin_child("console", {0, 0}, true, ImGuiWindowFlags_NoScrollbar);
  ImGui::PopStyleVar();
  const bool filtered = !state.filter.text.empty() || state.filter.worker != kNoWorker;
  if (!model.run.has_run()) {
    empty_state(ui, ui.tr("console.empty"), ui.tr("console.empty.text"));
  } else {
    draw_bar(model, ui, state);
    if (state.list.size() > 0)
      draw_lines(model, ui, state);
    else if (filtered)
      empty_state(ui, ui.tr("console.no_match"), ui.tr("console.no_match.text"));
    else
      empty_state(ui, ui.tr("console.none"), ui.tr("console.none.text"));
  }
  ImGui::EndChild();
}

}  // namespace

const View console_view{"console", "console.title", ViewPlace::bottom_tab, draw, "console.help"};

}  // namespace lockstep
