#include "app/model/card_flow.hpp"

#include <algorithm>

namespace lockstep {

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

}  // namespace lockstep
