// What a program does besides synchronizing: print, wait, check.
#pragma once

#include <fmt/format.h>

#include <functional>

#include "core/sync/item.hpp"
#include "core/sync/object.hpp"

namespace lockstep {

/// The object that all prints go through, which gives them one order. Made by whoever starts the main worker.
inline constexpr ObjectId kConsole = 1;

namespace api {

/// A format text together with the line it stands in.
struct Format {
  Format(const char* format, Where where = Where::current())
      : text(format), at(where) {}  // NOLINT: meant to convert
  const char* text;
  Where at;
};

void print_line(std::string_view line, Where at);

/// Prints one line, as fmt::format makes it. One visible step.
template <class... Arguments>
void print(Format format, Arguments&&... arguments) {
  print_line(fmt::format(fmt::runtime(format.text), std::forward<Arguments>(arguments)...), format.at);
}

/// Sleeps for that much run time. `activity` is what the worker is doing meanwhile, in a word or two for its
/// lane.
void sleep(std::chrono::nanoseconds duration, std::string_view activity = {}, Where at = Where::current());
/// Sleeps for a random time between the two, from the run's seed.
void sleep_between(std::chrono::nanoseconds least, std::chrono::nanoseconds most,
                   std::string_view activity = {}, Where at = Where::current());

/// Keeps a core busy for that much of its time on the run's clock, as a CPU-bound task does. In a stepped run
/// only time passes.
void compute(std::chrono::nanoseconds duration, std::string_view activity = {}, Where at = Where::current());

/// Does the action and records how long it really took, whatever the run's speed, under the name `what`.
/// Returns that; 0 in a stepped run, whose clock is not the machine's.
std::chrono::nanoseconds measure(std::string_view what, const std::function<void()>& action,
                                 Where at = Where::current());

/// Raises an error of the program, as Python's raise does.
[[noreturn]] void raise(std::string_view type, std::string_view message, Where at = Where::current());

/// Seconds on the run's clock.
double now();

/// States that something must hold here; false makes the run fail with "failed-check". One visible step.
/// Returns `holds`.
bool check(std::string_view what, bool holds, Where at = Where::current());

}  // namespace api
}  // namespace lockstep

template <>
struct fmt::formatter<lockstep::api::Item> : fmt::formatter<std::string> {
  template <class Context>
  auto format(const lockstep::api::Item& item, Context& context) const {
    return fmt::formatter<std::string>::format(item.str(), context);
  }
};
