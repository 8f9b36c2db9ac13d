#include "core/session/step_cards.hpp"

#include <algorithm>

#include "core/runtime/apply.hpp"
#include "core/runtime/holders.hpp"

namespace lockstep {
namespace {

Event event_to_come(const PendingCall& call, WorkerId worker) {
  Event event{.arg = call.arg,
              .extra = call.extra,
              .worker = worker,
              .object = call.object,
              .site = call.site,
              .kind = call.kind};
  event.flags = static_cast<std::uint8_t>(call.type);
  return event;
}

/// Who alone could make the call possible, which is not possible now.
std::vector<WorkerId> holders(const Arena& arena, const PendingCall& call) {
  if (call.kind == EventKind::join) return {static_cast<WorkerId>(call.arg)};
  if (call.kind != EventKind::acquire) return {};
  const ObjectState& state = current_state(arena.object(call.object));
  if (state.count == 0 || state.owner == kNoWorker) return {};
  return {state.owner};
}

void describe_call(const Arena& arena, const WorkerSlot& slot, WorkerCard& card) {
  card.pending = event_to_come(slot.pending, card.worker);
  card.timed = slot.pending.timeout_ns > 0;
  if (card.timed) card.due = slot.step.due;
  if (!card.move || card.move->kind != MoveKind::perform) card.held_by = holders(arena, slot.pending);
}

/// Of its process, which loses its pipes first.
void describe_end(const Arena& arena, const WorkerSlot& slot, WorkerCard& card) {
  describe_call(arena, slot, card);
  if (!card.move || card.move->kind != MoveKind::lose_pipe) return;
  const ObjectState& pipe = current_state(arena.object(card.move->object));
  card.pending = Event{.arg = ends_held(pipe, card.worker),
                       .extra = 1,
                       .worker = card.worker,
                       .object = card.move->object,
                       .kind = EventKind::pipe_close};
}

WorkerCard card_of(const Arena& arena, WorkerId worker) {
  const WorkerSlot& slot = arena.worker(worker);
  const Offer& offer = arena.header().step.offers[worker];
  WorkerCard card;
  card.worker = worker;
  card.pending.worker = worker;
  card.pending.object = slot.object;
  card.can_begin_to_wait = offer.can_begin_to_wait;
  if (offer.move.worker == worker && slot.step.stand != Stand::absent) card.move = offer.move;
  switch (slot.step.stand) {
    case Stand::at_call: describe_call(arena, slot, card); break;
    case Stand::waiting:
      card.waiting = true;
      describe_call(arena, slot, card);
      break;
    case Stand::sleeping:
      card.sleeping = true;
      card.pending.kind = EventKind::sleep_end;
      card.pending.object = kNoObject;
      card.pending.site = static_cast<SiteId>(slot.step.sleep_site);
      card.due = slot.step.due;
      break;
    case Stand::ending: describe_end(arena, slot, card); break;
    case Stand::dying: card.pending.kind = EventKind::worker_killed; break;
    case Stand::ended:
      card.ended = true;
      card.pending.kind = EventKind::worker_end;
      break;
    case Stand::absent:
    case Stand::busy: card.pending.kind = EventKind::worker_begin; break;
  }
  return card;
}

}  // namespace

std::vector<WorkerCard> cards_of(const Arena& arena) {
  std::vector<WorkerCard> cards;
  const std::uint32_t count = std::min<std::uint32_t>(arena.worker_count(), kMaxWorkers);
  for (std::uint32_t id = 0; id < count; ++id) {
    const auto worker = static_cast<WorkerId>(id);
    if (arena.worker(worker).lifecycle.load(std::memory_order_acquire) == Lifecycle::unused) break;
    cards.push_back(card_of(arena, worker));
  }
  return cards;
}

}  // namespace lockstep
