// Cards of what workers wait for: locks, semaphores, conditions, events, barriers, queues.
#include <algorithm>

#include "app/views/object_cards.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

constexpr std::int64_t kMostSlots = 16;

RunTime since(const CardContext& card, EventIndex event) {
  if (event == kNoEvent) return 0;
  return std::max<RunTime>(card.model.moment_time() - static_cast<RunTime>(card.store()[event].time), 0);
}

/// The event that made the present owner the owner; looks back a little.
EventIndex taken_at(const CardContext& card) {
  const auto events = card.store().events_of_object(card.info.id);
  auto at = std::lower_bound(events.begin(), events.end(), card.model.moment()) - events.begin();
  for (int steps = 0; at > 0 && steps < 64; ++steps) {
    const Event& event = card.store()[events[static_cast<std::size_t>(--at)]];
    if (event.kind == EventKind::acquire && event.arg == 1) return events[static_cast<std::size_t>(at)];
  }
  return kNoEvent;
}

/// How many permits the semaphore ever had to give, as far as it is known.
std::int64_t permits_of(const CardContext& card) {
  return std::max({card.info.initial, card.info.limit, card.view.count});
}

void slots(const CardContext& card, std::int64_t full, std::int64_t all, const char* full_label,
           const char* free_label) {
  const Ui& ui = card.ui;
  for (std::int64_t i = 0; i < std::min(all, kMostSlots); ++i) {
    if (i < full)
      card.body.box(full_label, ui.theme().accent);
    else
      card.body.free_box(free_label);
  }
  if (all > kMostSlots) {
    card.body.text(ui.tr_count("objects.more", all - kMostSlots), card.dim(), ui.fonts().small);
  }
}

}  // namespace

void lock_card(const CardContext& card) {
  Ui& ui = card.ui;
  card.body.new_line(4);
  if (card.view.owner == kNoWorker) {
    card.body.sign(Sign::padlock_open, ui.theme().ok).text(ui.tr("objects.lock.free"), ui.theme().ok);
  } else {
    card.body.sign(Sign::padlock, ui.theme().warning).badge(card.view.owner);
    card.body.text(ui.tr("objects.lock.held", ui.name_of(card.view.owner)));
    card.body.text("  " + ui.tr("objects.so_far", ui.duration(since(card, taken_at(card)))), card.dim(),
                   ui.fonts().small);
  }
  if (card.info.kind == ObjectKind::rlock && card.view.count > 0) {
    card.body.new_line(2);
    for (std::int64_t i = 1; i <= std::min(card.view.count, kMostSlots); ++i)
      card.body.box(std::to_string(i), ui.worker_color(card.view.owner));
    card.body.text(ui.tr_count("objects.rlock.count", card.view.count), card.dim(), ui.fonts().small);
  }
  card.body.new_line(2);
  add_waiters(card);
}

void semaphore_card(const CardContext& card) {
  Ui& ui = card.ui;
  const std::int64_t all = permits_of(card);
  card.body.text("  · " + permits_words(ui, card.info, card.view), card.dim(), ui.fonts().small);
  card.body.new_line(4);
  if (all == 0) card.body.free_box(ui.tr("objects.semaphore.none"));
  slots(card, card.view.count, all, ui.tr("objects.semaphore.permit"), ui.tr("objects.semaphore.taken"));
  card.body.new_line(2);
  add_waiters(card);
}

void condition_card(const CardContext& card) {
  Ui& ui = card.ui;
  if (card.info.related != kNoObject) {
    card.body.text("  · " + ui.tr("objects.condition.lock", ui.name_of_object(card.info.related)), card.dim(),
                   ui.fonts().small);
  }
  card.body.new_line(4);
  if (card.view.waiters.empty()) {
    card.body.text(ui.tr("objects.condition.empty"), card.dim());
    return;
  }
  card.body.sign(Sign::hourglass, ui.theme().warning).text(ui.tr("objects.condition.asleep"), card.dim());
  card.body.space();
  for (const WorkerId waiter : card.view.waiters)
    card.body.badge(waiter);
  card.body.new_line().text(ui.tr("objects.condition.order"), ui.theme().text_faint, ui.fonts().small);
}

void event_card(const CardContext& card) {
  Ui& ui = card.ui;
  const bool set = card.view.count != 0;
  card.body.new_line(4);
  card.body.sign(set ? Sign::flag_up : Sign::flag_down, set ? ui.theme().ok : ui.theme().text_dim);
  card.body.text(ui.tr(set ? "objects.event.set" : "objects.event.clear"), set ? ui.theme().ok : 0,
                 ui.fonts().semi);
  card.body.new_line(2);
  add_waiters(card);
}

void barrier_card(const CardContext& card) {
  Ui& ui = card.ui;
  const std::int64_t parties = card.info.initial > 0 ? card.info.initial : card.info.limit;
  card.body.text("  · " + ui.tr("objects.barrier.arrived", card.view.count, parties), card.dim(),
                 ui.fonts().small);
  card.body.new_line(4);
  const auto& here = card.view.waiters;
  for (std::int64_t i = 0; i < std::min(parties, kMostSlots); ++i) {
    const auto place = static_cast<std::size_t>(i);
    if (place < here.size())
      card.body.box(ui.badge_of(here[place]), ui.worker_color(here[place]));
    else if (i < card.view.count)
      card.body.box(ui.tr("objects.barrier.here"), ui.theme().accent);
    else
      card.body.free_box(ui.tr("objects.barrier.missing"));
  }
}

void queue_card(const CardContext& card) {
  constexpr std::size_t kMostItems = 12;
  Ui& ui = card.ui;
  const std::vector<QueueItem> items = card.store().queue_after(card.info.id, card.model.moment());
  const auto depth = static_cast<std::int64_t>(items.size());
  std::string head = "  · " + (card.info.limit > 0 ? ui.tr("objects.queue.of", depth, card.info.limit)
                                                   : ui.tr_count("objects.queue.items", depth));
  if (card.info.kind == ObjectKind::joinable_queue) {
    head += " · " + ui.tr_count("objects.queue.unfinished", card.view.unfinished);
  }
  card.body.text(head, card.dim(), ui.fonts().small).new_line(4);

  for (std::size_t i = 0; i < std::min(items.size(), kMostItems); ++i) {
    card.body.box(shortened(card.store().to_string(items[i].value), 60), ui.worker_color(items[i].put_by));
  }
  if (items.size() > kMostItems) {
    card.body.text(ui.tr_count("objects.more", depth - static_cast<std::int64_t>(kMostItems)), card.dim());
  }
  const std::int64_t places = std::min<std::int64_t>(card.info.limit, static_cast<std::int64_t>(kMostItems));
  for (std::int64_t i = depth; i < places; ++i)
    card.body.free_box(ui.tr("objects.queue.free"));
  if (items.empty() && card.info.limit <= 0) card.body.free_box(ui.tr("objects.queue.empty"));
  card.body.new_line();
  card.body.sign(Sign::arrow_left, card.dim())
      .text(ui.tr("objects.queue.next"), card.dim(), ui.fonts().small);

  card.body.new_line(2);
  add_waiters_for(card, ui.tr("objects.queue.put"), EventKind::queue_put);
  card.body.space(18);
  add_waiters_for(card, ui.tr("objects.queue.get"), EventKind::queue_get);
  if (card.info.kind != ObjectKind::joinable_queue) return;
  card.body.space(18);
  add_waiters_for(card, ui.tr("objects.queue.join"), EventKind::queue_join);
}

}  // namespace lockstep
