// Cards of what workers talk through: pipes, sockets, pools, futures.
#include <algorithm>

#include "app/views/object_cards.hpp"
#include "app/views/view_tools.hpp"
#include "core/analysis/exchange.hpp"

namespace lockstep {
namespace {

constexpr std::size_t kMostItems = 12;

/// What is inside, oldest first; `text_of` says what stands in a box.
template <class TextOf>
void add_items(const CardContext& card, TextOf&& text_of) {
  Ui& ui = card.ui;
  const std::vector<QueueItem> items = card.store().queue_after(card.info.id, card.model.moment());
  const auto depth = static_cast<std::int64_t>(items.size());
  card.body.text("  · " + ui.tr_count("objects.queue.items", depth), card.dim(), ui.fonts().small)
      .new_line(4);
  for (std::size_t i = 0; i < std::min(items.size(), kMostItems); ++i)
    card.body.box(shortened(text_of(items[i].value), 60), ui.worker_color(items[i].put_by));
  if (items.size() > kMostItems) {
    card.body.text(ui.tr_count("objects.more", depth - static_cast<std::int64_t>(kMostItems)), card.dim());
  }
  if (items.empty()) card.body.free_box(ui.tr("objects.queue.empty"));
  card.body.new_line(2);
}

/// label and the processes that hold that end, or "closed".
template <class Holds>
void add_holders(const CardContext& card, const char* label, Holds&& holds) {
  Ui& ui = card.ui;
  card.body.text(label, card.dim(), ui.fonts().small).space();
  bool any = false;
  for (WorkerId id = 0; id < card.store().workers().size(); ++id) {
    if (!holds(id)) continue;
    card.body.badge(id);
    any = true;
  }
  if (!any) card.body.text(ui.tr("objects.pipe.closed"), ui.theme().warning, ui.fonts().small);
}

std::string name_of_task(const CardContext& card, Value task) {
  const auto id = static_cast<ObjectId>(task.bits);
  return card.store().has_object(id) ? card.ui.name_of_object(id) : card.store().to_string(task);
}

}  // namespace

void pipe_card(const CardContext& card) {
  Ui& ui = card.ui;
  add_items(card, [&](Value value) { return card.store().to_string(value); });
  const analysis::Exchange now = analysis::exchange_after(card.store(), card.info.id, card.model.moment());
  add_holders(card, ui.tr("objects.pipe.writers"), [&](WorkerId id) { return now.has_writer(id); });
  card.body.space(18);
  add_holders(card, ui.tr("objects.pipe.readers"), [&](WorkerId id) { return now.has_reader(id); });
  card.body.new_line(2);
  add_waiters(card);
}

void socket_card(const CardContext& card) {
  add_items(card, [&](Value value) { return name_of_task(card, value); });
  add_waiters_for(card, card.ui.tr("objects.socket.accept"), EventKind::socket_accept);
}

void pool_card(const CardContext& card) {
  Ui& ui = card.ui;
  card.body.text("  · " + ui.tr_count("objects.pool.size", card.info.limit), card.dim(), ui.fonts().small);
  add_items(card, [&](Value value) { return name_of_task(card, value); });
  add_waiters_for(card, ui.tr("objects.pool.idle"), EventKind::pool_take);
}

void future_card(const CardContext& card) {
  Ui& ui = card.ui;
  const char* state = ui.tr("objects.future.pending");
  WorkerId by = kNoWorker;
  bool failed = false;
  for (const EventIndex index : card.store().events_of_object(card.info.id)) {
    if (index >= card.model.moment()) break;
    const Event& event = card.store()[index];
    if (event.kind == EventKind::future_run && event.arg != 0) {
      state = ui.tr("objects.future.running");
      by = event.worker;
    } else if (event.kind == EventKind::future_set) {
      failed = event.has(event_flag::kRaised);
      state = ui.tr(failed ? "objects.future.failed" : "objects.future.done");
    } else if (event.kind == EventKind::future_cancel && event.arg != 0) {
      state = ui.tr("objects.future.cancelled");
    }
  }
  card.body.new_line(2).text(state, failed ? ui.theme().error : card.dim(), ui.fonts().semi).space();
  if (by != kNoWorker) card.body.badge(by);
  if (card.view.has_value) {
    card.body.new_line(2).text(shortened(card.store().to_string(card.view.value), 60), 0, ui.fonts().mono);
  }
  card.body.new_line(2);
  add_waiters(card);
}

}  // namespace lockstep
