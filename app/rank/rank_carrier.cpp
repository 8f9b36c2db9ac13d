// lockstep-rank PORT: one rank of an Open MPI job, started by mpirun. It hands what its rank of the run sends
// to MPI, and what MPI delivers to its rank (core/platform/rank_job.hpp). Built where Open MPI is found.
#include <mpi.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <csignal>
#include <cstdlib>
#include <list>
#include <string>

#include "core/platform/rank_job.hpp"
#include "core/platform/socket.hpp"

namespace {

using lockstep::platform::Fd;
using lockstep::platform::kGoodbye;
using lockstep::platform::RankFrame;

/// How long it may take to notice what MPI has delivered while nothing comes from the rank. MPI cannot be
/// waited for together with a socket.
constexpr int kLookMs = 1;

class Carrier {
 public:
  explicit Carrier(Fd connection) : rank_(std::move(connection)) {}

  /// Until all ranks have said goodbye: whoever is done goes on receiving, so that everybody's messages
  /// leave.
  void run() {
    int all_are_over = 0;
    MPI_Request over = MPI_REQUEST_NULL;
    for (bool waits = false; all_are_over == 0;) {
      if (over_ && sending_.empty() && !waits) {
        MPI_Ibarrier(MPI_COMM_WORLD, &over);
        waits = true;
      }
      if (waits) MPI_Test(&over, &all_are_over, MPI_STATUS_IGNORE);
      const bool busy = take_from_rank() | take_from_mpi();
      pollfd polled{over_ ? -1 : rank_.get(), POLLIN, 0};
      if (!busy) poll(&polled, 1, kLookMs);
    }
  }

 private:
  struct Sending {
    std::string bytes;
    MPI_Request request = MPI_REQUEST_NULL;
  };

  /// True if something came.
  bool take_from_rank() {
    if (over_) return false;
    char buffer[4096];
    const ssize_t count = recv(rank_.get(), buffer, sizeof buffer, MSG_DONTWAIT);
    if (count == 0) MPI_Abort(MPI_COMM_WORLD, 1);  // the rank was killed
    if (count < 0) return false;
    in_.append(buffer, static_cast<std::size_t>(count));
    for (RankFrame frame{}; next_frame(frame);) {
      if (frame.peer == kGoodbye) {
        over_ = true;
        break;
      }
      Sending& sending = sending_.emplace_back(Sending{in_.substr(sizeof frame, frame.bytes)});
      MPI_Isend(sending.bytes.data(), static_cast<int>(sending.bytes.size()), MPI_BYTE, frame.peer, 0,
                MPI_COMM_WORLD, &sending.request);
      in_.erase(0, sizeof frame + frame.bytes);
    }
    return true;
  }

  bool next_frame(RankFrame& frame) const {
    if (over_ || in_.size() < sizeof frame) return false;
    in_.copy(reinterpret_cast<char*>(&frame), sizeof frame);
    return in_.size() >= sizeof frame + frame.bytes;
  }

  bool take_from_mpi() {
    sending_.remove_if([](Sending& each) {
      int done = 0;
      MPI_Test(&each.request, &done, MPI_STATUS_IGNORE);
      return done != 0;
    });
    int there = 0;
    MPI_Status status;
    MPI_Iprobe(MPI_ANY_SOURCE, 0, MPI_COMM_WORLD, &there, &status);
    if (there != 0) {
      int bytes = 0;
      MPI_Get_count(&status, MPI_BYTE, &bytes);
      const RankFrame frame{status.MPI_SOURCE, static_cast<std::uint32_t>(bytes)};
      out_.append(reinterpret_cast<const char*>(&frame), sizeof frame);
      out_.resize(out_.size() + frame.bytes);
      MPI_Recv(out_.data() + out_.size() - frame.bytes, bytes, MPI_BYTE, status.MPI_SOURCE, 0, MPI_COMM_WORLD,
               MPI_STATUS_IGNORE);
    }
    const ssize_t count =
        out_.empty() ? 0 : send(rank_.get(), out_.data(), out_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count > 0) out_.erase(0, static_cast<std::size_t>(count));
    return there != 0;
  }

  Fd rank_;
  bool over_ = false;
  std::string in_;
  std::string out_;
  std::list<Sending> sending_;
};

}  // namespace

int main(int argc, char** argv) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // mpirun's
  if (argc != 2) return 2;
  MPI_Init(&argc, &argv);
  std::int32_t rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  Fd connection = lockstep::platform::connect_on_loopback(std::atoi(argv[1]));
  const bool connected =
      connection && send(connection.get(), &rank, sizeof rank, MSG_NOSIGNAL) == sizeof rank;
  if (!connected) MPI_Abort(MPI_COMM_WORLD, 1);
  Carrier(std::move(connection)).run();
  MPI_Finalize();
  _exit(0);  // Open MPI leaves memory behind, which a sanitizer would tell of
}
