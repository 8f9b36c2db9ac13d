// The tree of what was tried in steps: a column a step, a row a way. A click goes there, on the real workers.
#include <algorithm>
#include <cmath>

#include "app/model/tried_layout.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/view.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

// Unscaled.
constexpr float kCell = 22, kRow = 24, kBox = 16, kMargin = 14;

/// Where every node lies; made anew when the tree has grown or is another one.
struct TriedState {
  TriedLayout layout;
  std::vector<bool> on_way;  ///< by node: between the start and where the run stands
  int generation = -1;
  std::size_t nodes = 0;
  std::uint32_t position = 0;
};

bool failed(const TriedNode& node) { return node.outcome && *node.outcome != Outcome::ok; }

/// Makes the layout fit the run. True if the run stands elsewhere than before.
bool renew(TriedState& state, const AppModel& model, const SteppedRun& run) {
  const bool same = state.generation == model.run.generation() && state.nodes == run.tree().size();
  if (!same) state.layout = lay_out_tried(run.tree());
  if (same && state.position == run.tree_position()) return false;
  state.generation = model.run.generation();
  state.nodes = run.tree().size();
  state.position = run.tree_position();
  state.on_way.assign(state.nodes, false);
  for (const std::uint32_t node : way_to(run.tree(), state.position))
    state.on_way[node] = true;
  return true;
}

class TriedTree {
 public:
  TriedTree(AppModel& model, Ui& ui, const SteppedRun& run, const TriedState& state)
      : model_(model),
        ui_(ui),
        tree_(run.tree()),
        state_(state),
        origin_(ImGui::GetCursorScreenPos()),
        draw_(ImGui::GetWindowDrawList()) {}

  ImVec2 size() const {
    return {ui_.px(2 * kMargin + kCell * static_cast<float>(state_.layout.columns)),
            ui_.px(kMargin + kRow * static_cast<float>(state_.layout.rows))};
  }

  void bring_into_sight() const {
    const ImVec2 at = middle_of(state_.layout.places[state_.position]);
    ImGui::SetScrollFromPosX(at.x - ImGui::GetWindowPos().x, 0.7F);
    ImGui::SetScrollFromPosY(at.y - ImGui::GetWindowPos().y, 0.5F);
  }

  void draw() {
    const ImVec2 all = size();
    ImGui::InvisibleButton("tried.tree", {std::max(all.x, 1.0F), std::max(all.y, 1.0F)});
    const TriedPlace* pointed = ImGui::IsItemHovered() ? place_at(ImGui::GetIO().MousePos) : nullptr;
    for (const TriedPlace& place : state_.layout.places) {
      if (place.node != 0) edge(place);
    }
    for (const TriedPlace& place : state_.layout.places)
      node(place, pointed == &place);
    if (!pointed) return;
    ui_.tip(tip(*pointed).c_str());
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (ImGui::IsItemClicked()) model_.send(GoToNode{pointed->node});
  }

 private:
  ImVec2 middle(std::uint32_t column, std::uint32_t row) const {
    return {std::floor(origin_.x + ui_.px(kMargin + kCell * (static_cast<float>(column) + 0.5F))),
            std::floor(origin_.y + ui_.px(kMargin / 2 + kRow * (static_cast<float>(row) + 0.5F)))};
  }
  ImVec2 middle_of(const TriedPlace& place) const { return middle(place.column, place.row); }

  const TriedPlace* place_at(ImVec2 mouse) const {
    const float reach = ui_.px(kCell / 2);
    const auto it = std::ranges::find_if(state_.layout.places, [&](const TriedPlace& place) {
      const ImVec2 at = middle_of(place);
      return std::abs(mouse.x - at.x) <= reach && std::abs(mouse.y - at.y) <= reach;
    });
    return it == state_.layout.places.end() ? nullptr : &*it;
  }

