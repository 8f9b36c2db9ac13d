// The words of pending.hpp, one table for each language: pending_en.cpp and pending_zh.cpp. A text may use
// the named arguments of its row in any order, or leave some out.
#pragma once

#include "core/analysis/phrases.hpp"

namespace lockstep::analysis {

enum class PendingPhrase : std::uint8_t {
  // Actions that depend on more than their kind. Arguments: object target value text count.
  ended,
  cut_off,
  end_by_error,
  notify_all,
  notify_some,   // count
  release_many,  // count
  subtract,      // value
  read_key,      // text
  write_key,     // text value
  // How it would go. {reason} is one of the next group.
  would_wait,
  waits,
  begins_to_wait,
  not_now,   // a call that does not wait
  time_out,  // its wait ends by the time-out
  sleeps,
  sleeps_text,  // text: what it does meanwhile
  dies,         // count: the signal
  // Why something is not possible. Arguments: object owner since count limit target.
  held_by,
  held_by_itself,
  not_started,
  not_ended,
  no_permit,
  not_notified,
  not_set,
  not_all_here,
  not_all_gone,
  is_empty,
  is_full,
  tasks_left,
  nothing_sent,
  no_room,
  no_task_yet,
  no_result_yet,
  nobody_connects,
  others_turn,
  not_possible,
  // What would come of it. Arguments: object value count limit what old old_at result text.
  sees,
  sees_none,  // the key is not in the file, which is empty
  is_now,     // what value
  becomes,    // what value result
  stale,      // what value old old_at: it has read another value
  free_now,
  own_again,  // count: the level
  free_after,
  inner_release,  // count: levels left
  not_held,       // releases a lock that is free
  permits_left,   // count
  permits_after,  // count
  too_many_permits,
  wakes,  // count of limit
  wakes_nobody,
  is_set_now,
  is_clear_now,
  here_after,  // count limit
  last_to_come,
  room,         // count limit
  depth,        // count
  takes,        // value
  tasks_after,  // count
  no_task,
  has_ended,
  at_end,
  is_broken,
  computing,
  check_holds,
  check_fails,
  // A box.
  box_check_failed,
};
inline constexpr std::size_t kPendingPhraseCount =
    static_cast<std::size_t>(PendingPhrase::box_check_failed) + 1;

struct PendingBook {
  std::span<const Row<PendingPhrase>, kPendingPhraseCount> phrases;
  std::span<const Row<EventKind>> actions;  ///< arguments: object target value text
  std::span<const Row<EventKind>> boxes;    ///< an event that has happened: value count limit
  std::span<const Row<EventKind>> to_come;  ///< where the result is not known yet: value; else as `boxes`
};

extern const PendingBook kEnglishPending;
extern const PendingBook kChinesePending;

}  // namespace lockstep::analysis
