#include "app/views/params_popup.hpp"

#include <charconv>

#include "app/model/lesson_names.hpp"
#include "app/views/filter_bar.hpp"

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

void reset_row(AppModel& model, Ui& ui) {
  if (ui.button("params.reset", ui.tr("params.reset"), ButtonLook::plain)) {
    for (const Param& param : model.scenario()->params) {
      model.send(ChooseParam{std::string(param.name), std::to_string(usual_value(model, param))});
    }
  }
  ImGui::SameLine();
  ui.text(ui.tr("params.note"), ui.theme().text_faint, ui.fonts().small);
}

/// Typed, or taken from the run on the screen.
void seed_row(AppModel& model, Ui& ui) {
  ui.text(ui.tr("params.seed"), ui.theme().text);
  ImGui::SameLine();
  const bool steps = model.mode() == RunMode::step;
  ui.text(ui.tr(steps ? "params.seed.steps" : "params.seed.live"), ui.theme().text_faint, ui.fonts().small);
  std::uint64_t seed = model.seed();
  ImGui::SetNextItemWidth(ui.px(240));
  if (ImGui::InputScalar("##seed", ImGuiDataType_U64, &seed)) model.send(ChooseSeed{seed});
  ui.mark("params.seed", std::to_string(model.seed()));
  if (ImGui::IsItemHovered()) ui.tip(ui.tr("params.seed.tip"));
  const Session* live = model.run.session();
  if (live == nullptr || live->request().seed == model.seed()) return;
  ImGui::SameLine();
  const std::string keep = ui.tr("params.seed.keep", live->request().seed);
  if (ui.button("params.seed.keep", keep.c_str(), ButtonLook::plain)) {
    model.send(ChooseSeed{live->request().seed});
  }
}

const char* policy_words(Ui& ui, PolicyKind kind) {
  switch (kind) {
    case PolicyKind::first: return ui.tr("policy.first");
    case PolicyKind::pct: return ui.tr("policy.pct");
    case PolicyKind::pos: return ui.tr("policy.pos");
    case PolicyKind::bounded: return ui.tr("policy.bounded");
    case PolicyKind::random:
    case PolicyKind::manual: break;
  }
  return ui.tr("policy.random");
}

void policy_row(AppModel& model, Ui& ui) {
  ui.text(ui.tr("params.policy"), ui.theme().text);
  const PolicyKind chosen = model.step.policy();
  if (!begin_combo(ui, "params.policy", policy_words(ui, chosen), 240)) return;
  for (const PolicyKind kind :
       {PolicyKind::random, PolicyKind::first, PolicyKind::bounded, PolicyKind::pct, PolicyKind::pos}) {
    if (ImGui::Selectable(policy_words(ui, kind), kind == chosen)) model.send(ChoosePolicy{kind});
    ui.mark("params.policy." + std::string(name_of(kind)), policy_words(ui, kind));
  }
  ImGui::EndCombo();
}

}  // namespace

void params_popup(AppModel& model, Ui& ui) {
  if (!model.scenario()) return;
  for (const Param& param : model.scenario()->params)
    param_row(param, model, ui);
  if (!model.params_error().empty()) ui.text_wrapped(model.params_error(), ui.theme().error);
  if (!model.scenario()->params.empty()) reset_row(model, ui);
  ImGui::Separator();
  if (model.mode() == RunMode::step) policy_row(model, ui);
  seed_row(model, ui);
}

}  // namespace lockstep
