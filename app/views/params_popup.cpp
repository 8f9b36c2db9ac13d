#include "app/views/params_popup.hpp"

#include <charconv>

#include "app/model/lesson_names.hpp"

namespace lockstep {
namespace {

/// What is being dragged or typed; sent when the learner lets go, because a new value ends the run.
struct ParamEdit {
  std::string name;
  int value = 0;
};

std::int64_t usual_value(const AppModel& model, const Param& param) {
  return model.mode() == RunMode::step ? param.step_value : param.value;
}

int typed_value(const AppModel& model, const Param& param) {
  int value = static_cast<int>(usual_value(model, param));
  const auto it = model.params().find(std::string(param.name));
  if (it != model.params().end()) {
    std::from_chars(it->second.data(), it->second.data() + it->second.size(), value);
  }
  return value;
}

void param_row(const Param& param, AppModel& model, Ui& ui) {
  const std::string name(param.name);
  ParamEdit& edit = ui.state<ParamEdit>();
  int value = edit.name == name ? edit.value : typed_value(model, param);
  const int min = static_cast<int>(param.min);
  const int max = static_cast<int>(param.max);
  ImGui::PushID(name.c_str());
  ui.text(param_name(model.lesson(), param.name), ui.theme().text);
  ImGui::SameLine();
  ui.text(ui.tr("params.range", Ui::grouped(min), Ui::grouped(max)), ui.theme().text_faint, ui.fonts().small);
  ImGui::SetNextItemWidth(ui.px(240));
  const ImGuiSliderFlags flags =
      ImGuiSliderFlags_AlwaysClamp | (max - min > 200 ? ImGuiSliderFlags_Logarithmic : ImGuiSliderFlags_None);
  if (ImGui::SliderInt("##value", &value, min, max, "%d", flags)) edit = {name, value};
  ui.mark("params." + name, std::to_string(value));
  if (ImGui::IsItemHovered()) ui.tip(ui.tr("params.tip"));
  if (ImGui::IsItemDeactivatedAfterEdit()) model.send(ChooseParam{name, std::to_string(value)});
  if (!ImGui::IsItemActive() && edit.name == name) edit = {};
  ImGui::PopID();
}

}  // namespace

std::string params_summary(const AppModel& model) {
  std::string text;
  if (!model.scenario()) return text;
  for (const Param& param : model.scenario()->params) {
    if (!text.empty()) text += " · ";
    const auto it = model.params().find(std::string(param.name));
    text += param_name(model.lesson(), param.name) + " " + (it == model.params().end() ? "" : it->second);
  }
  return text;
}

void params_popup(AppModel& model, Ui& ui) {
  if (!model.scenario()) return;
  for (const Param& param : model.scenario()->params)
    param_row(param, model, ui);
  if (!model.params_error().empty()) ui.text_wrapped(model.params_error(), ui.theme().error);
  if (ui.button("params.reset", ui.tr("params.reset"), ButtonLook::plain)) {
    for (const Param& param : model.scenario()->params) {
      model.send(ChooseParam{std::string(param.name), std::to_string(usual_value(model, param))});
    }
  }
  ImGui::SameLine();
  ui.text(ui.tr("params.note"), ui.theme().text_faint, ui.fonts().small);
}

}  // namespace lockstep
