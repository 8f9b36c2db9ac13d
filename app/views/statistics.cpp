// The tab "Statistics": where the time of each worker went, which objects were fought over, and Run ×100.
#include <algorithm>
#include <cmath>

#include "app/shell/imgui_compat.hpp"
#include "app/views/statistics_cores.hpp"
#include "app/views/statistics_cost.hpp"
#include "app/views/view.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

constexpr float kRow = 26, kGap = 12, kLeastColumn = 430;
constexpr std::size_t kMostRows = 100;

void heading(Ui& ui, const char* text) {
  ui.text(text, 0, ui.fonts().semi);
  ImGui::Dummy(ui.px(1, 2));
}

// -------------------------------------------------------------------------------------------------------
// summary

void tile(Ui& ui, const char* key, const std::string& value) {
  const float value_width = ui.text_width(ui.fonts().title, value);
  const float width = std::max(value_width, ui.text_width(ui.fonts().small, ui.tr(key))) + ui.px(22);
  ImGui::SameLine(0, ui.px(4));
  if (ImGui::GetContentRegionAvail().x < width) ImGui::NewLine();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  ui.text_at(draw, ui.fonts().title, at, ui.theme().text, value, width);
  ui.text_at(draw, ui.fonts().small, {at.x, at.y + ui.px(20)}, ui.theme().text_dim, ui.tr(key), width);
  ImGui::Dummy({width, ui.px(40)});
  ui.mark(key, value);
}

void draw_summary(AppModel& model, Ui& ui, const Statistics& statistics) {
  std::int64_t operations = 0, waits = 0;
  RunTime longest = 0;
  for (const WorkerStatistics& worker : statistics.workers) {
    operations += worker.operations;
    waits += worker.waits;
    longest = std::max(longest, worker.longest_wait);
  }
  const double seconds = static_cast<double>(statistics.duration) / 1e9;
  ImGui::Dummy({0, 0});
  tile(ui, "statistics.duration", ui.duration(statistics.duration));
  tile(ui, "statistics.events", Ui::grouped(model.run.store().size()));
  tile(ui, "statistics.operations", Ui::grouped(operations));
  if (seconds > 0) {
    const double rate = static_cast<double>(operations) / seconds;
    tile(ui, "statistics.throughput",
         rate >= 100 ? Ui::grouped(std::llround(rate)) : fmt::format("{:.1f}", rate));
  }
  tile(ui, "statistics.waits", Ui::grouped(waits));
  tile(ui, "statistics.longest_wait", ui.duration(longest));
}

// -------------------------------------------------------------------------------------------------------
// workers

/// Running, waiting, sleeping as one bar over `duration`: filled, hatched, toned down, as on the timeline.
void draw_bar(Ui& ui, const WorkerStatistics& worker, RunTime duration, ImVec2 min, ImVec2 max) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(min, max, ui.theme().lane_odd, ui.px(3));
  if (duration <= 0) return;
  const float width = max.x - min.x;
  float x = min.x;
  const auto part = [&](RunTime time) {
    const float from = x;
    x += width * static_cast<float>(static_cast<double>(time) / static_cast<double>(duration));
    x = std::min(x, max.x);
    return std::pair(ImVec2{from, min.y}, ImVec2{x, max.y});
  };
  const auto [run_min, run_max] = part(worker.running);
  draw->AddRectFilled(run_min, run_max, ui.worker_color(worker.worker), ui.px(2));
  const auto [wait_min, wait_max] = part(worker.waiting);
  draw->AddRectFilled(wait_min, wait_max, ui.theme().hatch_back);
  if (wait_max.x - wait_min.x > 1) ui.hatch(draw, wait_min, wait_max, ui.theme().hatch);
  const auto [sleep_min, sleep_max] = part(worker.sleeping);
  const float inset = (max.y - min.y) * 0.28F;
  draw->AddRectFilled({sleep_min.x, sleep_min.y + inset}, {sleep_max.x, sleep_max.y - inset},
                      ui.theme().worker_dim(worker.worker), ui.px(2));
}

