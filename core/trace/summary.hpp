// What a range of rows has in common, in time logarithmic in its length: a pyramid over complete groups of
// rows.
#pragma once

#include <limits>

#include "core/trace/column.hpp"

namespace lockstep {

/// The smallest and the largest of some numbers.
template <class T>
struct MinMax {
  T min = std::numeric_limits<T>::max();
  T max = std::numeric_limits<T>::lowest();

  void add(T value) {
    min = std::min(min, value);
    max = std::max(max, value);
  }
  void merge(const MinMax& other) {
    min = std::min(min, other.min);
    max = std::max(max, other.max);
  }
  bool empty() const { return min > max; }
};

/// Keeps a T (a default-constructed one is empty; has merge) for each complete group of rows, for each kFan
/// groups, and so on. Rows of the last, incomplete group are asked for one by one, as are the ends of a
/// range.
template <class T>
class Summary {
 public:
  /// Appends a row.
  void push_back(const T& row) {
    open_.merge(row);
    if (++size_ % kGroup != 0) return;
    push_node(0, open_);
    open_ = {};
  }

  /// Of the rows [low, high). `leaf(T&, row)` adds one row.
  template <class Leaf>
  T of(std::size_t low, std::size_t high, Leaf&& leaf) const {
    T result{};
    const std::size_t first = (low + kGroup - 1) / kGroup;
    const std::size_t last = std::max(first, high / kGroup);
    const std::size_t head_end = std::min(high, first * kGroup);
    for (std::size_t row = low; row < head_end; ++row)
      leaf(result, row);
    merge_nodes(result, first, last);
    for (std::size_t row = std::max(head_end, last * kGroup); row < high; ++row)
      leaf(result, row);
    return result;
  }

  /// The same of complete groups [first, last).
  T of_groups(std::size_t first, std::size_t last) const {
    T result{};
    merge_nodes(result, first, last);
    return result;
  }

  /// How many rows from the beginning of `group` on can be passed over because no summary of theirs satisfies
  /// `may_match`: those of the largest such node that begins there, or 0.
  template <class MayMatch>
  std::size_t skippable_rows(std::size_t group, MayMatch&& may_match) const {
    std::size_t rows = 0;
    std::size_t width = kGroup;
    for (std::size_t level = 0; group < nodes(level) && !may_match(levels_[level][group]); ++level) {
      rows = width;
      if (group % kFan != 0) break;
      group /= kFan;
      width *= kFan;
    }
    return rows;
  }

  std::size_t memory_bytes() const {
    std::size_t sum = levels_.capacity() * sizeof(levels_[0]);
    for (const auto& level : levels_)
      sum += level.memory_bytes();
    return sum;
  }

 private:
  static constexpr std::size_t kFan = 16;

  std::size_t nodes(std::size_t level) const { return level < levels_.size() ? levels_[level].size() : 0; }

  void push_node(std::size_t level, const T& node) {
    if (level == levels_.size()) levels_.emplace_back();
    levels_[level].push_back(node);
    const std::size_t count = levels_[level].size();
    if (count % kFan != 0) return;
    T parent{};
    for (std::size_t i = count - kFan; i < count; ++i)
      parent.merge(levels_[level][i]);
    push_node(level + 1, parent);
  }

  /// Nodes [low, high) of level 0: climbs while whole parents fit, so it touches at most 2 · kFan nodes a
  /// level.
  void merge_nodes(T& result, std::size_t low, std::size_t high) const {
    for (std::size_t level = 0; low < high; ++level, low /= kFan, high /= kFan) {
      while (low < high && low % kFan != 0)
        result.merge(levels_[level][low++]);
      while (low < high && high % kFan != 0)
        result.merge(levels_[level][--high]);
    }
  }

  std::vector<Column<T, 256>> levels_;
  T open_{};
  std::size_t size_ = 0;
};

}  // namespace lockstep
