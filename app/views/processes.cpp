// The tab "Processes": the tree of processes with their threads, and beside each what it has of its own and
// what all share.
#include <algorithm>
#include <cmath>

#include "app/model/code_marks.hpp"
#include "app/model/kernel_letters.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/process_cells.hpp"
#include "app/views/view.hpp"
#include "app/views/view_tools.hpp"
#include "core/analysis/finding.hpp"

namespace lockstep {
namespace {

constexpr float kRow = 27, kHead = 42, kLowHead = 26, kIndent = 20;  // unscaled
constexpr float kName = 224, kPid = 66, kKernel = 56, kState = 250;  // unscaled widths

struct ProcessesState {
  ProcessTable table;
  ProcessFolding folding;
  KernelLetters letters;
  bool folding_changed = false;
  int generation = -1;
  EventIndex moment = 0;
  std::size_t objects = 0;
};

ProcessesState& state_of(AppModel& model, Ui& ui) {
  auto& state = ui.state<ProcessesState>();
  const std::size_t objects = model.run.store().objects().size();
  if (state.generation != model.run.generation() || state.moment != model.moment() ||
      state.objects != objects || state.folding_changed) {
    if (state.generation != model.run.generation() && !state.folding_changed) state.folding = {};
    state.folding_changed = false;
    state.table = process_table(model.run.store(), model.moment(), &state.folding);
    state.generation = model.run.generation();
    state.moment = model.moment();
    state.objects = objects;
  }
  state.letters.update(model, state.table.nodes, ImGui::GetTime());
  return state;
}

class TreePen {
 public:
  TreePen(AppModel& model, Ui& ui, ProcessesState& state)
      : model_(model), ui_(ui), state_(state), table_(state.table), draw_(ImGui::GetWindowDrawList()) {
    window_ = ImGui::GetWindowPos();
    size_ = ImGui::GetWindowSize();
    origin_ = ImGui::GetCursorScreenPos();
    row_ = std::floor(ui.px(kRow));
    // A second line says how many there are of what a column shows.
    const bool has_columns = !table_.columns.empty() || table_.hidden_pipes > 0;
    head_ = std::floor(ui.px(has_columns ? kHead : kLowHead));
    const float squeeze = std::clamp(size_.x / ui.px(1180), 0.72F, 1.0F);
    pid_x_ = window_.x + std::floor(ui.px(kName) * squeeze);
    kernel_x_ = pid_x_ + ui.px(kPid);
    state_x_ = kernel_x_ + ui.px(kKernel);
    left_end_ = has_columns ? state_x_ + std::floor(ui.px(kState) * squeeze) : window_.x + size_.x;
  }

  void draw() {
    const float top = origin_.y + head_;
    const ProcessGrid grid{model_, ui_, table_, top, row_, window_.y + head_, window_.y + size_.y};
    draw_backgrounds(top);
    const float right = draw_columns(grid);
    draw_->PushClipRect({window_.x, window_.y + head_}, {left_end_, window_.y + size_.y}, true);
    for (std::size_t i = 0; i < table_.rows.size(); ++i)
      draw_row(i, top + static_cast<float>(i) * row_);
    draw_->PopClipRect();
    draw_head();
    const float bottom = top + static_cast<float>(table_.rows.size()) * row_;
    draw_legend(bottom + ui_.px(8));
    const bool wide = !table_.columns.empty() || table_.hidden_pipes > 0;
    const float width = wide ? right - origin_.x : ImGui::GetContentRegionAvail().x;
    ImGui::Dummy({width, bottom + ui_.px(34) - origin_.y});
  }

 private:
  const Theme& theme() const { return ui_.theme(); }
  const ProcessNode* node_of(const ProcessRow& row) const {
    return row.worker == kSandbox ? nullptr : &table_.nodes[row.node];
  }

  /// A process and its threads lie on one background.
  void draw_backgrounds(float top) {
    for (std::size_t i = 0; i < table_.rows.size(); ++i) {
      const float y = top + static_cast<float>(i) * row_;
      const ProcessRow& row = table_.rows[i];
      const bool odd = row.worker != kSandbox && row.node % 2 == 0;
      if (odd) draw_->AddRectFilled({window_.x, y}, {window_.x + size_.x, y + row_}, theme().lane_odd);
      if (row.worker == model_.selection.worker)
        draw_->AddRectFilled({window_.x, y}, {window_.x + size_.x, y + row_}, theme().line_mark);
    }
  }

