// A call that somebody else is to make: a function and its arguments, packed so that another process of the
// run can unpack it. Python pickles the function's name and the arguments; here all processes are one program
// at one address, so the bytes of a closure do.
#pragma once

#include <array>
#include <cstring>
#include <new>
#include <string>
#include <type_traits>
#include <utility>

#include "core/sync/item.hpp"

namespace lockstep {

struct Task {
  static constexpr std::size_t kMostBytes = 128;

  api::Item (*run)(const std::byte* closure) = nullptr;
  std::array<std::byte, kMostBytes> closure{};
  std::string call;  ///< as a reader would write it: "square(3)"
};

namespace api {

/// A function with the name that the screen shows, for pools and executors:
///
///   const Function square("square", [](int n) { return n * n; });
///   pool.apply_async(square, 3);
template <class Callable>
struct Function {
  const char* name;
  Callable callable;
  Function(const char* its_name, Callable its_callable) : name(its_name), callable(its_callable) {}
  template <class... Arguments>
  decltype(auto) operator()(Arguments&&... arguments) const {
    return callable(std::forward<Arguments>(arguments)...);
  }
};

}  // namespace api

namespace detail {

/// What is packed of an argument: texts become items, all else stays what it is.
template <class Argument>
auto packed(const Argument& argument) {
  if constexpr (std::is_convertible_v<const Argument&, std::string_view>) {
    return api::Item(std::string_view(argument));
  } else {
    return argument;
  }
}

/// As Python's repr; nothing for a handle.
template <class Argument>
std::string shown(const Argument& argument) {
  if constexpr (std::is_same_v<Argument, api::Item> || std::is_arithmetic_v<Argument>) {
    const api::Item item(argument);
    return item.value().type == ValueType::text ? "'" + item.str() + "'" : item.str();
  } else {
    return "…";
  }
}

template <class Callable>
std::string name_of_function(const Callable& callable) {
  if constexpr (requires { callable.name; }) {
    return callable.name;
  } else {
    return "task";
  }
}

template <class Closure>
api::Item run_closure(const std::byte* bytes) {
  const Closure& closure = *std::launder(reinterpret_cast<const Closure*>(bytes));
  if constexpr (std::is_void_v<decltype(closure())>) {
    closure();
    return api::None;
  } else {
    return api::Item(closure());
  }
}

template <class Callable, class... Arguments>
Task task_of(const Callable& callable, const Arguments&... arguments) {
  const auto closure = [callable, ... arguments = arguments] { return callable(arguments...); };
  using Closure = std::remove_const_t<decltype(closure)>;
  static_assert(std::is_trivially_copyable_v<Closure>,
                "what a task is given is copied to another process: numbers, items, handles");
  static_assert(sizeof(Closure) <= Task::kMostBytes && alignof(Closure) <= alignof(std::max_align_t));
  Task task;
  task.run = run_closure<Closure>;
  std::memcpy(task.closure.data(), static_cast<const void*>(&closure), sizeof closure);
  std::string list;
  ((list += (list.empty() ? "" : ", ") + shown(arguments)), ...);
  task.call = name_of_function(callable) + "(" + list + ")";
  return task;
}

}  // namespace detail

/// The call callable(arguments...), to be made later by anybody.
template <class Callable, class... Arguments>
Task make_task(const Callable& callable, const Arguments&... arguments) {
  return detail::task_of(callable, detail::packed(arguments)...);
}

}  // namespace lockstep