void draw_legend(Ui& ui) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Color hue = ui.worker_color(1);
  float x = at.x;
  const auto entry = [&](const char* key, auto&& sample) {
    const ImVec2 min{x, at.y + ui.px(3)}, max{x + ui.px(24), at.y + ui.px(15)};
    sample(min, max);
    x = max.x + ui.px(6);
    x +=
        ui.text_at(draw, ui.fonts().small, {x, at.y + ui.px(1)}, ui.theme().text_dim, ui.tr(key), ui.px(140));
    x += ui.px(18);
  };
  entry("statistics.running", [&](ImVec2 min, ImVec2 max) { draw->AddRectFilled(min, max, hue, ui.px(2)); });
  entry("statistics.waiting", [&](ImVec2 min, ImVec2 max) {
    draw->AddRectFilled(min, max, ui.theme().hatch_back);
    ui.hatch(draw, min, max, ui.theme().hatch);
  });
  entry("statistics.sleeping", [&](ImVec2 min, ImVec2 max) {
    draw->AddRectFilled({min.x, min.y + ui.px(4)}, {max.x, max.y - ui.px(4)}, ui.theme().worker_dim(1),
                        ui.px(2));
  });
  ImGui::Dummy({std::max(x - at.x, 1.0F), ui.px(22)});
}

void draw_worker(AppModel& model, Ui& ui, const WorkerStatistics& worker, RunTime duration) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float bottom = at.y + ui.px(kRow);
  const float name_end = at.x + std::min(ui.px(130), width * 0.3F);
  const float numbers = std::min(ui.px(200), width * 0.42F);
  const float bar_end = at.x + width - numbers;
  if (badge_button(ui, {at.x, at.y + ui.px(3)}, worker.worker)) model.send(SelectWorker{worker.worker});
  cell(ui, {at.x + ui.px(28), at.y}, {name_end, bottom}, ui.name_of(worker.worker));
  draw_bar(ui, worker, duration, {name_end + ui.px(6), at.y + ui.px(5)},
           {bar_end - ui.px(10), bottom - ui.px(5)});
  const float column = numbers / 3;
  const RunTime times[] = {worker.running, worker.waiting, worker.sleeping};
  for (int i = 0; i < 3; ++i) {
    const float x = bar_end + column * static_cast<float>(i);
    cell(ui, {x, at.y}, {x + column - ui.px(6), bottom}, ui.duration(times[i]),
         times[i] > 0 ? ui.theme().text : ui.theme().text_faint, ui.fonts().small, true);
  }
  const std::string tip = ui.tr("statistics.worker.tip", ui.name_of(worker.worker), worker.operations,
                                worker.waits, ui.duration(worker.longest_wait));
  ImGui::Dummy({width, ui.px(kRow) - ImGui::GetStyle().ItemSpacing.y});
  ui.mark("statistics.worker." + std::to_string(worker.worker), tip);
  tip_over(ui, {name_end, at.y}, {at.x + width, bottom}, tip);
}

void draw_workers(AppModel& model, Ui& ui, const Statistics& statistics) {
  heading(ui, ui.tr("statistics.workers"));
  draw_legend(ui);
  for (std::size_t i = 0; i < std::min(statistics.workers.size(), kMostRows); ++i)
    draw_worker(model, ui, statistics.workers[i], statistics.duration);
  if (statistics.workers.size() > kMostRows) {
    ui.text(ui.tr_count("objects.more", static_cast<std::int64_t>(statistics.workers.size() - kMostRows)),
            ui.theme().text_dim);
  }
}

// -------------------------------------------------------------------------------------------------------
// objects

/// Those that somebody worked on, the most waited for first.
std::vector<ObjectStatistics> busiest(const Statistics& statistics, const TraceStore& store) {
  std::vector<ObjectStatistics> result;
  for (const ObjectStatistics& object : statistics.objects) {
    const ObjectKind kind =
        object.object < store.objects().size() ? store.objects()[object.object].kind : ObjectKind::none;
    const bool plain = kind == ObjectKind::local || kind == ObjectKind::console || kind == ObjectKind::none ||
                       kind == ObjectKind::check || kind == ObjectKind::thread || kind == ObjectKind::process;
    if (object.operations > 0 && !plain) result.push_back(object);
  }
  std::ranges::stable_sort(result, std::ranges::greater(), &ObjectStatistics::total_wait);
  if (result.size() > kMostRows) result.resize(kMostRows);
  return result;
}

struct ObjectColumns {
  float name, operations, contended, waited, held, peak, end;
};

ObjectColumns object_columns(Ui& ui, float x, float width) {
  ObjectColumns c{};
  c.name = x;
  c.end = x + width;
  const float number = std::min(ui.px(78), width * 0.145F);
  c.peak = c.end - number * 0.8F;
  c.held = c.peak - number;
  c.waited = c.held - number;
  c.contended = c.waited - number * 1.3F;
  c.operations = c.contended - number;
  return c;
}

