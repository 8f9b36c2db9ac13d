#include "core/explore/state_graph.hpp"

#include <algorithm>
#include <chrono>

#include "core/explore/fiber_run.hpp"
#include "core/explore/outcome.hpp"
#include "core/explore/prospect.hpp"
#include "core/explore/state_table.hpp"
#include "core/runtime/moves.hpp"

namespace lockstep {
namespace {

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
  LookAhead look_ahead(const std::vector<Choice>& prefix);

  Program program;
  FiberRun run;
  std::uint64_t executions = 0;
  StateTable states;
  /// By outcome: all states in which that has gone wrong already, as one.
  std::array<NodeId, kOutcomeCount> failed;
  std::optional<std::vector<Prospect>> prospects;  ///< by node, once the graph is known

 private:
  using Clock = std::chrono::steady_clock;

  Choice next(const Situation& situation) override;
  bool takes_others_along(WorkerId worker);
  NextStep next_step(WorkerId worker, const Move* move);
  void look_at_workers(std::span<const Move> moves);
  void arrive(std::span<const Move> moves, Outcome end);
  void take(EdgeId edge);
  void complete(NodeId begin, NodeId end);
  bool has_room();
  bool may_go_on();
  std::optional<NodeId> find_here();

  // Of the build.
  std::uint64_t max_states_ = 0;
  Clock::time_point end_of_time_ = Clock::time_point::max();
  Clock::time_point next_question_;
  const std::function<bool()>* go_on_ = nullptr;
  bool given_up_ = false;

  // Of an execution.
  std::vector<std::uint32_t> path_;  ///< names of the workers of its steps
  EdgeId taken_ = kNoEdge;           ///< the last of these steps; kNoEdge: there is none
  bool has_arrived_ = false;
  bool had_private_words_ = false;  ///< before that step
  std::vector<NextStep> next_;
};

// --- building ---

/// Of one that ends: what lives in its process or was started as its daemon ends with it.
bool StateGraph::Impl::takes_others_along(WorkerId worker) {
  bool found = false;
  for (std::uint32_t n = 0; n < run.arena().worker_count(); ++n) {
    const WorkerSlot& other = run.arena().worker(static_cast<WorkerId>(n));
    const bool is_gone = other.step.stand == Stand::ended || other.step.stand == Stand::absent;
    const bool is_of_it = other.process == worker || other.parent == worker;
    found = found || (n != worker && is_of_it && !is_gone);
  }
  return found;
}

/// What the worker stands before; `move`: null if it waits. Operations on one object commute if they only
/// read it and are not of a kind that keeps something of each caller's.
NextStep StateGraph::Impl::next_step(WorkerId worker, const Move* move) {
  Arena& arena = run.arena();
  const WorkerSlot& slot = arena.worker(worker);
  NextStep next{.worker = run.stable_worker(worker), .possible = move != nullptr};
  const ObjectId object = move != nullptr ? move->object : slot.pending.object;
  const EventKind operation = move != nullptr ? move->operation : slot.pending.kind;
  const ObjectKind kind = object == kNoObject ? ObjectKind::console : arena.object(object).kind;
  switch (kind) {
    case ObjectKind::console:
    case ObjectKind::check:
    case ObjectKind::local: break;
    case ObjectKind::shared:
    case ObjectKind::global:
    case ObjectKind::file:
      next.location = run.stable_location({.worker = worker, .object = object});
      next.writes = move == nullptr || move->effect == Effect::writes;
      break;
    default: next.location = run.stable_location({.worker = worker, .object = object}); next.writes = true;
  }
  switch (operation) {
    case EventKind::terminate:
    case EventKind::kill:
    case EventKind::worker_killed: next.alone = true; break;
    case EventKind::worker_start:  // a process gets copies of all Globals
      next.alone = kind == ObjectKind::process && run.runtime().has_private_words();
      break;
    case EventKind::worker_end: next.alone = takes_others_along(worker); break;
    case EventKind::pipe_close:
      next.alone = move != nullptr && move->kind == MoveKind::lose_pipe && takes_others_along(worker);
      break;
    default: break;
  }
  return next;
}

/// Fills next_: those who could go, and those who wait.
void StateGraph::Impl::look_at_workers(std::span<const Move> moves) {
  next_.clear();
  auto move = moves.begin();
  for (std::uint32_t n = 0; n < run.arena().worker_count(); ++n) {
    const auto worker = static_cast<WorkerId>(n);
    const Stand stand = run.arena().worker(worker).step.stand;
    if (move != moves.end() && move->worker == worker) {
      next_.push_back(next_step(worker, &*move++));
    } else if (stand == Stand::at_call || stand == Stand::waiting) {
      next_.push_back(next_step(worker, nullptr));
    }
  }
}

/// The last step of the path leads here.
void StateGraph::Impl::arrive(std::span<const Move> moves, Outcome end) {
  has_arrived_ = true;
  const Outcome failure = failure_so_far(run.runtime().end_so_far());
  const bool has_failed = failure != Outcome::ok;
  const std::uint64_t digest = has_failed ? 0 : run.state_digest();
  NodeId& failed_so = failed[static_cast<std::size_t>(failure)];
  NodeId node = has_failed ? failed_so : states.find(digest);
  if (node == kNowhere) {
    next_.clear();
    if (!has_failed && !moves.empty()) look_at_workers(moves);
    node = states.add(digest, next_, has_failed ? failure : end, has_failed);
    if (has_failed) failed_so = node;
  }
  if (taken_ == kNoEdge) return;
  // The first Global: a process that is started from now on gets a copy.
  if (!had_private_words_ && run.runtime().has_private_words()) states.set_alone(taken_);
  states.connect(taken_, node);
}

bool StateGraph::Impl::has_room() {
  given_up_ = given_up_ || (max_states_ != 0 && states.size() > max_states_);
  return !given_up_;
}

bool StateGraph::Impl::may_go_on() {
  if (const auto now = Clock::now(); !given_up_ && now >= next_question_) {
    next_question_ = now + std::chrono::milliseconds(1);
    given_up_ = now >= end_of_time_ || (*go_on_ && !(*go_on_)());
  }
  return !given_up_;
}

Choice StateGraph::Impl::next(const Situation& situation) {
  const auto steps = static_cast<std::uint32_t>(path_.size());
  if (situation.step >= steps) {
    // What comes behind is of no interest. To end by themselves costs the workers less than to be unwound, if
    // it does not take long.
    constexpr std::uint32_t kSoon = 100;
    if (!has_arrived_) arrive(situation.moves, Outcome::ok);
    return situation.step < steps + kSoon ? Choice{situation.moves.front().worker} : kHalt;
  }
  if (situation.step + 1 == steps) had_private_words_ = run.runtime().has_private_words();
  for (const Move& move : situation.moves) {
    if (run.stable_worker(move.worker) == path_[situation.step]) return {move.worker};
  }
  given_up_ = true;  // the program did something else than the last time
  return kHalt;
}

/// Runs the program up to behind that step, or, for kNoEdge, to its first state.
void StateGraph::Impl::take(EdgeId edge) {
  path_.clear();
  for (EdgeId at = edge; at != kNoEdge; at = states.node(states.edge(at).source).found_by)
    path_.push_back(states.edge(at).worker);
  std::reverse(path_.begin(), path_.end());
  taken_ = edge;
  has_arrived_ = false;
  ++executions;
  const FiberEnd end = run.run(*this);
  if (has_arrived_ || given_up_) return;
  given_up_ = end.halted || end.steps != path_.size();  // a limit of the sandbox
  if (!given_up_) arrive({}, outcome_of_end(run.arena(), end));
}

/// Finds out where all steps from these states lead: first those that follow from what is known, so that as
/// few as possible have to be taken.
void StateGraph::Impl::complete(NodeId begin, NodeId end) {
  const auto each_open_edge = [&](auto&& visit) {
    for (NodeId node = begin; node < end && may_go_on(); ++node) {
      const EdgeId first = states.node(node).first_edge;
      for (EdgeId edge = first; edge < first + states.node(node).edges && has_room(); ++edge) {
        if (states.edge(edge).possible && states.edge(edge).target == kNowhere) visit(edge);
      }
    }
  };
  each_open_edge([&](EdgeId edge) { states.complete(edge); });
  each_open_edge([&](EdgeId edge) {
    if (!states.complete(edge) && may_go_on()) take(edge);
  });
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
    take(kNoEdge);
    for (NodeId begin = 0; begin < states.size() && !given_up_;) {
      const NodeId end = states.size();
      complete(begin, end);
      begin = end;
    }
  } catch (const std::runtime_error&) {  // two things have the same stable name
    given_up_ = true;
  }
  // If the arena has dropped its texts, digests from before and after do not compare.
  if (!given_up_ && run.arena().identity() == texts) prospects = prospects_of(states);
  return prospects.has_value();
}

