#include "core/explore/state_graph.hpp"

#include <algorithm>
#include <chrono>
#include <unordered_map>

#include "core/explore/fiber_run.hpp"
#include "core/explore/outcome.hpp"

namespace lockstep {
namespace {

using NodeId = std::uint32_t;
using EdgeId = std::uint32_t;
constexpr NodeId kNowhere = 0xFFFF'FFFF;

struct Edge {
  std::uint32_t worker;      ///< stable name of who moves
  NodeId target = kNowhere;  ///< kNowhere: not tried yet
};

/// A state. Its edges lie one behind the other.
struct Node {
  EdgeId first_edge = 0;
  std::uint16_t edges = 0;  ///< 0: a run ends here, or has failed
  std::uint16_t tried = 0;
  Outcome outcome = Outcome::ok;  ///< of what ends here
  EdgeId found_by = 0;
  NodeId found_from = kNowhere;  ///< the first state: kNowhere
};

/// What can come of a state.
struct Future {
  double failing_share = 0;
  std::uint32_t steps = 0;        ///< of the shortest way to a failure
  Outcome outcome = Outcome::ok;  ///< of that way; ok: no failure can be reached
  bool must_fail = false;
  bool known = false;

  bool can_fail() const { return outcome != Outcome::ok; }
};

/// Follows choices; halts behind them, or where one of them is not possible.
class PrefixScheduler final : public Scheduler {
 public:
  PrefixScheduler(FiberRun& run, const std::vector<Choice>& prefix) : run_(run), prefix_(prefix) {}
  Choice next(const Situation& situation) override {
    if (situation.step == prefix_.size()) {
      moves_.assign(situation.moves.begin(), situation.moves.end());
      return kHalt;
    }
    const Choice choice = prefix_[situation.step];
    return is_possible(run_.arena(), choice) ? choice : kHalt;
  }
  /// Those that are possible behind the prefix.
  const std::vector<Move>& moves() const { return moves_; }

 private:
  FiberRun& run_;
  const std::vector<Choice>& prefix_;
  std::vector<Move> moves_;
};

}  // namespace

struct StateGraph::Impl final : private Scheduler {
  Impl(Program the_program, std::uint64_t seed) : program(std::move(the_program)), run(program.main, seed) {
    failed.fill(kNowhere);
  }

  bool build(std::uint64_t max_states, double max_seconds, const std::function<bool()>& go_on);
  bool foresee();
  LookAhead look_ahead(const std::vector<Choice>& prefix);

  Program program;
  FiberRun run;
  bool known = false;
  std::uint64_t executions = 0;
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  std::unordered_map<std::uint64_t, NodeId> by_digest;
  /// By outcome: all states in which that has gone wrong already, as one.
  std::array<NodeId, kOutcomeCount> failed;
  std::vector<Future> futures;  ///< by node, once the graph is known

 private:
  using Clock = std::chrono::steady_clock;

  Choice next(const Situation& situation) override;
  std::pair<NodeId, bool> find_or_add();
  NodeId arrive(std::span<const Move> moves, Outcome end);
  void extend(NodeId from);
  bool may_go_on();
  Choice run_out(const Situation& situation);
  std::optional<NodeId> find_here();
  NodeId behind(NodeId from, std::uint32_t worker) const;
  Future future_of(NodeId node) const;

  // Of the build.
  std::uint64_t max_states_ = 0;
  Clock::time_point end_of_time_ = Clock::time_point::max();
  Clock::time_point next_question_;
  const std::function<bool()>* go_on_ = nullptr;
  bool given_up_ = false;
  std::vector<NodeId> open_;  ///< states with moves that have not been tried, with repetitions

