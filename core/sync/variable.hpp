// Variables that can be seen: Shared (all workers, threads and processes), Local (one worker's own), Global
// (one copy in each process). Reads and writes of Shared and Global are visible operations with value and
// line. A taught race on them is no undefined behaviour in C++: each access is one step on shared memory.
#pragma once

#include <type_traits>

#include "core/sync/item.hpp"
#include "core/sync/object.hpp"

namespace lockstep {

namespace detail {
ObjectId create_shared(std::string_view name, Value initial);
Value shared_load(ObjectId id, const std::source_location& at);
void shared_store(ObjectId id, Value value, const std::source_location& at);
Value shared_add(ObjectId id, std::int64_t delta, const std::source_location& at);
ObjectId create_local(std::string_view name);
void local_set(ObjectId id, Value value, const std::source_location& at);
ObjectId create_global(std::string_view name, Value initial);
Value global_load(ObjectId id, ValueType type, const std::source_location& at);
void global_store(ObjectId id, Value value, const std::source_location& at);
}  // namespace detail

namespace api {

template <class T>
concept Plain = std::is_same_v<T, bool> || std::is_integral_v<T>;

template <Plain T>
Value to_value(T v) {
  if constexpr (std::is_same_v<T, bool>)
    return Value::of_bool(v);
  else
    return Value::of_int(static_cast<std::int64_t>(v));
}
template <Plain T>
T from_value(Value v) {
  return static_cast<T>(v.bits);
}

/// A variable that all workers share.
template <Plain T>
class Shared {
 public:
  explicit Shared(std::string_view name, T initial = {})
      : id_(detail::create_shared(name, to_value(initial))) {}
  T load(Where at = Where::current()) const { return from_value<T>(detail::shared_load(id_, at)); }
  void store(T value, Where at = Where::current()) const { detail::shared_store(id_, to_value(value), at); }
  /// Reads, adds and writes in one step; returns the new value.
  T add(T delta, Where at = Where::current()) const {
    return from_value<T>(detail::shared_add(id_, static_cast<std::int64_t>(delta), at));
  }
  ObjectId id() const { return id_; }

 private:
  ObjectId id_;
};

/// A variable of the worker that makes it. Only the screen looks at it besides: no scheduling point.
template <Plain T>
class Local {
 public:
  explicit Local(std::string_view name) : id_(detail::create_local(name)) {}
  Local(std::string_view name, T value, Where at = Where::current()) : Local(name) { set(value, at); }
  void set(T value, Where at = Where::current()) {
    value_ = value;
    detail::local_set(id_, to_value(value), at);
  }
  T get() const { return value_; }
  operator T() const { return value_; }  // NOLINT: reads like the variable it is

 private:
  ObjectId id_;
  T value_{};
};

/// A variable of a process: its threads share it, a process that starts gets a copy.
template <Plain T>
class Global {
 public:
  explicit Global(std::string_view name, T initial = {})
      : id_(detail::create_global(name, to_value(initial))) {}
  T load(Where at = Where::current()) const {
    return from_value<T>(detail::global_load(id_, to_value(T{}).type, at));
  }
  void store(T value, Where at = Where::current()) const { detail::global_store(id_, to_value(value), at); }

 private:
  ObjectId id_;
};

}  // namespace api
}  // namespace lockstep
