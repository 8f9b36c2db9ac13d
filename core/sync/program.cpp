#include "core/sync/program.hpp"

namespace lockstep {
namespace {

void keep_type(Application& a) { a.type = a.call.type; }

constexpr Operation kPrint{.kind = EventKind::print, .apply = keep_type, .effect = Effect::none};
constexpr Operation kCheck{.kind = EventKind::check, .apply = keep_type, .effect = Effect::none};

}  // namespace

namespace api {

void print_line(std::string_view line, Where at) {
  PendingCall print = make_call(kPrint, kConsole, at, runtime().arena().intern(line));
  print.type = ValueType::text;
  call(print);
}

void sleep(std::chrono::nanoseconds duration, std::string_view activity, Where at) {
  if (duration.count() < 0) raise("ValueError", "sleep length must be non-negative", at);
  runtime().sleep(duration.count(), runtime().arena().intern(activity), site_of(at));
}

void sleep_between(std::chrono::nanoseconds least, std::chrono::nanoseconds most, std::string_view activity,
                   Where at) {
  const auto range = static_cast<std::uint64_t>((most - least).count()) + 1;
  sleep(least + std::chrono::nanoseconds(runtime().choose(range)), activity, at);
}

void compute(std::chrono::nanoseconds duration, std::string_view activity, Where at) {
  if (duration.count() < 0) raise("ValueError", "the time to compute must be non-negative", at);
  runtime().compute(duration.count(), runtime().arena().intern(activity), site_of(at));
}

std::chrono::nanoseconds measure(std::string_view what, const std::function<void()>& action, Where at) {
  Arena& arena = runtime().arena();
  const bool stepped = arena.header().step.stepped.load(std::memory_order_relaxed) != 0;
  const auto begin = std::chrono::steady_clock::now();
  action();
  const auto end = std::chrono::steady_clock::now();
  const auto took = stepped ? 0ns : std::chrono::duration_cast<std::chrono::nanoseconds>(end - begin);
  runtime().note(lockstep::Event{
      .arg = took.count(), .extra = arena.intern(what), .site = site_of(at), .kind = EventKind::measured});
  return took;
}

void raise(std::string_view type, std::string_view message, Where at) {
  lockstep::raise(type, message, site_of(at));
}

double now() { return static_cast<double>(runtime().now()) / 1e9; }

bool check(std::string_view what, bool holds, Where at) {
  const ObjectId id = find_or_create_object({.kind = ObjectKind::check, .name = what, .state = {}});
  PendingCall check = make_call(kCheck, id, at, holds ? 1 : 0);
  check.type = ValueType::boolean;
  call(check);
  return holds;
}

}  // namespace api
}  // namespace lockstep
