// Chunked, append-only arrays: what the indices of a trace are made of. Growing never moves more than the
// first chunk, so a long trace carries no slack of a doubling vector, and the rows of one group always lie
// side by side.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace lockstep {

/// Rows are summarised in groups of this many.
inline constexpr std::size_t kGroup = 32;

/// An array of T. Its addresses are those of chunks of `Chunk` elements, of which several are allocated
/// together so that a long column is contiguous over long stretches (it is read in passing) and yet has
/// little slack. The first chunk doubles up to its size (a column of few rows is small); from then on
/// elements keep their addresses.
template <class T, std::size_t Chunk = 512>
class Column {
  static_assert(std::is_trivially_copyable_v<T> && (Chunk & (Chunk - 1)) == 0 && Chunk >= kGroup);

 public:
  void push_back(const T& value) {
    if (next_ == stop_) advance();
    *next_++ = value;
    ++size_;
  }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const T& operator[](std::size_t i) const { return chunks_[i / Chunk][i % Chunk]; }
  T& operator[](std::size_t i) { return chunks_[i / Chunk][i % Chunk]; }
  const T& back() const { return next_[-1]; }
  T& back() { return next_[-1]; }
  /// The elements from `i` to the end of its chunk lie side by side from here on.
  const T* from(std::size_t i) const { return &chunks_[i / Chunk][i % Chunk]; }
  std::size_t memory_bytes() const {
    return capacity_ * sizeof(T) + (chunks_.capacity() + slabs_.capacity()) * sizeof(T*);
  }

 private:
  static constexpr std::size_t kFirst = 8;
  static constexpr std::size_t kSlackShare = 16;
  static constexpr std::size_t kMostTogether =
      std::max<std::size_t>(1, (std::size_t{64} << 10) / (Chunk * sizeof(T)));

  /// Finds the place of the next element.
  void advance() {
    if (size_ == capacity_) grow();
    next_ = &chunks_[size_ / Chunk][size_ % Chunk];
    stop_ = chunks_[size_ / Chunk] + std::min(Chunk, capacity_);
  }

  void grow() {
    if (capacity_ < Chunk) {
      const std::size_t wider = capacity_ == 0 ? kFirst : capacity_ * 2;
      auto slab = std::make_unique_for_overwrite<T[]>(wider);
      if (size_ > 0) std::copy_n(chunks_[0], size_, slab.get());
      slabs_.resize(1);
      slabs_[0] = std::move(slab);
      chunks_.assign(1, slabs_[0].get());
      capacity_ = wider;
    } else {
      const std::size_t more = std::clamp<std::size_t>(chunks_.size() / kSlackShare, 1, kMostTogether);
      slabs_.push_back(std::make_unique_for_overwrite<T[]>(more * Chunk));
      for (std::size_t i = 0; i < more; ++i)
        chunks_.push_back(slabs_.back().get() + i * Chunk);
      capacity_ += more * Chunk;
    }
  }

  T* next_ = nullptr;  ///< where the next element goes, unless it is stop_
  T* stop_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
  std::vector<T*> chunks_;
  std::vector<std::unique_ptr<T[]>> slabs_;
};

/// The first i in [low, high) for which `reached(i)` holds, or high; `reached` must be monotone. Doubling
/// steps from `low`, so it costs the logarithm of the distance.
template <class Reached>
std::size_t gallop(std::size_t low, std::size_t high, Reached&& reached) {
  std::size_t step = 1;
  std::size_t end = low;
  while (end < high && !reached(end)) {
    low = end + 1;
    end = low + step;
    step *= 2;
  }
  end = std::min(end, high);
  while (low < end) {
    const std::size_t middle = low + (end - low) / 2;
    if (reached(middle)) {
      end = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/// The first i in [0, size) for which `reached(i)` holds, or size.
template <class Reached>
std::size_t bisect(std::size_t size, Reached&& reached) {
  std::size_t low = 0;
  while (size > 0) {
    const std::size_t half = size / 2;
    const bool skip = !reached(low + half);
    low = skip ? low + half + 1 : low;
    size = skip ? size - half - 1 : half;
  }
  return low;
}

}  // namespace lockstep
