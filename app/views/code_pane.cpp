#include "app/views/code_pane.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "app/model/key_table.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

constexpr float kRow = 22, kNumber = 34, kBadges = 44, kSlot = 22, kStrip = 30;

Color color_of(const Theme& theme, TokenKind kind) {
  switch (kind) {
    case TokenKind::keyword: return theme.code_keyword;
    case TokenKind::text: return theme.code_text;
    case TokenKind::comment: return theme.code_comment;
    case TokenKind::number: return theme.code_number;
    case TokenKind::plain: return theme.text;
  }
  return theme.text;
}

class Pane {
 public:
  Pane(AppModel& model, Ui& ui, std::string_view id, const CodeText& text, const CodeMarks& marks,
       CodeScroll& scroll)
      : model_(model), ui_(ui), id_(id), text_(text), marks_(marks), scroll_(scroll) {}

  void draw() {
    const float strip = ui_.px(kStrip);
    const ImVec2 room = ImGui::GetContentRegionAvail();
    slots_ = room.x > ui_.px(560) ? 3 : 2;
    gutter_ = ui_.px(kBadges + kSlot * static_cast<float>(slots_) + 8);
    const float content = gutter_ + text_.widest + ui_.px(24);
    ImGui::SetNextWindowContentSize({content, 0});
    compat::begin_child(std::string(id_).c_str(), {room.x, std::max(room.y - strip, 1.0F)}, false,
                        ImGuiWindowFlags_HorizontalScrollbar);
    draw_lines();
    follow();
    ImGui::EndChild();
    draw_strip();
  }

 private:
  std::span<const LineWorker> workers_at(int line) const {
    const auto [begin, end] = std::ranges::equal_range(marks_.workers, line, {}, &LineWorker::line);
    return {begin, end};
  }

  std::span<const LineValue> values_at(int line) const {
    const auto [begin, end] = std::ranges::equal_range(marks_.values, line, {}, &LineValue::line);
    return {begin, end};
  }

  void draw_lines() {
    const ImVec2 window = ImGui::GetWindowPos();
    const ImVec2 size = ImGui::GetWindowSize();
    right_ = window.x + size.x - (ImGui::GetScrollMaxY() > 0 ? ImGui::GetStyle().ScrollbarSize : 0);
    const float row = ui_.px(kRow);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const int count = static_cast<int>(text_.lines.size());
    const int first = std::max(0, static_cast<int>((window.y - origin.y) / row) - 1);
    const int end = std::min(count, static_cast<int>((window.y + size.y - origin.y) / row) + 1);
    for (int i = first; i < end; ++i)
      draw_line(i + 1, {origin.x, origin.y + static_cast<float>(i) * row}, window.x);
    ImGui::Dummy({1, static_cast<float>(count) * row + ui_.px(8)});
  }

  void draw_line(int line, ImVec2 at, float left) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const float bottom = at.y + ui_.px(kRow);
    const auto workers = workers_at(line);
    highlight(workers, {left, at.y}, {right_, bottom});
    const auto values = values_at(line);
    ImFont* mono = ui_.fonts().mono;
    const std::string_view source = text_.lines[static_cast<std::size_t>(line - 1)];
    const float code_x = at.x + gutter_;
    const float code_end = code_x + ui_.text_width(mono, source);
    // Beside the code where there is room, else over its end: the newest value is always seen.
    const float room =
        std::max(right_ - code_end - ui_.px(26), std::min(ui_.px(150), (right_ - left - gutter_) / 2));
    const Shown shown = fit_values(values, room);
    const float values_x = std::min(code_end + ui_.px(18), right_ - shown.width - ui_.px(8));
    const float clip = values.empty() ? right_ : std::min(right_, values_x - ui_.px(6));

