// What would come of a pending operation now.
#include <algorithm>

#include "core/analysis/computing.hpp"
#include "core/analysis/exchange.hpp"
#include "core/analysis/pending.hpp"
#include "core/analysis/pending_book.hpp"
#include "core/analysis/private_value.hpp"
#include "core/analysis/replay.hpp"

namespace lockstep {
namespace {

using namespace analysis;
using fmt::arg;

class Effects {
 public:
  Effects(const Pending& pending, const TraceStore& store, EventIndex n, Language language)
      : pending_(pending),
        event_(pending.event),
        store_(store),
        n_(n),
        say_(store, language),
        book_(pending_book_of(language)),
        has_object_(event_.object != kNoObject && store.has_object(event_.object)),
        view_(has_object_ ? store.object_after(event_.object, n) : ObjectView{}) {}

  std::string tell() const;

 private:
  std::string fill(PendingPhrase phrase, std::int64_t count = 0, std::int64_t limit = 0) const {
    return Speaker::fill(text_of(book_, phrase), arg("object", say_.object(event_.object)),
                         arg("count", count), arg("limit", limit));
  }
  std::string with_reason(PendingPhrase phrase) const {
    return Speaker::fill(text_of(book_, phrase), arg("reason", reason()));
  }
  std::string with_value(PendingPhrase phrase, Value value) const {
    return Speaker::fill(text_of(book_, phrase), arg("value", say_.value(value)),
                         arg("what", subject_of(event_, store_, say_)));
  }
  std::string sleep() const;
  std::string reason() const;
  std::string lock_reason() const;
  std::string target(PendingPhrase phrase) const {
    return Speaker::fill(text_of(book_, phrase),
                         arg("target", say_.worker(static_cast<WorkerId>(event_.arg))));
  }
  std::string performed() const;
  std::string on_lock() const;
  std::string on_value() const;
  std::string write() const;
  std::string barrier() const;
  std::string bounded_release() const;
  std::optional<Value> value_now() const;
  EventIndex last_read() const;
  const ObjectInfo& info() const { return store_.objects()[event_.object]; }

