#include "app/model/core_lanes.hpp"

#include <algorithm>
#include <map>

namespace lockstep {
namespace {

/// What is nearly full counts as full, so that a pause of microseconds leaves no line.
constexpr double kFull = 0.98;

using Shares = std::map<WorkerId, double>;

class Filler {
 public:
  explicit Filler(std::vector<LaneFill>& out) : out_(out) {}

  /// The next column of the lane; columns come from the left to the right.
  void put(std::size_t lane, int column, const Shares& shares) {
    double sum = 0;
    for (const auto& [worker, share] : shares)
      sum += share;
    const double scale = sum >= kFull ? 1 / sum : 1;
    double low = 0;
    for (const auto& [worker, share] : shares) {
      const double high = low + share * scale;
      add({lane, worker, column, column + 1, static_cast<float>(low), static_cast<float>(high)});
      low = high;
    }
  }

 private:
  /// Goes on with the fill before it if that is of the same worker and as high.
  void add(const LaneFill& fill) {
    if (!out_.empty()) {
      LaneFill& last = out_.back();
      if (last.lane == fill.lane && last.worker == fill.worker && last.to == fill.from &&
          last.low == fill.low && last.high == fill.high) {
        last.to = fill.to;
        return;
      }
    }
    out_.push_back(fill);
  }

  std::vector<LaneFill>& out_;
};

}  // namespace

std::vector<LaneFill> lane_fills(std::span<const LanePiece> pieces, RunTime until, int columns) {
  std::vector<LaneFill> result;
  if (until <= 0 || columns <= 0) return result;
  std::map<std::pair<std::size_t, int>, Shares> shares;
  const double scale = static_cast<double>(columns) / static_cast<double>(until);
  for (const LanePiece& piece : pieces) {
    const double begin = static_cast<double>(piece.begin) * scale,
                 end = static_cast<double>(piece.end) * scale;
    for (int column = static_cast<int>(begin); column < columns && column < end; ++column) {
      const double part = std::min(end, column + 1.0) - std::max(begin, static_cast<double>(column));
      if (part > 0) shares[{piece.lane, column}][piece.worker] += part;
    }
  }
  Filler filler(result);
  for (const auto& [place, workers] : shares)
    filler.put(place.first, place.second, workers);
  return result;
}

}  // namespace lockstep
