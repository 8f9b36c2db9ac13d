// Ranks in a ring hand a token on. They have no memory in common: messages are all there is.
#include "core/process/ranks.hpp"
#include "core/scenario/api.hpp"
#include "core/scenario/availability.hpp"

namespace {
using namespace lockstep::api;

// Rank 0 starts each round and ends it. Everybody adds 1 to the token.
void pass_token(const Communicator& world, int rounds) {
  const int rank = world.rank();  //@ rank
  const int size = world.size();  //@ size
  const int next = (rank + 1) % size;
  const int previous = (rank + size - 1) % size;
  Local<std::int64_t> token("token", 0);  //@ token
  for (int round = 1; round <= rounds; ++round) {
    if (rank != 0) token.set(world.recv(previous).as_int());  //@ receive
    token.set(token + 1);                                     //@ add
    world.send(token.get(), next);                            //@ send
    if (rank == 0) token.set(world.recv(previous).as_int());  //@ round ends
  }
  if (rank != 0) return;
  print("the token comes back with {}", token.get());            //@ tell
  check("everybody has had the token", token == rounds * size);  //@ check
}

void start_ring(const Setup& setup) {
  const int rounds = setup.param("rounds");
  const Communicator world("world", setup.param("ranks"));                 //@ world
  world.run([=](const Communicator& comm) { pass_token(comm, rounds); });  //@ run
}

const Registration registered{{
    .id = "mpi-ring",
    .chapter = Chapter::communication,
    .position = 5,
    .difficulty = 2,
    .related = {"pipe", "shared-value"},
    .variants = {{"ring",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "Each rank waits for the one before it, and rank 0 starts the round.",
                    "每个 rank 都等前一个，而每一圈由 rank 0 开始。"},
                   {Outcome::failed_check, Expectation::forbidden,
                    "There is one token, and only its holder changes it.", "令牌只有一个，谁拿着谁才能改。"},
                   {Outcome::stuck, Expectation::forbidden,
                    "Rank 0 sends before it receives, so the ring never waits in a circle.",
                    "rank 0 先发后收，所以不会大家围成一圈互相等。"}}}},
    .params = {{.name = "ranks", .value = 4, .step_value = 2, .min = 2, .max = 8},
               {.name = "rounds", .value = 3, .step_value = 1, .min = 1, .max = 20}},
    .main = start_ring,
}};

const lockstep::Requirement open_mpi{
    "mpi-ring",
    can_run_ranks,
    {"The scenario mpi-ring needs Open MPI: install openmpi-bin and libopenmpi-dev, then build Lockstep "
     "again.",
     "情景 mpi-ring 需要 Open MPI：请安装 openmpi-bin 和 libopenmpi-dev，再重新构建 Lockstep。"}};

}  // namespace
