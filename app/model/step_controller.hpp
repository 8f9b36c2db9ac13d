// Steps the run on the screen: takes what the learner asks for, one thing after the other, and keeps what the
// views need between two steps. A command that comes while the last one is being carried out waits for it.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <variant>
#include <vector>

#include "app/model/run_controller.hpp"

namespace lockstep {

/// How a run to a line came out.
struct LineStop {
  int line = 0;
  WorkerId worker = kNoWorker;       ///< stands before the line; kNoWorker: nobody came there
  std::optional<FindingKind> found;  ///< stopped there instead
  RunPhase phase = RunPhase::paused;
};

class StepController {
 public:
  explicit StepController(RunController& run) : run_(run) {}

  /// A new run in steps, or none: forgets what was asked for. `opening`: main starts everybody and they
  /// begin, before there is anything to choose; restart() returns to there.
  void reset(bool opening = false);
  /// Once a frame, after the run has been polled. True if anything changed.
  bool update();

  bool active() const { return run_.stepped() != nullptr; }
  /// The run stands still and the cards are of its position.
  bool ready() const { return active() && orders_.empty() && !busy_; }
  /// It goes on by itself until something is found or it ends.
  bool running_on() const { return running_on_ || following_; }
  std::uint32_t position() const { return active() ? run_.stepped()->position() : 0; }
  std::uint32_t length() const { return active() ? run_.stepped()->length() : 0; }
  /// Where each worker stands; of the last position at which the run stood still.
  const std::vector<WorkerCard>& cards() const { return cards_; }
  const WorkerCard* card(WorkerId worker) const;
  /// The branch's next choice: of a schedule that was loaded, or where the learner came back from.
  std::optional<Choice> planned() const;
  /// What step_forward() does where the branch ends: the last worker goes on, else the lowest that can.
  std::optional<Choice> suggested() const;
  bool can_move() const;  ///< somebody has a move

  // --- asked for by the learner ---
  void let_go(Choice choice);
  void run_worker(WorkerId worker);  ///< on to before its next synchronization
  void forward();                    ///< planned(), else suggested()
  void back();
  void go_to(std::uint32_t step);
  void go_to_node(std::uint32_t node);
  /// Of a schedule that was loaded: to where everybody that it starts at once has begun. restart() returns
  /// there.
  void go_to_first_choice();
  void restart();
  void run_on();          ///< to the end, by the policy
  void run_to_finding();  ///< along the branch, then by the policy
  /// The same until a worker comes to stand before this line of the C++. Whoever stands there now does not
  /// count.
  void run_to_line(int line);
  /// How the last run to a line came out, once after each.
  std::optional<LineStop> take_line_stop();
  void halt();
  /// By what the run goes on: at random unless something else is chosen.
  PolicyKind policy() const { return policy_; }
  void choose_policy(PolicyKind kind, std::uint32_t depth) {
    policy_ = kind;
    depth_ = depth;
  }
  /// 0: another way each time.
  void choose_seed(std::uint64_t seed) { chosen_seed_ = seed; }

 private:
  struct Choose {
    Choice choice;
  };
  struct Forward {};
  struct FirstChoice {};
  struct Back {};
  struct GoTo {
    std::uint32_t step;
  };
  struct Node {
    std::uint32_t node;
  };
  struct Run {
    RunUntil until;
    WorkerId worker;
  };
  struct ToLine {
    int line;
  };
  using Order = std::variant<Choose, Forward, FirstChoice, Back, GoTo, Node, Run, ToLine>;

  void ask(Order order);
  void carry_out(const Order& order);
  bool next();
  bool follow();
  bool open();
  void take_cards();
  PolicySpec chosen_policy();
  std::size_t failures() const;
  void follow_to(int line);
  std::optional<Choice> by_policy();
  int line_of_last() const;
  void end_line(bool found, bool there);
  std::uint32_t first_choice() const;

  RunController& run_;
  std::deque<Order> orders_;
  std::vector<WorkerCard> cards_;
  bool busy_ = false;        // the last order is being carried out
  bool opening_ = false;     // main starts the others, they begin
  bool running_on_ = false;  // the order is a Run
  bool following_ = false;   // goes along the branch until something is found, or to a line
  std::uint32_t followed_from_ = 0;
  std::uint32_t followed_ = 0;  // the position at which it went on last
  std::size_t failures_before_ = 0;
  int line_ = 0;  // that it goes to; 0: none
  Policy by_policy_;
  std::optional<LineStop> line_stop_;
  std::uint32_t home_ = 0;  // where restart() returns to
  PolicyKind policy_ = PolicyKind::random;
  std::uint32_t depth_ = PolicySpec{}.depth;
  std::uint64_t chosen_seed_ = 0;
  std::uint64_t last_seed_ = 0;  // where none is chosen
};

}  // namespace lockstep
