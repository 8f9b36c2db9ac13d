#include <mutex>
#include <nlohmann/json.hpp>

#include "core/session/exploration.hpp"
#include "core/session/explore_request.hpp"
#include "core/session/explorer_process.hpp"
#include "core/session/explorer_wire.hpp"

namespace lockstep {

struct LookAheadService::Impl {
  std::function<void()> on_data;
  LookAhead answer;

  // Shared with the thread that listens.
  std::mutex guard;
  std::optional<std::vector<Choice>> waiting;  ///< the newest question, not sent yet
  std::optional<std::vector<Choice>> asked;    ///< sent, not answered
  std::optional<LookAhead> arrived;
  std::optional<double> share;
  bool lost = false;
  bool news = false;

  std::unique_ptr<ExplorerProcess> process;  ///< last: its thread uses what stands above

  void hear(const std::string& line);
  void lose();
  void pass_on();
};

/// Sends the question that waits, if no other is under way: so what lies in the socket is always little.
void LookAheadService::Impl::pass_on() {
  std::string line;
  {
    const std::lock_guard lock(guard);
    if (asked || !waiting) return;
    if (lost) {
      arrived.emplace();
      arrived->prefix = *std::exchange(waiting, std::nullopt);
      news = true;
      return;
    }
    asked = std::exchange(waiting, std::nullopt);
    line = nlohmann::json{{"ask", wire::to_json(*asked)}}.dump();
  }
  process->send(line);
}

void LookAheadService::Impl::hear(const std::string& line) {
  const auto json = nlohmann::json::parse(line);
  {
    const std::lock_guard lock(guard);
    if (json.contains("share")) {
      if (!json.at("share").is_null()) share = json.at("share").get<double>();
    } else {
      arrived = wire::look_ahead_from(json.at("answer"));
      asked.reset();
    }
    news = true;
  }
  pass_on();
  if (on_data) on_data();
}

void LookAheadService::Impl::lose() {
  {
    const std::lock_guard lock(guard);
    lost = true;
    if (asked && !waiting) waiting = std::move(asked);
    asked.reset();
  }
  pass_on();
  if (on_data) on_data();
}

LookAheadService::LookAheadService(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LookAheadService::~LookAheadService() = default;

LookAheadService::Started LookAheadService::start(const ExploreRequest& asked,
                                                  std::function<void()> on_data) {
  auto filled = filled_in(asked);
  if (auto* sentence = std::get_if<std::string>(&filled)) return std::move(*sentence);
  auto impl = std::make_unique<Impl>();
  impl->on_data = std::move(on_data);
  Impl* raw = impl.get();
  const nlohmann::json first{{"look_ahead", wire::to_json(std::get<ExploreRequest>(filled))}};
  std::string error;
  impl->process = std::make_unique<ExplorerProcess>(
      first.dump(),
      ExplorerProcess::Ears{.heard = [raw](const std::string& line) { raw->hear(line); },
                            .ended = [raw](const std::string&) { raw->lose(); }},
      error);
  if (!error.empty()) return error;
  return std::unique_ptr<LookAheadService>(new LookAheadService(std::move(impl)));
}

void LookAheadService::ask(std::vector<Choice> prefix) {
  {
    const std::lock_guard lock(impl_->guard);
    impl_->waiting = std::move(prefix);
  }
  impl_->pass_on();
}

bool LookAheadService::poll() {
  const std::lock_guard lock(impl_->guard);
  if (!std::exchange(impl_->news, false)) return false;
  if (impl_->arrived) impl_->answer = *std::exchange(impl_->arrived, std::nullopt);
  return true;
}

const LookAhead& LookAheadService::answer() const { return impl_->answer; }

std::optional<double> LookAheadService::failing_share() const {
  const std::lock_guard lock(impl_->guard);
  return impl_->share;
}

int LookAheadService::pid() const { return impl_->process->pid(); }

}  // namespace lockstep
