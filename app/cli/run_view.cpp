#include "app/cli/run_view.hpp"

namespace lockstep::cli {

RunView view_of(const Session& session) {
  return {session.request(), session.scenario(), session.store(), session.diagnosis()};
}

RunView view_of(const SteppedRun& run) {
  return {run.request(), run.scenario(), run.store(), run.diagnosis(), true, run.schedule()};
}

}  // namespace lockstep::cli
