// multiprocessing.Value and multiprocessing.Array: numbers in memory that all processes share, with an RLock.
//
//   const Value<int> number("number", 0);
//   const With held(number.get_lock());
//   number.store(number.load() + 1);
//
// As in Python, each single read and write takes the lock, but `number.value += 1` is a read and a write: the
// lock must be held around both. RawValue and RawArray (lock=False) take no lock at all. A slice is its
// elements, one after the other.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "core/process/slice.hpp"
#include "core/sync/lock.hpp"
#include "core/sync/variable.hpp"

namespace lockstep::api {

/// One number without a lock.
template <Plain T>
using RawValue = Shared<T>;

template <Plain T>
class Value {
 public:
  explicit Value(std::string_view name, T initial = {})
      : value_(name, initial), lock_(std::string(name) + " lock", Among::processes) {}
  /// Python's `number.value`. Blocks while another holds the lock.
  T load(Where at = Where::current()) const {
    const With held(lock_, at);
    return value_.load(at);
  }
  /// Python's `number.value = value`. Blocks while another holds the lock.
  void store(T value, Where at = Where::current()) const {
    const With held(lock_, at);
    value_.store(value, at);
  }
  const RLock& get_lock() const { return lock_; }
  /// The number below the lock.
  const RawValue<T>& get_obj() const { return value_; }

 private:
  RawValue<T> value_;
  RLock lock_;
};

/// Numbers side by side without a lock; each is a variable of its own.
template <Plain T>
class RawArray {
 public:
  /// At most 1024 of them; all 0.
  RawArray(std::string_view name, int size) : RawArray(name, std::vector<T>(checked(size), T{})) {}
  RawArray(std::string_view name, std::initializer_list<T> values) : RawArray(name, std::vector<T>(values)) {}
  RawArray(std::string_view name, const std::vector<T>& values) {
    for (std::size_t i = 0; i < values.size(); ++i)
      elements_.emplace_back(std::string(name) + "[" + std::to_string(i) + "]", values[i]);
  }
  int size() const { return static_cast<int>(elements_.size()); }
  /// Python's `array[i]`; a negative index counts from the end. IndexError outside.
  T load(int i, Where at = Where::current()) const { return element(i, at).load(at); }
  void store(int i, T value, Where at = Where::current()) const { element(i, at).store(value, at); }
  /// Python's `array[start:stop:step]`. ValueError for a step of 0.
  std::vector<T> load(const Slice& slice, Where at = Where::current()) const {
    std::vector<T> values;
    for (const int i : places_of(slice, size(), at))
      values.push_back(load(i, at));
    return values;
  }
  /// ValueError, and nothing is written, unless there are as many values as elements.
  void store(const Slice& slice, const std::vector<T>& values, Where at = Where::current()) const {
    const std::vector<int> places = places_of(slice, size(), at);
    if (places.size() != values.size())
      lockstep::raise("ValueError", "Can only assign sequence of same size", site_of(at));
    for (std::size_t i = 0; i < values.size(); ++i)
      store(places[i], values[i], at);
  }

 private:
  static std::size_t checked(int size) {
    if (size < 0 || size > 1024)
      lockstep::raise("ValueError", "an array of the sandbox has 0 to 1024 elements, for example 8", 0);
    return static_cast<std::size_t>(size);
  }
  const Shared<T>& element(int i, Where at) const {
    const int from_start = i < 0 ? i + size() : i;
    if (from_start < 0 || from_start >= size()) lockstep::raise("IndexError", "invalid index", site_of(at));
    return elements_[static_cast<std::size_t>(from_start)];
  }

  std::vector<Shared<T>> elements_;
};

template <Plain T>
class Array {
 public:
  Array(std::string_view name, int size)
      : elements_(name, size), lock_(std::string(name) + " lock", Among::processes) {}
  Array(std::string_view name, std::initializer_list<T> values)
      : elements_(name, values), lock_(std::string(name) + " lock", Among::processes) {}
  int size() const { return elements_.size(); }
  /// Blocks while another holds the lock. IndexError outside.
  T load(int i, Where at = Where::current()) const {
    const With held(lock_, at);
    return elements_.load(i, at);
  }
  void store(int i, T value, Where at = Where::current()) const {
    const With held(lock_, at);
    elements_.store(i, value, at);
  }
  std::vector<T> load(const Slice& slice, Where at = Where::current()) const {
    const With held(lock_, at);
    return elements_.load(slice, at);
  }
  void store(const Slice& slice, const std::vector<T>& values, Where at = Where::current()) const {
    const With held(lock_, at);
    elements_.store(slice, values, at);
  }
  const RLock& get_lock() const { return lock_; }
  const RawArray<T>& get_obj() const { return elements_; }

 private:
  RawArray<T> elements_;
  RLock lock_;
};

}  // namespace lockstep::api
