// The sentences of the analysis, one table for each language: phrases_en.cpp and phrases_zh.cpp. A text may
// use the named arguments of its phrase in any order, or leave some out ({fmt} syntax).
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "core/analysis/finding.hpp"

namespace lockstep::analysis {

enum class Phrase : std::uint8_t {
  // Building blocks.
  at_line,       // line: follows what happened there; empty if the line is unknown
  at_step,       // step: the same in a stepped run, where the line is unknown
  at_line_step,  // line step
  since_step,    // step
  list_comma,
  list_and,  // between names
  seconds,
  milliseconds,
  microseconds,
  steps,  // number

  // Findings. {at} is an at_line or nothing, so no space stands before it.
  deadlock_self,         // worker object at held_at
  deadlock_holds_waits,  // worker held held_at object at
  deadlock_holds_joins,  // worker held held_at target at
  deadlock_waits,        // worker object at
  deadlock_joins,        // worker target at
  deadlock_and,          // between the links
  deadlock_end,          // after the last
  stuck_lock,            // workers object owner held_at: the owner ended
  stuck_lock_killed,     // workers object owner held_at
  stuck_semaphore,       // workers object
  stuck_condition,       // workers object
  stuck_event,           // workers object
  stuck_barrier,         // workers object count limit
  stuck_get,             // workers object
  stuck_put,             // workers object count limit
  stuck_sentinel,        // object count workers: follows stuck_get; the Nones that were put and taken
  stuck_queue_join,      // workers object count
  stuck_recv,            // workers object
  stuck_recv_holders,    // workers object holders: who keeps the write end open
  stuck_send,            // workers object
  stuck_tasks,           // workers object
  stuck_future,          // workers object
  stuck_accept,          // workers object
  stuck_other,           // workers object
  stuck_also,            // workers: those held up by it; follows a sentence
  lost_notify,           // workers object signaller signal_at
  lost_set,              // workers object signaller signal_at clear_at
  broken_check,          // worker object at
  error_raised,          // worker text at
  killed,                // worker count
  killed_holding,        // objects: follows killed
  unfinished_thread,     // worker
  unfinished_process,    // worker
  last_seen,             // text at
  busy_wait,             // worker object at
  starvation,            // worker object at duration count workers
  lock_order,            // worker first first_at second second_at
  lock_order_and,        // between the links
  lock_order_end,        // after the last
  data_race,             // first second
  atomicity,             // read other write victim
  atomicity_ahead,       // read other worker victim: it has not written yet
  did_read,              // worker what value at
  did_write,             // worker what value at
  did_add,               // worker what value at
  did_truncate,          // worker what at
  did_append,            // worker what value at

  // What a worker is doing, for its lane.
  lane_created,
  lane_ready,
  lane_running,
  lane_sleeping,
  lane_ended,
  lane_ended_with,      // count: the exit code
  lane_ended_by_error,  // of a thread
  lane_zombie,
  lane_killed,  // count: the signal
  lane_cut_off,
  lane_lock,           // object: free, or on its way to somebody else
  lane_lock_held,      // object owner
  lane_lock_mine,      // object: held by itself
  lane_lock_ended,     // object owner
  lane_join,           // target
  lane_semaphore,      // object
  lane_condition,      // object
  lane_event,          // object
  lane_barrier,        // object count limit
  lane_barrier_enter,  // object
  lane_get,            // object
  lane_put,            // object
  lane_queue_join,     // object count
  lane_recv,           // object
  lane_send,           // object
  lane_tasks,          // object
  lane_future,         // object
  lane_accept,         // object
  lane_other,          // object
  lane_timed,          // text: what it waits for, with a time-out

  // Events whose phrase depends on more than their kind; the arguments are those of the event tables.
  event_ends_with,
  event_ends_by_error,
  event_sleep_activity,
  event_acquire_again,
  event_release_inner,
  event_notify_nobody,
  event_check_failed,
  event_read_key,
  event_write_key,
  event_recv_end,
  event_recv_gone,
  event_recv_part,
  event_take_end,
  event_run_cancelled,
  event_result_error,
  event_core_after,
  ends_write,  // the ends of a pipe
  ends_read,
  ends_both,
};
inline constexpr std::size_t kPhraseCount = static_cast<std::size_t>(Phrase::ends_both) + 1;
inline constexpr std::size_t kFindingKindCount = static_cast<std::size_t>(FindingKind::killed) + 1;

template <class Key>
struct Row {
  Key key;
  std::string_view text;
};

/// One language. phrases and headings hold every key in order; a kind without a row is shown by its wire
/// name.
struct PhraseBook {
  std::span<const Row<Phrase>, kPhraseCount> phrases;
  std::span<const Row<FindingKind>, kFindingKindCount> headings;
  /// Arguments: object target wanted count value text duration limit.
  std::span<const Row<EventKind>> events;
  std::span<const Row<WorkerState>> states;
  std::span<const Row<ObjectKind>> objects;
};

extern const PhraseBook kEnglish;
extern const PhraseBook kChinese;

/// True if row i has key i: checked when a table is compiled.
template <class Key, std::size_t n>
constexpr bool is_in_order(const std::array<Row<Key>, n>& rows) {
  for (std::size_t i = 0; i < n; ++i) {
    if (static_cast<std::size_t>(rows[i].key) != i) return false;
  }
  return true;
}

}  // namespace lockstep::analysis
