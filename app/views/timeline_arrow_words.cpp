// What the arrows of the timeline say.
#include "app/views/timeline_canvas.hpp"
#include "app/views/view_tools.hpp"
#include "core/analysis/finding.hpp"
#include "core/analysis/served_call.hpp"

namespace lockstep {
namespace {

constexpr std::size_t kLongestValue = 60;  // bytes of a message that are shown

std::string moment_of(const TimelineCanvas& canvas, EventIndex event) {
  const Event& what = canvas.store()[event];
  const int line = canvas.ui.line_of(what.site);
  const std::string when = canvas.ui.moment(static_cast<RunTime>(what.time), canvas.layout.axis.per_pixel());
  return line > 0 ? canvas.ui.tr("timeline.tip.at_line", when, line) : when;
}

std::string content_of(const TimelineCanvas& canvas, const Event& event) {
  const std::string text = canvas.store().to_string(event.value());
  if (event.value().type != ValueType::text) return text;
  const std::size_t bytes = canvas.store().text(static_cast<TextId>(event.arg)).size();
  return canvas.ui.tr("timeline.tip.text", shortened(text, kLongestValue),
                      canvas.ui.tr_count("timeline.tip.bytes", static_cast<std::int64_t>(bytes)));
}

bool writes(const TraceStore& store, EventIndex index) {
  const Event& event = store[index];
  if (event.kind == EventKind::managed_call) return analysis::element_access(store.text(event.extra)).writes;
  return event.kind == EventKind::store || event.kind == EventKind::add ||
         event.kind == EventKind::file_write;
}

}  // namespace

const char* words_of(const TimelineCanvas& canvas, const ConflictArrow& arrow) {
  const TraceStore& store = canvas.store();
  const bool first = writes(store, arrow.from), second = writes(store, arrow.to);
  if (second) return canvas.ui.tr(first ? "timeline.conflict.lost" : "timeline.conflict.stale");
  return canvas.ui.tr(first ? "timeline.conflict.late" : "timeline.conflict.other");
}

std::string tip_of(const TimelineCanvas& canvas, const ArrowHit& hit) {
  const Ui& ui = canvas.ui;
  const TraceStore& store = canvas.store();
  const auto who_does = [&](EventIndex event) {
    return ui.tr("timeline.tip.doing", ui.name_of(store[event].worker),
                 describe(store[event], store, ui.language()));
  };
  // What ended a wait by coming in is a message, too.
  const bool is_awaited = hit.wake && store[hit.wake->from].kind == EventKind::pipe_send;
  if (hit.message || is_awaited) {
    const EventIndex from = hit.message ? hit.message->from : hit.wake->from;
    const EventIndex to = hit.message ? hit.message->to : hit.wake->to;
    return ui.tr("timeline.tip.message", ui.name_of(store[from].worker), ui.name_of(store[to].worker),
                 content_of(canvas, store[from])) +
           "\n" + ui.tr("timeline.tip.through", ui.name_of_object(store[from].object)) + "\n" +
           ui.tr("timeline.tip.delivered", moment_of(canvas, from), moment_of(canvas, to));
  }
  if (hit.wake) return ui.tr("timeline.tip.woke", who_does(hit.wake->from), who_does(hit.wake->to));
  if (!hit.conflict) return {};
  const auto& findings = hit.conflict->impending ? canvas.model.impending() : canvas.model.run.findings();
  std::string text = words_of(canvas, *hit.conflict);
  if (hit.conflict->finding < findings.size())
    text += "\n" + narrate(findings[hit.conflict->finding], store, ui.language());
  return text;
}

}  // namespace lockstep
