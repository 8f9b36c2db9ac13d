// What the timeline says in words: labels of boxes, second lines of names, tooltips.
#include <algorithm>

#include "app/views/timeline_canvas.hpp"
#include "app/views/view_tools.hpp"
#include "core/analysis/finding.hpp"

namespace lockstep {
namespace {

std::string worker_line(const TimelineCanvas& canvas, WorkerId id) {
  const WorkerInfo& info = canvas.store().workers()[id];
  const WorkerView& view = canvas.model.worker(id);
  const std::string doing = describe(view, id, canvas.store(), canvas.model.moment(), canvas.ui.language());
  // The threads of a process share its pid: it stands on its main lane.
  if (info.pid == 0 || info.kind == WorkerKind::thread) return doing;
  return canvas.ui.tr("lane.pid", info.pid, doing);
}

std::string waiting_part(const TimelineCanvas& canvas, const ObjectView& view) {
  if (view.waiters.empty()) return {};
  return " · " + canvas.ui.tr_count("lane.waiting", static_cast<std::int64_t>(view.waiters.size()));
}

std::string object_line(const TimelineCanvas& canvas, ObjectId id) {
  const Ui& ui = canvas.ui;
  const ObjectInfo& info = canvas.store().objects()[id];
  const ObjectView& view = canvas.model.object(id);
  switch (info.kind) {
    case ObjectKind::lock:
    case ObjectKind::rlock:
      if (view.owner != kNoWorker)
        return ui.tr("lane.held_by", ui.name_of(view.owner)) + waiting_part(canvas, view);
      return ui.tr_count("lane.free", LaneIndex(canvas.store()).times_held(id, canvas.model.moment()));
    case ObjectKind::semaphore:
    case ObjectKind::bounded_semaphore: return permits_words(ui, info, view) + waiting_part(canvas, view);
    case ObjectKind::queue:
    case ObjectKind::joinable_queue: {
      std::string text = info.limit > 0 ? ui.tr("lane.queue", view.count, info.limit)
                                        : ui.tr_count("lane.queue_unbounded", view.count);
      if (info.kind == ObjectKind::joinable_queue) text += " · " + ui.tr("lane.unfinished", view.unfinished);
      return text;
    }
    case ObjectKind::pipe:
      return ui.tr_count("lane.queue_unbounded", view.count) + waiting_part(canvas, view);
    case ObjectKind::socket: return ui.tr_count("lane.backlog", view.count);
    case ObjectKind::pool:
      return ui.tr_count("pool.queued", view.count) + " · " + ui.tr_count("objects.pool.size", info.limit);
    case ObjectKind::event:
      return ui.tr(view.count != 0 ? "lane.set" : "lane.clear") + waiting_part(canvas, view);
    case ObjectKind::condition:
      return ui.tr_count("lane.waiting", static_cast<std::int64_t>(view.waiters.size()));
    case ObjectKind::barrier: return ui.tr("lane.arrived", view.count, info.initial);
    default: return view.has_value ? "= " + canvas.store().to_string(view.value) : std::string();
  }
}

/// The stretch of a state: what the worker did then.
std::string stretch(const TimelineCanvas& canvas, const LaneBox& box) {
  const EventIndex n = box.event + 1;
  const WorkerView view = canvas.store().worker_after(box.worker, n);
  return describe(view, box.worker, canvas.store(), n, canvas.ui.language());
}

std::string content_text(const TimelineCanvas& canvas, const LaneBox& box) {
  const TraceStore& store = canvas.store();
  if (box.event != kNoEvent) return store.to_string(store.object_after(box.object, box.event + 1).value);
  const ObjectInfo& info = store.objects()[box.object];
  return store.to_string(Value{info.initial_type, info.initial});
}

std::string span_of(const TimelineCanvas& canvas, const LaneBox& box) {
  const RunTime resolution = std::max<RunTime>(canvas.layout.axis.per_pixel(), 1);
  return canvas.ui.tr("timeline.tip.span", canvas.ui.duration(box.end - box.begin),
                      canvas.ui.moment(box.begin, resolution), canvas.ui.moment(box.end, resolution));
}

std::string event_tip(const TimelineCanvas& canvas, const LaneBox& box) {
  const Event& event = canvas.store()[box.event];
  const std::string what = describe(event, canvas.store(), canvas.ui.language());
  const std::string when = canvas.ui.moment(static_cast<RunTime>(event.time), canvas.layout.axis.per_pixel());
  const std::string who = canvas.ui.name_of(event.worker);
  const int line = canvas.ui.line_of(event.site);
  return line > 0 ? canvas.ui.tr("timeline.tip.event_line", who, what, when, line)
                  : canvas.ui.tr("timeline.tip.event", who, what, when);
}

/// Of a step that has not been taken.
std::string step_tip(const TimelineCanvas& canvas, const LaneBox& box) {
  const Ui& ui = canvas.ui;
  if (box.look == BoxLook::planned)
    return ui.tr("timeline.tip.planned", ui.name_of(box.worker), box.begin / kStepTime + 1);
  const WorkerCard* card = canvas.model.step.card(box.worker);
  if (!card) return ui.name_of(box.worker);
  const std::string about =
      describe_pending(pending_of(*card), canvas.store(), canvas.store().size(), ui.language());
  return ui.tr("timeline.tip.next", ui.name_of(box.worker), about);
}

std::string box_tip(const TimelineCanvas& canvas, const LaneBox& box) {
  const Ui& ui = canvas.ui;
  if (box.merged > 1)
    return ui.tr("timeline.tip.merged", box.merged) + std::string("\n") + span_of(canvas, box);
  switch (box.look) {
    case BoxLook::mark:
    case BoxLook::notch:
    case BoxLook::end_mark:
    case BoxLook::step:
    case BoxLook::cut_mark: return event_tip(canvas, box);
    case BoxLook::planned:
    case BoxLook::next: return step_tip(canvas, box);
    case BoxLook::held:
      return ui.tr("timeline.tip.held", ui.name_of(box.worker)) + std::string("\n") + span_of(canvas, box);
    case BoxLook::content: return content_text(canvas, box) + "\n" + span_of(canvas, box);
    case BoxLook::running:
    case BoxLook::sleeping:
    case BoxLook::waiting:
    case BoxLook::waiter:
      return ui.tr("timeline.tip.doing", ui.name_of(box.worker), stretch(canvas, box)) + std::string("\n") +
             span_of(canvas, box);
  }
  return {};
}

}  // namespace

bool is_stale(const AppModel& model, const LaneBox& box) {
  return box.look == BoxLook::next && std::ranges::any_of(model.impending(), [&](const Finding& finding) {
           return finding.workers[0] == box.worker;
         });
}

std::string label_of(const TimelineCanvas& canvas, const LaneBox& box) {
  const Ui& ui = canvas.ui;
  if (box.look == BoxLook::step) return box_label(canvas.store()[box.event], canvas.store(), ui.language());
  if (box.look == BoxLook::next) {
    const WorkerCard* card = canvas.model.step.card(box.worker);
    if (!card) return {};
    return box_label(pending_of(*card), canvas.store(), ui.language()) +
           (is_stale(canvas.model, box) ? " ?" : "");
  }
  if (box.look == BoxLook::content) return content_text(canvas, box);
  if (box.event == kNoEvent || box.merged > 1) return ui.tr("timeline.merged", box.merged);
  const Event& event = canvas.store()[box.event];
  if (event.kind == EventKind::sleep_begin) {
    const std::string_view activity = canvas.store().text(event.extra);
    return activity.empty() ? ui.tr("timeline.sleeps") : std::string(activity);
  }
  return stretch(canvas, box);
}

std::string second_line(const TimelineCanvas& canvas, const LaneRow& row) {
  return row.kind == LaneKind::worker ? worker_line(canvas, row.worker) : object_line(canvas, row.object);
}

void draw_tooltip(const TimelineCanvas& canvas, const TimelineHit& hit) {
  Ui& ui = canvas.ui;
  if (!hit.row) return;
  if (hit.on_name) {
    const bool worker = hit.row->kind == LaneKind::worker;
    const std::string name = worker ? ui.name_of(hit.row->worker) : ui.name_of_object(hit.row->object);
    std::string text = name + "\n" + second_line(canvas, *hit.row);
    if (worker) text += "\n" + label(canvas.model.worker(hit.row->worker).state, ui.language());
    ui.tip(text.c_str());
  } else if (hit.box && (hit.box->event != kNoEvent || hit.box->look == BoxLook::content ||
                         hit.box->look == BoxLook::next || hit.box->look == BoxLook::planned)) {
    ui.tip(box_tip(canvas, *hit.box).c_str());
  }
}

}  // namespace lockstep
