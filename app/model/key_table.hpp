// The keys and what they do: the one table that the keyboard handler and the help view read.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "app/model/command.hpp"

namespace lockstep {

/// A key: the character it writes (letters as capitals) or one of these.
namespace key {
/// Stands for all of 0 … 9 in the table; no key has it.
inline constexpr int kDigits = 1000;
inline constexpr int kSpace = ' ', kEscape = 256, kBackspace = 259, kRight = 262, kLeft = 263, kHome = 268,
                     kEnd = 269, kF1 = 290, kF11 = 300, kF12 = 301;
}  // namespace key

struct KeyBinding {
  int code = 0;
  bool ctrl = false, shift = false;
  Action action = Action::close;
  std::string_view label;      ///< what stands on the key: "Space", "Ctrl +"; the same in every language
  std::string_view group_key;  ///< translation key of the heading it stands under
  std::string_view help_key;   ///< translation key of what it does
  bool repeats = false;        ///< holding it down does it again
  bool while_typing = false;   ///< also when a text field has the keyboard
};

struct KeyPress {
  int code = 0;
  bool ctrl = false, shift = false;
  bool repeat = false;  ///< held down
  bool typing = false;  ///< a text field has the keyboard
};
/// What a key does, or nothing.
std::optional<Action> action_for(const KeyPress& press);

/// In step mode: the worker that a digit lets go (0 is main), with Shift on to its next synchronization.
std::optional<LetGo> let_go_for(const KeyPress& press);

/// In the order of the help view; bindings of one group are neighbours.
std::span<const KeyBinding> key_table();
/// The label of the first binding of an action, "" if it has no key. For tooltips.
std::string_view key_label(Action action);

}  // namespace lockstep