void draw_object_head(Ui& ui) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const ObjectColumns c = object_columns(ui, at.x, width);
  const auto head = [&](float from, float to, const char* key, bool right = true) {
    cell(ui, {from + ui.px(4), at.y}, {to, at.y + ui.px(22)}, ui.tr(key), ui.theme().text_dim,
         ui.fonts().small, right);
  };
  head(c.name - ui.px(4), c.operations, "statistics.object", false);
  head(c.operations, c.contended, "statistics.column.operations");
  head(c.contended, c.waited, "statistics.column.contended");
  head(c.waited, c.held, "statistics.column.waited");
  head(c.held, c.peak, "statistics.column.held");
  head(c.peak, c.end, "statistics.column.peak");
  ImGui::Dummy({width, ui.px(22)});
}

void draw_object(AppModel& model, Ui& ui, const ObjectStatistics& object) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float bottom = at.y + ui.px(kRow);
  const ObjectColumns c = object_columns(ui, at.x, width);
  const std::string id = "statistics.object." + std::to_string(object.object);
  if (ImGui::InvisibleButton(id.c_str(), {width, ui.px(kRow) - ImGui::GetStyle().ItemSpacing.y})) {
    model.send(SelectObject{object.object});
  }
  ui.mark(id, ui.name_of_object(object.object));
  if (ImGui::IsItemHovered()) {
    ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + width, bottom}, ui.theme().line_mark, ui.px(3));
  }
  const auto number = [&](float from, float to, const std::string& text, bool some) {
    cell(ui, {from + ui.px(4), at.y}, {to, bottom}, text, some ? ui.theme().text : ui.theme().text_faint,
         ui.fonts().small, true);
  };
  const auto& info = model.run.store().objects()[object.object];
  cell(ui, {c.name, at.y}, {c.operations, bottom},
       ui.name_of_object(object.object) + "  " + std::string(name_of(info.kind)));
  number(c.operations, c.contended, Ui::grouped(object.operations), true);
  const double share = static_cast<double>(object.contended) / static_cast<double>(object.operations);
  const float bar = (c.waited - c.contended - ui.px(46)) * static_cast<float>(std::min(share, 1.0));
  if (object.contended > 0) {
    const float x = c.contended + ui.px(8);
    ImGui::GetWindowDrawList()->AddRectFilled(
        {x, at.y + ui.px(9)}, {x + std::max(bar, 2.0F), bottom - ui.px(9)}, ui.theme().warning, ui.px(2));
  }
  number(c.contended, c.waited, fmt::format("{:.0f} %", share * 100), object.contended > 0);
  number(c.waited, c.held, ui.duration(object.total_wait), object.total_wait > 0);
  number(c.held, c.peak, object.held > 0 ? ui.duration(object.longest_hold) : "–", object.held > 0);
  number(c.peak, c.end, object.peak != 0 ? Ui::grouped(object.peak) : "–", object.peak != 0);
}

void draw_objects(AppModel& model, Ui& ui, const std::vector<ObjectStatistics>& objects) {
  heading(ui, ui.tr("statistics.objects"));
  draw_object_head(ui);
  for (const ObjectStatistics& object : objects)
    draw_object(model, ui, object);
}

// -------------------------------------------------------------------------------------------------- run ×100

void draw_rate(Ui& ui, float share, Color color, float height) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImVec2 max{at.x + width, at.y + ui.px(height)};
  draw->AddRectFilled(at, max, ui.theme().lane_odd, ui.px(4));
  if (share > 0) draw->AddRectFilled(at, {at.x + std::max(width * share, ui.px(3)), max.y}, color, ui.px(4));
  ImGui::Dummy({width, ui.px(height)});
}

void draw_outcomes(Ui& ui, const RunBatch& batch) {
  for (const auto& [outcome, times] : batch.outcomes()) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const bool good = outcome == Outcome::ok;
    const float middle = at.y + ui.px(kRow) / 2;
    draw_sign(ImGui::GetWindowDrawList(), good ? Sign::tick : Sign::cross, {at.x + ui.px(8), middle},
              ui.px(6), good ? ui.theme().ok : ui.theme().error);
    cell(ui, {at.x + ui.px(22), at.y}, {at.x + width - ui.px(70), at.y + ui.px(kRow)}, ui.word(outcome));
    cell(ui, {at.x + width - ui.px(70), at.y}, {at.x + width, at.y + ui.px(kRow)}, Ui::grouped(times),
         ui.theme().text, ui.fonts().text, true);
    ImGui::Dummy({width, ui.px(kRow) - ImGui::GetStyle().ItemSpacing.y});
  }
}

