// The left end of the bar: which program, which variant, with which numbers.
#include "app/model/lesson_names.hpp"
#include "app/views/params_popup.hpp"
#include "app/views/transport_bar.hpp"

namespace lockstep {
namespace {

constexpr float kLeastSummary = 140;  // unscaled

class ProgramChoice {
 public:
  explicit ProgramChoice(TransportBar& transport) : bar_(transport), ui_(transport.ui) {}

  void title() {
    const std::string& text = bar_.model.lesson().title;
    if (bar_.detail.title <= 0) return;
    const float width = std::min(ui_.text_width(ui_.fonts().title, text), ui_.px(bar_.detail.title));
    bar_.place(width + ui_.px(4), compat::font_size(ui_.fonts().title), [&] {
      ui_.text_clipped(text, width + 1, ui_.theme().text, ui_.fonts().title);
      ui_.mark("transport.title", text);
    });
  }

  std::string variant_title(std::string_view name) const { return variant_name(bar_.model.lesson(), name); }

  /// A button that opens a popup: its text and a small triangle.
  bool dropdown(const char* id, const std::string& text, float width, const char* tip) {
    const Color color = ui_.push_button(ButtonLook::outlined);
    const bool pressed = ImGui::Button((std::string("###") + id).c_str(), {width, ImGui::GetFrameHeight()});
    Ui::pop_button();
    ui_.mark(id, text);
    const ImVec2 min = ImGui::GetItemRectMin();
    const ImVec2 max = ImGui::GetItemRectMax();
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const float pad = ImGui::GetStyle().FramePadding.x;
    const float middle = std::floor((min.y + max.y) / 2);
    ui_.text_at(draw, ui_.fonts().text,
                {min.x + pad, std::floor(middle - compat::font_size(ui_.fonts().text) / 2)}, color, text,
                width - 2 * pad - ui_.px(14));
    draw_icon(draw, Icon::down, {max.x - pad - ui_.px(4), middle}, ui_.px(8), ui_.theme().text_dim);
    if (ImGui::IsItemHovered()) ui_.tip(tip);
    return pressed;
  }

  float full_width(const std::string& text) const { return ui_.button_width(text.c_str()) + ui_.px(16); }
  float dropdown_width(const std::string& text) const {
    return std::min(full_width(text), bar_.size.x * 0.26F);
  }

  void variant() {
    const Scenario* scenario = bar_.model.scenario();
    if (!scenario || !bar_.model.variant()) return;
    const std::string text = variant_title(bar_.model.variant()->name);
    const float width = dropdown_width(text);
    bar_.place(width, ImGui::GetFrameHeight(), [&] {
      if (dropdown("transport.variant", text, width, ui_.tr("transport.variant.tip")))
        ImGui::OpenPopup("variants");
      bar_.popup("variants", [&] {
        for (const Variant& variant : scenario->variants)
          variant_row(variant);
      });
    });
  }

  void variant_row(const Variant& variant) {
    const std::string name(variant.name);
    const auto text = bar_.model.lesson().variants.find(name);
    const bool current = bar_.model.variant() == &variant;
    const float width = ui_.px(380);
    const bool has_sentence = text != bar_.model.lesson().variants.end() && !text->second.sentence.empty();
    const auto lines = has_sentence ? ui_.lines(text->second.sentence, width, ui_.fonts().small)
                                    : std::vector<std::string_view>{};
    const float line = compat::font_size(ui_.fonts().small) + ui_.px(3);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float height = ui_.px(28) + line * static_cast<float>(lines.size());
    if (ImGui::Selectable(("##" + name).c_str(), current, 0, {width + ui_.px(16), height})) {
      bar_.model.send(ChooseVariant{name});
    }
    ui_.mark("variant." + name, variant_title(name));
    ImDrawList* draw = ImGui::GetWindowDrawList();
    ui_.text_at(draw, ui_.fonts().semi, {at.x + ui_.px(8), at.y + ui_.px(5)}, ui_.theme().text,
                variant_title(name), width);
    float y = at.y + ui_.px(25);
    for (const std::string_view sentence : lines) {
      ui_.text_at(draw, ui_.fonts().small, {at.x + ui_.px(8), y}, ui_.theme().text_dim, sentence,
                  width + ui_.px(8));
      y += line;
    }
  }

  void params() {
    const Scenario* scenario = bar_.model.scenario();
    if (!scenario) return;
    const std::string summary = params_text(bar_.model.lesson(), *scenario, bar_.model.params());
    std::string brief = ui_.tr("transport.params");
    if (bar_.detail.params_valued && !summary.empty())
      brief += " " + param_values(*scenario, bar_.model.params());
    const float whole = full_width(summary);
    float width = dropdown_width(bar_.detail.params_named && !summary.empty() ? summary : brief);
    // As much of the summary as there is room for; not less than tells one from another.
    const bool named = !summary.empty() && width + bar_.spare >= std::min(whole, ui_.px(kLeastSummary));
    if (named) width = std::min(whole, width + bar_.spare);
    std::string tip = ui_.tr("transport.params.tip");
    if (!summary.empty() && (!named || width < whole)) tip += "\n" + summary;
    bar_.place(width, ImGui::GetFrameHeight(), [&] {
      if (dropdown("transport.params", named ? summary : brief, width, tip.c_str()))
        ImGui::OpenPopup("params");
      bar_.popup("params", [&] { params_popup(bar_.model, ui_); });
    });
  }

 private:
  TransportBar& bar_;
  Ui& ui_;
};

}  // namespace

void place_choice(TransportBar& bar) {
  ProgramChoice choice(bar);
  choice.title();
  choice.variant();
  choice.params();
}

}  // namespace lockstep
