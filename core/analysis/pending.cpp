// What a worker is about to do, and the words of boxes. What would come of it: effect.cpp.
#include "core/analysis/pending.hpp"

#include <algorithm>

#include "core/analysis/computing.hpp"
#include "core/analysis/pending_book.hpp"
#include "core/analysis/replay.hpp"

namespace lockstep {
namespace {

using namespace analysis;
using fmt::arg;

WorkerId target_of(const Event& event, const Speaker& say) {
  const bool named = event.kind == EventKind::worker_start || event.kind == EventKind::join ||
                     event.kind == EventKind::terminate || event.kind == EventKind::kill ||
                     event.kind == EventKind::pool_hire || event.kind == EventKind::pipe_inherit;
  return named ? static_cast<WorkerId>(event.arg) : say.worker_of(event.object);
}

/// The number or text that the caller gives; for a subtraction without its sign.
std::string value_of(const Event& event, const Speaker& say) {
  if (event.kind == EventKind::add && is_subtraction(event)) return fmt::format("{}", -event.arg);
  return say.value(event.value());
}

std::string_view special_action(const Event& event, const PendingBook& book) {
  const auto phrase = [&](PendingPhrase which) { return text_of(book, which); };
  switch (event.kind) {
    case EventKind::worker_end: return event.arg != 0 ? phrase(PendingPhrase::end_by_error) : "";
    case EventKind::add: return is_subtraction(event) ? phrase(PendingPhrase::subtract) : "";
    case EventKind::sem_release: return event.arg > 1 ? phrase(PendingPhrase::release_many) : "";
    case EventKind::notify:
      if (event.arg >= kMaxWorkers) return phrase(PendingPhrase::notify_all);
      return event.arg > 1 ? phrase(PendingPhrase::notify_some) : "";
    case EventKind::file_read: return event.extra != 0 ? phrase(PendingPhrase::read_key) : "";
    case EventKind::file_write: return event.extra != 0 ? phrase(PendingPhrase::write_key) : "";
    default: return "";
  }
}

/// The text that belongs to it: the line to print, or the key in a file.
TextId text_in(const Event& event) {
  return event.kind == EventKind::print ? static_cast<TextId>(event.arg) : event.extra;
}

// --- boxes

constexpr std::size_t kLongestInBox = 12;  // bytes of a text

std::string short_value(Value value, const Speaker& say);

/// What a box shows of an event that has happened.
std::string shown_value(const Event& event, const Speaker& say) {
  if (event.kind == EventKind::kernel_state)
    return std::string(1, event.arg != 0 ? static_cast<char>(event.arg) : '-');
  return short_value(event.value(), say);
}

std::string short_value(Value value, const Speaker& say) {
  if (value.type != ValueType::text) return say.value(value);
  const std::string whole = say.value(value);
  return whole.size() <= kLongestInBox ? whole : shorten(whole, kLongestInBox);
}

std::string fill_box(std::string_view text, const Event& event, const std::string& value,
                     const TraceStore& store, const Speaker& say) {
  const bool barrier = event.kind == EventKind::barrier_arrive && event.object < store.objects().size();
  return Speaker::fill(text, arg("value", value), arg("count", event.arg),
                       arg("target", say.worker(target_of(event, say))),
                       arg("limit", barrier ? parties_of(store.objects()[event.object]) : 0));
}

/// A computation ends as a sleep does, by the clock; in words it is none.
Event event_to_come(const Pending& pending, const TraceStore& store, EventIndex n) {
  Event event = pending.event;
  if (event.kind == EventKind::sleep_end && is_computing(store, pending.worker, n))
    event.kind = EventKind::compute_end;
  return event;
}

}  // namespace

bool is_computing(const TraceStore& store, WorkerId worker, EventIndex n) {
  const EventIndices events = store.events_of_worker(worker);
  const auto at = std::lower_bound(events.begin(), events.end(), n);
  return at != events.begin() && store[*std::prev(at)].kind == EventKind::compute_begin;
}

std::string describe_pending(const Pending& pending, const TraceStore& store, EventIndex n,
                             Language language) {
  const Speaker say(store, language);
  const PendingBook& book = pending_book_of(language);
  if (pending.ended) {
    const WorkerView view = store.worker_after(pending.worker, n);
    if (view.state != WorkerState::killed) return std::string(text_of(book, PendingPhrase::ended));
    if (view.exit_code == 0) return std::string(text_of(book, PendingPhrase::cut_off));
    return describe(view, pending.worker, store, n, language);
  }
  const Event event = event_to_come(pending, store, n);
  std::string_view text = special_action(event, book);
  if (text.empty()) text = text_of(book.actions, event.kind, name_of(event.kind));
  return Speaker::fill(text, arg("object", say.object(event.object)),
                       arg("target", say.worker(target_of(event, say))), arg("value", value_of(event, say)),
                       arg("text", say.text(text_in(event))), arg("count", event.arg));
}

std::string box_label(const Event& event, const TraceStore& store, Language language) {
  const Speaker say(store, language);
  const PendingBook& book = pending_book_of(language);
  std::string_view text = text_of(book.boxes, event.kind, name_of(event.kind));
  if (event.kind == EventKind::check && event.arg == 0) text = text_of(book, PendingPhrase::box_check_failed);
  return fill_box(text, event, shown_value(event, say), store, say);
}

std::string box_label(const Pending& pending, const TraceStore& store, Language language) {
  const Speaker say(store, language);
  const PendingBook& book = pending_book_of(language);
  if (pending.ended) return std::string(text_of(book, PendingPhrase::ended));
  const Event event = event_to_come(pending, store, store.size());
  const std::string_view done = text_of(book.boxes, event.kind, name_of(event.kind));
  return fill_box(text_of(book.to_come, event.kind, done), event, short_value(event.value(), say), store,
                  say);
}

}  // namespace lockstep
