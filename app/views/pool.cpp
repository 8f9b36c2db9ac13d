// The tab "Pool": tasks that wait, the workers and what each is at, what became of each task. Left to right
// as a task goes.
#include <algorithm>
#include <cmath>

#include "app/model/pool_flow.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/rich_text.hpp"
#include "app/views/view.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

constexpr float kGap = 12, kPad = 12, kArrow = 34, kRow = 27;  // unscaled
constexpr std::size_t kMostQueued = 40;
constexpr std::size_t kLongest = 60;  // bytes of a name or a result

struct PoolsState {
  std::vector<PoolFlow> flows;
  int generation = -1;
  EventIndex moment = 0;
};

const std::vector<PoolFlow>& flows_of(AppModel& model, Ui& ui) {
  auto& state = ui.state<PoolsState>();
  if (state.generation != model.run.generation() || state.moment != model.moment()) {
    state.flows.clear();
    for (const ObjectId pool : pools_of(model.run.store()))
      state.flows.push_back(pool_flow(model.run.store(), pool, model.moment()));
    state.generation = model.run.generation();
    state.moment = model.moment();
  }
  return state.flows;
}

class PoolPen {
 public:
  PoolPen(AppModel& model, Ui& ui, const PoolFlow& flow)
      : model_(model), ui_(ui), flow_(flow), draw_(ImGui::GetWindowDrawList()) {}

  void draw() {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float arrow = ui_.px(kArrow), pad = ui_.px(kPad);
    const float room = width - 2 * arrow;
    const float queue = std::floor(room * 0.3F), workers = std::floor(room * 0.32F);
    const float futures = room - queue - workers;
    const RichText left = queue_text(), right = futures_text();
    const float inner = std::max(
        {left.measure(ui_, queue - 2 * pad).y, workers_height(), right.measure(ui_, futures - 2 * pad).y});
    const float height = inner + 2 * ui_.px(10);
    const float middle_x = at.x + queue + arrow, right_x = middle_x + workers + arrow;
    card("queue", left, at, {at.x + queue, at.y + height});
    draw_workers({middle_x, at.y}, {middle_x + workers, at.y + height});
    card("futures", right, {right_x, at.y}, {right_x + futures, at.y + height});
    draw_arrow(at.x + queue, middle_x, at.y + ui_.px(46), flow_.queued() > 0);
    draw_arrow(middle_x + workers, right_x, at.y + ui_.px(46), false);
    ImGui::Dummy({width, height + ui_.px(kGap)});
  }

 private:
  const Theme& theme() const { return ui_.theme(); }
  std::string id(const char* part) const {
    return std::string("pool.") + part + "." + std::to_string(flow_.pool);
  }
  std::string name(ObjectId future) const { return shortened(ui_.name_of_object(future), kLongest); }

  void frame(const std::string& widget, ImVec2 min, ImVec2 max, const std::string& label) {
    draw_->AddRectFilled(min, max, theme().card, ui_.px(6));
    compat::rect(draw_, min, max, theme().border, ui_.px(6), 1);
    ui_.mark(widget, min, max, label);
  }

  void card(const char* part, const RichText& text, ImVec2 min, ImVec2 max) {
    frame(id(part), min, max, text.plain(ui_));
    const auto drawn =
        text.draw(ui_, {min.x + ui_.px(kPad), min.y + ui_.px(10)}, max.x - min.x - 2 * ui_.px(kPad));
    if (drawn.clicked != kNoWorker) model_.send(SelectWorker{drawn.clicked});
  }

  void draw_arrow(float x0, float x1, float y, bool pushes) {
    const Color color = pushes ? theme().text : theme().text_faint;
    const float a = x0 + ui_.px(6), b = x1 - ui_.px(6), head = ui_.px(6);
    draw_->AddLine({a, y}, {b - head, y}, color, ui_.px(1.6F));
    draw_->AddTriangleFilled({b, y}, {b - head, y - head * 0.7F}, {b - head, y + head * 0.7F}, color);
  }

  // --- the tasks that wait ---

  RichText queue_text() const {
    RichText text;
    text.text(ui_.tr("pool.queue"), 0, ui_.fonts().semi);
    const auto waiting = static_cast<std::int64_t>(flow_.queued());
    text.text("  " + ui_.tr_count("pool.queued", waiting), theme().text_dim, ui_.fonts().small).new_line(2);
    const char* state = flow_.state == PoolState::open     ? ui_.tr("pool.open")
                        : flow_.state == PoolState::closed ? ui_.tr("pool.closed")
                                                           : ui_.tr("pool.terminated");
    text.text(state, flow_.state == PoolState::open ? theme().text_dim : theme().warning, ui_.fonts().small)
        .new_line(4);
    if (waiting == 0) text.free_box(ui_.tr("pool.queue.empty"));
    std::size_t shown = 0;
    for (const PoolTask& task : flow_.tasks) {
      if (task.stage != TaskStage::queued) continue;
      if (++shown > kMostQueued) continue;
      if (shown == 1) text.text(ui_.tr("pool.next"), theme().text_dim, ui_.fonts().small).space();
      text.box(name(task.future), theme().button_active);
    }
    if (shown > kMostQueued)
      text.text(ui_.tr_count("objects.more", static_cast<std::int64_t>(shown - kMostQueued)),
                theme().text_dim, ui_.fonts().small);
    return text;
  }

  // --- the workers ---

  float workers_height() const {
    return ui_.px(24) + ui_.px(kRow) * static_cast<float>(std::max<std::size_t>(flow_.workers.size(), 1));
  }

