#include "app/views/batch_button.hpp"

#include <cmath>

#include "app/model/key_table.hpp"
#include "app/shell/imgui_compat.hpp"

namespace lockstep {
namespace {

std::string outcome_lines(const RunBatch& batch, const Ui& ui) {
  std::string text = ui.tr("batch.done", batch.failed(), batch.done());
  for (const auto& [outcome, count] : batch.outcomes()) {
    text += "\n" + ui.tr("batch.outcome", count, ui.word(outcome));
  }
  if (!batch.error().empty()) text += "\n" + batch.error();
  return text;
}

struct Words {
  std::string first;   // in the usual colour
  std::string second;  // what matters, in mono
  Color color = 0;     // of the second
  std::string tip;
};

Words words_of(const AppModel& model, const Ui& ui) {
  const RunBatch* batch = model.run.batch();
  const std::string start_tip = ui.tr("batch.tip", key_label(Action::run_hundred));
  if (!batch) return {ui.tr("batch.start"), {}, 0, start_tip};
  const Color color = batch->failed() > 0 ? ui.theme().warning : ui.theme().ok;
  if (batch->running()) {
    return {fmt::format("{}/{}", batch->done(), batch->total()), ui.tr("batch.failed", batch->failed()),
            color, ui.tr("batch.cancel") + std::string("\n") + outcome_lines(*batch, ui)};
  }
  return {ui.tr("batch.start"), ui.tr("batch.failed", batch->failed()), color,
          outcome_lines(*batch, ui) + "\n" + start_tip};
}

}  // namespace

float batch_button_width(const Ui& ui) {
  const float text = ui.text_width(ui.fonts().text, ui.tr("batch.start"));
  const float number = ui.text_width(ui.fonts().mono, ui.tr("batch.failed", 100));
  return std::ceil(text + number + ui.px(8) + 2 * ImGui::GetStyle().FramePadding.x);
}

float batch_button_width(const AppModel& model, const Ui& ui) {
  // While it runs the numbers change all the time: one width for all of them.
  if (model.run.batch() && model.run.batch()->running()) return batch_button_width(ui);
  const Words words = words_of(model, ui);
  const float second = words.second.empty() ? 0 : ui.text_width(ui.fonts().mono, words.second) + ui.px(8);
  return std::ceil(ui.text_width(ui.fonts().text, words.first) + second +
                   2 * ImGui::GetStyle().FramePadding.x);
}

void batch_button(AppModel& model, Ui& ui, float width) {
  const RunBatch* batch = model.run.batch();
  const bool running = batch && batch->running();
  const Action action = running ? Action::cancel_batch : Action::run_hundred;
  const Words words = words_of(model, ui);

  ImGui::BeginDisabled(!model.can(action));
  const Color text = ui.push_button(ButtonLook::plain);
  if (ImGui::Button("###batch", {width, ImGui::GetFrameHeight()})) model.send(action);
  Ui::pop_button();
  ImGui::EndDisabled();
  ui.mark("transport.batch", words.first + " " + words.second, model.can(action));
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) ui.tip(words.tip.c_str());

  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImVec2 min = ImGui::GetItemRectMin();
  const ImVec2 max = ImGui::GetItemRectMax();
  if (running) {
    const float share = static_cast<float>(batch->done()) / static_cast<float>(std::max(batch->total(), 1));
    draw->AddRectFilled({min.x, max.y - ui.px(3)}, {min.x + (max.x - min.x) * share, max.y},
                        ui.theme().accent_text, ui.px(2));
  }
  const float second = words.second.empty() ? 0 : ui.text_width(ui.fonts().mono, words.second) + ui.px(8);
  const float first = ui.text_width(ui.fonts().text, words.first);
  const float x = std::floor((min.x + max.x - first - second) / 2);
  const auto y = [&](ImFont* font) { return std::floor((min.y + max.y - compat::font_size(font)) / 2); };
  ui.text_at(draw, ui.fonts().text, {x, y(ui.fonts().text)}, text, words.first, width);
  ui.text_at(draw, ui.fonts().mono, {x + first + ui.px(8), y(ui.fonts().mono)}, words.color, words.second,
             width);
}

}  // namespace lockstep
