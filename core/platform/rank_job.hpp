// A job of Open MPI: mpirun with a carrier program (carrier/rank_carrier.cpp) for each rank, which passes on
// what it is handed. Each carrier is connected to this process by TCP on loopback.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/platform/process.hpp"

namespace lockstep::platform {

/// Whether mpirun and the carrier program, which is built where Open MPI is found, are there.
bool can_start_ranks();

struct RankJob {
  int pid = 0;               ///< of mpirun
  std::vector<Fd> carriers;  ///< by rank
};

/// Blocks until all carriers are connected. No pid and a sentence in `error` if Open MPI cannot start them.
/// `folder`: for its files.
RankJob start_ranks(int size, const std::string& folder, std::string& error);
/// Blocks until mpirun has ended; its carriers end once their connections are said goodbye to.
void wait_for_ranks(int pid);

/// A rank's end of the connection to its carrier.
class RankCarrier {
 public:
  explicit RankCarrier(int fd) : fd_(fd) {}
  /// False if the job has been aborted.
  bool send(int dest, std::string_view bytes);
  /// Blocks until MPI has delivered a message of that rank; nothing if the job has been aborted.
  std::optional<std::string> receive(int source);
  /// The rank ends as it should. One that ends without this aborts the job, as MPI does.
  void say_goodbye();

 private:
  Fd fd_;
  std::map<int, std::deque<std::string>> arrived_;
};

/// Before each message between a rank and its carrier.
struct RankFrame {
  std::int32_t peer;  ///< to the carrier: dest; from it: source
  std::uint32_t bytes;
};
inline constexpr std::int32_t kGoodbye = -1;

}  // namespace lockstep::platform
