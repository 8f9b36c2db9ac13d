// Cards in rows: as many side by side as fit, each row filled to the right edge.
#pragma once

#include <span>
#include <vector>

namespace lockstep {

struct CardPlace {
  float x = 0, y = 0, width = 0, height = 0;
  std::size_t row = 0;
};

/// Gives each card a row, x and width. A card gets at least what it wishes (or the whole width, if it wishes
/// more); what is left in a row is shared out in proportion, but no card grows beyond `most_stretch` times
/// its wish.
std::vector<CardPlace> flow_cards(std::span<const float> wishes, float width, float gap,
                                  float most_stretch = 1.6F);

/// Gives each card its y and height: all of a row are as high as the highest. Returns the height of all.
float stack_rows(std::vector<CardPlace>& places, std::span<const float> heights, float gap);

/// The cards of step mode: all of one size.
struct CardGrid {
  std::size_t columns = 1, rows = 1;
  float width = 0, height = 0;  ///< of a card
  float gap = 0;                ///< between two of them
  bool compact = false;         ///< two or three lines each
};

/// One row of cards if each gets a width in which it can be read, else the fewest rows of compact ones. More
/// cards than have room in all (some twelve in a window of 1366 × 768) get columns beyond the right edge.
CardGrid grid_of_cards(std::size_t cards, float width, float height, float scale);

}  // namespace lockstep
