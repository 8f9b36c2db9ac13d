// The tab "Wait-for graph": who waits for what, and who holds it. A cycle is a deadlock and is drawn as a
// ring.
#include <algorithm>
#include <cmath>

#include "app/model/graph_layout.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/narration.hpp"
#include "app/views/rich_text.hpp"
#include "app/views/view.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

constexpr float kCircle = 38, kLabel = 20, kPad = 14;
constexpr std::size_t kMostHelpers = 4;

struct WaitForState {
  std::vector<WaitEdge> edges;
  int generation = -1;
  EventIndex size = 0, moment = 0;
};

const std::vector<WaitEdge>& edges_of(AppModel& model, Ui& ui) {
  auto& state = ui.state<WaitForState>();
  const TraceStore& store = model.run.store();
  if (state.generation != model.run.generation() || state.size != store.size() ||
      state.moment != model.moment()) {
    state = {wait_for_graph(store, model.moment()), model.run.generation(), store.size(), model.moment()};
  }
  return state.edges;
}

class Picture {
 public:
  Picture(AppModel& model, Ui& ui, const std::vector<WaitEdge>& edges)
      : model_(model), ui_(ui), edges_(edges) {}

  /// Draws in the middle of the rectangle or, if the picture is larger, from its corner. Returns the
  /// picture's size. Where it is too large, names and kinds give way first.
  ImVec2 draw(ImVec2 at, ImVec2 room) {
    GraphLayout layout = layout_graph(edges_, model_.run.store().objects(), sizes(room));
    if (layout.size.x > room.x + 1 || layout.size.y > room.y + 1) {
      compact_ = true;
      layout = layout_graph(edges_, model_.run.store().objects(), sizes(room));
    }
    origin_ = {std::floor(at.x + std::max((room.x - layout.size.x) / 2, 0.0F)),
               std::floor(at.y + std::max((room.y - layout.size.y) / 2, 0.0F))};
    for (const GraphArrow& arrow : layout.arrows)
      draw_arrow(arrow);
    for (const GraphNode& node : layout.nodes)
      draw_node(node);
    return {layout.size.x, layout.size.y};
  }

 private:
  GraphSizes sizes(ImVec2 room) const {
    GraphSizes sizes;
    sizes.width = room.x;
    sizes.height = room.y;
    sizes.circle = ui_.px(kCircle);
    sizes.label = compact_ ? 0 : ui_.px(kLabel);
    sizes.badge = ui_.px(25);
    sizes.gap_x = ui_.px(compact_ ? 44 : 92);
    sizes.gap_y = ui_.px(10);
    sizes.label_width = [this](WorkerId id) {
      return compact_ ? 0 : std::min(ui_.text_width(ui_.fonts().small, ui_.name_of(id)), ui_.px(110));
    };
    sizes.object_size = [this](const GraphNode& node) {
      const float name = ui_.text_width(ui_.fonts().semi, ui_.name_of_object(node.object));
      if (compact_ && !has_helpers(node))
        return GraphPoint{std::min(name, ui_.px(130)) + ui_.px(18), ui_.px(28)};
      const float kind = ui_.text_width(ui_.fonts().small, kind_of(node.object));
      return GraphPoint{
          std::clamp(std::max({name, kind, helpers_width(node)}) + ui_.px(24), ui_.px(80), ui_.px(220)),
          ui_.px(has_helpers(node) ? 66 : 44)};
    };
    return sizes;
  }

  std::string kind_of(ObjectId id) const {
    const auto objects = model_.run.store().objects();
    return id < objects.size() ? std::string(name_of(objects[id].kind)) : std::string();
  }

  bool is_lock(const GraphNode& node) const {
    const auto objects = model_.run.store().objects();
    const ObjectKind kind = node.object < objects.size() ? objects[node.object].kind : ObjectKind::none;
    return kind == ObjectKind::lock || kind == ObjectKind::rlock;
  }

  bool has_helpers(const GraphNode& node) const { return !is_lock(node); }

  float helpers_width(const GraphNode& node) const {
    if (!has_helpers(node)) return 0;
    const std::size_t shown = std::min(node.workers.size(), kMostHelpers);
    return ui_.text_width(ui_.fonts().small, helper_label(node)) + ui_.px(24) * static_cast<float>(shown) +
           ui_.px(30);
  }

  const char* helper_label(const GraphNode& node) const {
    return ui_.tr(node.workers.empty() ? "waitfor.nobody_left" : "waitfor.helpers");
  }

  ImVec2 place(GraphPoint point) const { return {origin_.x + point.x, origin_.y + point.y}; }

