// The bar at the top: what runs, how, and what can be done with it. It says less as the window gets narrower;
// what has no room goes into a menu at its end.
#include <algorithm>
#include <array>
#include <string_view>

#include "app/views/batch_button.hpp"
#include "app/views/speed_slider.hpp"
#include "app/views/transport_bar.hpp"
#include "app/views/view.hpp"

namespace lockstep {
namespace {

constexpr int kLevels = 10;

/// Each level says less than the one before it.
BarDetail detail_at(int level) {
  constexpr std::array<float, kLevels> kTitle{320, 320, 260, 200, 180, 150, 130, 90, 0, 0};
  return {.title = kTitle.at(static_cast<std::size_t>(level)),
          .labels = level < 1,
          .step_labels = level < 4,
          .params_named = level < 2,
          .params_valued = level < 6,
          .speed_label = level < 1,
          .share_exact = level < 4,
          .explore_labels = level < 7,
          .slow = level < 3,
          .theme = level < 3,
          .batch = level < 6,
          .speed = level < 6,
          .language = level < 5,
          .minor = level < 8,
          .explore = level < 9,
          .run_label = level < 9,
          .slider = level < 4   ? 100.0F
                    : level < 5 ? 70.0F
                                : 60.0F};
}

class Transport {
 public:
  Transport(AppModel& model, Ui& ui) : bar_(model, ui), model_(model), ui_(ui) {}

  void draw() {
    const float room = bar_.size.x - ui_.px(28);
    for (int level = 0; level < kLevels; ++level) {
      bar_.detail = detail_at(level);
      const float needed = measure();
      bar_.spare = std::max(room - needed, 0.0F);
      if (needed <= room) break;
    }
    bar_.pass = TransportBar::Pass::present;
    bar_.x = 0;
    right();
    const float right_width = bar_.x - bar_.gap;
    bar_.pass = TransportBar::Pass::draw;
    bar_.x = ui_.px(14);
    left();
    bar_.x = bar_.size.x - ui_.px(14) - right_width;
    right();
  }

 private:
  float measure() {
    bar_.pass = TransportBar::Pass::measure;
    bar_.spare = 0;
    bar_.x = 0;
    left();
    right();
    return bar_.x - bar_.gap;
  }

  void left() {
    place_choice(bar_);
    place_run(bar_);
  }

  void right() {
    // First, because its width changes: what stands to the right of it stays where it is.
    if (bar_.detail.batch) batch();
    if (bar_.detail.explore) explore_buttons();
    if (bar_.detail.minor) share();
    if (bar_.detail.language) {
      bar_.place(ui_.button_width(kLanguages), ImGui::GetFrameHeight(), [&] { language_button(); });
    }
    if (bar_.detail.theme) {
      bar_.place(ui_.button_width("", true), ImGui::GetFrameHeight(), [&] { theme_button(""); });
    }
    const char* help = ui_.tr("transport.help");
    bar_.place_button("transport.help", Icon::none, "?", help, ButtonLook::outlined, Action::help, help);
    if (!bar_.detail.all()) more();
  }

  /// A button in the bar or, labelled, in the menu.
  void button(bool in_menu, bool labelled, const char* id, Icon icon, const char* label, const char* tip,
              ButtonLook look, Action action, const char* why_not) {
    if (in_menu) return bar_.draw_button(id, icon, label, tip, look, action, why_not);
    bar_.place_button(id, icon, labelled ? label : "", tip, look, action, why_not);
  }

  void share(bool in_menu = false) {
    button(in_menu, bar_.detail.labels, "transport.share", Icon::share, ui_.tr("transport.share"),
           ui_.tr("transport.share.tip"), ButtonLook::outlined, Action::paste_schedule,
           ui_.tr("code.no_scenario"));
  }

  void explore_buttons(bool in_menu = false) {
    const bool labelled = bar_.detail.explore_labels;
    const auto icon = [&](Icon which) { return labelled && !in_menu ? Icon::none : which; };
    const char* why_not =
        model_.params_error().empty() ? ui_.tr("transport.find.why_not") : model_.params_error().c_str();
    button(in_menu, labelled, "transport.find", icon(Icon::search), ui_.tr("transport.find"),
           ui_.tr("transport.find.tip"), ButtonLook::danger, Action::find_bug, why_not);
    button(in_menu, labelled, "transport.prove", icon(Icon::tick), ui_.tr("transport.prove"),
           ui_.tr("transport.prove.tip"), ButtonLook::good, Action::prove, why_not);
  }

  void batch() {
    const bool exact = bar_.detail.share_exact;
    const float width = bar_.pass == TransportBar::Pass::measure ? batch_button_width(ui_, exact)
                                                                 : batch_button_width(model_, ui_, exact);
    bar_.place(width, ImGui::GetFrameHeight(), [&] { batch_button(model_, ui_, width, exact); });
  }

  static constexpr const char* kLanguages = "EN | 中文";

  void language_button() {
    const std::string tip = bar_.with_key(ui_.tr("transport.language"), Action::language);
    if (ui_.button("transport.language", kLanguages, ButtonLook::outlined, true, tip.c_str())) {
      model_.send(Action::language);
    }
  }

  void theme_button(const char* label) {
    const std::string tip = bar_.with_key(ui_.tr("transport.theme"), Action::theme);
    if (ui_.icon_button("transport.theme", Icon::contrast, label, ui_.tr("transport.theme"),
                        ButtonLook::outlined, true, tip.c_str())) {
      model_.send(Action::theme);
    }
  }

  /// What had no room in the bar.
  void more() {
    bar_.place(ui_.button_width("", true), ImGui::GetFrameHeight(), [&] {
      const char* name = ui_.tr("transport.more");
      if (ui_.icon_button("transport.more", Icon::more, "", name, ButtonLook::outlined, true, name)) {
        ImGui::OpenPopup("more");
      }
      bar_.popup("more", [&] { menu(); });
    });
  }

  void menu() {
    const BarDetail& detail = bar_.detail;
    const bool live = model_.mode() == RunMode::live;
    if (!detail.explore) explore_buttons(true);
    if (!detail.minor) {
      draw_minor_buttons(bar_);
      share(true);
    }
    if (!detail.speed && live) speed_slider(model_, ui_, ui_.px(160));
    if (!detail.slow && live) draw_slow_button(bar_, true);
    if (!detail.batch) batch_button(model_, ui_, batch_button_width(model_, ui_, true), true);
    if (!detail.theme) theme_button(ui_.tr("transport.theme"));
    if (!detail.language) language_button();
  }

  TransportBar bar_;
  AppModel& model_;
  Ui& ui_;
};

void draw(AppModel& model, Ui& ui) { Transport(model, ui).draw(); }

}  // namespace

const View transport_view{"transport", "transport.title", ViewPlace::top, draw, "transport.help_text"};

}  // namespace lockstep
