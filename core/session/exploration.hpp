// An exploration as its user sees it. The explorer runs the scenario's own code, on fibers, so it lives in a
// process of its own, like a run: it may crash or be killed and the window says so.
//
// One thread uses an object; no call blocks longer than noted.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/explore/report.hpp"

namespace lockstep {

struct ExploreRequest {
  std::string scenario;
  std::string variant;                        ///< "" = the default
  std::map<std::string, std::string> params;  ///< as typed; the rest get their step defaults
  ExploreOptions options;
};

class Exploration {
 public:
  using Started = std::variant<std::unique_ptr<Exploration>, std::string>;
  /// A sentence if the request is bad or no process can be started. `on_data` is called from another thread
  /// when poll() has something new, at most about 30 times a second.
  static Started start(const ExploreRequest& request, std::function<void()> on_data = {});
  /// Ends it if it still goes on; blocks for a few milliseconds (100 while the failure is being confirmed).
  ~Exploration();

  /// True if anything changed.
  bool poll();
  /// Blocks until poll() would have something to do, at most `ms` milliseconds.
  void wait(int ms);
  const ExploreRequest& request() const;  ///< with variant and all params filled in
  const ExploreProgress& progress() const;
  /// Null while it goes on. Its least failure has been replayed on real threads and processes. After a
  /// cancel() in the middle of that it has not: LeastFailure::confirmed.
  const ExploreReport* report() const;
  void cancel();    ///< the report comes within 50 ms
  int pid() const;  ///< of the explorer's process

 private:
  struct Impl;
  explicit Exploration(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Answers "can it still fail from here?" for positions of one scenario, variant and set of params. A process
/// of its own builds the graph of all states once; an answer then takes a few milliseconds.
class LookAheadService {
 public:
  using Started = std::variant<std::unique_ptr<LookAheadService>, std::string>;
  /// Only scenario, variant, params and the seed of the request matter. `on_data` as above.
  static Started start(const ExploreRequest& request, std::function<void()> on_data = {});
  ~LookAheadService();

  /// Asks about the position after these choices. A later question replaces one that has no answer yet.
  void ask(std::vector<Choice> prefix);
  /// True if there is a new answer.
  bool poll();
  /// The last answer; its prefix says what to. Not known if the states are too many, or if the process has
  /// come to an end.
  const LookAhead& answer() const;
  /// Once the graph is complete: chance that a random schedule fails.
  std::optional<double> failing_share() const;
  int pid() const;

 private:
  struct Impl;
  explicit LookAheadService(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// To be called first thing in main(): if this process was started as an explorer, runs it and never returns.
void become_explorer_if_asked(int argc, char** argv);

}  // namespace lockstep
