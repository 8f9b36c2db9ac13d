// The cards of step mode as values: what each worker is about to do and what comes of letting it go.
#pragma once

#include <string>
#include <vector>

#include "core/analysis/finding.hpp"
#include "core/analysis/pending.hpp"
#include "core/explore/report.hpp"
#include "core/session/stepped_run.hpp"

namespace lockstep {

/// What can come of letting a worker go.
enum class CardMark : std::uint8_t {
  none,       ///< it cannot go
  looking,    ///< not answered yet
  not_known,  ///< too many states to know
  can_fail,   ///< a failure can still be reached
  must_fail,  ///< every way fails then
  safe,       ///< no failure can be reached any more
};

/// Why a worker does not make a move when its key is pressed.
enum class Hindrance : std::uint8_t {
  none,     ///< it has a move
  by_hand,  ///< it has none, but can begin to wait
  waits,    ///< it waits already
  has_ended,
};

struct StepCard {
  WorkerId worker = kNoWorker;
  std::string about;   ///< "acquire Plate"
  std::string effect;  ///< "would wait: held by Worker 2"; may be empty
  int line = 0;        ///< of the source; 0 = unknown
  Hindrance hindrance = Hindrance::none;
  /// Whose write it is about to overwrite with what follows from an older value; usually kNoWorker.
  WorkerId overwrites = kNoWorker;
  bool planned = false;    ///< the next choice of the branch
  bool suggested = false;  ///< what a step forward does where the branch ends
  CardMark mark = CardMark::none;
  std::uint32_t steps = 0;  ///< can_fail, must_fail: of the shortest way to the failure, this one included
  Outcome outcome = Outcome::ok;  ///< of that way
};

/// The members that describe_pending() and its relatives ask for.
Pending pending_of(const WorkerCard& card);

/// `answer` is the look-ahead of this very position, nullptr while there is none; `looks` is false if nobody
/// looks ahead. `store` after its first `n` events is what the cards stand in.
std::vector<StepCard> step_cards(const std::vector<WorkerCard>& cards, const TraceStore& store, EventIndex n,
                                 Language language, std::optional<Choice> planned,
                                 std::optional<Choice> suggested, const LookAhead* answer, bool looks);

/// What the workers' next writes would lose: atomicity violations without their last event.
std::vector<Finding> impending_findings(const std::vector<WorkerCard>& cards, const Diagnosis& diagnosis);

/// The key of a worker: '0' … '9', or 0 for those beyond. Main has '0', the others their number.
constexpr int key_of(WorkerId worker) { return worker <= 9 ? '0' + worker : 0; }

/// The last choices of a schedule as they stand in its text, at most `most` of them: "… 1 2 2w".
std::string last_choices(const std::vector<Choice>& choices, std::size_t count, std::size_t most);

}  // namespace lockstep