  float draw_columns(const ProcessGrid& grid) {
    float x = left_end_ + (origin_.x - window_.x) + ui_.px(6);
    draw_->PushClipRect({left_end_, window_.y}, {window_.x + size_.x, window_.y + size_.y}, true);
    std::vector<float> starts;
    for (const ProcessColumn& column : table_.columns) {
      const float end = x + width_of_column(grid, column);
      draw_column_cells(grid, column, x, end);
      starts.push_back(x);
      x = end + ui_.px(4);
    }
    draw_->AddRectFilled({left_end_, window_.y}, {window_.x + size_.x, window_.y + head_}, theme().panel);
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      const float end = (i + 1 < starts.size() ? starts[i + 1] : x) - ui_.px(4);
      draw_column_head(grid, table_.columns[i], {starts[i], window_.y}, {end, window_.y + head_});
    }
    if (table_.hidden_pipes > 0) {
      const std::string more =
          ui_.tr_count("processes.more_pipes", static_cast<std::int64_t>(table_.hidden_pipes));
      const float end = x + ui_.text_width(ui_.fonts().small, more) + ui_.px(8);
      cell(ui_, {x + ui_.px(4), window_.y}, {end, window_.y + head_}, more, theme().text_dim,
           ui_.fonts().small);
      x = end;
    }
    draw_->PopClipRect();
    return x;
  }

  void draw_head() {
    draw_->AddRectFilled({window_.x, window_.y}, {left_end_, window_.y + head_}, theme().panel);
    const auto head = [&](float from, float to, const char* key) {
      cell(ui_, {from, window_.y}, {to - ui_.px(4), window_.y + head_}, ui_.tr(key), theme().text_dim,
           ui_.fonts().small);
    };
    head(window_.x + ui_.px(12), pid_x_, "processes.head.process");
    head(pid_x_, kernel_x_, "processes.head.pid");
    head(kernel_x_, state_x_, "processes.head.kernel");
    head(state_x_, left_end_, "processes.head.state");
    draw_->AddLine({window_.x, window_.y + head_}, {window_.x + size_.x, window_.y + head_}, theme().border);
    const float rows = origin_.y + head_ + static_cast<float>(table_.rows.size()) * row_;
    draw_->AddLine({left_end_, window_.y}, {left_end_, rows}, theme().border);
  }

  // --- rows ---

  void draw_row(std::size_t index, float y) {
    const ProcessRow& row = table_.rows[index];
    if (y + row_ < window_.y || y > window_.y + size_.y) return;
    const ProcessNode* node = node_of(row);
    draw_branch(index, y);
    const float x = name_x(row);
    if (!node) {
      cell(ui_, {x, y}, {pid_x_ - ui_.px(6), y + row_}, ui_.tr("processes.supervisor"), theme().text_dim);
      draw_pid(state_.letters.supervisor_pid(), y);
      cell(ui_, {state_x_, y}, {left_end_ - ui_.px(6), y + row_}, ui_.tr("processes.supervisor.note"),
           theme().text_faint, ui_.fonts().small);
      ui_.mark("processes.supervisor", {window_.x, y}, {left_end_, y + row_}, ui_.tr("processes.supervisor"));
      return;
    }
    if (row.folded > 0) return draw_fold(row, *node, x, y);
    const bool gone =
        row.thread ? !lives(model_.worker(row.worker).state) : node->stage == ProcessStage::gone;
    if (badge_button(ui_, {x, y + std::floor((row_ - ui_.px(19)) / 2)}, row.worker))
      model_.send(SelectWorker{row.worker});
    const float badge =
        std::max(ui_.px(19), ui_.text_width(ui_.fonts().small_semi, ui_.badge_of(row.worker)) + ui_.px(6));
    cell(ui_, {x + badge + ui_.px(7), y}, {pid_x_ - ui_.px(6), y + row_}, ui_.name_of(row.worker),
         gone ? theme().text_dim : theme().text, row.thread ? ui_.fonts().text : ui_.fonts().semi);
    if (row.thread) {
      cell(ui_, {pid_x_, y}, {state_x_, y + row_}, ui_.tr("processes.thread"), theme().text_faint,
           ui_.fonts().small);
    } else {
      draw_pid(model_.run.store().workers()[row.worker].pid, y);
      draw_letter(*node, y);
    }
    draw_state(row, *node, y);
    select_by_click(row.worker, y);
  }

