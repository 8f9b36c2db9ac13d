// The columns of the tab "Processes": what each process has of a variable or a pipe.
#pragma once

#include "app/model/process_table.hpp"
#include "app/shell/ui.hpp"

namespace lockstep {

/// What the columns are drawn on.
struct ProcessGrid {
  AppModel& model;
  Ui& ui;
  const ProcessTable& table;
  float top = 0;  ///< of the first row, scrolled
  float row_height = 0;
  float view_top = 0, view_bottom = 0;  ///< what can be seen of the rows
};

float width_of_column(const ProcessGrid& grid, const ProcessColumn& column);
/// Name and, under it, whose it is.
void draw_column_head(const ProcessGrid& grid, const ProcessColumn& column, ImVec2 min, ImVec2 max);
void draw_column_cells(const ProcessGrid& grid, const ProcessColumn& column, float x0, float x1);

}  // namespace lockstep
