#include "core/analysis/diagnosis.hpp"

#include "core/analysis/atomicity.hpp"
#include "core/analysis/busy_wait.hpp"
#include "core/analysis/data_race.hpp"
#include "core/analysis/endings.hpp"
#include "core/analysis/happens_before.hpp"
#include "core/analysis/lock_order.hpp"
#include "core/analysis/lost_signals.hpp"
#include "core/analysis/replay.hpp"
#include "core/analysis/starvation.hpp"
#include "core/analysis/stuck.hpp"

namespace lockstep {

using namespace analysis;

struct Diagnosis::Impl {
  explicit Impl(const TraceStore& trace) : store(trace) {}

  void consume(const Event& event, EventIndex index) {
    // First what the others build on.
    replay.apply(event, index);
    lost_signals.consume(event, index);
    order.consume(event);
    signal_order.consume(event);

    stuck.consume(event, index, findings);
    endings.consume(event, index, findings);
    data_races.consume(event, index, store, findings);
    atomicity.consume(event, index, store, findings);
    lock_order.consume(event, index, findings);
    busy_waits.consume(event, index, findings);
    starvation.consume(event, index, findings);
  }

  const TraceStore& store;
  EventIndex seen = 0;
  std::vector<Finding> findings;

  Replay replay{store};
  LostSignals lost_signals;
  HappensBefore order{store, HappensBefore::Edges::all};
  HappensBefore signal_order{store, HappensBefore::Edges::signals_only};
  StuckDetector stuck{replay, lost_signals};
  Endings endings{replay};
  DataRaces data_races{order};
  AtomicityViolations atomicity{signal_order};
  LockOrder lock_order{replay, signal_order};
  BusyWaits busy_waits;
  Starvation starvation;
};

Diagnosis::Diagnosis(const TraceStore& store) : impl_(std::make_unique<Impl>(store)) {}
Diagnosis::~Diagnosis() = default;
Diagnosis::Diagnosis(Diagnosis&&) noexcept = default;

void Diagnosis::update() {
  for (; impl_->seen < impl_->store.size(); ++impl_->seen) {
    const Event& event = impl_->store[impl_->seen];
    if (event.worker < kMaxWorkers) impl_->consume(event, impl_->seen);
  }
}

const std::vector<Finding>& Diagnosis::findings() const { return impl_->findings; }
std::optional<Finding> Diagnosis::impending(const Event& event) const {
  switch (event.kind) {
    case EventKind::store:
    case EventKind::file_write:
    case EventKind::file_truncate: return impl_->atomicity.impending(event.worker, event.object);
    default: return std::nullopt;
  }
}

bool Diagnosis::all_stuck() const { return impl_->stuck.all_stuck(); }
bool Diagnosis::all_ended() const { return impl_->replay.all_ended(); }

}  // namespace lockstep