  /// Ended siblings in one row, which opens and closes on a click.
  void draw_fold(const ProcessRow& row, const ProcessNode& node, float x, float y) {
    const ImVec2 min{window_.x, y}, max{left_end_, y + row_};
    const ImVec2 centre{x + ui_.px(9), std::floor(y + row_ / 2)};
    const float r = ui_.px(4.5F);
    if (row.open) {
      draw_->AddTriangleFilled({centre.x - r, centre.y - r * 0.6F}, {centre.x + r, centre.y - r * 0.6F},
                               {centre.x, centre.y + r * 0.8F}, theme().text_dim);
    } else {
      draw_->AddTriangleFilled({centre.x - r * 0.6F, centre.y - r}, {centre.x + r * 0.8F, centre.y},
                               {centre.x - r * 0.6F, centre.y + r}, theme().text_dim);
    }
    const std::string words =
        ui_.tr(row.thread ? "processes.folded.threads" : "processes.folded", row.folded);
    cell(ui_, {x + ui_.px(26), y}, {kernel_x_ - ui_.px(6), y + row_}, words, theme().text_dim,
         ui_.fonts().semi);
    const std::string names = ui_.name_of(row.worker) + " … " + ui_.name_of(row.last);
    cell(ui_, {state_x_ + ui_.px(7), y}, {left_end_ - ui_.px(6), y + row_}, names, theme().text_faint,
         ui_.fonts().small);
    ui_.mark("processes.fold." + std::to_string(row.worker), min, max, words);
    if (!ImGui::IsWindowHovered() || !ImGui::IsMouseHoveringRect(min, max)) return;
    ui_.tip((names + "\n" + words_of({row.worker, row.node, row.thread}, node)).c_str());
    if (!ImGui::IsMouseClicked(0)) return;
    if (!state_.folding.opened.erase(row.worker)) state_.folding.opened.insert(row.worker);
    state_.folding_changed = true;
  }

  float name_x(const ProcessRow& row) const {
    return window_.x + ui_.px(12) + static_cast<float>(std::min(row.depth, 5)) * ui_.px(kIndent);
  }

  /// The line from the parent: solid to a process, dashed to a thread inside one.
  void draw_branch(std::size_t index, float y) {
    const ProcessRow& row = table_.rows[index];
    std::size_t parent = index;
    while (parent > 0 && (table_.rows[parent].depth >= row.depth || table_.rows[parent].thread))
      --parent;
    if (parent == index) return;
    const float x = std::floor(name_x(table_.rows[parent]) + ui_.px(9));
    const float from = y - static_cast<float>(index - parent) * row_ + row_ - ui_.px(3);
    const float middle = std::floor(y + row_ / 2);
    const Color color = theme().border_strong;
    if (row.thread) {
      ui_.dashed(draw_, {x, from}, {x, middle}, color, 1, 3, 3);
      ui_.dashed(draw_, {x, middle}, {name_x(row) - ui_.px(3), middle}, color, 1, 3, 3);
    } else {
      draw_->AddLine({x, from}, {x, middle}, color, ui_.px(1.2F));
      draw_->AddLine({x, middle}, {name_x(row) - ui_.px(3), middle}, color, ui_.px(1.2F));
    }
  }

  void draw_pid(int pid, float y) {
    cell(ui_, {pid_x_, y}, {kernel_x_ - ui_.px(4), y + row_}, pid != 0 ? std::to_string(pid) : "–",
         theme().text_dim, ui_.fonts().mono);
  }

  /// Solid: read from the kernel now. Dashed: as the program asked it.
  void draw_letter(const ProcessNode& node, float y) {
    const KernelLetter known = state_.letters.of(node, model_.run.store());
    const bool asked = known.asked != kNoEvent;
    if (known.letter == 0 && !asked) return;
    const std::string text = known.letter == 0 ? "–" : std::string(1, known.letter);
    const float side = ui_.px(20);
    const ImVec2 min{kernel_x_ + ui_.px(4), std::floor(y + (row_ - side) / 2)},
        max{min.x + side, min.y + side};
    const Color color = known.letter == 'Z' ? theme().warning : theme().text;
    if (asked)
      dashed_rect(ui_, draw_, min, max, theme().border_strong);
    else
      compat::rect(draw_, min, max, theme().border_strong, ui_.px(3), 1);
    ImFont* font = ui_.fonts().small_semi;
    ui_.text_at(draw_, font,
                {std::floor((min.x + max.x - ui_.text_width(font, text)) / 2),
                 std::floor((min.y + max.y - compat::font_size(font)) / 2)},
                color, text, side);
    ui_.mark("processes.kernel." + std::to_string(node.process), min, max, text);
    tip_over(ui_, min, max, letter_tip(known));
  }

  std::string letter_tip(const KernelLetter& known) const {
    const std::string meaning = meaning_of(known.letter);
    if (known.asked == kNoEvent) return ui_.tr("processes.kernel.now", meaning);
    const Event& event = model_.run.store()[known.asked];
    return ui_.tr("processes.kernel.asked", meaning, ui_.name_of(event.worker),
                  ui_.moment(static_cast<RunTime>(event.time)));
  }

