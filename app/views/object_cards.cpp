#include "app/views/object_cards.hpp"

#include <algorithm>

#include "app/model/code_marks.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

/// Lower comes first; -1: no card.
int rank_of(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::queue:
    case ObjectKind::joinable_queue:
    case ObjectKind::pipe:
    case ObjectKind::pool: return 0;
    case ObjectKind::semaphore:
    case ObjectKind::bounded_semaphore:
    case ObjectKind::event:
    case ObjectKind::barrier:
    case ObjectKind::socket: return 1;
    case ObjectKind::lock:
    case ObjectKind::rlock: return 2;
    case ObjectKind::condition: return 3;
    case ObjectKind::file:
    case ObjectKind::shared:
    case ObjectKind::global:
    case ObjectKind::future:
    case ObjectKind::managed: return 4;
    case ObjectKind::check: return 5;
    case ObjectKind::none:
    case ObjectKind::thread:
    case ObjectKind::process:
    case ObjectKind::local:
    case ObjectKind::console: return -1;
  }
  return -1;
}

std::string kind_label(Ui& ui, ObjectKind kind) {
  switch (kind) {
    case ObjectKind::shared: return ui.tr("objects.kind.shared");
    case ObjectKind::global: return ui.tr("objects.kind.global");
    case ObjectKind::file: return ui.tr("objects.kind.file");
    case ObjectKind::check: return ui.tr("objects.kind.check");
    default: return std::string(name_of(kind));
  }
}

void fill(const CardContext& card) {
  switch (card.info.kind) {
    case ObjectKind::lock:
    case ObjectKind::rlock: return lock_card(card);
    case ObjectKind::semaphore:
    case ObjectKind::bounded_semaphore: return semaphore_card(card);
    case ObjectKind::condition: return condition_card(card);
    case ObjectKind::event: return event_card(card);
    case ObjectKind::barrier: return barrier_card(card);
    case ObjectKind::queue:
    case ObjectKind::joinable_queue: return queue_card(card);
    case ObjectKind::pipe: return pipe_card(card);
    case ObjectKind::socket: return socket_card(card);
    case ObjectKind::pool: return pool_card(card);
    case ObjectKind::future: return future_card(card);
    case ObjectKind::shared:
    case ObjectKind::managed: return variable_card(card);
    case ObjectKind::global: return global_card(card);
    case ObjectKind::file: return file_card(card);
    case ObjectKind::check: return check_card(card);
    default: return;
  }
}

bool in_a_failure(const AppModel& model, ObjectId id) {
  return std::ranges::any_of(model.run.findings(), [&](const Finding& finding) {
    return is_failure(finding.kind) && finding.at <= model.moment() &&
           std::ranges::find(finding.objects, id) != finding.objects.end();
  });
}

}  // namespace

std::vector<ObjectId> objects_with_cards(const TraceStore& store) {
  std::vector<ObjectId> ids;
  for (ObjectId id = 1; id < store.objects().size(); ++id) {
    if (rank_of(store.objects()[id].kind) >= 0) ids.push_back(id);
  }
  std::ranges::stable_sort(ids, {}, [&](ObjectId id) { return rank_of(store.objects()[id].kind); });
  return ids;
}

ObjectCard object_card(AppModel& model, Ui& ui, ObjectId id) {
  const ObjectInfo& info = model.run.store().objects()[id];
  const ObjectView& view = model.object(id);
  ObjectCard card{.object = id, .id = "objects.card." + std::to_string(id), .body = {}};
  card.alarm = in_a_failure(model, id);
  card.body.text(ui.name_of_object(id), 0, ui.fonts().semi);
  card.body.text("  " + kind_label(ui, info.kind), ui.theme().text_dim, ui.fonts().small);
  fill({model, ui, info, view, card.body});
  return card;
}

void add_join_cards(AppModel& model, Ui& ui, std::vector<ObjectCard>& cards) {
  const TraceStore& store = model.run.store();
  const Color dim = ui.theme().text_dim;
  for (WorkerId id = 0; id < store.workers().size(); ++id) {
    const WorkerView& view = model.worker(id);
    if (view.state != WorkerState::waiting || view.wants != EventKind::join) continue;
    const auto target = std::ranges::find(store.workers(), view.object, &WorkerInfo::object);
    if (target == store.workers().end()) continue;
    ObjectCard card{.worker = id, .id = "objects.join." + std::to_string(id), .body = {}};
    card.body.text(ui.name_of(id), 0, ui.fonts().semi);
    card.body.text("  " + std::string(ui.tr("objects.join.waits")), dim, ui.fonts().small).new_line(4);
    card.body.badge(target->id).text(ui.tr("objects.join.to_end", ui.name_of(target->id))).new_line();
    const std::string so_far = ui.duration(std::max<RunTime>(model.moment_time() - view.since, 0));
    card.body.text(ui.tr("objects.join.so_far", so_far), dim, ui.fonts().small);
    cards.push_back(std::move(card));
  }
}

void add_locals_card(AppModel& model, Ui& ui, std::vector<ObjectCard>& cards) {
  constexpr int kMost = 24;
  const TraceStore& store = model.run.store();
  ObjectCard card{.id = "objects.locals", .body = {}};
  int shown = 0;
  for (ObjectId id = 1; id < store.objects().size() && shown < kMost; ++id) {
    const ObjectInfo& info = store.objects()[id];
    if (info.kind != ObjectKind::local || !lives(model.worker(info.owner).state)) continue;
    const ObjectView& view = model.object(id);
    if (!view.has_value || view.value.is_none()) continue;
    if (shown == 0) card.body.text(ui.tr("objects.locals"), 0, ui.fonts().semi).new_line(4);
    if (shown > 0) card.body.space(14);
    card.body.badge(info.owner)
        .text(info.name + " = " + shortened(store.to_string(view.value), 40), 0, ui.fonts().mono);
    ++shown;
  }
  if (shown > 0) cards.push_back(std::move(card));
}

void add_waiters(const CardContext& card) {
  const Ui& ui = card.ui;
  if (card.view.waiters.empty()) {
    card.body.text(ui.tr("objects.nobody_waits"), ui.theme().text_faint, ui.fonts().small);
    return;
  }
  card.body.sign(Sign::hourglass, ui.theme().warning)
      .text(ui.tr("objects.waiting"), card.dim(), ui.fonts().small);
  card.body.space();
  for (const WorkerId waiter : card.view.waiters)
    card.body.badge(waiter);
}

void add_waiters_for(const CardContext& card, const char* label, EventKind kind) {
  const Ui& ui = card.ui;
  std::vector<WorkerId> who;
  for (const WorkerId waiter : card.view.waiters) {
    if (card.model.worker(waiter).wants == kind) who.push_back(waiter);
  }
  if (!who.empty()) card.body.sign(Sign::hourglass, ui.theme().warning);
  card.body.text(label, card.dim(), ui.fonts().small).space();
  for (const WorkerId waiter : who)
    card.body.badge(waiter);
  if (who.empty()) card.body.text(ui.tr("objects.nobody"), ui.theme().text_faint, ui.fonts().small);
}

}  // namespace lockstep
