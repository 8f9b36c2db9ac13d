#include "app/model/card_flow.hpp"
#include "tests/catch.hpp"

using namespace lockstep;

namespace {

// What the cards have at 1366 × 768, without their margins.
constexpr float kWidth = 655, kHeight = 156;

}  // namespace

TEST_CASE("a few cards of step mode stand in one row") {
  for (const std::size_t cards : {1U, 2U, 4U, 5U}) {
    const CardGrid grid = grid_of_cards(cards, kWidth, kHeight, 1);
    CHECK(grid.rows == 1);
    CHECK(grid.columns == cards);
    CHECK_FALSE(grid.compact);
    CHECK(grid.height == kHeight);
  }
}

TEST_CASE("many cards of step mode are compact and all in sight") {
  for (std::size_t cards = 6; cards <= 12; ++cards) {
    for (const float scale : {1.0F, 1.5F, 2.0F}) {
      const CardGrid grid = grid_of_cards(cards, kWidth * scale, kHeight * scale, scale);
      INFO(cards << " cards, scale " << scale);
      CHECK(grid.compact);
      CHECK(grid.columns * grid.rows >= cards);
      const auto columns = static_cast<float>(grid.columns), rows = static_cast<float>(grid.rows);
      CHECK(columns * grid.width + (columns - 1) * grid.gap <= kWidth * scale);
      CHECK(rows * grid.height + (rows - 1) * grid.gap <= kHeight * scale);
      CHECK(grid.width >= 150 * scale);
      CHECK(grid.height >= 46 * scale);
    }
  }
}

TEST_CASE("cards of step mode beyond what has room get columns, never less than can be read") {
  const CardGrid grid = grid_of_cards(40, kWidth, kHeight, 1);
  CHECK(grid.columns * grid.rows >= 40);
  CHECK(grid.width == 150);
  CHECK(grid.height >= 46);
}
