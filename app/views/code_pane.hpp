// Source text with a badge at the line of each worker and the values that were set beside it. What the C++
// and the Python tab share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/model/app_model.hpp"
#include "app/model/code_marks.hpp"
#include "app/model/code_tokens.hpp"
#include "app/shell/ui.hpp"

namespace lockstep {

/// A source text, coloured once.
struct CodeText {
  std::string scenario;  ///< id; "" = nothing yet
  std::vector<std::string_view> lines;
  std::vector<std::vector<Token>> tokens;
  std::vector<int> program_lines;  ///< by line: the one of the C++ that it stands for; 0: none
  float widest = 0;                ///< of a line, in pixels at `scale`
  float scale = 0;
};

struct CodeScroll {
  bool follow = true;    ///< keeps the line of the worker that moved last in sight
  int shown_line = 0;    ///< that was last brought into sight
  bool settled = false;  ///< false: jump there at once instead of gliding
  double target = -1;    ///< scroll position to glide to; -1: none
  std::string scenario;
};

/// Reads and colours the file of the scenario if that was not done yet. The registration at the end of a
/// scenario.cpp is left out: it is no part of the program, and it tells how the runs end.
void load_code(const Ui& ui, CodeText& text, std::string_view scenario, std::string_view file, Syntax syntax);

/// Draws over what is left of the pane. `id` is the prefix of the names in the registry.
void draw_code(AppModel& model, Ui& ui, std::string_view id, const CodeText& text, const CodeMarks& marks,
               CodeScroll& scroll);

/// The marks of the chosen scenario's C++ at the model's moment, made once for each moment.
const CodeMarks& present_marks(AppModel& model, Ui& ui);

}  // namespace lockstep
