#include "app/model/run_batch.hpp"

namespace lockstep {
namespace {

// A live run at 64× of everything in the catalogue takes far less; what takes longer never ends by itself.
constexpr std::chrono::seconds kLongestRun{20};

}  // namespace

RunBatch::RunBatch(RunRequest request, int total, std::function<void()> on_data)
    : request_(std::move(request)), on_data_(std::move(on_data)), total_(total) {
  request_.speed = kMaxSpeed;
  request_.operation_pause_ms = 0;
  request_.start_paused = false;
  start_next();
}

RunBatch::~RunBatch() = default;

void RunBatch::start_next() {
  RunRequest next = request_;
  next.seed = request_.seed == 0 ? 0 : request_.seed + static_cast<std::uint64_t>(done_);
  auto started = Session::start(next, on_data_);
  if (auto* sentence = std::get_if<std::string>(&started)) {
    error_ = std::move(*sentence);
    return;
  }
  session_ = std::move(std::get<std::unique_ptr<Session>>(started));
  started_ = std::chrono::steady_clock::now();
  stuck_.reset();
}

void RunBatch::count(Outcome outcome) {
  ++outcomes_[outcome];
  ++done_;
  if (outcome != Outcome::ok) ++failed_;
}

bool RunBatch::poll() {
  if (!session_) return false;
  const bool changed = session_->poll();
  const RunPhase phase = session_->phase();
  if (phase == RunPhase::stuck && !stuck_) {
    stuck_ = session_->end().outcome;
    session_->stop();
  } else if (phase == RunPhase::running && std::chrono::steady_clock::now() - started_ > kLongestRun) {
    session_->stop();
  }
  if (session_->phase() != RunPhase::ended) return changed;
  const RunEnd end = session_->end();
  session_.reset();
  if (end.sandbox_failed) {
    error_ = end.reason;
    return true;
  }
  count(stuck_.value_or(end.outcome));
  if (done_ < total_) start_next();
  return true;
}

void RunBatch::cancel() { session_.reset(); }

}  // namespace lockstep
