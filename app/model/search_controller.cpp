#include "app/model/search_controller.hpp"

#include <algorithm>
#include <utility>

namespace lockstep {
namespace {

bool is_same_program(const ExploreRequest& a, const ExploreRequest& b) {
  return a.scenario == b.scenario && a.variant == b.variant && a.params == b.params;
}

}  // namespace

bool is_proof(const ExploreReport& report) {
  return report.end == ExploreEnd::exhausted && report.failing == 0 && !report.bound_hit;
}

SearchController::SearchController(std::function<void()> wake) : wake_(std::move(wake)) {}
SearchController::~SearchController() = default;

bool SearchController::poll() {
  bool changed = false;
  if (running()) {
    changed = exploration_->poll();
    if (exploration_->report() != nullptr) {
      news_ = true;
      note_verdict();
    }
  }
  if (look_ahead_ && look_ahead_->poll()) changed = answered_ = true;
  return changed;
}

std::optional<std::string> SearchController::start(const ExploreRequest& request) {
  forget();
  goal_ = request.options.goal;
  auto started = Exploration::start(request, wake_);
  if (auto* sentence = std::get_if<std::string>(&started)) return std::move(*sentence);
  exploration_ = std::move(std::get<std::unique_ptr<Exploration>>(started));
  return std::nullopt;
}

void SearchController::stop() {
  if (running()) exploration_->cancel();
}

void SearchController::forget() {
  exploration_.reset();
  news_ = false;
}

void SearchController::note_verdict() {
  const ExploreReport& report = *exploration_->report();
  if (!report.least && !is_proof(report)) return;
  std::erase_if(verdicts_,
                [&](const SearchVerdict& v) { return is_same_program(v.program, exploration_->request()); });
  verdicts_.push_back({exploration_->request(), report.least.has_value(), report.schedules});
}

const SearchVerdict* SearchController::verdict_of(const ExploreRequest& program) const {
  const auto known = std::ranges::find_if(
      verdicts_, [&](const SearchVerdict& v) { return is_same_program(v.program, program); });
  return known != verdicts_.end() ? &*known : nullptr;
}

bool SearchController::take_news() { return std::exchange(news_, false); }

void SearchController::look_ahead_in(const ExploreRequest& request) {
  const bool same =
      look_ahead_ && is_same_program(looked_in_, request) && looked_in_.options.seed == request.options.seed;
  if (same) return;
  stop_looking();
  // Without it the cards say that it is not known; nothing else depends on it.
  auto started = LookAheadService::start(request, wake_);
  if (auto* service = std::get_if<std::unique_ptr<LookAheadService>>(&started))
    look_ahead_ = std::move(*service);
  looked_in_ = request;
}

void SearchController::stop_looking() {
  look_ahead_.reset();
  asked_.reset();
  answered_ = false;
}

void SearchController::ask(const std::vector<Choice>& prefix) {
  if (!look_ahead_ || asked_ == prefix) return;
  asked_ = prefix;
  look_ahead_->ask(prefix);
}

const LookAhead* SearchController::answer() const {
  if (!look_ahead_ || !asked_) return nullptr;
  const LookAhead& answer = look_ahead_->answer();
  return answered_ && answer.prefix == *asked_ ? &answer : nullptr;
}

std::optional<double> SearchController::failing_share() const {
  return look_ahead_ ? look_ahead_->failing_share() : std::nullopt;
}

}  // namespace lockstep
