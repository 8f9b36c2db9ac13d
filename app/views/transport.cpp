// The bar at the top: what runs, how, and what can be done with it. It says less as the window gets narrower;
// what has no room goes into a menu at its end.
#include <array>
#include <cmath>

#include "app/model/key_table.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/batch_button.hpp"
#include "app/views/params_popup.hpp"
#include "app/views/speed_slider.hpp"
#include "app/views/view.hpp"

namespace lockstep {
namespace {

/// How much the bar says.
struct Detail {
  float title = 0;           // most pixels for it, unscaled
  bool labels = true;        // on restart, stop and slow motion
  bool params_named = true;  // "shops 3 · eaters 2" instead of "Params"
  bool speed_label = true;
  bool slow = true, theme = true, batch = true, speed = true, language = true;
  float slider = 100;
  bool all() const { return slow && theme && batch && speed && language; }
};

constexpr std::array kDetails{
    Detail{.title = 320},
    Detail{.title = 320, .labels = false, .speed_label = false},
    Detail{.title = 260, .labels = false, .params_named = false, .speed_label = false},
    Detail{.title = 220,
           .labels = false,
           .params_named = false,
           .speed_label = false,
           .slow = false,
           .theme = false,
           .slider = 80},
    Detail{.title = 160,
           .labels = false,
           .params_named = false,
           .speed_label = false,
           .slow = false,
           .theme = false,
           .batch = false,
           .slider = 70},
    Detail{.title = 130,
           .labels = false,
           .params_named = false,
           .speed_label = false,
           .slow = false,
           .theme = false,
           .batch = false,
           .speed = false,
           .language = false},
};

class Transport {
 public:
  Transport(AppModel& model, Ui& ui)
      : model_(model), ui_(ui), gap_(ui.px(8)), bar_(ImGui::GetContentRegionAvail()) {}

  void draw() {
    for (const Detail& detail : kDetails) {
      detail_ = detail;
      if (measure() <= bar_.x - ui_.px(28)) break;
    }
    measuring_ = false;
    x_ = ui_.px(14);
    left();
    x_ = 0;
    dry_run_ = true;
    right();
    dry_run_ = false;
    x_ = bar_.x - ui_.px(14) - (x_ - gap_);
    right();
  }

 private:
  float measure() {
    measuring_ = true;
    x_ = 0;
    left();
    const float left_width = x_;
    x_ = 0;
    right();
    return left_width + x_ - gap_;
  }

  template <class Draw>
  void place(float width, float height, Draw&& draw_item) {
    if (!measuring_ && !dry_run_) {
      ImGui::SetCursorPos({std::floor(x_), std::floor((bar_.y - height) / 2)});
      draw_item();
    }
    x_ += width + gap_;
  }

  void place_button(const char* id, Icon icon, const char* label, const char* name, ButtonLook look,
                    Action action, const char* why_not) {
    place(ui_.button_width(label, icon != Icon::none), ImGui::GetFrameHeight(), [&] {
      const bool enabled = model_.can(action);
      const std::string tip = enabled ? with_key(name, action) : std::string(why_not);
      if (ui_.icon_button(id, icon, label, name, look, enabled, tip.c_str())) model_.send(action);
    });
  }

  std::string with_key(const char* name, Action action) const {
    const std::string_view label = key_label(action);
    return label.empty() ? std::string(name) : ui_.tr("transport.with_key", name, label);
  }

  void separator() {
    place(1, ui_.px(26), [&] {
      const ImVec2 at = ImGui::GetCursorScreenPos();
      ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + 1, at.y + ui_.px(26)}, ui_.theme().border_strong);
    });
  }

  // --- from the left ---

  void left() {
    title();
    variant();
    params();
    separator();
    mode();
    run();
    const char* restart = ui_.tr("transport.restart");
    place_button("transport.restart", Icon::restart, detail_.labels ? restart : "", restart,
                 ButtonLook::plain, Action::restart, ui_.tr("transport.restart.why_not"));
    const char* stop = ui_.tr("transport.stop");
    place_button("transport.stop", Icon::stop, detail_.labels ? stop : "", stop, ButtonLook::plain,
                 Action::stop, ui_.tr("transport.stop.why_not"));
    if (detail_.speed) speed();
    if (detail_.slow) slow();
  }

  void title() {
    const std::string& text = model_.lesson().title;
    const float width = std::min(ui_.text_width(ui_.fonts().title, text), ui_.px(detail_.title));
    place(width + ui_.px(4), compat::font_size(ui_.fonts().title), [&] {
      ui_.text_clipped(text, width + 1, ui_.theme().text, ui_.fonts().title);
      ui_.mark("transport.title", text);
    });
  }