  // --- arrows ---

  void draw_arrow(const GraphArrow& arrow) {
    const Theme& t = ui_.theme();
    const bool alarm = arrow.in_cycle || arrow.hopeless;
    const Color color = alarm ? t.error : arrow.held_by ? t.text_dim : t.warning;
    const float thickness = ui_.px(arrow.in_cycle ? 2.5F : 1.8F);
    const ImVec2 a = place(arrow.begin), c = place(arrow.bend), b = place(arrow.end);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    if (arrow.held_by)
      draw->AddBezierQuadratic(a, c, b, color, thickness);
    else
      dash_curve(a, c, b, color, thickness);
    arrow_head(c, b, color);
    label(arrow, a, c, b, color);
  }

  /// "Waits for" is dashed, "held by" is solid: told apart without colour.
  void dash_curve(ImVec2 a, ImVec2 c, ImVec2 b, Color color, float thickness) {
    const float length = std::hypot(b.x - a.x, b.y - a.y) + 1;
    const int dashes = std::max(2, static_cast<int>(length / ui_.px(10)));
    const auto point = [&](float u) {
      const float v = 1 - u;
      return ImVec2{v * v * a.x + 2 * v * u * c.x + u * u * b.x, v * v * a.y + 2 * v * u * c.y + u * u * b.y};
    };
    for (int i = 0; i < dashes; ++i) {
      const float from = static_cast<float>(i) / static_cast<float>(dashes);
      ImGui::GetWindowDrawList()->AddLine(point(from), point(from + 0.62F / static_cast<float>(dashes)),
                                          color, thickness);
    }
  }

  void arrow_head(ImVec2 from, ImVec2 tip, Color color) {
    const float length = std::max(std::hypot(tip.x - from.x, tip.y - from.y), 1.0F);
    const ImVec2 way{(tip.x - from.x) / length, (tip.y - from.y) / length};
    const float size = ui_.px(9);
    const ImVec2 base{tip.x - way.x * size, tip.y - way.y * size};
    const ImVec2 side{-way.y * size * 0.5F, way.x * size * 0.5F};
    ImGui::GetWindowDrawList()->AddTriangleFilled(tip, {base.x + side.x, base.y + side.y},
                                                  {base.x - side.x, base.y - side.y}, color);
  }

  /// "waits for", "held by" over the middle of the arrow, if there is room.
  void label(const GraphArrow& arrow, ImVec2 a, ImVec2 c, ImVec2 b, Color color) {
    const char* text = ui_.tr(arrow.held_by ? "waitfor.held_by" : "waitfor.waits_for");
    ImFont* font = ui_.fonts().small;
    const float width = ui_.text_width(font, text);
    if (std::hypot(b.x - a.x, b.y - a.y) < width + ui_.px(20)) return;
    const ImVec2 middle{a.x * 0.25F + c.x * 0.5F + b.x * 0.25F, a.y * 0.25F + c.y * 0.5F + b.y * 0.25F};
    const ImVec2 at{std::floor(middle.x - width / 2), std::floor(middle.y - compat::font_size(font) / 2)};
    const ImVec2 end{at.x + width, at.y + compat::font_size(font)};
    ImGui::GetWindowDrawList()->AddRectFilled({at.x - ui_.px(4), at.y - 1}, {end.x + ui_.px(4), end.y + 1},
                                              ui_.theme().panel, ui_.px(3));
    ui_.text_at(ImGui::GetWindowDrawList(), font, at, color, text, width + 1);
  }

  // --- nodes ---

  void draw_node(const GraphNode& node) {
    switch (node.kind) {
      case GraphNode::Kind::worker: return draw_worker(node);
      case GraphNode::Kind::crowd: return draw_crowd(node);
      case GraphNode::Kind::object: return draw_object(node);
    }
  }

