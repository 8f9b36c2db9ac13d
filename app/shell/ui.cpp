#include "app/shell/ui.hpp"

#include <algorithm>
#include <cmath>

#include "app/model/worker_label.hpp"
#include "app/shell/imgui_compat.hpp"

namespace lockstep {

Ui::Ui(AppModel& model, Fonts fonts, float scale) : model_(model), fonts_(fonts), scale_(scale) {
  begin_frame();
}

void Ui::begin_frame() {
  theme_ = &theme_named(model_.settings.theme);
  words_ = &translations(language());
  widgets_.begin_frame();
  animates_ = false;
}

void Ui::set_fonts(const Fonts& fonts, float scale) {
  fonts_ = fonts;
  scale_ = scale;
}

// -------------------------------------------------------------------------------------------------------------
// words

std::string Ui::format(const char* text, fmt::format_args args) {
  try {
    return fmt::vformat(text, args);
  } catch (const fmt::format_error&) {
    return text;  // a test checks the placeholders of both languages
  }
}

const char* Ui::counted(std::string_view key, std::int64_t n) const {
  if (n == 1) {
    const std::string singular = std::string(key) + ".one";
    if (words_->has(singular)) return words_->find(singular);
  }
  return words_->find(key);
}

const char* Ui::word(Outcome outcome) const {
  switch (outcome) {
    case Outcome::ok: return tr("outcome.ok");
    case Outcome::deadlock: return tr("outcome.deadlock");
    case Outcome::stuck: return tr("outcome.stuck");
    case Outcome::failed_check: return tr("outcome.failed_check");
    case Outcome::error: return tr("outcome.error");
    case Outcome::race: return tr("outcome.race");
    case Outcome::killed: return tr("outcome.killed");
    case Outcome::stopped: return tr("outcome.stopped");
  }
  return "";
}

std::string Ui::grouped(std::int64_t n) {
  std::string digits = std::to_string(n);
  const std::size_t first = n < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string Ui::duration(RunTime ns) const {
  if (model_.run.in_steps()) return tr_count("time.steps", (ns + kStepTime / 2) / kStepTime);
  if (ns == 0) return "0 s";
  const double magnitude = std::abs(static_cast<double>(ns));
  const auto with_unit = [&](double unit, const char* name) {
    const double value = static_cast<double>(ns) / unit;
    const int decimals = std::abs(value) >= 99.95 ? 0 : std::abs(value) >= 9.995 ? 1 : 2;
    return fmt::format("{:.{}f} {}", value, decimals, name);
  };
  if (magnitude >= 0.9995e9) return with_unit(1e9, "s");
  if (magnitude >= 0.9995e6) return with_unit(1e6, "ms");
  if (magnitude >= 0.9995e3) return with_unit(1e3, "µs");
  return fmt::format("{} ns", ns);
}

std::string Ui::moment(RunTime t, RunTime resolution) const {
  if (model_.run.in_steps()) return tr("time.step", t / kStepTime + 1);
  int decimals = 0;
  for (RunTime step = 1'000'000'000; step > resolution && decimals < 9; step /= 10)
    ++decimals;
  return fmt::format("{:.{}f} s", static_cast<double>(t) / 1e9, decimals);
}

// -----------------------------------------------------------------------------------------------------------
// workers

const std::string& Ui::badge_of(WorkerId id) {
  static const std::string kNobody = "?";
  const auto workers = model_.run.store().workers();
  if (badges_generation_ != model_.run.generation() || badges_.size() != workers.size()) {
    badges_.clear();
    for (WorkerId i = 0; i < workers.size(); ++i)
      badges_.push_back(badge_text(workers, i));
    badges_generation_ = model_.run.generation();
  }
  return id < badges_.size() ? badges_[id] : kNobody;
}

std::string Ui::name_of(WorkerId id) const {
  const auto workers = model_.run.store().workers();
  if (id < workers.size() && !workers[id].name.empty()) return workers[id].name;
  if (id == kSandbox) return tr("worker.sandbox");
  return tr("worker.unnamed", id);
}

std::string Ui::name_of_object(ObjectId id) const {
  const auto objects = model_.run.store().objects();
  if (id != kNoObject && id < objects.size() && !objects[id].name.empty()) return objects[id].name;
  return tr("object.unnamed", id);
}

int Ui::line_of(SiteId site) const {
  const auto sites = model_.run.store().sites();
  return site != 0 && site < sites.size() ? sites[site].line : 0;
}

// ----------------------------------------------------------------------------------------------------
// drawing at a place

float Ui::text_width(ImFont* font, std::string_view text) const {
  return compat::text_width(font, text.data(), text.data() + text.size());
}

float Ui::text_at(ImDrawList* draw, ImFont* font, ImVec2 at, Color color, std::string_view text,
                  float width) {
  see(font, text);
  const float whole = text_width(font, text);
  if (whole <= width) {
    compat::text(draw, font, at, color, text.data(), text.data() + text.size());
    return whole;
  }
  constexpr std::string_view kEllipsis = "…";
  std::string_view end = number_at_end(text);
  float of_end = end.empty() ? 0 : text_width(font, end);
  if (of_end > width / 2) end = {}, of_end = 0;
  const float room = width - text_width(font, kEllipsis) - of_end;
  if (room <= 0) return 0;
  const char* cut = nullptr;
  const float drawn =
      font->CalcTextSizeA(compat::font_size(font), room, 0, text.data(), text.data() + text.size(), &cut).x;
  while (cut > text.data() && cut[-1] == ' ')
    --cut;
  std::string shown(text.data(), cut);
  shown += kEllipsis;
  shown += end;
  compat::text(draw, font, at, color, shown.data(), shown.data() + shown.size());
  return drawn + width - room;
}

void Ui::badge_at(ImDrawList* draw, ImVec2 top_left, WorkerId id, float size) {
  if (size <= 0) size = px(19);
  ImFont* font = fonts_.small_semi;
  const std::string& label = badge_of(id);
  const float text = text_width(font, label);
  const float width = std::max(size, text + px(6));
  const Color hue = worker_color(id);
  draw->AddRectFilled(top_left, {top_left.x + width, top_left.y + size}, hue, px(3));
  const ImVec2 at{std::floor(top_left.x + (width - text) / 2),
                  std::floor(top_left.y + (size - compat::font_size(font)) / 2)};
  compat::text(draw, font, at, readable_on(hue), label.data(), label.data() + label.size());
}

void Ui::hatch(ImDrawList* draw, ImVec2 min, ImVec2 max, Color line, float spacing, float thickness) {
  // Lines x + y = c, the same for the whole window, so that the pattern stands still while a box grows.
  const float step = px(spacing) * 1.4142F;
  const float inset = px(thickness) / 2;  // the ends of a thick line reach beyond its points
  min = {min.x + inset, min.y + inset};
  max = {max.x - inset, max.y - inset};
  const float first = std::ceil((min.x + min.y) / step) * step;
  for (float c = first; c < max.x + max.y; c += step) {
    const float x0 = std::max(min.x, c - max.y);
    const float x1 = std::min(max.x, c - min.y);
    draw->AddLine({x0, c - x0}, {x1, c - x1}, line, px(thickness));
  }
}

void Ui::dashed(ImDrawList* draw, ImVec2 a, ImVec2 b, Color color, float thickness, float dash, float gap) {
  const float length = std::hypot(b.x - a.x, b.y - a.y);
  if (length <= 0) return;
  const ImVec2 step{(b.x - a.x) / length, (b.y - a.y) / length};
  for (float at = 0; at < length; at += px(dash + gap)) {
    const float to = std::min(length, at + px(dash));
    draw->AddLine({a.x + step.x * at, a.y + step.y * at}, {a.x + step.x * to, a.y + step.y * to}, color,
                  px(thickness));
  }
}

// -------------------------------------------------------------------------------------------------- widgets
// at the cursor

void Ui::badge(WorkerId id) {
  const float size = px(19);
  const float width = std::max(size, text_width(fonts_.small_semi, badge_of(id)) + px(6));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::PushID(id);
  if (ImGui::InvisibleButton("badge", {width, size})) model_.send(SelectWorker{id});
  ImGui::PopID();
  badge_at(ImGui::GetWindowDrawList(), at, id, size);
  if (ImGui::IsItemHovered()) tip(name_of(id).c_str());
}

void Ui::text(std::string_view text, Color color, ImFont* font) {
  const WithFont with_font(font ? font : fonts_.text);
  const WithTextColor with_color(color ? color : theme_->text);
  see(ImGui::GetFont(), text);
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
}

void Ui::text_wrapped(std::string_view text, Color color, ImFont* font) {
  const WithFont with_font(font ? font : fonts_.text);
  const WithTextColor with_color(color ? color : theme_->text);
  wrap(text, ImGui::GetContentRegionAvail().x);
}

void Ui::text_clipped(std::string_view text, float width, Color color, ImFont* font) {
  if (!font) font = fonts_.text;
  if (!color) color = theme_->text;
  if (width <= 0) width = ImGui::GetContentRegionAvail().x;
  width = std::max(width, 1.0F);
  const float whole = text_width(font, text);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  text_at(ImGui::GetWindowDrawList(), font, at, color, text, width);
  ImGui::Dummy({std::min(whole, width), compat::font_size(font)});
  if (whole > width && ImGui::IsItemHovered()) tip(std::string(text).c_str());
}

void Ui::begin_card(const char* id, ImVec2 size, Color border) {
  ImGui::PushStyleColor(ImGuiCol_ChildBg, theme_->card);
  ImGui::PushStyleColor(ImGuiCol_Border, border ? border : theme_->border);
  ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, px(6));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, px(12, 10));
  ImGui::PushStyleVar(ImGuiStyleVar_ChildBorderSize, 1.0F);
  float& last_height = card_heights_[ImGui::GetID(id)];
  card_ids_.push_back(size.y == 0 ? ImGui::GetID(id) : 0);
  if (size.y == 0) {
    size.y = std::max(last_height, px(20));
    if (last_height == 0) animate();  // its height is known after the first frame
  }
#if IMGUI_VERSION_NUM >= 19000
  ImGui::BeginChild(id, size, ImGuiChildFlags_Border, ImGuiWindowFlags_NoScrollbar);
#else
  ImGui::BeginChild(id, size, true, ImGuiWindowFlags_NoScrollbar);
#endif
}

void Ui::end_card() {
  const ImGuiID id = card_ids_.back();
  card_ids_.pop_back();
  if (id != 0) {
    const float height = ImGui::GetCursorPosY() - ImGui::GetStyle().ItemSpacing.y + px(10);
    if (std::abs(card_heights_[id] - height) > 0.5F) animate();
    card_heights_[id] = height;
  }
  ImGui::EndChild();
  ImGui::PopStyleVar(3);
  ImGui::PopStyleColor(2);
}

void Ui::tip(const char* text) {
  const ImGuiID item = ImGui::GetItemID() != 0 ? ImGui::GetItemID() : ImGui::GetID(text);
  const double now = ImGui::GetTime();
  if (item != tip_item_ || now - tip_seen_ > 0.25) tip_since_ = now;
  tip_item_ = item;
  tip_seen_ = now;
  if (now - tip_since_ < 0.35) {
    animate();
    return;
  }
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, px(9, 7));
  ImGui::BeginTooltip();
  wrap(text, px(340));
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
}

WithFont::WithFont(ImFont* font) { compat::push_font(font); }

// -----------------------------------------------------------------------------------------------------------
// registry

void Ui::mark(std::string_view id, std::string_view label, bool enabled) {
  mark(id, ImGui::GetItemRectMin(), ImGui::GetItemRectMax(), label, enabled);
}

void Ui::mark(std::string_view id, ImVec2 min, ImVec2 max, std::string_view label, bool enabled) {
  const ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImVec2 clip_min = draw->GetClipRectMin();
  const ImVec2 clip_max = draw->GetClipRectMax();
  const float slack = 1.5F;  // borders
  const bool clipped = min.x < clip_min.x - slack || min.y < clip_min.y - slack ||
                       max.x > clip_max.x + slack || max.y > clip_max.y + slack;
  widgets_.add(id, {min.x, min.y, max.x, max.y, std::string(label), enabled, clipped});
}

}  // namespace lockstep
