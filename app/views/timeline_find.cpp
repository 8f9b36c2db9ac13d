// The small windows over the lanes: find in the run, go to a time.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "app/shell/floating.hpp"
#include "app/views/timeline_canvas.hpp"
#include "core/analysis/finding.hpp"

namespace lockstep {
namespace {

constexpr std::size_t kMostLooked =
    200'000;  // events looked through for one search, so that typing stays smooth
constexpr std::size_t kMostFound = 200;

struct FindState {
  std::array<char, 64> text{};
  std::string searched;
  EventIndex events = 0;
  int generation = -1;
  std::vector<EventIndex> found;
  bool was_open = false;
};

struct GoToState {
  std::array<char, 32> text{};
  bool was_open = false;
  bool wrong = false;
};

std::string lowered(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) {
    return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
  });
  return result;
}

std::string event_text(const AppModel& model, const Ui& ui, EventIndex index) {
  const Event& event = model.run.store()[index];
  return ui.name_of(event.worker) + " " + describe(event, model.run.store(), ui.language());
}

void search(const AppModel& model, const Ui& ui, FindState& state) {
  const TraceStore& store = model.run.store();
  const std::string wanted = lowered(state.text.data());
  const bool same =
      state.searched == wanted && state.generation == model.run.generation() && state.events == store.size();
  if (same) return;
  state.searched = wanted;
  state.generation = model.run.generation();
  state.events = store.size();
  state.found.clear();
  if (wanted.empty()) return;
  const auto end = static_cast<EventIndex>(std::min<std::size_t>(store.size(), kMostLooked));
  for (EventIndex i = 0; i < end && state.found.size() < kMostFound; ++i) {
    if (lowered(event_text(model, ui, i)).find(wanted) != std::string::npos) state.found.push_back(i);
  }
}

/// A small window at the top right of the lanes.
void small_window(Ui& ui, const char* id, ImVec2 min, ImVec2 max, float width,
                  const std::function<void()>& content) {
  const FloatingLook look{.id = id,
                          .at = {max.x - ui.px(16), min.y + ui.px(8)},
                          .width = std::min(ui.px(width), max.x - min.x - ui.px(24))};
  floating_window(ui, look, std::string(id) + ".window", id, [&] { content(); });
}

void found_rows(AppModel& model, Ui& ui, const FindState& state) {
  const float height =
      std::min(static_cast<float>(state.found.size()), 8.0F) * ImGui::GetTextLineHeightWithSpacing();
  if (state.found.empty()) return;
  ImGui::BeginChild("found", {0, height});
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(state.found.size()));
  while (clipper.Step()) {
    for (int row = clipper.DisplayStart; row < clipper.DisplayEnd; ++row) {
      const EventIndex index = state.found[static_cast<std::size_t>(row)];
      const Event& event = model.run.store()[index];
      ImGui::PushID(row);
      if (ImGui::Selectable("##found", model.selection.event == index)) model.send(SelectEvent{index});
      ui.mark("find." + std::to_string(row), event_text(model, ui, index));
      ImGui::SameLine(0, 0);
      ui.text_clipped(ui.moment(static_cast<RunTime>(event.time), 1'000'000) + "  " +
                      event_text(model, ui, index));
      ImGui::PopID();
    }
  }
  ImGui::EndChild();
}

/// Seconds; a unit may follow: "1.3", "1.3 s", "250 ms", "40 us".
std::optional<RunTime> parse_time(std::string_view text) {
  while (text.starts_with(' '))
    text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || !(value >= 0) || value > 1e9) return std::nullopt;
  std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  while (unit.starts_with(' '))
    unit.remove_prefix(1);
  while (unit.ends_with(' '))
    unit.remove_suffix(1);
  const double factor = unit.empty() || unit == "s"    ? 1e9
                        : unit == "ms"                 ? 1e6
                        : unit == "us" || unit == "µs" ? 1e3
                                                       : 0;
  if (factor == 0) return std::nullopt;
  return static_cast<RunTime>(value * factor);
}

}  // namespace

void draw_find(AppModel& model, Ui& ui, ImVec2 min, ImVec2 max) {
  FindState& state = ui.state<FindState>();
  if (!model.overlays.find_in_run) {
    state.was_open = false;
    return;
  }
  small_window(ui, "find", min, max, 380, [&] {
    if (!state.was_open) ImGui::SetKeyboardFocusHere();
    state.was_open = true;
    ImGui::SetNextItemWidth(-1);
    ImGui::InputTextWithHint("##find", ui.tr("find.hint"), state.text.data(), state.text.size());
    ui.mark("find.text", state.text.data());
    search(model, ui, state);
    if (state.text[0] != '\0') {
      const auto n = static_cast<std::int64_t>(state.found.size());
      ui.text(state.found.size() < kMostFound ? ui.tr_count("find.count", n) : ui.tr("find.many", n),
              ui.theme().text_dim, ui.fonts().small);
      found_rows(model, ui, state);
    }
  });
}

void draw_go_to_time(AppModel& model, Ui& ui, ImVec2 min, ImVec2 max) {
  GoToState& state = ui.state<GoToState>();
  if (!model.overlays.go_to_time) {
    state.was_open = false;
    return;
  }
  small_window(ui, "go_to_time", min, max, 300, [&] {
    if (!state.was_open) ImGui::SetKeyboardFocusHere();
    state.was_open = true;
    ImGui::SetNextItemWidth(-1);
    if (ImGui::InputTextWithHint("##time", ui.tr(model.run.in_steps() ? "goto.hint.steps" : "goto.hint"),
                                 state.text.data(), state.text.size(),
                                 ImGuiInputTextFlags_EnterReturnsTrue)) {
      const auto time = parse_time(state.text.data());
      state.wrong = !time;
      if (time) {
        model.timeline.remember();
        model.send(MovePlayhead{*time});
        model.overlays.go_to_time = false;
      }
    }
    ui.mark("goto.text", state.text.data());
    if (state.wrong) {
      const std::string sentence = model.run.in_steps()
                                       ? ui.tr("goto.wrong.steps", model.run.now() / kStepTime)
                                       : ui.tr("goto.wrong", ui.duration(model.run.now()));
      ui.text_wrapped(sentence, ui.theme().error, ui.fonts().small);
    }
  });
}

}  // namespace lockstep