  void draw_worker(const GraphNode& node) {
    const WorkerId id = node.workers[0];
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const float radius = ui_.px(kCircle) / 2;
    const ImVec2 top = place({node.centre.x, node.centre.y - node.size.y / 2});
    const ImVec2 centre{top.x, top.y + radius};
    const Color hue = ui_.worker_color(id);
    draw->AddCircleFilled(centre, radius, hue);
    if (node.in_cycle || node.hopeless)
      draw->AddCircle(centre, radius + ui_.px(3), ui_.theme().error, 0, ui_.px(2.5F));
    const std::string& badge = ui_.badge_of(id);
    ImFont* font = ui_.fonts().title;
    const float width = ui_.text_width(font, badge);
    ui_.text_at(draw, font,
                {std::floor(centre.x - width / 2), std::floor(centre.y - compat::font_size(font) / 2)},
                readable_on(hue), badge, width + 1);
    const std::string name = ui_.name_of(id);
    const float name_width = std::min(ui_.text_width(ui_.fonts().small, name), ui_.px(110));
    const ImVec2 min{centre.x - radius, centre.y - radius}, max{centre.x + radius, centre.y + radius};
    ui_.mark("waitfor.worker." + std::to_string(id), min, max, name);
    if (over(min, max)) {
      ui_.tip(
          (name + ": " + describe(model_.worker(id), id, model_.run.store(), model_.moment(), ui_.language()))
              .c_str());
      if (ImGui::IsMouseClicked(0)) model_.send(SelectWorker{id});
    }
    if (compact_) return;
    const ImVec2 name_at{std::floor(centre.x - name_width / 2), std::floor(centre.y + radius + ui_.px(4))};
    draw->AddRectFilled({name_at.x - 2, name_at.y}, {name_at.x + name_width + 2, name_at.y + ui_.px(14)},
                        ui_.theme().panel);
    ui_.text_at(draw, ui_.fonts().small, name_at, ui_.theme().text, name, name_width + 1);
  }

  static bool over(ImVec2 min, ImVec2 max) {
    return ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(min, max);
  }

  void draw_crowd(const GraphNode& node) {
    const ImVec2 min = place({node.centre.x - node.size.x / 2, node.centre.y - node.size.y / 2});
    const ImVec2 max{min.x + node.size.x, min.y + node.size.y};
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled(min, max, ui_.theme().card, ui_.px(8));
    compat::rect(draw, min, max, node.hopeless ? ui_.theme().error : ui_.theme().border_strong, ui_.px(8),
                 ui_.px(1.5F));
    const float step = ui_.px(25);
    float x = min.x + ui_.px(7), y = min.y + ui_.px(8);
    for (const WorkerId id : node.workers) {
      if (badge_button(ui_, {x, y}, id)) model_.send(SelectWorker{id});
      x += step;
      if (x + ui_.px(19) > max.x) {
        x = min.x + ui_.px(7);
        y += step;
      }
    }
  }

  void draw_object(const GraphNode& node) {
    const ImVec2 min = place({node.centre.x - node.size.x / 2, node.centre.y - node.size.y / 2});
    const ImVec2 max{min.x + node.size.x, min.y + node.size.y};
    const bool alarm = node.in_cycle || node.hopeless;
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled(min, max, ui_.theme().card, ui_.px(7));
    compat::rect(draw, min, max, alarm ? ui_.theme().error : ui_.theme().border_strong, ui_.px(7),
                 ui_.px(alarm ? 2.0F : 1.5F));
    const std::string name = ui_.name_of_object(node.object);
    centred(name, min.y + ui_.px(5), min.x, max.x, ui_.theme().text, ui_.fonts().semi);
    if (!compact_ || has_helpers(node))
      centred(kind_of(node.object), min.y + ui_.px(24), min.x, max.x, ui_.theme().text_dim,
              ui_.fonts().small);
    if (has_helpers(node)) draw_helpers(node, {min.x + ui_.px(10), min.y + ui_.px(42)}, max.x);
    ui_.mark("waitfor.object." + std::to_string(node.object), min, max, name);
    if (over(min, max) && ImGui::IsMouseClicked(0)) model_.send(SelectObject{node.object});
  }

  void centred(const std::string& text, float y, float x0, float x1, Color color, ImFont* font) {
    const float room = x1 - x0 - ui_.px(12);
    const float width = std::min(ui_.text_width(font, text), room);
    ui_.text_at(ImGui::GetWindowDrawList(), font, {std::floor((x0 + x1 - width) / 2), std::floor(y)}, color,
                text, room + 1);
  }

  /// Who could let the waiting go on: "[A] [B] can help", or that nobody is left.
  void draw_helpers(const GraphNode& node, ImVec2 at, float right) {
    const Color color = node.workers.empty() ? ui_.theme().error : ui_.theme().text_dim;
    at.x += ui_.text_at(ImGui::GetWindowDrawList(), ui_.fonts().small, {at.x, at.y + ui_.px(2)}, color,
                        helper_label(node), right - at.x - ui_.px(8)) +
            ui_.px(6);
    const std::size_t shown = std::min(node.workers.size(), kMostHelpers);
    for (std::size_t i = 0; i < shown && at.x + ui_.px(24) < right; ++i) {
      if (badge_button(ui_, at, node.workers[i])) model_.send(SelectWorker{node.workers[i]});
      at.x += ui_.px(24);
    }
    if (node.workers.size() <= shown) return;
    const std::string more = "+" + std::to_string(node.workers.size() - shown);
    ui_.text_at(ImGui::GetWindowDrawList(), ui_.fonts().small, {at.x, at.y + ui_.px(2)}, ui_.theme().text_dim,
                more, right - at.x);
  }