  std::string variant_title(std::string_view name) const {
    const auto& texts = model_.lesson().variants;
    const auto it = texts.find(name);
    return it == texts.end() || it->second.title.empty() ? std::string(name) : it->second.title;
  }

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

  float dropdown_width(const std::string& text) const {
    return std::min(ui_.button_width(text.c_str()) + ui_.px(16), bar_.x * 0.26F);
  }

  void variant() {
    const Scenario* scenario = model_.scenario();
    if (!scenario || !model_.variant()) return;
    const std::string text = variant_title(model_.variant()->name);
    const float width = dropdown_width(text);
    place(width, ImGui::GetFrameHeight(), [&] {
      if (dropdown("transport.variant", text, width, ui_.tr("transport.variant.tip")))
        ImGui::OpenPopup("variants");
      popup("variants", [&] {
        for (const Variant& variant : scenario->variants)
          variant_row(variant);
      });
    });
  }

  void variant_row(const Variant& variant) {
    const std::string name(variant.name);
    const auto text = model_.lesson().variants.find(name);
    const bool current = model_.variant() == &variant;
    const float width = ui_.px(380);
    const bool has_sentence = text != model_.lesson().variants.end() && !text->second.sentence.empty();
    const auto lines = has_sentence ? ui_.lines(text->second.sentence, width, ui_.fonts().small)
                                    : std::vector<std::string_view>{};
    const float line = compat::font_size(ui_.fonts().small) + ui_.px(3);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float height = ui_.px(28) + line * static_cast<float>(lines.size());
    if (ImGui::Selectable(("##" + name).c_str(), current, 0, {width + ui_.px(16), height})) {
      model_.send(ChooseVariant{name});
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
    if (!model_.scenario() || model_.scenario()->params.empty()) return;
    const std::string text = detail_.params_named ? params_summary(model_) : ui_.tr("transport.params");
    const float width = dropdown_width(text);
    place(width, ImGui::GetFrameHeight(), [&] {
      if (dropdown("transport.params", text, width, ui_.tr("transport.params.tip")))
        ImGui::OpenPopup("params");
      popup("params", [&] { params_popup(model_, ui_); });
    });
  }

  template <class Content>
  void popup(const char* id, Content&& content) {
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ui_.px(12, 10));
    ImGui::SetNextWindowPos({ImGui::GetItemRectMin().x, ImGui::GetItemRectMax().y + ui_.px(4)},
                            ImGuiCond_Appearing);
    if (ImGui::BeginPopup(id)) {
      content();
      ImGui::EndPopup();
    }
    ImGui::PopStyleVar();
  }

  /// Two halves of one frame; the second comes with the next version.
  void mode() {
    const char* live = ui_.tr("transport.mode.live");
    const char* step = ui_.tr("transport.mode.step");
    const float pad = ui_.px(12);
    const float first = std::ceil(ui_.text_width(ui_.fonts().text, live) + 2 * pad);
    const float second = std::ceil(ui_.text_width(ui_.fonts().text, step) + 2 * pad);
    place(first + second, ImGui::GetFrameHeight(), [&] {
      const ImVec2 min = ImGui::GetCursorScreenPos();
      const ImVec2 max{min.x + first + second, min.y + ImGui::GetFrameHeight()};
      const Theme& theme = ui_.theme();
      ImDrawList* draw = ImGui::GetWindowDrawList();
      const float y = std::floor((min.y + max.y - compat::font_size(ui_.fonts().text)) / 2);
      draw->AddRectFilled(min, {min.x + first, max.y}, theme.accent, ui_.px(5), ImDrawFlags_RoundCornersLeft);
      compat::rect(draw, min, max, theme.border_strong, ui_.px(5), 1);
      ui_.text_at(draw, ui_.fonts().text, {min.x + pad, y}, readable_on(theme.accent), live, first);
      ui_.text_at(draw, ui_.fonts().text, {min.x + first + pad, y}, theme.text_faint, step, second);
      ImGui::InvisibleButton("live", {first, max.y - min.y});
      ui_.mark("transport.live", live);
      if (ImGui::IsItemHovered()) ui_.tip(ui_.tr("transport.mode.live.tip"));
      ImGui::SetCursorScreenPos({min.x + first, min.y});
      ImGui::InvisibleButton("step", {second, max.y - min.y});
      ui_.mark("transport.step", step, false);
      if (ImGui::IsItemHovered()) ui_.tip(ui_.tr("transport.mode.step.tip"));
    });
  }

