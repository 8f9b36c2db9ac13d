#include "app/shell/frame.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "app/model/pane_layout.hpp"
#include "app/shell/debug_overlay.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/shell/notices.hpp"
#include "app/shell/tabs.hpp"
#include "app/views/view.hpp"

namespace lockstep {
namespace {

constexpr ImGuiWindowFlags kRootFlags =
    ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
    ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNavFocus | ImGuiWindowFlags_NoScrollWithMouse;
constexpr ImGuiWindowFlags kPaneFlags = ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;

/// The views of a place, in the order of the list.
std::vector<const View*> views_at(ViewPlace place) {
  std::vector<const View*> result;
  for (const View* view : all_views()) {
    if (view->place == place) result.push_back(view);
  }
  return result;
}

class Frame {
 public:
  Frame(AppModel& model, Ui& ui) : model_(model), ui_(ui), display_(ImGui::GetIO().DisplaySize) {
    panes_ = lay_out_panes(display_.x, display_.y, model.settings.panes, ui.scale(),
                           model.mode() == RunMode::step);
  }

  void draw() {
    begin_root();
    backgrounds();
    draw_top();
    draw_left();
    headed(panes_.centre, ViewPlace::centre);
    if (panes_.below.height > 0) headed(panes_.below, ViewPlace::below);
    tabs(panes_.right, ViewPlace::right_tab, model_.settings.right_tab);
    tabs(panes_.bottom, ViewPlace::bottom_tab, model_.settings.bottom_tab);
    model_.overlays.open_tab.clear();
    splitters();
    lines();
    ImGui::End();
    for (const View* view : views_at(ViewPlace::overlay))
      view->draw(model_, ui_);
    draw_notices(model_, ui_, panes_.right.x, {panes_.right.right(), notices_end()});
    if (model_.overlays.debug) draw_debug_overlay(model_, ui_);
  }

 private:
  /// Over the foot of the code; under a panel that reaches down to there.
  float notices_end() {
    const float end = panes_.right.bottom();
    for (const char* panel : {"search.panel", "share.panel"}) {
      const WidgetBox* box = ui_.widgets().find(panel);
      if (box != nullptr && box->y1 > end - ui_.px(130)) return display_.y;
    }
    return end;
  }

  void begin_root() {
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(display_);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
    ImGui::Begin("root", nullptr, kRootFlags);
    ImGui::PopStyleVar();
  }

  void fill(const PaneRect& rect, Color color) {
    ImGui::GetWindowDrawList()->AddRectFilled({rect.x, rect.y}, {rect.right(), rect.bottom()}, color);
  }

  void backgrounds() {
    const Theme& theme = ui_.theme();
    fill(panes_.top, theme.header);
    for (const PaneRect* rect : {&panes_.left, &panes_.centre, &panes_.below, &panes_.right, &panes_.bottom})
      fill(*rect, theme.panel);
  }

  /// The lines between panes, drawn last so that nothing lies over them.
  void lines() {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const Color color = ui_.theme().border;
    const auto line = [&](float x0, float y0, float x1, float y1) {
      draw->AddRectFilled({x0, y0}, {std::max(x1, x0 + 1), std::max(y1, y0 + 1)}, color);
    };
    line(0, panes_.top.bottom() - 1, display_.x, panes_.top.bottom());
    line(panes_.left.right() - 1, panes_.left.y, panes_.left.right(), display_.y);
    line(panes_.right.x, panes_.right.y, panes_.right.x + 1, panes_.right.bottom());
    line(panes_.bottom.x, panes_.bottom.y, display_.x, panes_.bottom.y + 1);
    if (panes_.below.height > 0)
      line(panes_.below.x, panes_.below.y, panes_.below.right(), panes_.below.y + 1);
  }

  /// In a window of its own, drawn after the panes: it takes the mouse before them.
  void splitter(const char* id, const char* name, const PaneRect& rect, Splitter which, bool horizontal) {
    ImGui::SetCursorScreenPos({rect.x, rect.y});
    compat::begin_child(id, {rect.width, rect.height}, false, kPaneFlags);
    ImGui::InvisibleButton("grip", {rect.width, rect.height});
    ui_.mark(id, name);
    drag(which, horizontal);
    ImGui::EndChild();
  }