// --- looking ahead ---

std::optional<NodeId> StateGraph::Impl::find_here() {
  if (const Outcome failure = failure_so_far(run.runtime().end_so_far()); failure != Outcome::ok) {
    const NodeId node = failed[static_cast<std::size_t>(failure)];
    return node == kNowhere ? std::nullopt : std::optional(node);
  }
  const NodeId node = states.find(run.state_digest());
  return node == kNowhere ? std::nullopt : std::optional(node);
}

LookAhead StateGraph::Impl::look_ahead(const std::vector<Choice>& prefix) {
  LookAhead answer;
  answer.prefix = prefix;
  if (!prospects) return answer;
  PrefixScheduler scheduler(run, prefix);
  const FiberEnd end = run.run(scheduler);
  const std::optional<NodeId> here = find_here();
  if (end.steps != prefix.size() || !here) return answer;
  for (const Move& move : scheduler.moves()) {
    const bool has_failed = states.node(*here).has_failed;  // and stays so
    const EdgeId edge = has_failed ? kNoEdge : states.edge_of(*here, run.stable_worker(move.worker));
    const NodeId next = edge == kNoEdge ? *here : states.edge(edge).target;
    if (next == kNowhere || (!has_failed && edge == kNoEdge)) return answer;
    const Prospect& prospect = (*prospects)[next];
    answer.reaches.push_back({.worker = move.worker,
                              .can_fail = prospect.can_fail(),
                              .must_fail = prospect.must_fail,
                              .steps = !prospect.can_fail() || has_failed ? 0 : prospect.steps + 1,
                              .outcome = prospect.outcome});
  }
  answer.known = true;
  answer.failing_share = (*prospects)[*here].failing_share;
  return answer;
}

// --- the interface ---

StateGraph::StateGraph(Program program, std::uint64_t seed)
    : impl_(std::make_unique<Impl>(std::move(program), seed)) {}

StateGraph::~StateGraph() = default;

bool StateGraph::build(std::uint64_t max_states, double max_seconds, const std::function<bool()>& go_on) {
  return impl_->build(max_states, max_seconds, go_on);
}

bool StateGraph::known() const { return impl_->prospects.has_value(); }

std::uint64_t StateGraph::states() const { return impl_->states.size(); }

std::uint64_t StateGraph::executions() const { return impl_->executions; }

std::optional<double> StateGraph::failing_share() const {
  if (!impl_->prospects) return std::nullopt;
  return impl_->prospects->front().failing_share;
}

LookAhead StateGraph::look_ahead(const std::vector<Choice>& prefix) { return impl_->look_ahead(prefix); }

}  // namespace lockstep