  void draw_workers(ImVec2 min, ImVec2 max) {
    frame(id("workers"), min, max, ui_.tr("pool.workers"));
    float y = min.y + ui_.px(10);
    const float x = min.x + ui_.px(kPad);
    const auto busy = std::ranges::count_if(
        flow_.workers, [](const PoolWorker& worker) { return worker.task != kNoObject; });
    const float used =
        ui_.text_at(draw_, ui_.fonts().semi, {x, y}, theme().text, ui_.tr("pool.workers"), max.x - x);
    ui_.text_at(draw_, ui_.fonts().small, {x + used + ui_.px(8), y + ui_.px(2)}, theme().text_dim,
                ui_.tr("pool.busy", busy, flow_.workers.size()), max.x - x - used - ui_.px(16));
    y += ui_.px(24);
    for (const PoolWorker& worker : flow_.workers) {
      draw_worker(worker, {x, y}, max.x - ui_.px(kPad));
      y += ui_.px(kRow);
    }
    if (flow_.workers.empty())
      ui_.text_at(draw_, ui_.fonts().small, {x, y + ui_.px(4)}, theme().text_faint, ui_.tr("pool.nobody"),
                  max.x - x);
  }

  void draw_worker(const PoolWorker& worker, ImVec2 at, float right) {
    const float row = ui_.px(kRow);
    const float badge_width =
        std::max(ui_.px(19), ui_.text_width(ui_.fonts().small_semi, ui_.badge_of(worker.worker)) + ui_.px(6));
    if (badge_button(ui_, {at.x, at.y + ui_.px(4)}, worker.worker)) model_.send(SelectWorker{worker.worker});
    const float name_x = at.x + badge_width + ui_.px(6);
    const float box_x = std::floor(at.x + (right - at.x) * 0.5F);
    cell(ui_, {name_x, at.y}, {box_x - ui_.px(6), at.y + row}, ui_.name_of(worker.worker),
         worker.ended ? theme().text_faint : theme().text, ui_.fonts().small);
    const std::string label = worker.task != kNoObject ? name(worker.task)
                              : worker.ended           ? ui_.tr("pool.ended")
                              : is_idle(worker)        ? ui_.tr("pool.idle")
                                                       : ui_.tr("pool.between");
    value_box(ui_, {box_x, at.y + ui_.px(3)}, {right - box_x, row - ui_.px(6)}, label,
              worker.task != kNoObject ? ui_.worker_color(worker.worker) : 0);
    ui_.mark("pool.worker." + std::to_string(worker.worker), at, {right, at.y + row}, label);
  }

  bool is_idle(const PoolWorker& worker) const {
    const WorkerView& view = model_.worker(worker.worker);
    return view.state == WorkerState::waiting && view.wants == EventKind::pool_take;
  }

  // --- what became of the tasks ---

  RichText futures_text() const {
    RichText text;
    const auto over = std::ranges::count_if(flow_.tasks, [](const PoolTask& task) {
      return task.stage == TaskStage::done || task.stage == TaskStage::failed ||
             task.stage == TaskStage::cancelled;  // a dropped or lost one never gets a result
    });
    text.text(ui_.tr("pool.futures"), 0, ui_.fonts().semi);
    text.text("  " + ui_.tr("pool.over", over, flow_.tasks.size()), theme().text_dim, ui_.fonts().small)
        .new_line(4);
    for (const PoolTask& task : flow_.tasks)
      add_future(text, task);
    if (flow_.tasks.empty()) text.text(ui_.tr("pool.no_futures"), theme().text_faint, ui_.fonts().small);
    return text;
  }

  void add_future(RichText& text, const PoolTask& task) const {
    const std::string call = name(task.future);
    const auto result = [&] { return shortened(model_.run.store().to_string(task.result), kLongest); };
    switch (task.stage) {
      case TaskStage::queued: text.sign(Sign::hourglass, theme().text_faint).free_box(call); return;
      case TaskStage::running: text.box(call + " …", ui_.worker_color(task.worker)); return;
      case TaskStage::done:
        text.sign(Sign::tick, theme().ok)
            .box(task.result.is_none() ? call : call + " = " + result(), dim_of(task));
        return;
      case TaskStage::failed:
        text.sign(Sign::cross, theme().error).box(call + ": " + result(), dim_of(task));
        return;
      case TaskStage::cancelled: text.sign(Sign::cross).free_box(ui_.tr("pool.task.cancelled", call)); return;
      case TaskStage::dropped: text.sign(Sign::cross).free_box(ui_.tr("pool.task.dropped", call)); return;
      case TaskStage::lost:
        text.sign(Sign::warning, theme().warning).free_box(ui_.tr("pool.task.lost", call));
        return;
    }
  }

  Color dim_of(const PoolTask& task) const { return ui_.theme().worker_dim(task.worker); }

  AppModel& model_;
  Ui& ui_;
  const PoolFlow& flow_;
  ImDrawList* draw_;
};

/// Only where there is something to see: the run has a pool, or the chapter is about them.
bool is_shown(const AppModel& model) {
  const bool chapter = model.scenario() && model.scenario()->chapter == Chapter::pools;
  return chapter || !pools_of(model.run.store()).empty();
}

void draw(AppModel& model, Ui& ui) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ui.px(kGap, kGap));
  compat::begin_child("pool", {0, 0}, true);
  ImGui::PopStyleVar();
  const auto& flows = flows_of(model, ui);
  if (flows.empty()) empty_state(ui, ui.tr("pool.empty"), ui.tr("pool.empty.text"));
  for (const PoolFlow& flow : flows) {
    if (flows.size() > 1) ui.text(ui.name_of_object(flow.pool), 0, ui.fonts().semi);
    PoolPen(model, ui, flow).draw();
  }
  ImGui::EndChild();
}

}  // namespace

const View pool_view{"pool",  "pool.title", ViewPlace::bottom_tab, draw, "pool.help", nullptr,
                     nullptr, is_shown};

}  // namespace lockstep