  AppModel& model_;
  Ui& ui_;
  const std::vector<WaitEdge>& edges_;
  ImVec2 origin_;
  bool compact_ = false;
};

/// The sentence of what went wrong, if something has by the moment; else what the picture shows.
RichText caption(AppModel& model, Ui& ui, const std::vector<WaitEdge>& edges) {
  RichText text;
  const auto& findings = model.run.findings();
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const FindingKind kind = findings[i].kind;
    const bool here =
        kind == FindingKind::deadlock_cycle || kind == FindingKind::stuck || kind == FindingKind::lost_wakeup;
    if (!here || findings[i].at > model.moment()) continue;
    text.sign(Sign::warning, ui.theme().error);
    text.text(heading(kind, ui.language()), ui.theme().error, ui.fonts().semi).text("  ");
    add_narration(ui, text, findings[i], narration(model, ui, i));
    return text;
  }
  return text.text(ui.tr_count("waitfor.waiting", static_cast<std::int64_t>(edges.size())),
                   ui.theme().text_dim);
}

/// In a card, with a border that alarms if something went wrong.
void draw_caption(AppModel& model, Ui& ui, const RichText& text, ImVec2 min, float width, bool alarm) {
  const float pad = ui.px(12);
  const ImVec2 size = text.measure(ui, width - 2 * pad);
  const ImVec2 max{min.x + width, min.y + size.y + 2 * pad};
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(min, max, ui.theme().card, ui.px(6));
  compat::rect(draw, min, max, alarm ? ui.theme().error : ui.theme().border, ui.px(6),
               alarm ? ui.px(1.5F) : 1);
  const auto drawn = text.draw(ui, {min.x + pad, min.y + pad}, width - 2 * pad);
  ui.mark("waitfor.caption", min, max, text.plain(ui));
  if (drawn.clicked != kNoWorker) model.send(SelectWorker{drawn.clicked});
}

/// The caption under the picture, or beside it in a pane that is low.
void draw_graph(AppModel& model, Ui& ui, const std::vector<WaitEdge>& edges) {
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const RichText text = caption(model, ui, edges);
  const bool alarm = std::ranges::any_of(edges, &WaitEdge::hopeless);
  const bool beside = room.y < ui.px(280) && room.x > ui.px(700);
  const float width = beside ? std::floor(std::min(room.x * 0.34F, ui.px(420))) : room.x;
  const float text_height = text.measure(ui, width - ui.px(24)).y + ui.px(24);
  ImVec2 picture{room.x, std::max(room.y - text_height - ui.px(10), ui.px(110))};
  if (beside) picture = {room.x - width - ui.px(16), room.y};
  const ImVec2 size = Picture(model, ui, edges).draw(at, picture);
  const float used_x = std::max(size.x, picture.x), used_y = std::max(size.y, picture.y);
  const ImVec2 corner =
      beside ? ImVec2{at.x + used_x + ui.px(16), at.y} : ImVec2{at.x, at.y + used_y + ui.px(10)};
  draw_caption(model, ui, text, corner, width, alarm);
  if (beside)
    ImGui::Dummy({used_x + ui.px(16) + width, std::max(used_y, text_height)});
  else
    ImGui::Dummy({used_x, used_y + ui.px(10) + text_height});
}

void draw(AppModel& model, Ui& ui) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ui.px(kPad, 10));
  compat::begin_child("waitfor", {0, 0}, true, ImGuiWindowFlags_HorizontalScrollbar);
  ImGui::PopStyleVar();
  if (!model.run.has_run()) {
    empty_state(ui, ui.tr("waitfor.empty"), ui.tr("waitfor.empty.text"));
  } else if (const auto& edges = edges_of(model, ui); edges.empty()) {
    empty_state(ui, ui.tr("waitfor.nobody"), ui.tr("waitfor.nobody.text"));
  } else {
    draw_graph(model, ui, edges);
  }
  ImGui::EndChild();
}

}  // namespace

const View waitfor_view{"waitfor", "waitfor.title", ViewPlace::bottom_tab, draw, "waitfor.help"};

}  // namespace lockstep
