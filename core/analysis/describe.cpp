// What a worker is doing, and single events, as short phrases.
#include "core/analysis/replay.hpp"
#include "core/analysis/speaker.hpp"

namespace lockstep {
namespace {

using namespace analysis;
using fmt::arg;

// --- lanes

class Lane {
 public:
  Lane(const WorkerView& view, WorkerId worker, const TraceStore& store, EventIndex n, Language language)
      : view_(view), worker_(worker), store_(store), n_(n), say_(store, language) {}

  std::string tell() const;

 private:
  std::string waiting() const;
  std::string waiting_for_lock() const;
  std::string waiting_for_queue() const;
  std::string waiting_for_join() const;
  std::string about(Phrase phrase, std::int64_t count = 0, std::int64_t limit = 0) const {
    return say_.say(phrase, arg("object", say_.object(view_.object)), arg("count", count),
                    arg("limit", limit));
  }

  const WorkerView& view_;
  WorkerId worker_;
  const TraceStore& store_;
  EventIndex n_;
  Speaker say_;
};

std::string Lane::tell() const {
  switch (view_.state) {
    case WorkerState::created: return say_.say(Phrase::lane_created);
    case WorkerState::ready: return say_.say(Phrase::lane_ready);
    case WorkerState::running: return say_.say(Phrase::lane_running);
    case WorkerState::waiting: {
      const std::string text = waiting();
      return view_.timed ? say_.say(Phrase::lane_timed, arg("text", text)) : text;
    }
    case WorkerState::sleeping:
      return view_.activity != 0 ? say_.text(view_.activity) : say_.say(Phrase::lane_sleeping);
    case WorkerState::finished:
      if (view_.exit_code == 0) return say_.say(Phrase::lane_ended);
      return store_.workers()[worker_].kind == WorkerKind::thread
                 ? say_.say(Phrase::lane_ended_by_error)
                 : say_.say(Phrase::lane_ended_with, arg("count", view_.exit_code));
    case WorkerState::zombie: return say_.say(Phrase::lane_zombie);
    case WorkerState::killed:
      return say_.say(view_.exit_code == 0 ? Phrase::lane_cut_off : Phrase::lane_killed,
                      arg("count", -view_.exit_code));
  }
  return {};
}

std::string Lane::waiting_for_lock() const {
  const WorkerId owner = store_.object_after(view_.object, n_).owner;
  if (owner == kNoWorker) return about(Phrase::lane_lock);
  if (owner == worker_) return about(Phrase::lane_lock_mine);
  const WorkerState state = store_.worker_after(owner, n_).state;
  const bool ended =
      state == WorkerState::finished || state == WorkerState::zombie || state == WorkerState::killed;
  return say_.say(ended ? Phrase::lane_lock_ended : Phrase::lane_lock_held,
                  arg("object", say_.object(view_.object)), arg("owner", say_.worker(owner)));
}

std::string Lane::waiting_for_queue() const {
  switch (view_.wants) {
    case EventKind::queue_get: return about(Phrase::lane_get);
    case EventKind::queue_put: return about(Phrase::lane_put);
    case EventKind::queue_join:
      return about(Phrase::lane_queue_join, store_.object_after(view_.object, n_).unfinished);
    default: return about(Phrase::lane_other);
  }
}

std::string Lane::waiting_for_join() const {
  const WorkerId target = say_.worker_of(view_.object);
  return say_.say(Phrase::lane_join,
                  arg("target", target == kNoWorker ? say_.object(view_.object) : say_.worker(target)));
}

std::string Lane::waiting() const {
  const ObjectInfo& info = store_.objects()[view_.object];
  switch (info.kind) {
    case ObjectKind::thread:
    case ObjectKind::process: return waiting_for_join();
    case ObjectKind::lock:
    case ObjectKind::rlock: return waiting_for_lock();
    case ObjectKind::semaphore:
    case ObjectKind::bounded_semaphore: return about(Phrase::lane_semaphore);
    case ObjectKind::condition: return about(Phrase::lane_condition);
    case ObjectKind::event: return about(Phrase::lane_event);
    case ObjectKind::barrier:
      if (view_.wants == EventKind::barrier_arrive) return about(Phrase::lane_barrier_enter);
      return about(Phrase::lane_barrier, store_.object_after(info.id, n_).count, parties_of(info));
    case ObjectKind::queue:
    case ObjectKind::joinable_queue: return waiting_for_queue();
    case ObjectKind::pipe:
      return about(view_.wants == EventKind::pipe_send ? Phrase::lane_send : Phrase::lane_recv);
    case ObjectKind::pool: return about(Phrase::lane_tasks);
    case ObjectKind::future: return about(Phrase::lane_future);
    case ObjectKind::socket:
      return about(view_.wants == EventKind::socket_accept ? Phrase::lane_accept : Phrase::lane_other);
    default: return about(Phrase::lane_other);
  }
}

// --- events

/// The phrase of an event that depends on more than its kind, or an empty text.
std::string_view special_phrase(const Event& event, const Speaker& say) {
  switch (event.kind) {
    case EventKind::worker_end:
      if (event.has(event_flag::kRaised)) return say.phrase(Phrase::event_ends_by_error);
      return event.arg != 0 ? say.phrase(Phrase::event_ends_with) : "";
    case EventKind::sleep_begin: return event.extra != 0 ? say.phrase(Phrase::event_sleep_activity) : "";
    case EventKind::acquire: return event.arg > 1 ? say.phrase(Phrase::event_acquire_again) : "";
    case EventKind::release: return event.arg > 0 ? say.phrase(Phrase::event_release_inner) : "";
    case EventKind::notify: return event.arg == 0 ? say.phrase(Phrase::event_notify_nobody) : "";
    case EventKind::check: return event.arg == 0 ? say.phrase(Phrase::event_check_failed) : "";
    case EventKind::file_read: return key_of(event) != 0 ? say.phrase(Phrase::event_read_key) : "";
    case EventKind::file_write: return key_of(event) != 0 ? say.phrase(Phrase::event_write_key) : "";
    case EventKind::pipe_recv:
      if (event.has(event_flag::kEnd))
        return say.phrase(event.value().is_none() ? Phrase::event_recv_end : Phrase::event_recv_gone);
      return event.has(event_flag::kPart) ? say.phrase(Phrase::event_recv_part) : "";
    case EventKind::pool_take: return event.has(event_flag::kEnd) ? say.phrase(Phrase::event_take_end) : "";
    case EventKind::future_run: return event.arg == 0 ? say.phrase(Phrase::event_run_cancelled) : "";
    case EventKind::future_set:
      return event.has(event_flag::kRaised) ? say.phrase(Phrase::event_result_error) : "";
    case EventKind::core: return event.arg > 0 ? say.phrase(Phrase::event_core_after) : "";
    default: return "";
  }
}

std::string_view event_phrase(const Event& event, const Speaker& say) {
  const std::string_view special = special_phrase(event, say);
  return special.empty() ? text_of(say.book().events, event.kind, name_of(event.kind)) : special;
}

WorkerId target_of(const Event& event, const Speaker& say) {
  return argument_of(event.kind) == ArgumentType::worker ? static_cast<WorkerId>(event.arg)
                                                         : say.worker_of(event.object);
}

/// The text that belongs to an event: what is printed or raised, what a sleeper does, the key in a file.
TextId text_in(const Event& event) {
  if (argument_of(event.kind) == ArgumentType::text) return static_cast<TextId>(event.arg);
  const bool extra = event.kind == EventKind::sleep_begin || event.kind == EventKind::measured;
  return extra ? event.extra : key_of(event);
}

std::string ends_in(std::int64_t mask, const Speaker& say) {
  return std::string(say.phrase(mask == 1   ? Phrase::ends_write
                                : mask == 2 ? Phrase::ends_read
                                            : Phrase::ends_both));
}

/// What an event wants: the operation that is waited for, or the call that is served or submitted.
std::string wanted_in(const Event& event, const Speaker& say) {
  if (argument_of(event.kind) == ArgumentType::kind)
    return std::string(name_of(static_cast<EventKind>(event.arg)));
  const bool call = event.kind == EventKind::managed_call || event.kind == EventKind::pool_submit;
  return call ? say.text(event.extra) : std::string();
}

std::string value_in(const Event& event, const Speaker& say) {
  switch (event.kind) {
    case EventKind::speed: return fmt::format("{:g}", static_cast<double>(event.arg) / 1000);
    case EventKind::kernel_state: return std::string(1, event.arg != 0 ? static_cast<char>(event.arg) : '-');
    case EventKind::core: return std::to_string(event.extra);
    case EventKind::parent_pid: return std::to_string(event.extra);
    case EventKind::pipe_inherit: return ends_in(event.extra, say);
    case EventKind::pipe_close: return ends_in(event.arg, say);
    case EventKind::pool_take: return say.object(static_cast<ObjectId>(event.arg));
    default: break;
  }
  return argument_of(event.kind) == ArgumentType::value ? say.value(event.value())
                                                        : fmt::format("{}", event.arg);
}

}  // namespace

std::string describe(const WorkerView& view, WorkerId worker, const TraceStore& store, EventIndex n,
                     Language language) {
  return Lane(view, worker, store, n, language).tell();
}

std::string describe(const Event& event, const TraceStore& store, Language language) {
  const Speaker say(store, language);
  const bool barrier = event.kind == EventKind::barrier_arrive && event.object < store.objects().size();
  return Speaker::fill(event_phrase(event, say), arg("object", say.object(event.object)),
                       arg("target", say.worker(target_of(event, say))), arg("wanted", wanted_in(event, say)),
                       arg("count", event.arg), arg("value", value_in(event, say)),
                       arg("text", say.text(text_in(event))), arg("duration", say.duration(event.arg)),
                       arg("limit", barrier ? parties_of(store.objects()[event.object]) : 0));
}

std::string label(WorkerState state, Language language) {
  return std::string(text_of(book_of(language).states, state, name_of(state)));
}

std::string label(ObjectKind kind, Language language) {
  return std::string(text_of(book_of(language).objects, kind, name_of(kind)));
}

}  // namespace lockstep
