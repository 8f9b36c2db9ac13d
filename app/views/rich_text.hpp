// Text with badges, boxes and signs in it, which flows into lines as words do. Measuring and drawing are
// apart: a card knows its height before it is drawn.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/shell/ui.hpp"
#include "app/views/signs.hpp"

namespace lockstep {

class RichText {
 public:
  // Each adds something at the end. Colour 0 and font nullptr: the usual.
  RichText& text(std::string_view text, Color color = 0, ImFont* font = nullptr);
  /// Text of a lesson: `code` and **bold** stand out, anything else is as it is.
  RichText& prose(const Ui& ui, std::string_view markdown, Color color = 0, ImFont* font = nullptr);
  RichText& badge(WorkerId worker);
  RichText& sign(Sign sign, Color color = 0);
  /// A box with a short label; a long one ends in … and is told in full by a tooltip.
  RichText& box(std::string_view label, Color fill);
  /// A free place: dashed.
  RichText& free_box(std::string_view label);
  RichText& space(float unscaled = 6);
  RichText& new_line(float extra_space_unscaled = 0);

  bool empty() const { return pieces_.empty(); }
  /// What it says, without badges and boxes' looks: for tests and the registry.
  std::string plain(Ui& ui) const;

  /// The size when lines are at most `width` wide.
  ImVec2 measure(Ui& ui, float width) const;
  struct Drawn {
    ImVec2 size;
    WorkerId clicked = kNoWorker;  ///< whose badge was clicked in this frame
  };
  /// Draws into the current ImGui window.
  Drawn draw(Ui& ui, ImVec2 at, float width) const;

 private:
  enum class Kind : std::uint8_t { text, badge, sign, box, free_box, space, new_line };
  struct Piece {
    Kind kind = Kind::text;
    std::string text;
    Color color = 0;
    ImFont* font = nullptr;
    WorkerId worker = kNoWorker;
    Sign sign = Sign::dot;
    float amount = 0;  ///< space, new_line: unscaled pixels
  };
  /// A piece, or a part of a text, at its place.
  struct Placed {
    const Piece* piece = nullptr;
    std::string_view text;
    float x = 0, width = 0;
    std::size_t line = 0;
  };
  struct Line {
    float y = 0, ascent = 0, descent = 0;
  };
  struct Flow {
    std::vector<Placed> placed;
    std::vector<Line> lines;
    ImVec2 size;
  };
  class Flower;

  Flow flow(Ui& ui, float width) const;
  /// True if it is a badge that was clicked.
  static bool draw_piece(Ui& ui, const Placed& placed, ImVec2 baseline);

  std::vector<Piece> pieces_;
};

}  // namespace lockstep