  // Of an execution.
  std::vector<std::uint32_t> path_;  ///< names of the workers that lead to where it extends the graph
  NodeId at_ = kNowhere;
  EdgeId taken_ = 0;
  /// Its step + 1 when it came to a state all of whose moves have been tried; 0: not yet.
  std::uint32_t joined_at_ = 0;
};

// --- building ---

std::pair<NodeId, bool> StateGraph::Impl::find_or_add() {
  const auto next = static_cast<NodeId>(nodes.size());
  if (const Outcome failure = failure_so_far(run.runtime().end_so_far()); failure != Outcome::ok) {
    NodeId& node = failed[static_cast<std::size_t>(failure)];
    const bool is_new = node == kNowhere;
    if (is_new) node = next;
    return {node, is_new};
  }
  const auto [found, is_new] = by_digest.try_emplace(run.state_digest(), next);
  return {found->second, is_new};
}

NodeId StateGraph::Impl::arrive(std::span<const Move> moves, Outcome end) {
  const auto [node, is_new] = find_or_add();
  if (is_new) {
    const Outcome failure = failure_so_far(run.runtime().end_so_far());
    const bool ends = failure != Outcome::ok || moves.empty();
    nodes.push_back({.first_edge = static_cast<EdgeId>(edges.size()),
                     .edges = static_cast<std::uint16_t>(ends ? 0 : moves.size()),
                     .outcome = failure != Outcome::ok ? failure : end,
                     .found_by = taken_,
                     .found_from = at_});
    for (std::size_t i = 0; i < nodes.back().edges; ++i)
      edges.push_back({run.stable_worker(moves[i].worker)});
  }
  if (at_ != kNowhere) edges[taken_].target = node;
  return node;
}

bool StateGraph::Impl::may_go_on() {
  if (given_up_) return false;
  given_up_ = max_states_ != 0 && nodes.size() > max_states_;
  if (const auto now = Clock::now(); now >= next_question_) {
    next_question_ = now + std::chrono::milliseconds(1);
    given_up_ = given_up_ || now >= end_of_time_ || (*go_on_ && !(*go_on_)());
  }
  return !given_up_;
}

/// Nothing new comes of this run. To end by themselves costs its workers less than to be unwound, if it does
/// not take long.
Choice StateGraph::Impl::run_out(const Situation& situation) {
  constexpr std::uint32_t kSoon = 100;
  return situation.step < joined_at_ + kSoon ? Choice{situation.moves.front().worker} : kHalt;
}

Choice StateGraph::Impl::next(const Situation& situation) {
  if (joined_at_ != 0) return run_out(situation);
  std::uint32_t name = 0;
  if (situation.step < path_.size()) {
    name = path_[situation.step];
  } else {
    if (situation.step > path_.size() || at_ == kNowhere) at_ = arrive(situation.moves, Outcome::ok);
    Node& node = nodes[at_];
    if (!may_go_on()) return kHalt;
    if (node.tried == node.edges) {
      joined_at_ = situation.step + 1;
      return run_out(situation);
    }
    taken_ = node.first_edge + node.tried++;
    if (node.tried < node.edges) open_.push_back(at_);
    name = edges[taken_].worker;
  }
  for (const Move& move : situation.moves) {
    if (run.stable_worker(move.worker) == name) return {move.worker};
  }
  given_up_ = true;  // the program did something else than the last time
  return kHalt;
}

/// Runs to that state and on, along what has not been tried.
void StateGraph::Impl::extend(NodeId from) {
  path_.clear();
  for (NodeId node = from; node != kNowhere && nodes[node].found_from != kNowhere;
       node = nodes[node].found_from)
    path_.push_back(edges[nodes[node].found_by].worker);
  std::reverse(path_.begin(), path_.end());
  at_ = from;
  joined_at_ = 0;
  ++executions;
  const FiberEnd end = run.run(*this);
  if (joined_at_ != 0 || given_up_) return;
  given_up_ = end.halted;  // a limit of the sandbox
  if (given_up_) return;
  arrive({}, outcome_of_end(run.arena(), end));
}

bool StateGraph::Impl::build(std::uint64_t max_states, double max_seconds,
                             const std::function<bool()>& go_on) {
  max_states_ = max_states;
  if (max_seconds > 0)
    end_of_time_ = Clock::now() +
                   std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(max_seconds));
  go_on_ = &go_on;
  const std::uint64_t texts = run.arena().identity();
  try {
    extend(kNowhere);
    while (!given_up_ && !open_.empty()) {
      const NodeId node = open_.back();
      open_.pop_back();
      if (nodes[node].tried < nodes[node].edges) extend(node);
    }
  } catch (const std::runtime_error&) {  // two things have the same stable name
    given_up_ = true;
  }
  // If the arena has dropped its texts, digests from before and after do not compare.
  known = !given_up_ && run.arena().identity() == texts && foresee();
  return known;
}

// --- looking ahead ---