  void drag(Splitter which, bool horizontal) {
    if (ImGui::IsItemHovered() || ImGui::IsItemActive()) {
      ImGui::SetMouseCursor(horizontal ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
    }
    if (!ImGui::IsItemActive()) return;
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    model_.settings.panes = drag_splitter(which, horizontal ? mouse.x : mouse.y, display_.x, display_.y,
                                          model_.settings.panes, ui_.scale(), model_.mode() == RunMode::step);
  }

  void splitters() {
    splitter("splitter.left", ui_.tr("splitter.left"), panes_.left_splitter, Splitter::left, true);
    splitter("splitter.right", ui_.tr("splitter.right"), panes_.right_splitter, Splitter::right, true);
    splitter("splitter.bottom", ui_.tr("splitter.bottom"), panes_.bottom_splitter, Splitter::bottom, false);
  }

  void pane(const View& view, const PaneRect& rect) {
    ImGui::SetCursorScreenPos({rect.x, rect.y});
    if (compat::begin_child(view.id, {rect.width, rect.height}, false, kPaneFlags)) view.draw(model_, ui_);
    ImGui::EndChild();
  }

  void draw_top() {
    for (const View* view : views_at(ViewPlace::top))
      pane(*view, panes_.top);
  }

  void header(const View& view, const PaneRect& rect) {
    fill(rect, ui_.theme().header);
    draw_header(view, model_, ui_, {rect.x, rect.y}, {rect.right(), rect.bottom()});
  }

  void draw_left() {
    PaneRect rest = panes_.left;
    rest.width -= 1;
    const float grip = ui_.px(2);  // leaves the splitter free
    for (const View* view : views_at(ViewPlace::left_card)) {
      // Never empty: ImGui would skip a pane that cannot be seen, and its height would stay unknown.
      const float height = std::clamp(card_height(*view), 4.0F, std::max(rest.height * 0.68F, 4.0F));
      const PaneRect rect{rest.x, rest.bottom() - height, rest.width - grip, height};
      rest.height -= height;
      card(*view, rect);
    }
    for (const View* view : views_at(ViewPlace::left)) {
      const float head = ui_.px(30);
      header(*view, {rest.x, rest.y, rest.width, head});
      pane(*view, {rest.x, rest.y + head, rest.width - grip, rest.height - head});
    }
  }

  float& card_height(const View& view) { return ui_.state<std::map<const View*, float>>()[&view]; }

  /// A pane as high as its content turned out in the last frame.
  void card(const View& view, const PaneRect& rect) {
    ImGui::SetCursorScreenPos({rect.x, rect.y});
    // A scrollbar only where there is no room for all of it.
    const ImGuiWindowFlags flags = rect.height + 1 < card_height(view) ? ImGuiWindowFlags_None : kPaneFlags;
    const ImVec2 size{rect.width, std::max(rect.height, 1.0F)};
    // Drawn even if ImGui finds it too small to be seen: its height would stay unknown.
    compat::begin_child(view.id, size, false, flags);
    view.draw(model_, ui_);
    const float height = ImGui::GetCursorPosY();
    if (std::abs(card_height(view) - height) > 0.5F) ui_.animate();
    card_height(view) = height;
    ImGui::EndChild();
  }

  void headed(const PaneRect& rect, ViewPlace place) {
    for (const View* view : views_at(place)) {
      const float head = ui_.px(30);
      header(*view, {rect.x, rect.y, rect.width, head});
      pane(*view, {rect.x, rect.y + head, rect.width, rect.height - head});
    }
  }

  void tabs(const PaneRect& rect, ViewPlace place, std::string& open) {
    auto views = views_at(place);
    std::erase_if(views, [&](const View* view) { return view->shown && !view->shown(model_); });
    if (views.empty()) return;
    const auto named = [&](std::string_view id) {
      return std::ranges::find_if(views, [&](const View* view) { return view->id == id; });
    };
    if (named(model_.overlays.open_tab) != views.end()) open = model_.overlays.open_tab;
    const View* current = named(open) != views.end() ? *named(open) : views.front();

    const float head = ui_.px(30);
    fill({rect.x, rect.y, rect.width, head}, ui_.theme().header);
    if (const View* clicked =
            draw_tabs(views, *current, model_, ui_, {rect.x, rect.y}, {rect.right(), rect.y + head})) {
      open = clicked->id;
      current = clicked;
      ui_.animate();
    }
    pane(*current, {rect.x, rect.y + head, rect.width, rect.height - head});
  }

  AppModel& model_;
  Ui& ui_;
  ImVec2 display_;
  PaneLayout panes_;
};

}  // namespace

void draw_frame(AppModel& model, Ui& ui) { Frame(model, ui).draw(); }

void build_frame(AppModel& model, Ui& ui) {
  ui.begin_frame();
  ImGui::NewFrame();
  draw_frame(model, ui);
  ImGui::Render();
  model.apply_sent();
  if (!model.overlays.clipboard.empty()) {
    ImGui::SetClipboardText(model.overlays.clipboard.c_str());
    model.notify(ui.tr("share.copied"));
    model.overlays.clipboard.clear();
  }
}

}  // namespace lockstep
