// What the explorer does for the window: Find a bug, Prove it, and the look-ahead of step mode.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/session/exploration.hpp"

namespace lockstep {

/// True if every schedule was covered and none fails.
bool is_proof(const ExploreReport& report);

/// What is known for good of a program: with these params some schedule fails, or none does.
struct SearchVerdict {
  ExploreRequest program;  ///< with variant and all params filled in
  bool fails = false;
  std::uint64_t schedules = 0;  ///< that were run
};

class SearchController {
 public:
  /// `wake` is called from other threads when poll() has something to do.
  explicit SearchController(std::function<void()> wake);
  ~SearchController();

  /// Once a frame. True if anything changed.
  bool poll();

  // --- Find a bug, Prove it ---
  /// Replaces a search that still goes on. A sentence if it cannot be started.
  [[nodiscard]] std::optional<std::string> start(const ExploreRequest& request);
  void stop();    ///< its report comes within 50 ms
  void forget();  ///< ends it and forgets what it found
  bool running() const { return exploration_ && !exploration_->report(); }
  /// nullptr if there was none.
  const Exploration* exploration() const { return exploration_.get(); }
  /// nullptr while it goes on.
  const ExploreReport* report() const { return exploration_ ? exploration_->report() : nullptr; }
  ExploreGoal goal() const { return goal_; }
  /// True once for each report.
  bool take_news();
  /// What the searches of this window came to, also those that are forgotten; nullptr if nothing.
  const SearchVerdict* verdict_of(const ExploreRequest& program) const;

  // --- the look-ahead ---
  /// The program that is looked ahead in; starts again only if it is another one.
  void look_ahead_in(const ExploreRequest& request);
  void stop_looking();
  bool looks() const { return look_ahead_ != nullptr; }
  /// Asks about a position; does nothing if that was the last question.
  void ask(const std::vector<Choice>& prefix);
  /// The answer to the last question; nullptr while there is none.
  const LookAhead* answer() const;
  /// Chance that a random schedule fails, once it is known.
  std::optional<double> failing_share() const;

 private:
  void note_verdict();

  std::function<void()> wake_;
  std::unique_ptr<Exploration> exploration_;
  ExploreGoal goal_ = ExploreGoal::find;
  bool news_ = false;
  std::vector<SearchVerdict> verdicts_;
  std::unique_ptr<LookAheadService> look_ahead_;
  ExploreRequest looked_in_;
  std::optional<std::vector<Choice>> asked_;
  bool answered_ = false;
};

}  // namespace lockstep
