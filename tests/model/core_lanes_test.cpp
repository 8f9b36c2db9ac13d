// Lanes of cores as columns of pixels.
#include "app/model/core_lanes.hpp"

#include "tests/catch.hpp"

using namespace lockstep;

namespace {

LanePiece piece(WorkerId worker, std::size_t lane, RunTime begin, RunTime end) {
  return {.worker = worker, .lane = lane, .begin = begin, .end = end};
}

}  // namespace

TEST_CASE("a long piece is one fill over its columns") {
  const std::vector<LanePiece> pieces{piece(1, 0, 100, 500), piece(2, 1, 0, 1000)};
  const auto fills = lane_fills(pieces, 1000, 100);
  REQUIRE(fills.size() == 2);
  CHECK(fills[0].worker == 1);
  CHECK(fills[0].from == 10);
  CHECK(fills[0].to == 50);
  CHECK(fills[0].high == 1);
  CHECK(fills[1].lane == 1);
  CHECK(fills[1].to == 100);
}

TEST_CASE("turns that are narrower than a column share its height") {
  std::vector<LanePiece> pieces;
  for (RunTime at = 0; at < 1000; at += 4) {
    pieces.push_back(piece(1, 0, at, at + 3));
    pieces.push_back(piece(2, 0, at + 3, at + 4));
  }
  const auto fills = lane_fills(pieces, 1000, 10);
  REQUIRE(!fills.empty());
  for (const LaneFill& fill : fills) {
    CHECK(fill.low == Catch::Approx(fill.worker == 1 ? 0 : 0.75).margin(1e-6));
    CHECK(fill.high == Catch::Approx(fill.worker == 1 ? 0.75 : 1).margin(1e-6));
  }
}

TEST_CASE("a core that rests half of a column fills half of its height, and more than one is never drawn") {
  const std::vector<LanePiece> half{piece(1, 0, 0, 5)};
  const auto low = lane_fills(half, 100, 10);
  REQUIRE(low.size() == 1);
  CHECK(low[0].high == Catch::Approx(0.5));
  const std::vector<LanePiece> both{piece(1, 0, 0, 10), piece(2, 0, 0, 10)};
  const auto full = lane_fills(both, 100, 10);
  REQUIRE(full.size() == 2);
  CHECK(full[0].high == Catch::Approx(0.5));
  CHECK(full[1].high == Catch::Approx(1));
  CHECK(lane_fills(both, 0, 10).empty());
  CHECK(lane_fills(both, 100, 0).empty());
}
