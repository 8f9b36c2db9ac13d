// A bit per row, with the number of set bits before any row (rank) and the row of the k-th set bit (select).
#pragma once

#include <bit>

#include "core/trace/column.hpp"

namespace lockstep {

/// The number of set bits. std::popcount is a library call on a plain x86-64; this is a dozen instructions.
constexpr std::uint32_t count_bits(std::uint32_t v) {
  v -= (v >> 1U) & 0x5555'5555U;
  v = (v & 0x3333'3333U) + ((v >> 2U) & 0x3333'3333U);
  return (((v + (v >> 4U)) & 0x0F0F'0F0FU) * 0x0101'0101U) >> 24U;
}

class BitColumn {
 public:
  void push_back(bool bit) {
    const std::size_t at = size_++ % kGroup;
    if (at == 0) words_.push_back({0, ones_});
    if (bit) {
      words_.back().bits |= std::uint32_t{1} << at;
      ++ones_;
    }
  }
  std::size_t size() const { return size_; }
  std::uint32_t ones() const { return ones_; }
  bool operator[](std::size_t row) const { return (words_[row / kGroup].bits >> (row % kGroup) & 1U) != 0; }

  /// Set bits in [0, row); row <= size().
  std::uint32_t rank(std::size_t row) const {
    if (row >= size_) return ones_;
    const Word& word = words_[row / kGroup];
    return word.before + count_bits(word.bits & below(row % kGroup));
  }

  /// The row of set bit number k (from 0); size() if there are not that many.
  std::size_t select(std::uint32_t k) const {
    if (k >= ones_) return size_;
    const std::size_t at = bisect(words_.size(), [&](std::size_t i) { return words_[i].before > k; }) - 1;
    std::uint32_t bits = words_[at].bits;
    for (std::uint32_t skip = k - words_[at].before; skip > 0; --skip)
      bits &= bits - 1;
    return at * kGroup + static_cast<std::size_t>(std::countr_zero(bits));
  }

  /// The first set bit at `row` or after it, or size().
  std::size_t next(std::size_t row) const {
    if (row >= size_) return size_;
    const std::size_t at = row / kGroup;
    const std::uint32_t bits = words_[at].bits & ~below(row % kGroup);
    if (bits != 0) return at * kGroup + static_cast<std::size_t>(std::countr_zero(bits));
    if (at + 1 >= words_.size()) return size_;
    // The next word that has a bit is the last one with the same number of bits before it.
    const std::uint32_t seen = words_[at + 1].before;
    if (seen == ones_) return size_;
    const std::size_t after =
        gallop(at + 2, words_.size(), [&](std::size_t i) { return words_[i].before > seen; });
    return (after - 1) * kGroup + static_cast<std::size_t>(std::countr_zero(words_[after - 1].bits));
  }

  /// The last set bit before `row`, or size() if there is none.
  std::size_t previous(std::size_t row) const {
    if (row < size_ && row % kGroup != 0) {
      const std::uint32_t bits = words_[row / kGroup].bits & below(row % kGroup);
      if (bits != 0) return row / kGroup * kGroup + top(bits);
    }
    const std::uint32_t before = rank(row);
    return before == 0 ? size_ : select(before - 1);
  }

  std::size_t memory_bytes() const { return words_.memory_bytes(); }

 private:
  struct Word {
    std::uint32_t bits;
    std::uint32_t before;
  };
  static constexpr std::uint32_t below(std::size_t bit) { return (std::uint32_t{1} << bit) - 1; }
  static std::size_t top(std::uint32_t bits) {
    return 31U - static_cast<std::size_t>(std::countl_zero(bits));
  }

  Column<Word, 256> words_;
  std::size_t size_ = 0;
  std::uint32_t ones_ = 0;
};

}  // namespace lockstep
