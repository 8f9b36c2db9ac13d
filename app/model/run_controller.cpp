#include "app/model/run_controller.hpp"

namespace lockstep {

struct RunController::Loaded {
  explicit Loaded(TraceStore trace) : store(std::move(trace)), diagnosis(store) { diagnosis.update(); }
  TraceStore store;
  Diagnosis diagnosis;
};

RunController::RunController(std::function<void()> wake) : wake_(std::move(wake)) {}
RunController::~RunController() = default;

void RunController::reset() {
  statistics_.reset();
  loaded_.reset();
  session_.reset();
  ++generation_;
}

std::optional<std::string> RunController::start(const RunRequest& request) {
  reset();
  auto started = Session::start(request, wake_);
  if (auto* sentence = std::get_if<std::string>(&started)) return std::move(*sentence);
  session_ = std::move(std::get<std::unique_ptr<Session>>(started));
  return std::nullopt;
}

void RunController::show(TraceStore store) {
  reset();
  loaded_ = std::make_unique<Loaded>(std::move(store));
}

void RunController::clear() { reset(); }

bool RunController::poll() {
  bool changed = false;
  if (session_) changed = session_->poll();
  if (batch_) changed = batch_->poll() || changed;
  return changed;
}

std::optional<RunPhase> RunController::phase() const {
  if (session_) return session_->phase();
  if (loaded_) return RunPhase::ended;
  return std::nullopt;
}

bool RunController::is_going() const { return phase() == RunPhase::starting || phase() == RunPhase::running; }

bool RunController::is_paused() const { return phase() == RunPhase::paused; }

const RunEnd* RunController::end() const {
  if (!session_) return nullptr;
  const RunPhase now = session_->phase();
  return now == RunPhase::ended || now == RunPhase::stuck ? &session_->end() : nullptr;
}

const TraceStore& RunController::store() const {
  static const TraceStore kEmpty;
  if (session_) return session_->store();
  return loaded_ ? loaded_->store : kEmpty;
}

const std::vector<Finding>& RunController::findings() const {
  static const std::vector<Finding> kNone;
  if (session_) return session_->diagnosis().findings();
  return loaded_ ? loaded_->diagnosis.findings() : kNone;
}

const Statistics& RunController::statistics() {
  if (!statistics_) statistics_ = std::make_unique<RunningStatistics>(store());
  return statistics_->update();
}

RunTime RunController::now() const { return session_ ? session_->now() : store().end_time(); }

void RunController::pause() {
  if (session_) session_->pause();
}
void RunController::resume() {
  if (session_) session_->resume();
}
void RunController::stop() {
  if (session_) session_->stop();
}
void RunController::set_speed(double speed) {
  if (session_) session_->set_speed(speed);
}
void RunController::set_operation_pause_ms(std::int64_t ms) {
  if (session_) session_->set_operation_pause_ms(ms);
}

void RunController::start_batch(const RunRequest& request, int total) {
  batch_ = std::make_unique<RunBatch>(request, total, wake_);
}
void RunController::cancel_batch() {
  if (batch_) batch_->cancel();
}
void RunController::forget_batch() { batch_.reset(); }

}  // namespace lockstep
