// What the parts of the timeline view share. Layout coordinates are relative to `origin`.
#pragma once

#include "app/model/arrow_curve.hpp"
#include "app/model/timeline_layout.hpp"
#include "app/shell/ui.hpp"

namespace lockstep {

struct TimelineCanvas {
  AppModel& model;
  Ui& ui;
  const TimelineLayout& layout;
  ImDrawList* draw = nullptr;
  ImVec2 origin;          ///< top left corner of the lanes on the screen
  ImVec2 size;            ///< of the lanes
  float axis_height = 0;  ///< of the strip over the lanes that has the labels

  ImVec2 at(float x, float y) const { return {origin.x + x, origin.y + y}; }
  float px(float unscaled) const { return ui.px(unscaled); }
  const TraceStore& store() const { return model.run.store(); }
};

// timeline_draw.cpp: the lanes from the back to the front
void draw_axis(const TimelineCanvas& canvas);
void draw_lanes(const TimelineCanvas& canvas);
void draw_measure(const TimelineCanvas& canvas);
void draw_playhead(const TimelineCanvas& canvas);

// timeline_arrow_draw.cpp
void draw_arrows(const TimelineCanvas& canvas);
void draw_arrow(const TimelineCanvas& canvas, const WakeArrow& arrow);
void draw_arrow(const TimelineCanvas& canvas, const MessageArrow& arrow);
void draw_arrow(const TimelineCanvas& canvas, const ConflictArrow& arrow, bool with_words);

// timeline_arrow_words.cpp
/// How the second access relates to the first: "read before this write".
const char* words_of(const TimelineCanvas& canvas, const ConflictArrow& arrow);
std::string tip_of(const TimelineCanvas& canvas, const ArrowHit& hit);

// timeline_plots.cpp
void draw_plot(const TimelineCanvas& canvas, const LanePlot& plot);

// timeline_names.cpp: the column with the names
void draw_names(const TimelineCanvas& canvas);

// timeline_words.cpp: what boxes and lanes say
/// A move that would write what follows from an older value (AppModel::impending).
bool is_stale(const AppModel& model, const LaneBox& box);
std::string label_of(const TimelineCanvas& canvas, const LaneBox& box);
std::string second_line(const TimelineCanvas& canvas, const LaneRow& row);
void draw_tooltip(const TimelineCanvas& canvas, const TimelineHit& hit);

// timeline_mouse.cpp
void handle_mouse(const TimelineCanvas& canvas);

// minimap.cpp: the whole run in a strip
void draw_minimap(AppModel& model, Ui& ui, ImVec2 min, ImVec2 max, float gutter);

// timeline_find.cpp: the small windows over the lanes
void draw_find(AppModel& model, Ui& ui, ImVec2 min, ImVec2 max);
void draw_go_to_time(AppModel& model, Ui& ui, ImVec2 min, ImVec2 max);

}  // namespace lockstep
