#include "app/model/key_table.hpp"

#include <algorithm>
#include <array>

namespace lockstep {
namespace {

constexpr std::string_view kRun = "keys.group.run";
constexpr std::string_view kStep = "keys.group.step";
constexpr std::string_view kTime = "keys.group.timeline";
constexpr std::string_view kWindow = "keys.group.window";

constexpr std::array kTable{
    KeyBinding{.code = key::kSpace,
               .action = Action::run_or_pause,
               .label = "Space",
               .group_key = kRun,
               .help_key = "keys.run_or_pause"},
    KeyBinding{
        .code = 'R', .action = Action::restart, .label = "R", .group_key = kRun, .help_key = "keys.restart"},
    KeyBinding{.code = 'X', .action = Action::stop, .label = "X", .group_key = kRun, .help_key = "keys.stop"},
    KeyBinding{.code = 'O',
               .action = Action::slow_motion,
               .label = "O",
               .group_key = kRun,
               .help_key = "keys.slow_motion"},
    KeyBinding{
        .code = '-', .action = Action::slower, .label = "-", .group_key = kRun, .help_key = "keys.slower"},
    KeyBinding{
        .code = '+', .action = Action::faster, .label = "+", .group_key = kRun, .help_key = "keys.faster"},
    KeyBinding{.code = 'H',
               .action = Action::run_hundred,
               .label = "H",
               .group_key = kRun,
               .help_key = "keys.run_hundred"},

    KeyBinding{
        .code = 'V', .action = Action::mode, .label = "V", .group_key = kStep, .help_key = "keys.mode"},
    KeyBinding{.code = key::kDigits,
               .action = Action::let_worker_go,
               .label = "0 … 9",
               .group_key = kStep,
               .help_key = "keys.let_worker_go"},
    KeyBinding{.code = key::kDigits,
               .shift = true,
               .action = Action::run_worker,
               .label = "Shift 0 … 9",
               .group_key = kStep,
               .help_key = "keys.run_worker"},
    KeyBinding{.code = 'N',
               .action = Action::to_finding,
               .label = "N",
               .group_key = kStep,
               .help_key = "keys.to_finding"},
    KeyBinding{.code = 'U',
               .action = Action::to_cursor,
               .label = "U",
               .group_key = kStep,
               .help_key = "keys.to_cursor"},
    KeyBinding{.code = 'K',
               .action = Action::cross_over,
               .label = "K",
               .group_key = kStep,
               .help_key = "keys.cross_over"},
    KeyBinding{.code = 'F',
               .action = Action::find_bug,
               .label = "F",
               .group_key = kStep,
               .help_key = "keys.find_bug"},
    KeyBinding{
        .code = 'P', .action = Action::prove, .label = "P", .group_key = kStep, .help_key = "keys.prove"},
    KeyBinding{.code = 'C',
               .ctrl = true,
               .action = Action::copy_schedule,
               .label = "Ctrl C",
               .group_key = kStep,
               .help_key = "keys.copy_schedule"},
    KeyBinding{.code = 'V',
               .ctrl = true,
               .action = Action::paste_schedule,
               .label = "Ctrl V",
               .group_key = kStep,
               .help_key = "keys.paste_schedule"},

    KeyBinding{.code = key::kRight,
               .action = Action::step_forward,
               .label = "→",
               .group_key = kTime,
               .help_key = "keys.step_forward",
               .repeats = true},
    KeyBinding{.code = key::kLeft,
               .action = Action::step_back,
               .label = "←",
               .group_key = kTime,
               .help_key = "keys.step_back",
               .repeats = true},
    KeyBinding{.code = '.',
               .action = Action::next_event,
               .label = ".",
               .group_key = kTime,
               .help_key = "keys.next_event",
               .repeats = true},
    KeyBinding{.code = ',',
               .action = Action::previous_event,
               .label = ",",
               .group_key = kTime,
               .help_key = "keys.previous_event",
               .repeats = true},
    KeyBinding{.code = '[',
               .action = Action::to_waker,
               .label = "[",
               .group_key = kTime,
               .help_key = "keys.to_waker"},
    KeyBinding{.code = ']',
               .action = Action::to_woken,
               .label = "]",
               .group_key = kTime,
               .help_key = "keys.to_woken"},
    KeyBinding{.code = 'W',
               .action = Action::zoom_in,
               .label = "W",
               .group_key = kTime,
               .help_key = "keys.zoom_in",
               .repeats = true},
    KeyBinding{.code = 'S',
               .action = Action::zoom_out,
               .label = "S",
               .group_key = kTime,
               .help_key = "keys.zoom_out",
               .repeats = true},
    KeyBinding{.code = 'A',
               .action = Action::pan_left,
               .label = "A",
               .group_key = kTime,
               .help_key = "keys.pan_left",
               .repeats = true},
    KeyBinding{.code = 'D',
               .action = Action::pan_right,
               .label = "D",
               .group_key = kTime,
               .help_key = "keys.pan_right",
               .repeats = true},
    KeyBinding{.code = key::kHome,
               .action = Action::fit,
               .label = "Home",
               .group_key = kTime,
               .help_key = "keys.fit"},
    KeyBinding{.code = 'L',
               .action = Action::follow_newest,
               .label = "L",
               .group_key = kTime,
               .help_key = "keys.follow_newest"},
    KeyBinding{.code = '0',
               .action = Action::first_moment,
               .label = "0",
               .group_key = kTime,
               .help_key = "keys.first_moment"},
    KeyBinding{.code = 'G',
               .action = Action::go_to_time,
               .label = "G",
               .group_key = kTime,
               .help_key = "keys.go_to_time"},
    KeyBinding{
        .code = 'M', .action = Action::measure, .label = "M", .group_key = kTime, .help_key = "keys.measure"},
    KeyBinding{.code = 'C',
               .action = Action::compact_lanes,
               .label = "C",
               .group_key = kTime,
               .help_key = "keys.compact_lanes"},
    KeyBinding{.code = 'F',
               .ctrl = true,
               .action = Action::find_in_run,
               .label = "Ctrl F",
               .group_key = kTime,
               .help_key = "keys.find_in_run"},
    KeyBinding{.code = key::kBackspace,
               .action = Action::go_back,
               .label = "Backspace",
               .group_key = kTime,
               .help_key = "keys.go_back",
               .repeats = true},

    KeyBinding{.code = '/',
               .action = Action::find_scenario,
               .label = "/",
               .group_key = kWindow,
               .help_key = "keys.find_scenario"},
    KeyBinding{.code = 'J',
               .action = Action::next_lesson,
               .label = "J",
               .group_key = kWindow,
               .help_key = "keys.next_lesson"},
    KeyBinding{.code = 'I',
               .action = Action::language,
               .label = "I",
               .group_key = kWindow,
               .help_key = "keys.language"},
    KeyBinding{
        .code = 'T', .action = Action::theme, .label = "T", .group_key = kWindow, .help_key = "keys.theme"},
    KeyBinding{.code = '+',
               .ctrl = true,
               .action = Action::text_larger,
               .label = "Ctrl +",
               .group_key = kWindow,
               .help_key = "keys.text_larger",
               .repeats = true,
               .while_typing = true},
    KeyBinding{.code = '-',
               .ctrl = true,
               .action = Action::text_smaller,
               .label = "Ctrl -",
               .group_key = kWindow,
               .help_key = "keys.text_smaller",
               .repeats = true,
               .while_typing = true},
    KeyBinding{.code = '0',
               .ctrl = true,
               .action = Action::text_normal,
               .label = "Ctrl 0",
               .group_key = kWindow,
               .help_key = "keys.text_normal",
               .while_typing = true},
    KeyBinding{
        .code = '?', .action = Action::help, .label = "?", .group_key = kWindow, .help_key = "keys.help"},
    KeyBinding{.code = key::kF1,
               .action = Action::help,
               .label = "F1",
               .group_key = kWindow,
               .help_key = "keys.help",
               .while_typing = true},
    KeyBinding{.code = key::kF12,
               .action = Action::debug_overlay,
               .label = "F12",
               .group_key = kWindow,
               .help_key = "keys.debug_overlay",
               .while_typing = true},
    KeyBinding{.code = key::kEscape,
               .action = Action::close,
               .label = "Esc",
               .group_key = kWindow,
               .help_key = "keys.close"},
    KeyBinding{.code = 'Q',
               .ctrl = true,
               .action = Action::quit,
               .label = "Ctrl Q",
               .group_key = kWindow,
               .help_key = "keys.quit",
               .while_typing = true},
};

/// Shift is part of the character for everything but letters.
bool is_letter(int code) { return code >= 'A' && code <= 'Z'; }

}  // namespace

std::span<const KeyBinding> key_table() { return kTable; }

std::string_view key_label(Action action) {
  const auto it = std::ranges::find(kTable, action, &KeyBinding::action);
  return it == kTable.end() ? std::string_view() : it->label;
}

std::optional<LetGo> let_go_for(const KeyPress& press) {
  if (press.code < '0' || press.code > '9' || press.ctrl || press.repeat || press.typing) return std::nullopt;
  return LetGo{static_cast<WorkerId>(press.code - '0'), press.shift};
}

std::optional<Action> action_for(const KeyPress& press) {
  for (const KeyBinding& binding : kTable) {
    if (binding.code != press.code || binding.ctrl != press.ctrl) continue;
    if (is_letter(binding.code) && binding.shift != press.shift) continue;
    if (press.repeat && !binding.repeats) return std::nullopt;
    if (press.typing && !binding.while_typing) return std::nullopt;
    return binding.action;
  }
  return std::nullopt;
}

}  // namespace lockstep
