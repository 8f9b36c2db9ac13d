#include "app/views/batch_button.hpp"

#include <cmath>

#include "app/model/fault_words.hpp"
#include "app/model/key_table.hpp"
#include "app/shell/imgui_compat.hpp"

namespace lockstep {
namespace {

std::string outcome_lines(const RunBatch& batch, const Ui& ui, Language language,
                          std::optional<double> share) {
  std::string text = ui.tr("batch.done", batch.failed(), batch.done());
  for (const auto& [outcome, count] : batch.outcomes()) {
    text += "\n" + ui.tr("batch.outcome", count, ui.word(outcome));
  }
  if (share) text += "\n" + ui.tr("batch.exact.tip", percentage(*share));
  if (!batch.error().empty()) text += "\n" + tell_fault(batch.error(), language);
  return text;
}

struct Words {
  std::string first;   // in the usual colour
  std::string second;  // what matters, in mono
  Color color = 0;     // of the second
  std::string exact;   // the exact share
  std::string tip;
};

Words words_of(const AppModel& model, const Ui& ui, bool exact) {
  const RunBatch* batch = model.run.batch();
  const std::string start_tip = ui.tr("batch.tip", key_label(Action::run_hundred));
  const auto share = model.search.failing_share();
  const std::string beside = exact && share ? ui.tr("batch.exact", percentage(*share)) : std::string();
  if (!batch) return {ui.tr("batch.start"), {}, 0, beside, start_tip};
  const Color color = batch->failed() > 0 ? ui.theme().warning : ui.theme().ok;
  if (batch->running()) {
    return {fmt::format("{}/{}", batch->done(), batch->total()),
            ui.tr("batch.failed", batch->failed()),
            color,
            {},
            ui.tr("batch.cancel", key_label(Action::stop)) + "\n" +
                outcome_lines(*batch, ui, model.settings.language, share)};
  }
  return {ui.tr("batch.start"), ui.tr("batch.failed", batch->failed()), color, beside,
          outcome_lines(*batch, ui, model.settings.language, share) + "\n" + start_tip};
}

}  // namespace

std::string percentage(double share) {
  if (share <= 0) return "0 %";
  if (share >= 1) return "100 %";
  const double percent = share * 100;
  if (percent < 0.01) return "< 0.01 %";
  if (percent > 99.99) return "> 99.99 %";
  return fmt::format("{:.3g} %", percent);
}

namespace {

float part_width(const Ui& ui, ImFont* font, std::string_view text) {
  return text.empty() ? 0 : ui.text_width(font, text) + ui.px(8);
}

}  // namespace

float batch_button_width(const Ui& ui, bool exact) {
  const float text = ui.text_width(ui.fonts().text, ui.tr("batch.start"));
  const float number = part_width(ui, ui.fonts().mono, ui.tr("batch.failed", 100));
  const float share = exact ? part_width(ui, ui.fonts().small, ui.tr("batch.exact", "> 99.99 %")) : 0;
  return std::ceil(text + number + share + 2 * ImGui::GetStyle().FramePadding.x);
}

float batch_button_width(const AppModel& model, const Ui& ui, bool exact) {
  // While it runs the numbers change all the time: one width for all of them.
  if (model.run.batch() && model.run.batch()->running()) return batch_button_width(ui, false);
  const Words words = words_of(model, ui, exact);
  return std::ceil(ui.text_width(ui.fonts().text, words.first) +
                   part_width(ui, ui.fonts().mono, words.second) +
                   part_width(ui, ui.fonts().small, words.exact) + 2 * ImGui::GetStyle().FramePadding.x);
}

void batch_button(AppModel& model, Ui& ui, float width, bool exact) {
  const RunBatch* batch = model.run.batch();
  const bool running = batch && batch->running();
  const Action action = running ? Action::cancel_batch : Action::run_hundred;
  const Words words = words_of(model, ui, exact);

  ImGui::BeginDisabled(!model.can(action));
  const Color text = ui.push_button(ButtonLook::plain);
  if (ImGui::Button("###batch", {width, ImGui::GetFrameHeight()})) model.send(action);
  Ui::pop_button();
  ImGui::EndDisabled();
  ui.mark("transport.batch", words.first + " " + words.second + " " + words.exact, model.can(action));
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) ui.tip(words.tip.c_str());

  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImVec2 min = ImGui::GetItemRectMin();
  const ImVec2 max = ImGui::GetItemRectMax();
  if (running) {
    const float share = static_cast<float>(batch->done()) / static_cast<float>(std::max(batch->total(), 1));
    draw->AddRectFilled({min.x, max.y - ui.px(3)}, {min.x + (max.x - min.x) * share, max.y},
                        ui.theme().accent_text, ui.px(2));
  }
  const float second = part_width(ui, ui.fonts().mono, words.second);
  const float third = part_width(ui, ui.fonts().small, words.exact);
  const float first = ui.text_width(ui.fonts().text, words.first);
  const float x = std::floor((min.x + max.x - first - second - third) / 2);
  const auto y = [&](ImFont* font) { return std::floor((min.y + max.y - compat::font_size(font)) / 2); };
  ui.text_at(draw, ui.fonts().text, {x, y(ui.fonts().text)}, text, words.first, width);
  ui.text_at(draw, ui.fonts().mono, {x + first + ui.px(8), y(ui.fonts().mono)}, words.color, words.second,
             width);
  ui.text_at(draw, ui.fonts().small, {x + first + second + ui.px(8), y(ui.fonts().small)},
             ui.theme().text_dim, words.exact, width);
}

}  // namespace lockstep
