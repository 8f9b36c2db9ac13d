#include "core/event/event.hpp"

#include <set>

#include "core/event/worker_state.hpp"
#include "tests/catch.hpp"

using namespace lockstep;

namespace {

constexpr auto kAllStates = [] {
  std::array<WorkerState, kWorkerStateCount> all{};
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i] = static_cast<WorkerState>(i);
  return all;
}();

}  // namespace

TEST_CASE("every_kind_has_a_name_of_its_own_that_leads_back_to_it") {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kKindCount; ++i) {
    const auto kind = static_cast<EventKind>(i);
    CHECK(names.insert(name_of(kind)).second);
    CHECK(kind_named(name_of(kind)) == kind);
  }
  CHECK(kind_named("nonsense") == std::nullopt);
  CHECK(name_of(static_cast<EventKind>(kKindCount)) == "?");
  CHECK(argument_of(static_cast<EventKind>(kKindCount)) == ArgumentType::none);
}

TEST_CASE("every_object_kind_and_state_has_a_name") {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kObjectKindCount; ++i)
    names.insert(name_of(static_cast<ObjectKind>(i)));
  for (const WorkerState state : kAllStates)
    names.insert(name_of(state));
  CHECK(names.size() == kObjectKindCount + kWorkerStateCount);
  CHECK(!names.contains("?"));
}

TEST_CASE("a_value_keeps_its_type_and_bits_through_an_event") {
  for (const Value value :
       {Value::of_int(-1), Value::of_bool(true), Value::of_real(0.1), Value::of_text(7), Value::nothing()}) {
    const Event event{.arg = value.bits, .flags = static_cast<std::uint8_t>(value.type)};
    CHECK(event.value() == value);
  }
  CHECK(Value::of_real(0.1).as_real() == 0.1);
}

TEST_CASE("nothing_leaves_finished_or_killed_and_nobody_goes_back_to_created") {
  for (const WorkerState from : kAllStates) {
    for (const WorkerState to : kAllStates) {
      if (from == to) continue;
      if (from == WorkerState::finished || from == WorkerState::killed) CHECK(!is_legal(from, to));
      if (to == WorkerState::created) CHECK(!is_legal(from, to));
    }
  }
}

TEST_CASE("only_a_worker_that_runs_or_waits_begins_to_wait_and_only_one_that_runs_ends_by_itself") {
  for (const WorkerState from : kAllStates) {
    const bool runs = from == WorkerState::running;
    CHECK(is_legal(from, WorkerState::waiting) == (runs || from == WorkerState::waiting));
    CHECK(is_legal(from, WorkerState::sleeping) == (runs || from == WorkerState::sleeping));
    CHECK(is_legal(from, WorkerState::finished) ==
          (runs || from == WorkerState::zombie || from == WorkerState::finished));
  }
}

TEST_CASE("events_of_the_sandbox_and_stalls_leave_the_state_as_it_is") {
  for (const EventKind kind :
       {EventKind::stall, EventKind::core, EventKind::paused, EventKind::resumed, EventKind::speed}) {
    for (const WorkerState now : kAllStates)
      CHECK(state_after(now, Event{.kind = kind}) == now);
  }
}
