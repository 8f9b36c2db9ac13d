// A run told to a person: lines as they are printed, findings as they become certain, the verdict at the end.
#pragma once

#include <string>
#include <vector>

#include "app/cli/follow.hpp"
#include "app/cli/language.hpp"
#include "app/cli/output.hpp"
#include "app/cli/run_view.hpp"

namespace lockstep::cli {

class RunReport {
 public:
  RunReport(RunView run, Output& out, Language language);

  /// What runs: scenario, variant, params, seed, speed.
  void header();
  /// What the program printed and what was found since the last call. False when nobody listens any more.
  bool progress();
  /// How it ended and why.
  void verdict(const Ending& ending);

 private:
  /// A finding that was told while the run went on.
  struct Told {
    std::size_t finding = 0;
    std::size_t line = 0;  ///< of our output
  };

  void tell_findings_until(EventIndex events);
  void tell_print(const Event& event);
  void tell_ending(const Ending& ending);
  void tell_rest_of_findings();
  void tell_checks();
  void tell_declaration(const Ending& ending);
  bool machine_refused() const;
  void tell_figures(const Ending& ending);
  void tell_schedule(Outcome outcome);
  void line(const std::string& text);

  std::string clock(RunTime time) const;

  RunView run_;
  Output& out_;
  Language language_;
  EventIndex events_ = 0;     ///< events looked at so far
  std::size_t findings_ = 0;  ///< findings looked at so far
  std::vector<Told> told_;
  std::vector<std::size_t> kept_;  ///< findings for the verdict: remarks, and failures after the first few
  std::size_t lines_ = 0;
  std::string pending_;  ///< lines not yet written
};

}  // namespace lockstep::cli
