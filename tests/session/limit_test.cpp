// What a run relies on goes, or the system has no more of it: each is named in one sentence, the run ends
// cleanly and the next one works. Limits of a whole program are in tests/cli.
#include <sys/resource.h>
#include <unistd.h>
#include <csignal>

#include "core/analysis/finding.hpp"
#include "core/platform/socket.hpp"
#include "tests/session/leftovers.hpp"
#include "tests/session/session_driver.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

/// The text of the error that ended a worker, or "".
std::string error_of(const Session& session) {
  const Finding* error = find(session, FindingKind::error_raised);
  return error == nullptr ? "" : std::string(session.store().text(error->text));
}

bool is_told_to_be_killed(const Session& session, const std::string& name) {
  const Finding* killed = find(session, FindingKind::killed);
  return killed != nullptr && session.store().workers()[killed->workers.front()].name == name;
}

void check_that_the_next_run_works() {
  auto session = start("fault-daemons");
  until_ended(*session);
  CHECK(session->end().outcome == Outcome::ok);
}

/// The soft limit of open descriptors, also of the runs that are started meanwhile.
class DescriptorLimit {
 public:
  explicit DescriptorLimit(rlim_t count) {
    getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit now{std::min(count, before_.rlim_max), before_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &now);
  }
  ~DescriptorLimit() { setrlimit(RLIMIT_NOFILE, &before_); }
  DescriptorLimit(const DescriptorLimit&) = delete;
  DescriptorLimit& operator=(const DescriptorLimit&) = delete;

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE(
    "a pool's worker that is killed from outside is named, and so is who waits for its result for ever") {
  const Leftovers leftovers;
  {
    auto session = start("fault-pool-worker", 64.0, "pool");
    until(*session, [&] { return has_printed(*session, "a worker is at work"); });
    std::string victim;
    for (EventIndex i = 0; i < session->store().size(); ++i) {
      const Event& event = session->store()[i];
      if (event.kind == EventKind::future_run) victim = session->store().workers()[event.worker].name;
    }
    REQUIRE(kill(pid_of(*session, victim), SIGKILL) == 0);
    until_over(*session);
    CHECK(session->phase() == RunPhase::stuck);
    CHECK(is_told_to_be_killed(*session, victim));
    CHECK(pid_of(*session, "ForkPoolWorker-3") > 0);  // it is replaced
    const Finding* stuck = find(*session, FindingKind::stuck);
    REQUIRE(stuck != nullptr);
    CHECK(session->store().workers()[stuck->workers.front()].name == "main");
    const auto pids = session->pids();
    session->stop();
    until_ended(*session);
    until_gone(pids);
  }
  check_that_the_next_run_works();
  leftovers.check();
}

TEST_CASE("an executor's worker that is killed from outside breaks the executor, as Python's") {
  const Leftovers leftovers;
  {
    auto session = start("fault-pool-worker", 64.0, "executor");
    until(*session, [&] { return has_printed(*session, "a worker is at work"); });
    REQUIRE(kill(pid_of(*session, "Process-1"), SIGKILL) == 0);
    until_ended(*session);
    CHECK(is_told_to_be_killed(*session, "Process-1"));
    CHECK(error_of(*session).starts_with("BrokenProcessPool: A process in the process pool was terminated"));
    CHECK_FALSE(session->end().sandbox_failed);
    CHECK(session->end().outcome == Outcome::error);
  }
  check_that_the_next_run_works();
  leftovers.check();
}

TEST_CASE("a manager's server that is killed from outside is named, and its clients get an error") {
  const Leftovers leftovers;
  {
    auto session = start("fault-manager");
    until(*session, [&] { return has_printed(*session, "the server answers"); });
    REQUIRE(kill(pid_of(*session, "SyncManager-1"), SIGKILL) == 0);
    until_ended(*session);
    CHECK(is_told_to_be_killed(*session, "SyncManager-1"));
    const std::string error = error_of(*session);
    INFO(error);
    CHECK((error == "EOFError" || error.starts_with("BrokenPipeError") ||
           error.starts_with("ConnectionResetError") || error.starts_with("ConnectionRefusedError")));
    CHECK_FALSE(session->end().sandbox_failed);
    CHECK(session->end().outcome == Outcome::error);
  }
  check_that_the_next_run_works();
  leftovers.check();
}

TEST_CASE("a port that another program listens on is an OSError in one sentence, in both languages") {
  const Leftovers leftovers;
  {
    platform::Fd taken = platform::listen_on_loopback(0, 1);
    const std::string port = std::to_string(platform::port_of(taken.get()));
    auto session = start("fault-port", 64.0, "", {{"port", port}});
    until_ended(*session);
    CHECK(error_of(*session).starts_with("OSError: [Errno 98] Address already in use"));
    CHECK(session->end().outcome == Outcome::error);
    const Finding* error = find(*session, FindingKind::error_raised);
    REQUIRE(error != nullptr);
    for (const Language language : {Language::en, Language::zh})
      CHECK(narrate(*error, session->store(), language).find("Address already in use") != std::string::npos);
    taken.reset();
    auto next = start("fault-port", 64.0, "", {{"port", port}});
    until_ended(*next);
    CHECK(has_printed(*next, "listens"));
    CHECK(next->end().outcome == Outcome::ok);
  }
  leftovers.check();
}

TEST_CASE("a port that the program itself listens on already is an OSError") {
  auto session = start("fault-port-twice");
  until_ended(*session);
  CHECK(error_of(*session).starts_with("OSError: [Errno 98] Address already in use"));
  CHECK(session->end().outcome == Outcome::error);
}

// [noasan]: UndefinedBehaviorSanitizer opens a pipe to look at an object's type, and takes it for none
// without.
TEST_CASE("a program that opens more than it may gets an OSError, and the sandbox goes on watching it",
          "[noasan]") {
  const Leftovers leftovers;
  {
    const DescriptorLimit limit(64);
    auto session = start("fault-pipes");
    until_ended(*session);
    CHECK(error_of(*session) == "OSError: [Errno 24] Too many open files");
    CHECK(session->end().outcome == Outcome::error);
    CHECK_FALSE(session->end().sandbox_failed);
  }
  check_that_the_next_run_works();
  leftovers.check();
}

TEST_CASE("a run for which no descriptor is left is refused with a sentence, and leaves nothing",
          "[noasan]") {
  const Leftovers leftovers;
  const auto lowest = static_cast<rlim_t>(platform::Fd(dup(STDERR_FILENO)).get());
  std::size_t refused = 0;
  for (rlim_t more = 0; more < 12; ++more) {
    INFO("descriptors left: " << more);
    const DescriptorLimit limit(lowest + more);
    RunRequest request;
    request.scenario = "fault-daemons";
    request.speed = 64;
    auto started = Session::start(request);
    if (const auto* sentence = std::get_if<std::string>(&started)) {
      ++refused;
      CHECK(sentence->find("Too many open files.") != std::string::npos);
      continue;
    }
    auto session = std::move(std::get<std::unique_ptr<Session>>(started));
    until_ended(*session);
    INFO(session->end().reason);
    const bool told = session->end().reason.find("Too many open files.") != std::string::npos;
    CHECK(session->end().sandbox_failed == told);
    CHECK((told || session->end().outcome == Outcome::ok));
  }
  CHECK(refused >= 1);
  check_that_the_next_run_works();
  leftovers.check();
}

TEST_CASE("more workers than a run has is an error of the program in one sentence") {
  const Leftovers leftovers;
  {
    auto session = start("fault-threads");
    until_ended(*session);
    CHECK(error_of(*session) == "SandboxLimit: The program started more than 256 workers.");
    CHECK(session->end().outcome == Outcome::error);
    CHECK_FALSE(session->end().sandbox_failed);
  }
  check_that_the_next_run_works();
  leftovers.check();
}
