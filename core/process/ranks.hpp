// Ranks: processes that have no memory in common and pass messages, with the calls of MPI as mpi4py names
// them (mpi4py.readthedocs.io, MPI 4.0 §3.2 "Blocking Send and Receive Operations").
//
//   const Communicator world("world", 4);
//   world.run([](const Communicator& comm) { … comm.send(1, (comm.rank() + 1) % comm.size()); … });
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "core/platform/rank_job.hpp"
#include "core/process/channel.hpp"
#include "core/sync/item.hpp"

namespace lockstep::api {

/// Whether Open MPI is here: mpirun, and the program that carries messages for a rank.
bool can_run_ranks();

/// A rank is a process of the run. In a live run each has a process of an Open MPI job beside it, which
/// carries its messages: what MPI delivers is what recv returns. In steps the messages are those of a pipe.
/// One thread of a rank may call at a time.
class Communicator {
 public:
  /// A channel for each ordered pair of ranks. ValueError unless there are 2 to 16.
  Communicator(std::string_view name, int size, Where at = Where::current());
  /// Starts a process for each rank, "Rank 0" …, and blocks until all have ended. RuntimeError if Open MPI
  /// cannot start its job.
  void run(const std::function<void(const Communicator&)>& body, Where at = Where::current()) const;

  /// Of the calling process. RuntimeError where it is none.
  int rank(Where at = Where::current()) const;
  int size() const { return size_; }
  /// Returns once the message is under way; blocks while the channel is full. MPI.Exception "MPI_ERR_RANK:
  /// invalid rank" if there is no such rank other than the caller.
  void send(const Item& item, int dest, Where at = Where::current()) const;
  /// Blocks until a message of that rank arrives. The same error; EOFError once that rank has ended;
  /// "MPI_ERR_OTHER" if a rank was killed, which aborts the job.
  Item recv(int source, Where at = Where::current()) const;

 private:
  void body_of(int rank, const std::function<void(const Communicator&)>& body,
               const std::shared_ptr<platform::RankJob>& job) const;
  ObjectId channel(int from, int to, const Where& at) const;

  std::vector<ObjectId> channels_;  ///< from 0 to 0 (none), to 1 …, from 1 to 0 …
  std::shared_ptr<platform::RankCarrier> carrier_;
  int size_;
  int rank_ = -1;
};

}  // namespace lockstep::api
