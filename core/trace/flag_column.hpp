// Eight flags a row: their union over any range, and the first row that has one of some flags.
#pragma once

#include <bit>

#include "core/trace/summary.hpp"

namespace lockstep {

class FlagColumn {
 public:
  void push_back(std::uint8_t flags) {
    const std::size_t at = size_++ % kRows;
    if (at == 0) words_.push_back(0);
    words_.back() |= std::uint64_t{flags} << (8 * at);
    summary_.push_back({flags});
  }
  std::size_t size() const { return size_; }
  std::uint8_t operator[](std::size_t row) const {
    return static_cast<std::uint8_t>(words_[row / kRows] >> (8 * (row % kRows)));
  }

  /// The flags that some row in [low, high) has.
  std::uint8_t any(std::size_t low, std::size_t high) const {
    if (low >= high) return 0;
    const std::size_t first = (low + kGroup - 1) / kGroup;
    const std::size_t last = high / kGroup;
    if (first + 1 >= last) return fold(few(low, high));
    const std::uint8_t whole = summary_.of_groups(first, last).flags;
    return static_cast<std::uint8_t>(fold(few(low, first * kGroup) | few(last * kGroup, high)) | whole);
  }

  /// The first row in [low, high) with one of `flags`, or high.
  std::size_t find(std::size_t low, std::size_t high, std::uint8_t flags) const {
    const std::uint64_t wanted = flags * 0x0101'0101'0101'0101U;
    const auto may_match = [flags](AnyOf any) { return (any.flags & flags) != 0; };
    while (low < high) {
      if (low % kGroup == 0) {
        const std::size_t rows = summary_.skippable_rows(low / kGroup, may_match);
        if (rows > 0) {
          low += rows;
          continue;
        }
      }
      const std::uint64_t hits = words_[low / kRows] & wanted & from(low % kRows);
      low = low / kRows * kRows;
      if (hits != 0) return std::min(high, low + static_cast<std::size_t>(std::countr_zero(hits)) / 8);
      low += kRows;
    }
    return high;
  }

  std::size_t memory_bytes() const { return words_.memory_bytes() + summary_.memory_bytes(); }

 private:
  struct AnyOf {
    std::uint8_t flags = 0;
    void merge(AnyOf other) { flags = static_cast<std::uint8_t>(flags | other.flags); }
  };
  static constexpr std::size_t kRows = 8;  // in a word
  static_assert(kGroup % kRows == 0);

  static constexpr std::uint64_t from(std::size_t row) { return ~std::uint64_t{0} << (8 * row); }
  static constexpr std::uint8_t fold(std::uint64_t word) {
    word |= word >> 32U;
    word |= word >> 16U;
    return static_cast<std::uint8_t>(word | word >> 8U);
  }

  /// The rows [low, high) word by word.
  std::uint64_t few(std::size_t low, std::size_t high) const {
    if (low >= high) return 0;
    const std::size_t last = (high - 1) / kRows;
    std::size_t word = low / kRows;
    const std::uint64_t head = from(low % kRows);
    const std::uint64_t tail = ~std::uint64_t{0} >> (8 * (kRows - 1 - (high - 1) % kRows));
    if (word == last) return words_[word] & head & tail;
    std::uint64_t sum = (words_[word] & head) | (words_[last] & tail);
    while (++word < last)
      sum |= words_[word];
    return sum;
  }

  Column<std::uint64_t, 64> words_;
  Summary<AnyOf> summary_;
  std::size_t size_ = 0;
};

}  // namespace lockstep