void draw_batch(AppModel& model, Ui& ui, const RunBatch& batch) {
  heading(ui, ui.tr("statistics.batch"));
  const float share =
      batch.done() > 0 ? static_cast<float>(batch.failed()) / static_cast<float>(batch.done()) : 0;
  const Color color = batch.failed() > 0 ? ui.theme().error : ui.theme().ok;
  const std::string rate = ui.tr("statistics.batch.rate", batch.failed(), batch.done());
  ui.text_wrapped(rate, color, ui.fonts().title);
  ui.mark("statistics.batch.rate", rate);
  draw_rate(ui, share, ui.theme().error, 12);
  draw_outcomes(ui, batch);
  if (batch.running()) {
    ui.text(ui.tr("statistics.batch.progress", batch.done(), batch.total()), ui.theme().text_dim,
            ui.fonts().small);
    draw_rate(ui, static_cast<float>(batch.done()) / static_cast<float>(std::max(batch.total(), 1)),
              ui.theme().accent, 6);
    if (link(ui, "statistics.batch.cancel", ui.tr("statistics.batch.cancel")))
      model.send(Action::cancel_batch);
  } else if (batch.failed() == 0 && batch.done() > 0) {
    const SearchVerdict* verdict = model.verdict();
    const bool proven = verdict && !verdict->fails && verdict->program.params == batch.request().params;
    ui.text_wrapped(ui.tr(proven ? "statistics.batch.proven" : "statistics.batch.luck"), ui.theme().text_dim,
                    ui.fonts().small);
  }
  if (!batch.error().empty()) ui.text_wrapped(batch.error(), ui.theme().error);
}

void draw_batch_offer(AppModel& model, Ui& ui) {
  heading(ui, ui.tr("statistics.batch"));
  ui.text_wrapped(ui.tr("statistics.batch.offer"), ui.theme().text_dim, ui.fonts().small);
  if (ui.button("statistics.batch.start", ui.tr("statistics.batch.start"), ButtonLook::outlined,
                model.can(Action::run_hundred), ui.tr("statistics.batch.offer"))) {
    model.send(Action::run_hundred);
  }
}

// ------------------------------------------------------------------------------------------------------ the
// view

/// A card around a part, as wide as `width`.
template <class Draw>
void part(Ui& ui, const char* id, float width, Draw&& draw) {
  ui.begin_card(id, {width, 0});
  draw();
  ui.end_card();
}

void draw_parts(AppModel& model, Ui& ui) {
  const float room = ImGui::GetContentRegionAvail().x;
  const bool wide = room >= ui.px(kLeastColumn) * 2;
  const float column = wide ? std::floor((room - ui.px(kGap)) / 2) : room;
  ImGui::BeginGroup();
  if (model.run.has_run()) {
    const Statistics& statistics = model.run.statistics();
    const auto cost = [&] {
      part(ui, "statistics.card.cost", column, [&] { draw_creation_cost(model, ui); });
    };
    if (has_compute_lanes(model, ui))
      part(ui, "statistics.card.cores", column, [&] { draw_compute_lanes(model, ui); });
    const CostInterest interest = interest_of_cost(model, ui);
    if (interest == CostInterest::measured) cost();
    part(ui, "statistics.card.summary", column, [&] { draw_summary(model, ui, statistics); });
    part(ui, "statistics.card.workers", column, [&] { draw_workers(model, ui, statistics); });
    if (interest == CostInterest::by_the_way) cost();
  } else {
    part(ui, "statistics.card.none", column, [&] {
      heading(ui, ui.tr("statistics.empty"));
      ui.text_wrapped(ui.tr("statistics.empty.text"), ui.theme().text_dim);
    });
  }
  ImGui::EndGroup();
  if (wide) ImGui::SameLine(0, ui.px(kGap));
  ImGui::BeginGroup();
  if (const RunBatch* batch = model.run.batch()) {
    part(ui, "statistics.card.batch", column, [&] { draw_batch(model, ui, *batch); });
  } else {
    part(ui, "statistics.card.batch", column, [&] { draw_batch_offer(model, ui); });
  }
  if (model.run.has_run()) {
    const auto objects = busiest(model.run.statistics(), model.run.store());
    if (!objects.empty())
      part(ui, "statistics.card.objects", column, [&] { draw_objects(model, ui, objects); });
  }
  ImGui::EndGroup();
}

void draw(AppModel& model, Ui& ui) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ui.px(kGap, kGap));
  compat::begin_child("statistics", {0, 0}, true);
  ImGui::PopStyleVar();
  draw_parts(model, ui);
  ImGui::EndChild();
}

}  // namespace

const View statistics_view{"statistics", "statistics.title", ViewPlace::bottom_tab, draw, "statistics.help"};

}  // namespace lockstep
