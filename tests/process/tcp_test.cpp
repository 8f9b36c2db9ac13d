// TCP on loopback, live and under any schedule.
#include "core/process/tcp.hpp"

#include <fmt/format.h>

#include "core/platform/socket.hpp"
#include "core/process/executor.hpp"
#include "tests/process/both_runtimes.hpp"

using namespace lockstep::api;
using lockstep::test::error_of;
using lockstep::test::in_both_runtimes;
using lockstep::test::in_live_run;

TEST_CASE("a server answers clients in other processes until they close") {
  in_both_runtimes(
      [] {
        const ServerSocket server = create_server("server");
        VERIFY(server.address().port > 0);
        const auto client = [address = server.address()] {
          const Socket socket = create_connection(address);
          socket.sendall("hello");
          VERIFY(socket.recv(1024) == "HELLO");
          socket.close();
          VERIFY(error_of([=] { socket.sendall("x"); }) == "OSError: [Errno 9] Bad file descriptor");
        };
        const Process a({.name = "a"}, client);
        const Process b({.name = "b"}, client);
        a.start();
        b.start();
        for (int i = 0; i < 2; ++i) {
          const Socket connection = server.accept();
          VERIFY(connection.recv(1024) == "hello");
          connection.sendall("HELLO");
          VERIFY(connection.recv(1024).empty());
          connection.close();
        }
        a.join();
        b.join();
        server.close();
      },
      100);
}

TEST_CASE("connecting where nobody listens is refused, and a port in use cannot be taken") {
  in_both_runtimes([] {
    const ServerSocket server = create_server("server");
    const Address address = server.address();
    VERIFY(error_of([=] { create_server("second", address.port); }) ==
           fmt::format("OSError: [Errno 98] Address already in use (while attempting to bind on address "
                       "('127.0.0.1', {}))",
                       address.port));
    VERIFY(error_of([] { create_server("odd", 70000); }) == "OverflowError: bind(): port must be 0-65535.");
    const Socket waiting = create_connection(address);
    server.close();
    VERIFY(waiting.recv(10).empty());
    VERIFY(error_of([=] { create_connection(address); }) ==
           "ConnectionRefusedError: [Errno 111] Connection refused");
    VERIFY(error_of([=] { server.accept(); }) == "OSError: [Errno 9] Bad file descriptor");
  });
}

TEST_CASE("a port that a program outside the sandbox has cannot be taken, and the error says which") {
  const lockstep::platform::Fd outside = lockstep::platform::listen_on_loopback(0, 1);
  REQUIRE(outside);
  const int port = lockstep::platform::port_of(outside.get());
  in_live_run([=] {
    VERIFY(error_of([=] { create_server("server", port); }) ==
           fmt::format("OSError: [Errno 98] Address already in use (while attempting to bind on address "
                       "('127.0.0.1', {}))",
                       port));
  });
}

TEST_CASE("a client whose patience ends before it is served raises TimeoutError") {
  in_live_run([] {
    const ServerSocket server = create_server("server");
    Socket client = create_connection(server.address(), 1s);
    VERIFY(error_of([=] { client.recv(10); }) == "TimeoutError: timed out");
    client.settimeout(kForever);
    const Socket connection = server.accept();
    connection.sendall("late");
    VERIFY(client.recv(10) == "late");
    VERIFY(error_of([=] { server.accept(1s); }) == "TimeoutError: timed out");
  });
}

TEST_CASE("a thread pool serves as many clients at a time as it has threads") {
  in_both_runtimes(
      [] {
        const ServerSocket server = create_server("server");
        const ThreadPoolExecutor pool("pool", 2);
        const auto client = [address = server.address()] {
          const Socket socket = create_connection(address);
          VERIFY(socket.recv(1024) == "welcome");
        };
        std::vector<Process> clients;
        for (int i = 0; i < 3; ++i)
          clients.emplace_back(WorkerOptions{}, client);
        for (const Process& each : clients)
          each.start();
        const Function serve("serve", [](Socket connection) {
          connection.sendall("welcome");
          connection.close();
        });
        for (int i = 0; i < 3; ++i)
          pool.submit(serve, args(server.accept()));
        pool.shutdown();
        for (const Process& each : clients)
          each.join();
      },
      50);
}
