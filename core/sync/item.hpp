// A value that a program passes around: Python's None, bool, int, float or str.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include "core/runtime/runtime.hpp"

namespace lockstep::api {

/// Python's None.
struct NoneType {};
inline constexpr NoneType None{};

class Item {
 public:
  Item(NoneType) : value_(Value::nothing()) {}                    // NOLINT: all meant to convert
  Item(std::same_as<bool> auto v) : value_(Value::of_bool(v)) {}  // NOLINT
  template <std::integral Integer>
  requires(!std::same_as<Integer, bool>) Item(Integer v)
      : value_(Value::of_int(static_cast<std::int64_t>(v))) {}                             // NOLINT
  Item(std::floating_point auto v) : value_(Value::of_real(static_cast<double>(v))) {}     // NOLINT
  Item(std::string_view text) : value_(Value::of_text(runtime().arena().intern(text))) {}  // NOLINT
  Item(const std::string& text) : Item(std::string_view(text)) {}                          // NOLINT
  Item(const char* text) : Item(std::string_view(text)) {}                                 // NOLINT
  explicit Item(Value value) : value_(value) {}

  bool is_none() const { return value_.is_none(); }
  std::int64_t as_int() const { return value_.bits; }
  bool as_bool() const { return value_.bits != 0; }
  double as_real() const { return value_.as_real(); }
  /// As Python's print shows it.
  std::string str() const;
  Value value() const { return value_; }
  friend bool operator==(const Item&, const Item&) = default;

 private:
  Value value_;
};

}  // namespace lockstep::api
