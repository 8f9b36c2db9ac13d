// Ranks, live and under any schedule.
#include "core/process/ranks.hpp"

#include "tests/process/both_runtimes.hpp"

using namespace lockstep::api;
using lockstep::test::error_of;
using lockstep::test::in_both_runtimes;

TEST_CASE("messages between two ranks come in order, and each pair of ranks has a channel of its own") {
  in_both_runtimes(
      [] {
        const Communicator world("world", 3);
        world.run([](const Communicator& comm) {
          VERIFY(comm.size() == 3);
          if (comm.rank() != 0) {
            comm.send(comm.rank() * 10, 0);
            comm.send(comm.rank() * 10 + 1, 0);
            return;
          }
          for (const int source : {2, 1}) {
            VERIFY(comm.recv(source).as_int() == source * 10);
            VERIFY(comm.recv(source).as_int() == source * 10 + 1);
          }
        });
      },
      50);
}

TEST_CASE("a rank that does not exist, the own one and no rank at all are told") {
  in_both_runtimes(
      [] {
        VERIFY(error_of([] { Communicator("one", 1); }) ==
               "ValueError: a communicator has 2 to 16 ranks, for example 4");
        const Communicator world("world", 2);
        VERIFY(error_of([&] { world.send(1, 0); }) == "RuntimeError: this process is no rank");
        world.run([](const Communicator& comm) {
          for (const int other : {-1, 2, comm.rank()})
            VERIFY(error_of([&] { comm.send(1, other); }) == "MPI.Exception: MPI_ERR_RANK: invalid rank");
        });
      },
      20);
}

TEST_CASE("a rank that has ended sends no more") {
  in_both_runtimes(
      [] {
        const Communicator world("world", 2);
        world.run([](const Communicator& comm) {
          if (comm.rank() == 0) VERIFY(error_of([&] { comm.recv(1); }) == "EOFError");
        });
      },
      50);
}
