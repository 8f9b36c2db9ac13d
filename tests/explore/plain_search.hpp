// The plain depth-first search over all schedules of a small program: what cleverer searches are compared
// with. No reduction and no digests: each schedule is run from the start.
#pragma once

#include <array>
#include <functional>
#include <vector>

#include "core/explore/fiber_run.hpp"
#include "core/explore/mix.hpp"
#include "core/explore/outcome.hpp"
#include "core/explore/report.hpp"

namespace lockstep::test {

/// A place in the tree of all schedules, once all that lies below it has been run.
struct TreeNode {
  std::vector<Choice> prefix;
  std::uint64_t digest = 0;  ///< of the state
  /// Of all that can follow: who can move and how, the events of each move, the outcomes; in stable names.
  std::uint64_t future = 0;
  std::vector<Move> moves;      ///< empty: a schedule ends here
  std::vector<Reach> reaches;   ///< by move
  double failing_share = 0;     ///< when each worker that can go is picked with equal chance
  std::uint64_t schedules = 0;  ///< below it
  std::uint64_t failing = 0;    ///< of those
  std::array<std::uint64_t, kOutcomeCount> by_outcome{};  ///< of those
  bool has_failed = false;        ///< something went wrong before it or in the last step
  std::uint32_t steps = 0;        ///< to where the nearest failure is, if there is one
  Outcome nearest = Outcome::ok;  ///< what fails there; ok: no failure can be reached

  bool can_fail() const { return nearest != Outcome::ok; }
  bool must_fail() const { return failing == schedules; }
};

class PlainSearch final : private Scheduler {
 public:
  using Visit = std::function<void(const TreeNode&)>;
  explicit PlainSearch(FiberRun& run) : run_(run) {}

  /// Runs all schedules that begin with `start`; `visit` gets each node of their tree, children before
  /// parents, the one behind `start` last, while no run goes on. False, and no more visits, if there are more
  /// than `most` schedules.
  bool search(std::uint64_t most, const Visit& visit = {}, std::vector<Choice> start = {}) {
    start_ = std::move(start);
    way_.clear();
    for (std::uint64_t executions = 0; executions < most; ++executions) {
      trace_.clear();
      const FiberEnd end = run_.run(*this, &trace_);
      arrive({});
      TreeNode& leaf = way_.back().node;
      const Outcome outcome = outcome_of_end(run_.arena(), end);
      leaf.schedules = 1;
      leaf.by_outcome[static_cast<std::size_t>(outcome)] = 1;
      leaf.future = static_cast<std::uint64_t>(outcome);
      if (is_failure(outcome)) {
        if (!leaf.has_failed) leaf.nearest = outcome;
        leaf.failing = 1;
        leaf.failing_share = 1;
      }
      if (!go_back(visit)) return true;
    }
    return false;
  }

 private:
  /// A node whose children are being explored.
  struct Place {
    TreeNode node;
    std::size_t child = 0;   ///< which of the moves is being explored
    std::size_t events = 0;  ///< recorded before it
    std::uint64_t told = 0;  ///< digest of the events of the move that led here
  };

  Choice next(const Situation& situation) override {
    if (situation.step < start_.size()) return start_[situation.step];
    const std::size_t depth = situation.step - start_.size();
    if (depth == way_.size()) arrive(situation.moves);
    const Place& place = way_[depth];
    return {place.node.moves[place.child].worker};
  }

  void arrive(std::span<const Move> moves) {
    Place place;
    place.events = trace_.size();
    place.node.digest = run_.state_digest();
    place.node.moves.assign(moves.begin(), moves.end());
    place.node.nearest = failure_so_far(run_.runtime().end_so_far());
    place.node.has_failed = place.node.nearest != Outcome::ok;
    if (way_.empty()) {
      place.node.prefix = start_;
    } else {
      const Place& before = way_.back();
      place.node.prefix = before.node.prefix;
      place.node.prefix.push_back({before.node.moves[before.child].worker});
      for (std::size_t i = before.events; i < trace_.size(); ++i)
        place.told = mixed(place.told, digest_of_event(trace_[i]));
      const Move& move = before.node.moves[before.child];
      place.told = mixed(place.told,
                         std::uint64_t{run_.stable_location(move)} << 32 | run_.stable_worker(move.worker));
      place.told = mixed(place.told, static_cast<std::uint64_t>(move.kind) << 16 |
                                         static_cast<std::uint64_t>(move.operation) << 8 |
                                         static_cast<std::uint64_t>(move.effect));
    }
    way_.push_back(std::move(place));
  }

  /// Without what depends on the order of steps that do not matter to each other: ids, sequence numbers.
  std::uint64_t digest_of_event(const Event& event) {
    std::uint64_t digest = mixed(run_.stable_worker(event.worker), run_.stable_object(event.object));
    digest = mixed(digest, static_cast<std::uint64_t>(event.kind) << 8 | event.flags);
    const bool names_worker = argument_of(event.kind) == ArgumentType::worker;
    digest = mixed(digest, names_worker ? run_.stable_worker(static_cast<WorkerId>(event.arg))
                                        : static_cast<std::uint64_t>(event.arg));
    return mixed(digest, event.has(event_flag::kAfterWait) ? 0 : event.extra);
  }

  /// From an end up to where something is left to explore. False: nothing is.
  bool go_back(const Visit& visit) {
    for (;;) {
      const Place done = std::move(way_.back());
      way_.pop_back();
      if (visit) visit(done.node);
      if (way_.empty()) return false;
      add(way_.back(), done);
      if (++way_.back().child < way_.back().node.moves.size()) return true;
    }
  }

  static void add(Place& parent, const Place& child) {
    TreeNode& node = parent.node;
    const TreeNode& below = child.node;
    node.reaches.push_back({.worker = node.moves[parent.child].worker,
                            .can_fail = below.can_fail(),
                            .must_fail = below.must_fail(),
                            .steps = below.can_fail() && !node.has_failed ? below.steps + 1 : 0,
                            .outcome = node.has_failed ? node.nearest : below.nearest});
    if (!node.has_failed && below.can_fail() && (!node.can_fail() || below.steps + 1 < node.steps)) {
      node.nearest = below.nearest;
      node.steps = below.steps + 1;
    }
    node.future += mixed(child.told, below.future);
    node.failing_share += below.failing_share / static_cast<double>(node.moves.size());
    node.schedules += below.schedules;
    node.failing += below.failing;
    for (std::size_t i = 0; i < kOutcomeCount; ++i)
      node.by_outcome[i] += below.by_outcome[i];
  }

  FiberRun& run_;
  std::vector<Choice> start_;
  std::vector<Place> way_;
  std::vector<Event> trace_;
};

}  // namespace lockstep::test
