#include "core/session/exploration.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <nlohmann/json.hpp>

#include "core/session/confirm.hpp"
#include "core/session/explore_request.hpp"
#include "core/session/explorer_process.hpp"
#include "core/session/explorer_wire.hpp"

namespace lockstep {
namespace {

using Clock = std::chrono::steady_clock;
/// After cancel(): for how long the explorer may tell what it knows and its failure may be replayed.
constexpr std::chrono::milliseconds kPatience{40};

}  // namespace

struct Exploration::Impl {
  ExploreRequest request;
  std::function<void()> on_data;
  ExploreProgress progress;
  std::optional<ExploreReport> report;
  std::optional<Clock::time_point> cancelled_at;

  // Shared with the thread that listens.
  std::mutex guard;
  std::condition_variable changed;
  ExploreProgress newest;
  std::optional<ExploreReport> unconfirmed;  ///< its failure is being replayed
  std::optional<ExploreReport> final;
  bool news = false;
  std::atomic<bool> leave_unconfirmed = false;

  std::unique_ptr<ExplorerProcess> process;  ///< last: its thread uses what stands above

  ~Impl() { leave_unconfirmed = true; }
  void hear(const std::string& line);
  void finish(ExploreReport arrived);
  void lose(const std::string& how);
  void cut_short();
  bool overdue() const { return cancelled_at && !report && Clock::now() - *cancelled_at > kPatience; }
  template <class Change>
  void tell(Change change);
};

template <class Change>
void Exploration::Impl::tell(Change change) {
  {
    const std::lock_guard lock(guard);
    change();
    news = true;
  }
  changed.notify_all();
  if (on_data) on_data();
}

void Exploration::Impl::hear(const std::string& line) {
  const auto json = nlohmann::json::parse(line);
  if (json.contains("progress")) {
    const ExploreProgress heard = wire::progress_from(json.at("progress"));
    tell([&] { newest = heard; });
  } else {
    finish(wire::report_from(json.at("report")));
  }
}

/// In the thread that listens, as it takes a moment.
void Exploration::Impl::finish(ExploreReport arrived) {
  if (arrived.least && !leave_unconfirmed) {
    tell([&] {
      newest.phase = ExplorePhase::confirming;
      unconfirmed = arrived;
    });
    arrived.least->confirmed = happens_for_real(*arrived.least, [&] { return leave_unconfirmed.load(); });
  }
  tell([&] {
    newest.phase = ExplorePhase::done;
    if (!final) final = std::move(arrived);
  });
}

void Exploration::Impl::lose(const std::string& how) {
  {
    const std::lock_guard lock(guard);
    if (final) return;
  }
  tell([&] {
    if (final) return;
    final = report_of(newest, ExploreEnd::failed,
                      "The explorer's process " + how + "; nothing else was affected. Start it once more.");
  });
}

/// Whoever cancelled waits no longer.
void Exploration::Impl::cut_short() {
  leave_unconfirmed = true;
  {
    const std::lock_guard lock(guard);
    news = true;
    if (!final) final = unconfirmed ? *unconfirmed : report_of(newest, ExploreEnd::cancelled);
  }
  process->kill();
}

Exploration::Exploration(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Exploration::~Exploration() = default;

Exploration::Started Exploration::start(const ExploreRequest& asked, std::function<void()> on_data) {
  auto filled = filled_in(asked);
  if (auto* sentence = std::get_if<std::string>(&filled)) return std::move(*sentence);
  auto impl = std::make_unique<Impl>();
  impl->request = std::get<ExploreRequest>(std::move(filled));
  impl->on_data = std::move(on_data);
  Impl* raw = impl.get();
  const nlohmann::json first{{"explore", wire::to_json(impl->request)}};
  std::string error;
  impl->process = std::make_unique<ExplorerProcess>(
      first.dump(),
      ExplorerProcess::Ears{.heard = [raw](const std::string& line) { raw->hear(line); },
                            .ended = [raw](const std::string& how) { raw->lose(how); }},
      error);
  if (!error.empty()) return error;
  return std::unique_ptr<Exploration>(new Exploration(std::move(impl)));
}

bool Exploration::poll() {
  Impl& impl = *impl_;
  if (impl.report) return false;
  if (impl.overdue()) impl.cut_short();
  const std::lock_guard lock(impl.guard);
  if (!std::exchange(impl.news, false)) return false;
  impl.progress = impl.newest;
  impl.report = impl.final;
  return true;
}

void Exploration::wait(int ms) {
  auto until = Clock::now() + std::chrono::milliseconds(ms);
  if (impl_->cancelled_at && !impl_->report) until = std::min(until, *impl_->cancelled_at + kPatience);
  std::unique_lock lock(impl_->guard);
  impl_->changed.wait_until(lock, until, [&] { return impl_->news; });
}

const ExploreRequest& Exploration::request() const { return impl_->request; }
const ExploreProgress& Exploration::progress() const { return impl_->progress; }
const ExploreReport* Exploration::report() const { return impl_->report ? &*impl_->report : nullptr; }
int Exploration::pid() const { return impl_->process->pid(); }

void Exploration::cancel() {
  if (impl_->report || impl_->cancelled_at) return;
  impl_->cancelled_at = Clock::now();
  impl_->process->send(R"({"cancel": true})");
}

void become_explorer_if_asked(int argc, char** argv) {
  if (argc == 2 && std::strcmp(argv[1], kExplorerArgument) == 0) run_explorer();
}

}  // namespace lockstep
