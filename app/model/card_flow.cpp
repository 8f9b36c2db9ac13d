#include "app/model/card_flow.hpp"

#include <algorithm>
#include <cmath>

namespace lockstep {
namespace {

// Of a card in steps, unscaled.
constexpr float kGap = 10, kNarrowest = 118, kWidest = 320;
constexpr float kCompactGap = 6, kCompactNarrowest = 150, kCompactLowest = 46;

float share(float room, std::size_t parts, float gap) {
  return (room - gap * static_cast<float>(parts - 1)) / static_cast<float>(parts);
}

}  // namespace

std::vector<CardPlace> flow_cards(std::span<const float> wishes, float width, float gap, float most_stretch) {
  std::vector<CardPlace> places;
  std::size_t begin = 0;
  for (std::size_t row = 0; begin < wishes.size(); ++row) {
    std::size_t end = begin;
    float used = 0, wished = 0;
    while (end < wishes.size()) {
      const float more = std::min(wishes[end], width) + (end > begin ? gap : 0);
      if (end > begin && used + more > width) break;
      used += more;
      wished += std::min(wishes[end], width);
      ++end;
    }
    const float stretch = wished > 0 ? std::min((width - used + wished) / wished, most_stretch) : 1;
    float x = 0;
    for (; begin < end; ++begin) {
      const float card = std::min(std::min(wishes[begin], width) * stretch, width);
      places.push_back({.x = x, .width = card, .row = row});
      x += card + gap;
    }
  }
  return places;
}

float stack_rows(std::vector<CardPlace>& places, std::span<const float> heights, float gap) {
  float y = 0;
  for (std::size_t begin = 0; begin < places.size();) {
    std::size_t end = begin;
    float height = 0;
    for (; end < places.size() && places[end].row == places[begin].row; ++end)
      height = std::max(height, heights[end]);
    if (begin > 0) y += gap;
    for (; begin < end; ++begin) {
      places[begin].y = y;
      places[begin].height = height;
    }
    y += height;
  }
  return y;
}

CardGrid grid_of_cards(std::size_t cards, float width, float height, float scale) {
  cards = std::max<std::size_t>(cards, 1);
  const float in_a_row = share(width, cards, kGap * scale);
  if (in_a_row >= kNarrowest * scale) {
    return {.columns = cards,
            .width = std::floor(std::min(in_a_row, kWidest * scale)),
            .height = height,
            .gap = kGap * scale};
  }
  CardGrid grid{.gap = std::round(kCompactGap * scale), .compact = true};
  for (std::size_t rows = 1; rows <= cards; ++rows) {
    const float row = share(height, rows, grid.gap);
    if (rows > 1 && row < kCompactLowest * scale) break;
    grid.rows = rows;
    grid.columns = (cards + rows - 1) / rows;
    grid.height = std::floor(row);
    grid.width = std::floor(share(width, grid.columns, grid.gap));
    if (grid.width >= kCompactNarrowest * scale) return grid;
  }
  grid.width = std::floor(kCompactNarrowest * scale);
  return grid;
}

}  // namespace lockstep
