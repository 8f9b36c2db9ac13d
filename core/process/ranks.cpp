#include "core/process/ranks.hpp"

#include <string>
#include <vector>

#include "core/process/worker.hpp"

namespace lockstep::api {
namespace {

constexpr int kMostRanks = 16;
constexpr const char* kAborted = "MPI_ERR_OTHER: the job was aborted";

/// Nothing where the messages are those of a pipe.
std::shared_ptr<platform::RankJob> start_job(int size, const Where& at) {
  const ArenaHeader& header = runtime().arena().header();
  const bool live = runtime().has_kernel() && header.step.stepped.load(std::memory_order_relaxed) == 0;
  if (!live || !platform::can_start_ranks()) return nullptr;
  std::string error;
  auto job = std::make_shared<platform::RankJob>(platform::start_ranks(size, header.folder.data(), error));
  if (!error.empty()) raise("RuntimeError", error, site_of(at));
  return job;
}

}  // namespace

bool can_run_ranks() { return platform::can_start_ranks(); }

Communicator::Communicator(std::string_view name, int size, Where at) : size_(size) {
  if (size < 2 || size > kMostRanks)
    raise("ValueError", "a communicator has 2 to 16 ranks, for example 4", site_of(at));
  for (int from = 0; from < size; ++from) {
    for (int to = 0; to < size; ++to) {
      const std::string pair = std::string(name) + " " + std::to_string(from) + " → " + std::to_string(to);
      channels_.push_back(from == to ? kNoObject : create_single_channel(pair, at, Inheritance::on_offer));
    }
  }
}

// Each rank gets the write ends of its own channels and the read ends of those that lead to it.
void Communicator::run(const std::function<void(const Communicator&)>& body, Where at) const {
  const std::shared_ptr<platform::RankJob> job = start_job(size_, at);
  std::vector<Process> ranks;
  for (int rank = 0; rank < size_; ++rank) {
    ranks.emplace_back(WorkerOptions{.name = "Rank " + std::to_string(rank)},
                       [=, *this] { body_of(rank, body, job); });
    for (int other = 0; other < size_; ++other) {
      if (other == rank) continue;
      channel_offer(channel(rank, other, at), ranks.back().id(), kWriteEnd);
      channel_offer(channel(other, rank, at), ranks.back().id(), kReadEnd);
    }
  }
  for (const Process& rank : ranks)
    rank.start(at);
  if (job) job->carriers.clear();
  for (int from = 0; from < size_; ++from) {
    for (int to = 0; to < size_; ++to) {
      if (from != to) channel_close(channel(from, to, at), kBothEnds, at);
    }
  }
  for (const Process& rank : ranks)
    rank.join(kForever, at);
  if (job) platform::wait_for_ranks(job->pid);
}

void Communicator::body_of(int rank, const std::function<void(const Communicator&)>& body,
                           const std::shared_ptr<platform::RankJob>& job) const {
  Communicator own = *this;
  own.rank_ = rank;
  if (job) {
    own.carrier_ =
        std::make_shared<platform::RankCarrier>(job->carriers[static_cast<std::size_t>(rank)].release());
    job->carriers.clear();  // this process's copies: a carrier shall see when its own rank has gone
  }
  body(own);
  if (own.carrier_) own.carrier_->say_goodbye();
}

int Communicator::rank(Where at) const {
  if (rank_ < 0) raise("RuntimeError", "this process is no rank", site_of(at));
  return rank_;
}

ObjectId Communicator::channel(int from, int to, const Where& at) const {
  const bool exist = from >= 0 && from < size_ && to >= 0 && to < size_ && from != to;
  if (!exist) raise("MPI.Exception", "MPI_ERR_RANK: invalid rank", site_of(at));
  return channels_[static_cast<std::size_t>(from * size_ + to)];
}

void Communicator::send(const Item& item, int dest, Where at) const {
  const Message message{item.value()};
  channel_send(channel(rank(at), dest, at), message, at);
  if (carrier_ && !carrier_->send(dest, encode(runtime().arena(), message)))
    raise("MPI.Exception", kAborted, site_of(at));
}

Item Communicator::recv(int source, Where at) const {
  const auto message = channel_recv(channel(source, rank(at), at), -1, at);
  if (!message) raise("EOFError", "", site_of(at));
  if (!carrier_) return Item(message->value);
  const auto bytes = carrier_->receive(source);
  if (!bytes) raise("MPI.Exception", kAborted, site_of(at));
  return Item(decode(runtime().arena(), *bytes));
}

}  // namespace lockstep::api
