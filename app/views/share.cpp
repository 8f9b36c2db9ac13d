// The schedule on the screen as text, and a place to paste one, with the sentence on what is wrong with it.
#include <algorithm>
#include <variant>
#include <vector>

#include "app/model/lesson_names.hpp"
#include "app/shell/floating.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/view.hpp"
#include "app/views/view_tools.hpp"
#include "core/schedule/schedule.hpp"

namespace lockstep {
namespace {

// Unscaled.
constexpr float kWidth = 560, kFieldHeight = 76;
constexpr std::size_t kShown = 900;  // bytes of a long schedule that are drawn; all of it is copied

struct ShareState {
  bool open = false;
  std::vector<char> pasted{'\0'};
  std::string parsed_text;
  std::variant<Schedule, ScheduleError> parsed = ScheduleError{};

  std::string_view text() const { return pasted.data(); }
};

int grow(ImGuiInputTextCallbackData* data) {
  if (data->EventFlag == ImGuiInputTextFlags_CallbackResize) {
    auto& buffer = *static_cast<std::vector<char>*>(data->UserData);
    buffer.resize(static_cast<std::size_t>(data->BufTextLen) + 1);
    data->Buf = buffer.data();
  }
  return 0;
}

class SharePanel {
 public:
  SharePanel(AppModel& model, Ui& ui, ShareState& state) : model_(model), ui_(ui), state_(state) {}

  /// What was copied elsewhere is offered at once if it is a schedule.
  void take_clipboard() {
    const char* clipboard = ImGui::GetClipboardText();
    const std::string_view text = clipboard ? clipboard : "";
    if (!std::holds_alternative<Schedule>(parse_schedule(text))) return;
    state_.pasted.assign(text.begin(), text.end());
    state_.pasted.push_back('\0');
  }

  void draw() {
    ui_.text(ui_.tr("share.title"), 0, ui_.fonts().title);
    ImGui::Dummy(ui_.px(1, 2));
    mine();
    ImGui::Dummy(ui_.px(1, 8));
    another();
  }

 private:
  void mine() {
    ui_.text(ui_.tr("share.mine"), 0, ui_.fonts().semi);
    const auto now = model_.schedule();
    if (!now) return ui_.text_wrapped(ui_.tr("share.mine.none"), ui_.theme().text_dim);
    std::string text = to_text(*now);
    ui_.mark("share.mine", ImGui::GetCursorScreenPos(), ImGui::GetCursorScreenPos(), text);
    if (text.size() > kShown) text = text.substr(0, kShown) + " …";
    ui_.text_wrapped(text, ui_.theme().text, ui_.fonts().mono);
    ui_.text_wrapped(ui_.tr("share.mine.text"), ui_.theme().text_dim, ui_.fonts().small);
    ImGui::Dummy(ui_.px(1, 2));
    if (ui_.button("share.copy", ui_.tr("share.copy"), ButtonLook::primary, model_.can(Action::copy_schedule),
                   ui_.tr("share.copy.tip"))) {
      model_.send(Action::copy_schedule);
    }
  }

  void another() {
    ui_.text(ui_.tr("share.paste"), 0, ui_.fonts().semi);
    if (!state_.open) ImGui::SetKeyboardFocusHere();
    {
      const WithFont mono(ui_.fonts().mono);
      ImGui::InputTextMultiline("##schedule", state_.pasted.data(), state_.pasted.size(),
                                {ImGui::GetContentRegionAvail().x, ui_.px(kFieldHeight)},
                                ImGuiInputTextFlags_CallbackResize, grow, &state_.pasted);
    }
    ui_.mark("share.field", state_.text());
    if (state_.parsed_text != state_.text()) {
      state_.parsed_text = state_.text();
      state_.parsed = parse_schedule(state_.text());
    }
    const bool good = judge();
    ImGui::Dummy(ui_.px(1, 2));
    if (ui_.button("share.load", ui_.tr("share.load"), good ? ButtonLook::primary : ButtonLook::plain, good,
                   ui_.tr(good ? "share.load.tip" : "share.load.why_not"))) {
      model_.send(LoadSchedule{state_.parsed_text});
    }
    ImGui::SameLine(0, ui_.px(8));
    if (ui_.button("share.close", ui_.tr("share.close"), ButtonLook::outlined, true,
                   ui_.tr("share.close.tip"))) {
      model_.overlays.share = false;
    }
  }

  /// Says what the pasted text is, or what is wrong with it. True if it can be stepped through.
  bool judge() {
    if (state_.text().find_first_not_of(" \t\r\n") == std::string_view::npos) {
      say(ui_.tr("share.paste.text"), ui_.theme().text_dim);
      return false;
    }
    if (const auto* wrong = std::get_if<ScheduleError>(&state_.parsed)) {
      say(ui_.language() == Language::zh ? in_chinese(*wrong) : in_english(*wrong), ui_.theme().error);
      return false;
    }
    const Schedule& schedule = std::get<Schedule>(state_.parsed);
    const Scenario* scenario = find_scenario(schedule.scenario);
    if (!scenario || !scenario->variant(schedule.variant)) {
      say(ui_.tr("share.unknown", schedule.scenario, schedule.variant), ui_.theme().error);
      return false;
    }
    const Lesson& texts = lesson(scenario->id, ui_.language() == Language::zh ? "zh" : "en");
    std::string text = texts.title + " · " + variant_name(texts, schedule.variant);
    for (const auto& [name, value] : schedule.params) {
      text += " · " + param_name(texts, name) + " " + std::to_string(value);
    }
    text += " · " + ui_.tr_count("time.steps", std::ssize(schedule.choices));
    say(text, ui_.theme().ok);
    return true;
  }

  void say(const std::string& text, Color color) {
    ui_.mark("share.verdict", ImGui::GetCursorScreenPos(), ImGui::GetCursorScreenPos(), text);
    ui_.text_wrapped(text, color, ui_.fonts().small);
  }

  AppModel& model_;
  Ui& ui_;
  ShareState& state_;
};

void draw(AppModel& model, Ui& ui) {
  ShareState& state = ui.state<ShareState>();
  if (!model.overlays.share) {
    state.open = false;
    return;
  }
  SharePanel panel(model, ui, state);
  if (!state.open) panel.take_clipboard();
  corner_panel(ui, "share", ui.tr("share.title"), kWidth, true, [&] { panel.draw(); });
  state.open = true;
}

}  // namespace

const View share_view{"share", "share.title", ViewPlace::overlay, draw, "share.help"};

}  // namespace lockstep
