#include "app/views/process_cells.hpp"

#include <algorithm>
#include <cmath>

#include "app/shell/imgui_compat.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

using Kind = ProcessColumn::Kind;

constexpr float kLeast = 108, kMost = 210, kPipe = 168;  // unscaled widths
constexpr std::size_t kLongest = 40;                     // bytes of a value

std::string value_text(const ProcessGrid& grid, const ProcessCell& cell) {
  if (!cell.has_value) return "–";
  std::string text = shortened(grid.model.run.store().to_string(cell.value), kLongest);
  std::ranges::replace(text, '\n', ' ');
  return text.empty() ? "\"\"" : text;
}

std::string label_of(const ProcessGrid& grid, const ProcessCell& cell) {
  return (cell.differs ? "≠ " : "") + value_text(grid, cell);
}

/// The second line of a head: how many there are of it.
std::string note_of(const ProcessGrid& grid, const ProcessColumn& column) {
  const Ui& ui = grid.ui;
  switch (column.kind) {
    case Kind::copied: return ui.tr("processes.copied");
    case Kind::shared: {
      const bool file = grid.model.run.store().objects()[column.object].kind == ObjectKind::file;
      return ui.tr(file ? "processes.file" : "processes.shared");
    }
    case Kind::served: return ui.tr("processes.served");
    case Kind::pipe: break;
  }
  if (column.write_copies == 0) return ui.tr("processes.pipe.no_writer");
  if (column.read_copies == 0) return ui.tr("processes.pipe.no_reader");
  return ui.tr("processes.pipe.copies", column.write_copies, column.read_copies);
}

bool is_odd_pipe(const ProcessColumn& column) {
  return column.kind == Kind::pipe && (column.write_copies == 0 || column.read_copies == 0);
}

class CellPen {
 public:
  CellPen(const ProcessGrid& grid, const ProcessColumn& column, const ProcessCell& cell, float x0, float x1)
      : grid_(grid), ui_(grid.ui), column_(column), cell_(cell), draw_(ImGui::GetWindowDrawList()) {
    const float inset = ui_.px(3);
    const float y0 = grid.top + static_cast<float>(cell.first_row) * grid.row_height;
    min_ = {x0 + inset, y0 + inset};
    max_ = {x1 - inset, y0 + static_cast<float>(cell.rows) * grid.row_height - inset};
  }

  void draw() {
    if (max_.y < grid_.view_top || min_.y > grid_.view_bottom) return;
    if (column_.kind == Kind::pipe)
      draw_ends();
    else
      draw_value();
  }

 private:
  const Theme& theme() const { return ui_.theme(); }
  std::string id() const {
    const std::string object = "processes.cell." + std::to_string(column_.object);
    return cell_.process == kNoWorker ? object : object + "." + std::to_string(cell_.process);
  }

  void draw_value() {
    const bool all = cell_.process == kNoWorker;
    if (cell_.gone) {
      dashed_rect(ui_, draw_, min_, max_, theme().border_strong);
    } else {
      draw_->AddRectFilled(min_, max_, all ? theme().field : theme().card, ui_.px(4));
      const Color border = cell_.differs ? theme().warning : theme().border_strong;
      compat::rect(draw_, min_, max_, border, ui_.px(4), ui_.px(cell_.differs ? 1.8F : 1.0F));
    }
    if (!all) {  // whose memory it lies in
      const Color hue = ui_.worker_color(cell_.process);
      draw_->AddRectFilled({min_.x, min_.y + 1}, {min_.x + ui_.px(4), max_.y - 1},
                           cell_.gone ? faded(hue, 0.4F) : hue, ui_.px(2));
    }
    const std::string text = label_of(grid_, cell_);
    write(text, cell_.gone ? theme().text_faint : cell_.differs ? theme().warning : theme().text);
    ui_.mark(id(), min_, max_, cell_.gone ? "(" + text + ")" : text);
    tip_over(ui_, min_, max_, value_tip(text));
  }

  std::string value_tip(const std::string& text) const {
    if (cell_.process == kNoWorker) return text;
    const std::string name = ui_.name_of(cell_.process);
    if (cell_.gone) return ui_.tr("processes.cell.gone", name, text);
    return cell_.differs ? ui_.tr("processes.cell.differs", name) : text;
  }