  std::string meaning_of(char letter) const {
    switch (letter) {
      case 'R': return ui_.tr("processes.letter.r");
      case 'S': return ui_.tr("processes.letter.s");
      case 'D': return ui_.tr("processes.letter.d");
      case 'T': return ui_.tr("processes.letter.t");
      case 'Z': return ui_.tr("processes.letter.z");
      case 0: return ui_.tr("processes.letter.gone");
      default: return {letter};
    }
  }

  void draw_state(const ProcessRow& row, const ProcessNode& node, float y) {
    const WorkerView& view = model_.worker(row.worker);
    const bool zombie = !row.thread && node.stage == ProcessStage::zombie;
    const WorkerState icon = zombie ? WorkerState::zombie : view.state;
    const Color color = zombie || icon == WorkerState::waiting ? theme().warning
                        : icon == WorkerState::running         ? theme().ok
                                                               : theme().text_faint;
    float x = state_x_ + ui_.px(7);
    draw_state_icon(draw_, icon, {x, y + row_ / 2}, ui_.px(10), color);
    x += ui_.px(14);
    const bool orphan = !row.thread && node.adopted;
    if (orphan) x = draw_chip(ui_.tr("processes.orphan"), x, y);
    const std::string words = words_of(row, node);
    cell(ui_, {x, y}, {left_end_ - ui_.px(6), y + row_}, words, zombie ? theme().warning : theme().text_dim,
         ui_.fonts().small);
    ui_.mark("processes.row." + std::to_string(row.worker), {window_.x, y}, {left_end_, y + row_},
             ui_.name_of(row.worker) + ": " + (orphan ? std::string(ui_.tr("processes.orphan")) + ", " : "") +
                 words);
  }

  std::string words_of(const ProcessRow& row, const ProcessNode& node) const {
    const WorkerView& view = model_.worker(row.worker);
    const std::string usual = describe(view, row.worker, model_.run.store(), model_.moment(), ui_.language());
    if (row.thread || view.state != WorkerState::finished) {
      const bool zombie = !row.thread && node.stage == ProcessStage::zombie;
      return zombie ? ui_.tr("processes.zombie.killed", usual) : usual;
    }
    return node.stage == ProcessStage::zombie ? ui_.tr("processes.zombie", view.exit_code)
                                              : ui_.tr("processes.ended", view.exit_code);
  }

  float draw_chip(const char* word, float x, float y) {
    ImFont* font = ui_.fonts().small_semi;
    const float width = ui_.text_width(font, word) + ui_.px(10);
    const ImVec2 min{x, y + ui_.px(4)}, max{x + width, y + row_ - ui_.px(4)};
    compat::rect(draw_, min, max, theme().warning, ui_.px(4), ui_.px(1.2F));
    cell(ui_, {min.x + ui_.px(5), min.y}, {max.x, max.y}, word, theme().warning, font);
    return max.x + ui_.px(6);
  }

  void select_by_click(WorkerId worker, float y) {
    const ImVec2 min{window_.x, y}, max{left_end_, y + row_};
    if (!ImGui::IsWindowHovered() || !ImGui::IsMouseHoveringRect(min, max) || !ImGui::IsMouseClicked(0))
      return;
    model_.send(SelectWorker{worker == model_.selection.worker ? kNoWorker : worker});
  }

  void draw_legend(float y) {
    const float x = window_.x + ui_.px(12);
    ui_.text_at(draw_, ui_.fonts().small, {x, y}, theme().text_faint, ui_.tr("processes.legend"),
                size_.x - ui_.px(24));
  }

  AppModel& model_;
  Ui& ui_;
  ProcessesState& state_;
  const ProcessTable& table_;
  ImDrawList* draw_;
  ImVec2 window_, size_, origin_;
  float row_ = 0, head_ = 0;
  float pid_x_ = 0, kernel_x_ = 0, state_x_ = 0, left_end_ = 0;
};

void draw(AppModel& model, Ui& ui) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  compat::begin_child("processes", {0, 0}, true, ImGuiWindowFlags_HorizontalScrollbar);
  ImGui::PopStyleVar();
  if (!model.run.has_run())
    empty_state(ui, ui.tr("processes.empty"), ui.tr("processes.empty.text"));
  else
    TreePen(model, ui, state_of(model, ui)).draw();
  ImGui::EndChild();
}

}  // namespace

const View processes_view{"processes", "processes.title", ViewPlace::bottom_tab, draw, "processes.help"};

}  // namespace lockstep