Future StateGraph::Impl::future_of(NodeId id) const {
  const Node& node = nodes[id];
  Future future{.known = true};
  if (node.edges == 0) {
    future.outcome = node.outcome;
    future.must_fail = is_failure(node.outcome);
    future.failing_share = future.must_fail ? 1 : 0;
    return future;
  }
  future.must_fail = true;
  for (EdgeId edge = node.first_edge; edge < node.first_edge + node.edges; ++edge) {
    const Future& next = futures[edges[edge].target];
    future.failing_share += next.failing_share;
    future.must_fail = future.must_fail && next.must_fail;
    if (next.can_fail() && (!future.can_fail() || next.steps + 1 < future.steps)) {
      future.steps = next.steps + 1;
      future.outcome = next.outcome;
    }
  }
  future.failing_share /= node.edges;
  return future;
}

/// Fills `futures`, those of a state's successors first. False if there is a cycle (two states that have the
/// same digest by accident).
bool StateGraph::Impl::foresee() {
  futures.resize(nodes.size());
  std::vector<std::uint16_t> next_edge(nodes.size(), 0);
  std::vector<bool> on_way(nodes.size(), false);
  std::vector<NodeId> way{0};
  while (!way.empty()) {
    const NodeId at = way.back();
    on_way[at] = true;
    if (next_edge[at] == nodes[at].edges) {
      futures[at] = future_of(at);
      on_way[at] = false;
      way.pop_back();
      continue;
    }
    const NodeId target = edges[nodes[at].first_edge + next_edge[at]++].target;
    if (on_way[target]) return false;
    if (!futures[target].known) way.push_back(target);
  }
  return true;
}

std::optional<NodeId> StateGraph::Impl::find_here() {
  if (const Outcome failure = failure_so_far(run.runtime().end_so_far()); failure != Outcome::ok) {
    const NodeId node = failed[static_cast<std::size_t>(failure)];
    return node == kNowhere ? std::nullopt : std::optional(node);
  }
  const auto found = by_digest.find(run.state_digest());
  return found == by_digest.end() ? std::nullopt : std::optional(found->second);
}

/// The state that the move of this worker leads to. What has failed stays so.
NodeId StateGraph::Impl::behind(NodeId from, std::uint32_t worker) const {
  const Node& node = nodes[from];
  if (is_failure(node.outcome)) return from;
  for (EdgeId edge = node.first_edge; edge < node.first_edge + node.edges; ++edge) {
    if (edges[edge].worker == worker) return edges[edge].target;
  }
  return kNowhere;
}

LookAhead StateGraph::Impl::look_ahead(const std::vector<Choice>& prefix) {
  LookAhead answer;
  answer.prefix = prefix;
  if (!known) return answer;
  PrefixScheduler scheduler(run, prefix);
  const FiberEnd end = run.run(scheduler);
  const std::optional<NodeId> here = find_here();
  if (end.steps != prefix.size() || !here) return answer;
  for (const Move& move : scheduler.moves()) {
    const NodeId next = behind(*here, run.stable_worker(move.worker));
    if (next == kNowhere) return answer;
    const Future& future = futures[next];
    const bool has_failed = next == *here;
    answer.reaches.push_back({.worker = move.worker,
                              .can_fail = future.can_fail(),
                              .must_fail = future.must_fail,
                              .steps = !future.can_fail() || has_failed ? 0 : future.steps + 1,
                              .outcome = future.outcome});
  }
  answer.known = true;
  answer.failing_share = futures[*here].failing_share;
  return answer;
}

// --- the interface ---

StateGraph::StateGraph(Program program, std::uint64_t seed)
    : impl_(std::make_unique<Impl>(std::move(program), seed)) {}

StateGraph::~StateGraph() = default;

bool StateGraph::build(std::uint64_t max_states, double max_seconds, const std::function<bool()>& go_on) {
  return impl_->build(max_states, max_seconds, go_on);
}

bool StateGraph::known() const { return impl_->known; }

std::uint64_t StateGraph::states() const { return impl_->nodes.size(); }

std::uint64_t StateGraph::executions() const { return impl_->executions; }

std::optional<double> StateGraph::failing_share() const {
  if (!impl_->known) return std::nullopt;
  return impl_->futures.front().failing_share;
}

LookAhead StateGraph::look_ahead(const std::vector<Choice>& prefix) { return impl_->look_ahead(prefix); }

}  // namespace lockstep
