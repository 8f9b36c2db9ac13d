// What the analysis says of an execution on fibers.
#pragma once

#include <vector>

#include "core/analysis/diagnosis.hpp"
#include "core/session/definitions.hpp"
#include "tests/catch.hpp"

namespace lockstep::test {

/// The trace of an execution, as a session would keep it: `events` are those that it recorded in `arena`.
struct FiberTrace {
  FiberTrace(Arena& arena, const std::vector<Event>& events) : diagnosis(store) {
    Definitions(arena, store).declare_for(events);
    REQUIRE(store.append(events).value_or("") == "");
    diagnosis.update();
  }

  TraceStore store;
  Diagnosis diagnosis;
};

}  // namespace lockstep::test