  void run() {
    const bool going = model_.run.is_going();
    const char* label = ui_.tr(going                    ? "transport.pause"
                               : model_.run.is_paused() ? "transport.resume"
                                                        : "transport.run");
    // As wide as its longest text: what stands beside it must not move.
    float width = 0;
    for (const char* text :
         {ui_.tr("transport.pause"), ui_.tr("transport.resume"), ui_.tr("transport.run")}) {
      width = std::max(width, ui_.button_width(text, true));
    }
    place(width, ImGui::GetFrameHeight(), [&] {
      const bool enabled = model_.can(Action::run_or_pause);
      const std::string tip = enabled ? with_key(label, Action::run_or_pause) : model_.params_error();
      if (ui_.icon_button("transport.run", going ? Icon::pause : Icon::run, label, label, ButtonLook::primary,
                          enabled, tip.c_str(), width)) {
        model_.send(Action::run_or_pause);
      }
    });
  }

  void speed() {
    const char* label = ui_.tr("transport.speed");
    if (detail_.speed_label) {
      place(ui_.text_width(ui_.fonts().small, label), compat::font_size(ui_.fonts().small),
            [&] { ui_.text(label, ui_.theme().text_dim, ui_.fonts().small); });
    }
    place(ui_.px(detail_.slider), ImGui::GetFrameHeight(),
          [&] { speed_slider(model_, ui_, ui_.px(detail_.slider)); });
    place(ui_.text_width(ui_.fonts().text, "64×"), compat::font_size(ui_.fonts().text),
          [&] { ui_.text(speed_text(model_.settings.speed)); });
  }

  void slow() {
    const char* name = ui_.tr("transport.slow");
    const char* label = detail_.labels ? name : "";
    place(ui_.button_width(label, true), ImGui::GetFrameHeight(), [&] { slow_button(label, name); });
  }

  void slow_button(const char* label, const char* name) {
    const std::string tip = ui_.tr("transport.slow.tip", key_label(Action::slow_motion));
    const ButtonLook look = model_.slow_motion() ? ButtonLook::primary : ButtonLook::plain;
    if (ui_.icon_button("transport.slow", Icon::snail, label, name, look, true, tip.c_str())) {
      model_.send(Action::slow_motion);
    }
  }

  // --- from the right ---

  void right() {
    if (detail_.batch) {
      // The bar has room for the longest text; what is left of it moves only this button.
      const float width = measuring_ ? batch_button_width(ui_) : batch_button_width(model_, ui_);
      place(width, ImGui::GetFrameHeight(), [&] { batch_button(model_, ui_, width); });
    }
    if (detail_.language) {
      place(ui_.button_width(kLanguages), ImGui::GetFrameHeight(), [&] { language_button(); });
    }
    if (detail_.theme) {
      place(ui_.button_width("", true), ImGui::GetFrameHeight(), [&] { theme_button(""); });
    }
    const char* help = ui_.tr("transport.help");
    place_button("transport.help", Icon::none, "?", help, ButtonLook::outlined, Action::help, help);
    if (!detail_.all()) more();
  }

  static constexpr const char* kLanguages = "EN | 中文";

  void language_button() {
    const std::string tip = with_key(ui_.tr("transport.language"), Action::language);
    if (ui_.button("transport.language", kLanguages, ButtonLook::outlined, true, tip.c_str())) {
      model_.send(Action::language);
    }
  }

  void theme_button(const char* label) {
    const std::string tip = with_key(ui_.tr("transport.theme"), Action::theme);
    if (ui_.icon_button("transport.theme", Icon::contrast, label, ui_.tr("transport.theme"),
                        ButtonLook::outlined, true, tip.c_str())) {
      model_.send(Action::theme);
    }
  }

  /// What had no room in the bar.
  void more() {
    place(ui_.button_width("", true), ImGui::GetFrameHeight(), [&] {
      const char* name = ui_.tr("transport.more");
      if (ui_.icon_button("transport.more", Icon::more, "", name, ButtonLook::outlined, true, name)) {
        ImGui::OpenPopup("more");
      }
      popup("more", [&] {
        if (!detail_.speed) speed_slider(model_, ui_, ui_.px(160));
        if (!detail_.slow) slow_button(ui_.tr("transport.slow"), ui_.tr("transport.slow"));
        if (!detail_.batch) batch_button(model_, ui_, batch_button_width(model_, ui_));
        if (!detail_.theme) theme_button(ui_.tr("transport.theme"));
        if (!detail_.language) language_button();
      });
    });
  }

  AppModel& model_;
  Ui& ui_;
  float gap_;
  ImVec2 bar_;
  Detail detail_;
  bool measuring_ = false;  // room for the longest texts
  bool dry_run_ = false;    // present texts, nothing drawn
  float x_ = 0;
};

void draw(AppModel& model, Ui& ui) { Transport(model, ui).draw(); }

}  // namespace

const View transport_view{"transport", "transport.title", ViewPlace::top, draw, "transport.help_text"};

}  // namespace lockstep