    draw->PushClipRect({left + gutter_, at.y}, {std::max(clip, left + gutter_), bottom}, true);
    draw_tokens(line, {code_x, std::floor(at.y + (ui_.px(kRow) - compat::font_size(mono)) / 2)});
    draw->PopClipRect();
    if (code_end > clip + 1) {
      if (!values.empty()) {
        const float dots = ui_.text_width(mono, "…");
        draw->AddRectFilled({clip - dots, at.y}, {clip, bottom},
                            workers.empty() ? ui_.theme().panel : ui_.theme().line_mark);
        ui_.text_at(draw, mono, {clip - dots, at.y + ui_.px(4)}, ui_.theme().text_faint, "…", dots + 1);
      }
      tip_over(ui_, {left + gutter_, at.y}, {clip, bottom}, trimmed(source));
    }
    draw_values(values, shown, {values_x, at.y});
    draw_number(line, {left, at.y}, {left + ui_.px(kNumber), bottom});
    draw_badges(line, workers, {left + ui_.px(kBadges), at.y});
  }

  bool is_marked(int line) const {
    const int program_line = text_.program_lines[static_cast<std::size_t>(line - 1)];
    return model_.mode() == RunMode::step && program_line > 0 && program_line == model_.marked_line();
  }

  /// In steps a click on the number marks the line as the one to run to.
  void draw_number(int line, ImVec2 min, ImVec2 max) {
    const std::string number = std::to_string(line);
    const bool marked = is_marked(line);
    const Theme& theme = ui_.theme();
    const ImVec2 from{min.x + ui_.px(6), min.y + ui_.px(2)}, to{max.x + ui_.px(5), max.y - ui_.px(2)};
    const int program_line = text_.program_lines[static_cast<std::size_t>(line - 1)];
    const bool can_mark = model_.mode() == RunMode::step && program_line > 0;
    const bool pointed = can_mark && hovered(min, {to.x, max.y});
    ImDrawList* draw = ImGui::GetWindowDrawList();
    if (marked) draw->AddRectFilled(from, to, theme.accent, ui_.px(4));
    if (pointed) compat::rect(draw, from, to, theme.accent_text, ui_.px(4), 1);
    cell(ui_, min, max, number,
         marked    ? readable_on(theme.accent)
         : pointed ? theme.text
                   : theme.text_faint,
         ui_.fonts().mono_small, true);
    if (!can_mark) return;
    ui_.mark(std::string(id_) + ".line." + number, from, to, number);
    if (!pointed) return;
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    const char* key = marked ? "code.unmark.tip" : "code.mark.tip";
    ui_.tip(ui_.tr(key, line, key_label(Action::to_cursor)).c_str());
    if (ImGui::IsMouseClicked(0)) model_.send(MarkLine{marked ? 0 : program_line});
  }

  static std::string_view trimmed(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    return text;
  }

  void highlight(std::span<const LineWorker> workers, ImVec2 min, ImVec2 max) {
    if (workers.empty()) return;
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled(min, max, ui_.theme().line_mark);
    WorkerId tint = workers.size() == 1 ? workers[0].worker : kNoWorker;
    for (const LineWorker& worker : workers) {
      if (worker.worker == model_.selection.worker) tint = worker.worker;
    }
    if (tint == kNoWorker) return;
    const Color from = faded(ui_.worker_color(tint), tint == model_.selection.worker ? 0.34F : 0.2F);
    const Color to = faded(from, 0);
    draw->AddRectFilledMultiColor(min, {min.x + (max.x - min.x) * 0.85F, max.y}, from, to, to, from);
  }

  void draw_tokens(int line, ImVec2 at) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    ImFont* mono = ui_.fonts().mono;
    const std::string_view source = text_.lines[static_cast<std::size_t>(line - 1)];
    for (const Token& token : text_.tokens[static_cast<std::size_t>(line - 1)]) {
      const std::string_view part = source.substr(token.begin, token.end - token.begin);
      at.x += ui_.text_at(draw, mono, at, color_of(ui_.theme(), token.kind), part, 1e9F);
    }
  }

  // --- values ---

  std::string value_text(const LineValue& value) const {
    return ui_.name_of_object(value.object) + " = " +
           shortened(model_.run.store().to_string(value.value), 24);
  }

  float badge_width(WorkerId worker) const {
    return std::max(ui_.px(16), ui_.text_width(ui_.fonts().small_semi, ui_.badge_of(worker)) + ui_.px(6));
  }

  /// How many of the values fit, and how wide they are together with "+3" for the others.
  struct Shown {
    std::size_t count = 0;
    float width = 0;
  };

  float value_width(const LineValue& value) const {
    return badge_width(value.worker) + ui_.px(5) + ui_.text_width(ui_.fonts().mono, value_text(value));
  }

  Shown fit_values(std::span<const LineValue> values, float room) const {
    Shown shown;
    for (const LineValue& value : values) {
      const bool last = shown.count + 1 == values.size();
      const float more = (shown.count > 0 ? ui_.px(12) : 0) + value_width(value);
      if (shown.count > 0 && shown.width + more + (last ? 0 : ui_.px(34)) > room) break;
      shown.width += more;
      ++shown.count;
    }
    if (shown.count < values.size()) shown.width += ui_.px(34);
    return shown;
  }

  void draw_values(std::span<const LineValue> values, const Shown& shown, ImVec2 at) {
    if (values.empty()) return;
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const ImVec2 end{at.x + shown.width, at.y + ui_.px(kRow)};
    std::string all;
    float x = at.x;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::string text = value_text(values[i]);
      all += (all.empty() ? "" : "\n") + ui_.name_of(values[i].worker) + ": " + text;
      if (i >= shown.count) continue;
      ui_.badge_at(draw, {std::floor(x), std::floor(at.y + ui_.px(3))}, values[i].worker, ui_.px(16));
      x += badge_width(values[i].worker) + ui_.px(5);
      x += ui_.text_at(draw, ui_.fonts().mono, {std::floor(x), std::floor(at.y + ui_.px(4))},
                       ui_.theme().text_dim, text, std::max(right_ - x - ui_.px(4), 1.0F)) +
           ui_.px(12);
    }
    if (shown.count < values.size()) {
      const std::string more = "+" + std::to_string(values.size() - shown.count);
      cell(ui_, {x - ui_.px(4), at.y}, {right_, end.y}, more, ui_.theme().text_faint, ui_.fonts().small);
    }
    tip_over(ui_, at, end, all);
    ui_.mark(std::string(id_) + ".values." + std::to_string(values[0].line), at, end, all);
  }

  // --- badges ---

  std::string tip_of(WorkerId worker) const {
    const std::string doing =
        describe(model_.worker(worker), worker, model_.run.store(), model_.moment(), ui_.language());
    return doing.empty() ? ui_.name_of(worker) : ui_.name_of(worker) + ": " + doing;
  }

  /// Running: filled. Waiting: hatched, with an edge in the hue. Sleeping: toned down.
  float draw_badge(const LineWorker& worker, ImVec2 at) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const float size = ui_.px(19);
    const std::string& label = ui_.badge_of(worker.worker);
    ImFont* font = ui_.fonts().small_semi;
    const float text = ui_.text_width(font, label);
    const ImVec2 max{at.x + std::max(size, text + ui_.px(6)), at.y + size};
    const Color hue = ui_.worker_color(worker.worker);
    Color fill = hue;
    if (worker.state == WorkerState::sleeping) fill = mixed(hue, ui_.theme().panel, 0.45F);
    if (worker.state == WorkerState::waiting) fill = ui_.theme().hatch_back;
    draw->AddRectFilled(at, max, fill, ui_.px(3));
    if (worker.state == WorkerState::waiting) {
      ui_.hatch(draw, at, max, ui_.theme().hatch, 4, 1);
      compat::rect(draw, at, max, hue, ui_.px(3), ui_.px(2));
      const float mid = (at.x + max.x) / 2;
      draw->AddRectFilled({mid - text / 2 - 1, at.y + ui_.px(3)}, {mid + text / 2 + 1, max.y - ui_.px(3)},
                          fill);
    }
    if (worker.worker == model_.selection.worker) {
      compat::rect(draw, {at.x - 2, at.y - 2}, {max.x + 2, max.y + 2}, ui_.theme().text, ui_.px(4),
                   ui_.px(1.5F));
    }
    const Color ink = worker.state == WorkerState::waiting ? ui_.theme().text : readable_on(fill);
    ui_.text_at(
        draw, font,
        {std::floor((at.x + max.x - text) / 2), std::floor(at.y + (size - compat::font_size(font)) / 2)}, ink,
        label, text + 1);
    ui_.mark(std::string(id_) + ".badge." + std::to_string(worker.worker), at, max, label);
    if (hovered(at, max)) {
      ui_.tip(tip_of(worker.worker).c_str());
      if (ImGui::IsMouseClicked(0)) select(worker.worker);
    }
    return max.x - at.x;
  }

  static bool hovered(ImVec2 min, ImVec2 max) {
    return ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(min, max);
  }

  void select(WorkerId worker) {
    model_.send(SelectWorker{worker == model_.selection.worker ? kNoWorker : worker});
  }

  void draw_badges(int line, std::span<const LineWorker> workers, ImVec2 at) {
    at.y = std::floor(at.y + (ui_.px(kRow) - ui_.px(19)) / 2);
    const std::size_t room = static_cast<std::size_t>(slots_);
    const std::size_t shown = workers.size() <= room ? workers.size() : room - 1;
    // The selected worker's badge is always among those that are shown.
    std::vector<LineWorker> order(workers.begin(), workers.end());
    std::ranges::stable_partition(order,
                                  [&](const LineWorker& w) { return w.worker == model_.selection.worker; });
    for (std::size_t i = 0; i < shown; ++i)
      at.x += draw_badge(order[i], at) + ui_.px(3);
    if (shown == order.size()) return;
    draw_more(line, std::span(order).subspan(shown), at);
  }

  void draw_more(int line, std::span<const LineWorker> rest, ImVec2 at) {
    const std::string label = "+" + std::to_string(rest.size());
    const float text = ui_.text_width(ui_.fonts().small_semi, label);
    const ImVec2 max{at.x + text + ui_.px(6), at.y + ui_.px(19)};
    ImGui::GetWindowDrawList()->AddRectFilled(at, max, ui_.theme().button, ui_.px(3));
    cell(ui_, {at.x + ui_.px(3), at.y}, {max.x, max.y}, label, ui_.theme().text, ui_.fonts().small_semi);
    ui_.mark(std::string(id_) + ".more." + std::to_string(line), at, max, label);
    if (!hovered(at, max)) return;
    std::string all;
    for (const LineWorker& worker : rest)
      all += (all.empty() ? "" : "\n") + tip_of(worker.worker);
    ui_.tip(all.c_str());
    if (ImGui::IsMouseClicked(0)) model_.send(SelectWorker{rest.front().worker});
  }

  // --- following ---

  /// The line of the selected worker, else of the worker that moved last.
  int line_to_follow() const {
    for (const LineWorker& worker : marks_.workers) {
      if (worker.worker == model_.selection.worker) return worker.line;
    }
    return marks_.last_line;
  }

  void follow() {
    if (ImGui::IsWindowHovered() && ImGui::GetIO().MouseWheel != 0) {
      scroll_.follow = false;
      scroll_.target = -1;
    }
    const int line = line_to_follow();
    if (scroll_.follow && line > 0 && line != scroll_.shown_line) aim(line);
    scroll_.shown_line = scroll_.follow ? line : 0;
    if (scroll_.target >= 0) glide();
  }

  void aim(int line) {
    const float height = ImGui::GetWindowHeight(), row = ui_.px(kRow);
    const float y = static_cast<float>(line - 1) * row - ImGui::GetScrollY();
    if (y >= row && y <= height - 3 * row) return;
    scroll_.target = std::max(0.0F, (static_cast<float>(line - 1) - std::floor(height * 0.4F / row)) * row);
  }

  void glide() {
    const double at = ImGui::GetScrollY();
    const double end = std::min(scroll_.target, static_cast<double>(ImGui::GetScrollMaxY()));
    const double share = 1 - std::exp(-14.0 * static_cast<double>(ImGui::GetIO().DeltaTime));
    const double next = scroll_.settled ? at + (end - at) * share : end;
    const bool there = std::abs(end - next) < 1;
    ImGui::SetScrollY(static_cast<float>(there ? end : next));
    if (there && ImGui::GetScrollMaxY() > 0) scroll_.target = -1;
    if (there) scroll_.settled = true;
    ui_.animate();
  }

  void draw_strip() {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    ImGui::GetWindowDrawList()->AddLine(at, {at.x + width, at.y}, ui_.theme().border);
    ImGui::SetCursorScreenPos({at.x + ui_.px(6), at.y + ui_.px(3)});
    const std::string name = std::string(id_) + ".follow";
    if (toggle(ui_, name, ui_.tr("code.follow"), scroll_.follow, ui_.tr("code.follow.tip"))) {
      scroll_.follow = !scroll_.follow;
    }
    draw_run_to_line();
    const WorkerId who = model_.selection.worker != kNoWorker ? model_.selection.worker : marks_.last_worker;
    if (who == kNoWorker || who >= model_.run.store().workers().size()) return;
    const float from = ImGui::GetItemRectMax().x + ui_.px(10);
    cell(ui_, {from, at.y}, {at.x + width - ui_.px(10), at.y + ui_.px(kStrip)}, tip_of(who),
         ui_.theme().text_dim, ui_.fonts().small, true);
  }

  /// "To line 17", if one is marked.
  void draw_run_to_line() {
    for (int line = 1; line <= static_cast<int>(text_.lines.size()); ++line) {
      if (!is_marked(line)) continue;
      ImGui::SameLine(0, ui_.px(12));
      ImGui::SetCursorPosY(ImGui::GetCursorPosY() + ui_.px(3));
      const bool clicked = link(ui_, std::string(id_) + ".to_line", ui_.tr("code.to_line", line));
      if (ImGui::IsItemHovered()) {
        ui_.tip(ui_.tr("transport.with_key", ui_.tr("keys.to_cursor"), key_label(Action::to_cursor)).c_str());
      }
      if (clicked) model_.send(Action::to_cursor);
    }
  }

  AppModel& model_;
  Ui& ui_;
  std::string_view id_;
  const CodeText& text_;
  const CodeMarks& marks_;
  CodeScroll& scroll_;
  int slots_ = 2;
  float gutter_ = 0, right_ = 0;
};

}  // namespace

void draw_code(AppModel& model, Ui& ui, std::string_view id, const CodeText& text, const CodeMarks& marks,
               CodeScroll& scroll) {
  if (scroll.scenario != text.scenario) {
    scroll = {.follow = scroll.follow, .scenario = text.scenario};
    ImGui::SetNextWindowScroll({0, 0});
  }
  Pane(model, ui, id, text, marks, scroll).draw();
}

}  // namespace lockstep
