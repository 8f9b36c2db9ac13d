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
  stepped_.reset();
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

std::optional<std::string> RunController::take(SteppedRun::Started started) {
  if (auto* sentence = std::get_if<std::string>(&started)) return std::move(*sentence);
  stepped_ = std::move(std::get<std::unique_ptr<SteppedRun>>(started));
  stepped_generation_ = stepped_->generation();
  return std::nullopt;
}

std::optional<std::string> RunController::start_stepped(const RunRequest& request,
                                                        const std::vector<Choice>& choices) {
  reset();
  return take(SteppedRun::start(request, choices, wake_));
}

std::optional<std::string> RunController::start_stepped(const Schedule& schedule) {
  reset();
  return take(SteppedRun::start(schedule, wake_));
}

std::optional<std::string> RunController::step_from_live() {
  if (!session_) return std::nullopt;
  auto started = SteppedRun::from_live(*session_, kNoEvent, wake_);
  reset();
  return take(std::move(started));
}

void RunController::continue_live(double speed) {
  if (!stepped_) return;
  auto session = stepped_->continue_live(speed);
  reset();
  session_ = std::move(session);
}

void RunController::show(TraceStore store) {
  reset();
  loaded_ = std::make_unique<Loaded>(std::move(store));
}

void RunController::clear() { reset(); }

bool RunController::poll() {
  bool changed = false;
  if (session_) changed = session_->poll();
  if (stepped_) {
    changed = stepped_->poll();
    if (stepped_->generation() != stepped_generation_) {
      stepped_generation_ = stepped_->generation();
      statistics_.reset();
      ++generation_;
    }
  }
  if (batch_) changed = batch_->poll() || changed;
  return changed;
}

std::optional<RunPhase> RunController::phase() const {
  if (session_) return session_->phase();
  if (stepped_) return stepped_->phase();
  if (loaded_) return RunPhase::ended;
  return std::nullopt;
}

bool RunController::in_steps() const {
  return stepped_ != nullptr || (loaded_ && store().run().mode == "step");
}

bool RunController::is_going() const {
  return session_ && (phase() == RunPhase::starting || phase() == RunPhase::running);
}

bool RunController::is_paused() const { return session_ && phase() == RunPhase::paused; }

const RunEnd* RunController::end() const {
  const auto now = phase();
  if (now != RunPhase::ended && now != RunPhase::stuck) return nullptr;
  if (session_) return &session_->end();
  return stepped_ ? &stepped_->end() : nullptr;
}

const TraceStore& RunController::store() const {
  static const TraceStore kEmpty;
  if (session_) return session_->store();
  if (stepped_) return stepped_->store();
  return loaded_ ? loaded_->store : kEmpty;
}

const std::vector<Finding>& RunController::findings() const {
  static const std::vector<Finding> kNone;
  if (session_) return session_->diagnosis().findings();
  if (stepped_) return stepped_->diagnosis().findings();
  return loaded_ ? loaded_->diagnosis.findings() : kNone;
}

const Statistics& RunController::statistics() {
  if (!statistics_) statistics_ = std::make_unique<RunningStatistics>(store());
  return statistics_->update(now());
}

RunTime RunController::now() const {
  if (session_) return session_->now();
  if (stepped_) return static_cast<RunTime>(stepped_->position()) * kStepTime;
  if (store().size() > 0 && in_steps()) return (store().end_time() / kStepTime + 1) * kStepTime;
  return store().end_time();
}

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
