#include "app/cli/repeat.hpp"

#include <fmt/format.h>

#include "app/cli/failure.hpp"
#include "app/cli/follow.hpp"
#include "app/cli/interrupts.hpp"
#include "app/cli/language.hpp"
#include "app/cli/output.hpp"
#include "app/cli/run_facts.hpp"
#include "app/cli/run_json.hpp"

namespace lockstep::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Tally {
  std::map<Outcome, std::uint64_t> outcomes;
  std::uint64_t done = 0;
  std::uint64_t failing = 0;
};

std::string row(const Session& session, const Ending& ending, std::uint64_t number, std::uint64_t times,
                Language language) {
  return fmt::format(fmt::runtime(text_of(Text::repeat_row, language)), number, times,
                     name_of(ending.end.outcome), seconds(session.store().end_time()),
                     session.request().seed) +
         '\n';
}

std::string summary(const Tally& tally, Language language) {
  if (tally.done == 0) return say(language, Text::repeat_none) + '\n';
  std::string outcomes;
  for (const auto& [outcome, count] : tally.outcomes) {
    outcomes += fmt::format("{}{} {}", outcomes.empty() ? "" : ", ", count, name_of(outcome));
  }
  const double share = 100.0 * static_cast<double>(tally.failing) / static_cast<double>(tally.done);
  return fmt::format(fmt::runtime(text_of(Text::repeat_sum, language)), tally.done, outcomes, share) + '\n';
}

Json tally_json(const RunRequest& request, const Tally& tally) {
  Json params = Json::object();
  for (const auto& [name, value] : request.params)
    params[name] = std::stoll(value);
  Json outcomes = Json::object();
  for (const auto& [outcome, count] : tally.outcomes)
    outcomes[std::string(name_of(outcome))] = count;
  return {{"scenario", request.scenario},
          {"variant", request.variant},
          {"mode", "live"},
          {"params", params},
          {"runs", tally.done},
          {"outcomes", outcomes},
          {"failing", tally.failing}};
}

}  // namespace

int repeat(RunRequest request, std::uint64_t times, double limit_seconds, bool json, Language language) {
  Output out;
  Tally tally;
  Ending ending;
  while (tally.done < times && ending.signal == 0 && out.error() == 0) {
    const auto session = start(request);
    ending = follow(*session, limit_seconds, [] { return true; });
    if (ending.end.sandbox_failed) fail_sandbox(ending.end.reason);
    if (ending.signal != 0) break;
    ++tally.done;
    ++tally.outcomes[ending.end.outcome];
    if (status_of(ending, session->diagnosis()) != kOk) ++tally.failing;
    if (!json) out.write(row(*session, ending, tally.done, times, language));
    const bool given = request.seed != 0;
    const std::uint64_t next_seed = request.seed + 1;
    request = session->request();  // with the defaults filled in
    request.seed = given ? next_seed : 0;
  }
  out.write(json ? to_text(tally_json(request, tally)) : summary(tally, language));
  if (ending.signal != 0) return 128 + ending.signal;
  if (out.error() != 0) return status_of_failed_output(out);
  return tally.failing != 0 ? kFinding : kOk;
}

}  // namespace lockstep::cli