  /// From the parent to the node: along the parent's row, or down to a row of its own.
  void edge(const TriedPlace& place) {
    const ImVec2 to = middle_of(place);
    const ImVec2 from = middle(place.column - 1, place.parent_row);
    if (!ImGui::IsRectVisible({from.x, from.y}, {to.x, to.y + 1})) return;
    const bool way = state_.on_way[place.node];
    const Color color = way ? ui_.theme().text_dim : ui_.theme().border_strong;
    const float thick = ui_.px(way ? 2.0F : 1.0F);
    if (place.row != place.parent_row) draw_->AddLine(from, {from.x, to.y}, color, thick);
    draw_->AddLine({from.x, to.y}, to, color, thick);
  }

  void node(const TriedPlace& place, bool pointed) {
    const Theme& t = ui_.theme();
    const TriedNode& node = tree_[place.node];
    const ImVec2 at = middle_of(place);
    const float half = std::floor(ui_.px(kBox) / 2);
    const ImVec2 min{at.x - half, at.y - half}, max{at.x + half, at.y + half};
    if (!ImGui::IsRectVisible(min, {max.x + ui_.px(kCell), max.y})) return;
    ui_.mark("tried.node." + std::to_string(place.node), min, max, tip(place));
    const bool here = place.node == state_.position;
    if (place.node == 0) {
      draw_->AddCircleFilled(at, ui_.px(4), t.text_dim);
    } else {
      const bool way = state_.on_way[place.node];
      const Color fill = way ? ui_.worker_color(node.choice.worker) : t.worker_dim(node.choice.worker);
      draw_->AddRectFilled(min, max, fill, ui_.px(4));
      const std::string label = std::to_string(node.choice.worker);
      ImFont* font = ui_.fonts().mono_small;
      const float width = ui_.text_width(font, label);
      ui_.text_at(draw_, font, {std::floor(at.x - width / 2), std::floor(at.y - compat::font_size(font) / 2)},
                  readable_on(fill), label, width + 1);
    }
    if (here || pointed) {
      const float out = ui_.px(2);
      compat::rect(draw_, {min.x - out, min.y - out}, {max.x + out, max.y + out},
                   here ? t.playhead : t.text_dim, ui_.px(5), ui_.px(here ? 2.0F : 1.0F));
    }
    if (node.outcome) {
      draw_sign(draw_, failed(node) ? Sign::warning : Sign::tick, {at.x + ui_.px(kCell * 0.8F), at.y},
                ui_.px(5), failed(node) ? t.error : t.ok);
    }
  }

  std::string tip(const TriedPlace& place) const {
    const TriedNode& node = tree_[place.node];
    if (place.node == 0) return ui_.tr("tried.start");
    std::string text = ui_.tr(node.choice.by_hand ? "tried.step.waits" : "tried.step", node.step,
                              ui_.name_of(node.choice.worker));
    if (node.outcome) text += "\n" + ui_.tr("tried.ended", ui_.word(*node.outcome));
    return text;
  }

  AppModel& model_;
  Ui& ui_;
  const std::vector<TriedNode>& tree_;
  const TriedState& state_;
  ImVec2 origin_;
  ImDrawList* draw_;
};

void draw(AppModel& model, Ui& ui) {
  const SteppedRun* run = model.run.stepped();
  if (!run || run->tree().size() < 2) {
    return empty_state(ui, ui.tr("tried.empty"), ui.tr("tried.empty.text"));
  }
  TriedState& state = ui.state<TriedState>();
  const bool moved = renew(state, model, *run);
  compat::begin_child("tried", ImGui::GetContentRegionAvail(), false, ImGuiWindowFlags_HorizontalScrollbar);
  TriedTree tree(model, ui, *run, state);
  if (moved) tree.bring_into_sight();
  tree.draw();
  ImGui::EndChild();
}

/// "3 ways, 1 of them failed"
std::string status(const AppModel& model, const Ui& ui) {
  const SteppedRun* run = model.run.stepped();
  if (!run || run->tree().size() < 2) return {};
  const auto ways =
      std::ranges::count_if(run->tree(), [](const TriedNode& node) { return node.children.empty(); });
  return ui.tr_count("tried.status", ways, std::ranges::count_if(run->tree(), failed));
}

}  // namespace

const View tried_view{"tried", "tried.title", ViewPlace::bottom_tab, draw, "tried.help", nullptr, status};

}  // namespace lockstep