  /// In the middle of what can be seen of the cell.
  void write(const std::string& text, Color color) {
    ImFont* font = ui_.fonts().mono;
    const float y0 = std::max(min_.y, grid_.view_top), y1 = std::min(max_.y, grid_.view_bottom);
    const float room = max_.x - min_.x - ui_.px(16);
    const float used = std::min(ui_.text_width(font, text), room);
    const float x = std::floor((min_.x + max_.x - used) / 2 + ui_.px(2));
    const float height = compat::font_size(font);
    const float y = std::clamp(std::floor((y0 + y1 - height) / 2), min_.y, std::max(min_.y, max_.y - height));
    ui_.text_at(draw_, font, {x, y}, color, text, room);
  }

  void draw_ends() {
    const float middle = std::floor((min_.x + max_.x) / 2);
    const float gap = ui_.px(2);
    const float bottom = std::min(max_.y, min_.y + grid_.row_height - ui_.px(6));
    std::string told;
    const auto end = [&](int which, float x0, float x1, const char* word) {
      if (((cell_.held | cell_.closed) & which) == 0) return;
      const bool held = (cell_.held & which) != 0;
      draw_end({x0, min_.y}, {x1, bottom}, word, held);
      told += std::string(told.empty() ? "" : ", ") + (held ? word : ui_.tr("processes.pipe.closed", word));
    };
    end(pipe_end::write, min_.x, middle - gap, ui_.tr("processes.pipe.write"));
    end(pipe_end::read, middle + gap, max_.x, ui_.tr("processes.pipe.read"));
    ui_.mark(id(), min_, {max_.x, bottom}, told);
    tip_over(ui_, min_, {max_.x, bottom}, ui_.name_of(cell_.process) + ": " + told);
  }

  /// A copy that is held is solid; one that was closed is dashed and crossed out.
  void draw_end(ImVec2 min, ImVec2 max, const char* word, bool held) {
    value_box(ui_, min, {max.x - min.x, max.y - min.y}, word, held ? ui_.worker_color(cell_.process) : 0);
    if (held) return;
    const float y = std::floor((min.y + max.y) / 2) + 1;
    const float half = std::min(ui_.text_width(ui_.fonts().small_semi, word) / 2 + ui_.px(3), max.x - min.x);
    const float x = (min.x + max.x) / 2;
    draw_->AddLine({x - half, y}, {x + half, y}, theme().text_faint, ui_.px(1));
  }

  const ProcessGrid& grid_;
  Ui& ui_;
  const ProcessColumn& column_;
  const ProcessCell& cell_;
  ImDrawList* draw_;
  ImVec2 min_, max_;
};

}  // namespace

float width_of_column(const ProcessGrid& grid, const ProcessColumn& column) {
  const Ui& ui = grid.ui;
  float wish = ui.text_width(ui.fonts().semi, ui.name_of_object(column.object));
  wish = std::max(wish, ui.text_width(ui.fonts().small, note_of(grid, column)));
  if (column.kind != Kind::pipe) {
    for (const ProcessCell& cell : column.cells)
      wish = std::max(wish, ui.text_width(ui.fonts().mono, label_of(grid, cell)) + ui.px(12));
  }
  return std::clamp(wish + ui.px(14), ui.px(column.kind == Kind::pipe ? kPipe : kLeast), ui.px(kMost));
}

void draw_column_head(const ProcessGrid& grid, const ProcessColumn& column, ImVec2 min, ImVec2 max) {
  Ui& ui = grid.ui;
  const float x = min.x + ui.px(6);
  const float half = std::floor((max.y - min.y) / 2) + ui.px(1);
  cell(ui, {x, min.y}, {max.x - ui.px(4), min.y + half}, ui.name_of_object(column.object), 0,
       ui.fonts().semi);
  cell(ui, {x, min.y + half - ui.px(3)}, {max.x - ui.px(4), max.y - ui.px(2)}, note_of(grid, column),
       is_odd_pipe(column) ? ui.theme().warning : ui.theme().text_dim, ui.fonts().small);
  ui.mark("processes.column." + std::to_string(column.object), min, max,
          ui.name_of_object(column.object) + " " + note_of(grid, column));
  const bool over = ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(min, max);
  if (over && ImGui::IsMouseClicked(0)) grid.model.send(SelectObject{column.object});
  if (grid.model.selection.object == column.object && column.object != kNoObject) {
    ImGui::GetWindowDrawList()->AddRectFilled({min.x + ui.px(3), max.y - ui.px(2)}, {max.x - ui.px(3), max.y},
                                              ui.theme().accent);
  }
}

void draw_column_cells(const ProcessGrid& grid, const ProcessColumn& column, float x0, float x1) {
  for (const ProcessCell& cell : column.cells)
    CellPen(grid, column, cell, x0, x1).draw();
}

}  // namespace lockstep