  const Pending& pending_;
  const Event& event_;
  const TraceStore& store_;
  EventIndex n_;
  Speaker say_;
  const PendingBook& book_;
  bool has_object_;
  ObjectView view_;
};

std::string Effects::tell() const {
  if (pending_.ended) return {};
  if (pending_.sleeping) return sleep();
  if (!pending_.move) return with_reason(pending_.waiting ? PendingPhrase::waits : PendingPhrase::would_wait);
  switch (pending_.move->kind) {
    case MoveKind::perform:
    case MoveKind::lose_pipe: return performed();
    case MoveKind::would_block: return with_reason(PendingPhrase::not_now);
    case MoveKind::begin_to_wait: return with_reason(PendingPhrase::begins_to_wait);
    case MoveKind::time_out: return with_reason(PendingPhrase::time_out);
    case MoveKind::wake: return sleep();
    case MoveKind::die: return fill(PendingPhrase::dies, event_.arg);
  }
  return {};
}

std::string Effects::sleep() const {
  if (is_computing(store_, pending_.worker, n_)) return fill(PendingPhrase::computing);
  const TextId activity = store_.worker_after(pending_.worker, n_).activity;
  return activity == 0
             ? std::string(text_of(book_, PendingPhrase::sleeps))
             : Speaker::fill(text_of(book_, PendingPhrase::sleeps_text), arg("text", say_.text(activity)));
}

// --- why not

std::string Effects::reason() const {
  switch (event_.kind) {
    case EventKind::acquire: return lock_reason();
    case EventKind::worker_begin: return fill(PendingPhrase::not_started);
    case EventKind::join: return target(PendingPhrase::not_ended);
    case EventKind::sem_acquire: return fill(PendingPhrase::no_permit);
    case EventKind::cond_resume: return fill(PendingPhrase::not_notified);
    case EventKind::event_wait: return fill(PendingPhrase::not_set);
    case EventKind::barrier_arrive: return fill(PendingPhrase::not_all_gone);
    case EventKind::barrier_pass: return fill(PendingPhrase::not_all_here, view_.count, parties_of(info()));
    case EventKind::queue_get: return fill(PendingPhrase::is_empty);
    case EventKind::queue_put: return fill(PendingPhrase::is_full, view_.count, info().limit);
    case EventKind::queue_join: return fill(PendingPhrase::tasks_left, view_.unfinished);
    case EventKind::pipe_recv:
    case EventKind::pipe_poll: return fill(PendingPhrase::nothing_sent);
    case EventKind::pipe_send:
    case EventKind::socket_connect: return fill(PendingPhrase::no_room);
    case EventKind::pool_take: return fill(PendingPhrase::no_task_yet);
    case EventKind::future_result: return fill(PendingPhrase::no_result_yet);
    case EventKind::socket_accept: return fill(PendingPhrase::nobody_connects);
    default: return fill(PendingPhrase::not_possible);
  }
}

std::string Effects::lock_reason() const {
  if (view_.owner == kNoWorker) return fill(PendingPhrase::others_turn);
  EventIndex taken = kNoEvent;
  const EventIndices events = store_.events_of_object(event_.object);
  for (auto at = std::lower_bound(events.begin(), events.end(), n_); at != events.begin();) {
    const Event& one = store_[*--at];
    if (one.kind == EventKind::release && one.arg <= 0) break;
    if (one.kind == EventKind::acquire) taken = *at;
  }
  const bool mine = view_.owner == pending_.worker;
  return Speaker::fill(text_of(book_, mine ? PendingPhrase::held_by_itself : PendingPhrase::held_by),
                       arg("owner", say_.worker(view_.owner)), arg("since", say_.since(taken)),
                       arg("object", say_.object(event_.object)));
}

// --- what it would come to

std::string Effects::performed() const {
  const auto truth = [&](bool value) { return with_value(PendingPhrase::sees, Value::of_bool(value)); };
  switch (event_.kind) {
    case EventKind::acquire:
    case EventKind::release:
    case EventKind::locked: return on_lock();
    case EventKind::join: return target(PendingPhrase::has_ended);
    case EventKind::is_alive: {
      const WorkerState state = store_.worker_after(say_.worker_of(event_.object), n_).state;
      return truth(state == WorkerState::ready || state == WorkerState::running ||
                   state == WorkerState::waiting || state == WorkerState::sleeping);
    }
    case EventKind::sem_acquire: return fill(PendingPhrase::permits_left, view_.count - 1);
    case EventKind::sem_release: return bounded_release();
    case EventKind::notify: {
      const std::int64_t woken = std::min(event_.arg, view_.count);
      return woken <= 0 ? fill(PendingPhrase::wakes_nobody) : fill(PendingPhrase::wakes, woken, view_.count);
    }
    case EventKind::event_set:
    case EventKind::event_clear:
    case EventKind::event_wait:
      return fill(view_.count != 0 ? PendingPhrase::is_set_now : PendingPhrase::is_clear_now);
    case EventKind::event_is_set: return truth(view_.count != 0);
    case EventKind::barrier_arrive: return barrier();
    case EventKind::queue_put:
      if (info().limit <= 0) return fill(PendingPhrase::depth, view_.count);
      return fill(PendingPhrase::room, view_.count, info().limit);
    case EventKind::queue_get: {
      const std::vector<QueueItem> items = store_.queue_after(event_.object, n_);
      return items.empty() ? "" : with_value(PendingPhrase::takes, items.front().value);
    }
    case EventKind::pipe_recv: {
      const std::vector<QueueItem> items = store_.queue_after(event_.object, n_);
      return items.empty() ? fill(PendingPhrase::at_end)
                           : with_value(PendingPhrase::takes, items.front().value);
    }
    case EventKind::pipe_send:
      if (exchange_after(store_, event_.object, n_).is_broken()) return fill(PendingPhrase::is_broken);
      return fill(PendingPhrase::depth, view_.count);
    case EventKind::pipe_poll: return truth(true);
    case EventKind::future_result: return on_value();
    case EventKind::queue_task_done:
      return view_.unfinished <= 0 ? fill(PendingPhrase::no_task)
                                   : fill(PendingPhrase::tasks_after, view_.unfinished - 1);
    case EventKind::queue_size: return with_value(PendingPhrase::sees, Value::of_int(view_.count));
    case EventKind::load:
    case EventKind::global_load:
    case EventKind::file_read:
    case EventKind::add: return on_value();
    case EventKind::store:
    case EventKind::global_store:
    case EventKind::file_write:
    case EventKind::file_truncate: return write();
    case EventKind::check:
      return fill(event_.arg != 0 ? PendingPhrase::check_holds : PendingPhrase::check_fails);
    default: return {};
  }
}

std::string Effects::on_lock() const {
  if (event_.kind == EventKind::locked) {
    return with_value(PendingPhrase::sees, Value::of_bool(view_.owner != kNoWorker));
  }
  if (event_.kind == EventKind::acquire) {
    return view_.owner == kNoWorker ? fill(PendingPhrase::free_now)
                                    : fill(PendingPhrase::own_again, view_.count + 1);
  }
  if (view_.owner == kNoWorker) return fill(PendingPhrase::not_held);
  return view_.count > 1 ? fill(PendingPhrase::inner_release, view_.count - 1)
                         : fill(PendingPhrase::free_after);
}

std::string Effects::bounded_release() const {
  const std::int64_t after = view_.count + event_.arg;
  const bool bounded = info().kind == ObjectKind::bounded_semaphore;
  return bounded && after > info().limit ? fill(PendingPhrase::too_many_permits, after, info().limit)
                                         : fill(PendingPhrase::permits_after, after);
}

std::string Effects::barrier() const {
  const std::int64_t parties = parties_of(info());
  return view_.count + 1 >= parties ? fill(PendingPhrase::last_to_come, 0, parties)
                                    : fill(PendingPhrase::here_after, view_.count + 1, parties);
}

/// What the event would read: of a file the number under its key, if the events tell.
std::optional<Value> Effects::value_now() const {
  if (!has_object_) return std::nullopt;
  if (info().kind == ObjectKind::global) {
    return private_value(store_, event_.object, pending_.worker, n_);
  }
  const Value value = view_.has_value ? view_.value : Value{info().initial_type, info().initial};
  const bool keyed = event_.kind == EventKind::file_read && event_.extra != 0;
  const bool known = !keyed || value.type == ValueType::integer || say_.text_of(value).empty();
  return known ? std::optional<Value>(value) : std::nullopt;
}

std::string Effects::on_value() const {
  const std::optional<Value> now = value_now();
  if (!now) return {};
  if (event_.kind == EventKind::file_read && event_.extra != 0 && now->type == ValueType::text) {
    return fill(PendingPhrase::sees_none);
  }
  if (event_.kind != EventKind::add) return with_value(PendingPhrase::sees, *now);
  if (now->type != ValueType::integer) return with_value(PendingPhrase::is_now, *now);
  return Speaker::fill(text_of(book_, PendingPhrase::becomes), arg("what", say_.object(event_.object)),
                       arg("value", now->bits), arg("result", now->bits + event_.arg));
}

/// The worker's last read of what it is about to write, if others have written another value since.
EventIndex Effects::last_read() const {
  const EventIndices events = store_.events_of_object(event_.object);
  for (auto at = std::lower_bound(events.begin(), events.end(), n_); at != events.begin();) {
    const Event& one = store_[*--at];
    if (one.worker != pending_.worker) continue;
    return one.kind == EventKind::load || one.kind == EventKind::file_read ? *at : kNoEvent;
  }
  return kNoEvent;
}

std::string Effects::write() const {
  const std::optional<Value> now = value_now();
  if (!now) return {};
  const EventIndex read = info().kind == ObjectKind::global ? kNoEvent : last_read();
  if (read == kNoEvent || store_[read].value() == *now) return with_value(PendingPhrase::is_now, *now);
  return Speaker::fill(text_of(book_, PendingPhrase::stale), arg("old", say_.value(store_[read].value())),
                       arg("old_at", say_.at_event(read)), arg("value", say_.value(*now)),
                       arg("what", subject_of(event_, store_, say_)));
}

}  // namespace

std::string describe_effect(const Pending& pending, const TraceStore& store, EventIndex n,
                            Language language) {
  return Effects(pending, store, n, language).tell();
}

}  // namespace lockstep
