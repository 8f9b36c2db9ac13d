// Pipe: what CPython's multiprocessing.connection does, live and under any schedule.
#include "core/process/pipe.hpp"

#include "tests/process/both_runtimes.hpp"

using namespace lockstep::api;
using lockstep::EventKind;
using lockstep::test::error_of;
using lockstep::test::in_both_runtimes;
using lockstep::test::on_fibers;

namespace {

Process child(const std::function<void()>& body) { return Process({.name = "child"}, body); }

}  // namespace

TEST_CASE("both ends of a duplex pipe send and receive every sort of value in order") {
  in_both_runtimes([] {
    auto [mine, theirs] = Pipe("pipe");
    const Process echo = child([theirs = theirs] {
      for (;;) {
        const Item item = theirs.recv();
        theirs.send(item);
        if (item.is_none()) return;
      }
    });
    echo.start();
    mine.send(42);
    mine.send(true);
    mine.send("text");
    mine.send(None);
    VERIFY(mine.recv() == Item(42));
    VERIFY(mine.recv() == Item(true));
    VERIFY(mine.recv().str() == "text");
    VERIFY(mine.recv().is_none());
    echo.join();
  });
}

TEST_CASE("of a one-way pipe the first end only receives and the second only sends") {
  in_both_runtimes([] {
    auto [reader, writer] = Pipe("pipe", Duplex::no);
    const auto r = reader;
    const auto w = writer;
    VERIFY(r.readable() && !r.writable());
    VERIFY(w.writable() && !w.readable());
    VERIFY(error_of([&] { r.send(1); }) == "OSError: connection is read-only");
    VERIFY(error_of([&] { w.recv(); }) == "OSError: connection is write-only");
    VERIFY(error_of([&] { w.poll(); }) == "OSError: connection is write-only");
    w.send(7);
    VERIFY(r.poll());
    VERIFY(r.recv() == Item(7));
    VERIFY(!r.poll());
    VERIFY(!r.poll(10ms));
  });
}

TEST_CASE("recv raises EOFError once every copy of the other end is closed, and not before") {
  in_both_runtimes([] {
    auto [reader, writer] = Pipe("pipe", Duplex::no);
    const Process sender = child([r = reader, w = writer] {
      r.close();
      w.send(1);
      w.send(2);
      w.close();
    });
    sender.start();
    sender.join();
    VERIFY(reader.recv() == Item(1));
    VERIFY(reader.recv() == Item(2));
    VERIFY(!reader.poll());  // the copy of this process is open
    writer.close();
    VERIFY(reader.poll());
    const auto end = [r = reader] { r.recv(); };
    VERIFY(error_of(end) == "EOFError");
    VERIFY(error_of(end) == "EOFError");
  });
}

TEST_CASE("a process's copies close when it ends, also by an error or a kill") {
  on_fibers([] {
    auto [reader, writer] = Pipe("pipe", Duplex::no);
    const Process quiet = child([] {});
    const Process killed({.name = "killed"}, [] { sleep(100s); });
    quiet.start();
    killed.start();
    writer.close();
    killed.kill();
    VERIFY(error_of([r = reader] { r.recv(); }) == "EOFError");
    quiet.join();
    killed.join();
  });
}

TEST_CASE("a reader that keeps a copy of the write end waits for ever") {
  lockstep::FiberRun run([] {
    auto [reader, writer] = Pipe("pipe", Duplex::no);
    const Process receiver = child([r = reader] { r.recv(); });
    receiver.start();
    writer.close();
    receiver.join();
  });
  lockstep::test::RandomScheduler random(1);
  CHECK_FALSE(run.run(random).all_ended);
}

TEST_CASE("send raises BrokenPipeError once nobody can receive any more") {
  in_both_runtimes([] {
    auto [reader, writer] = Pipe("pipe", Duplex::no);
    reader.close();
    VERIFY(error_of([w = writer] { w.send(1); }) == "BrokenPipeError: [Errno 32] Broken pipe");
  });
}

TEST_CASE("an end that went away with data unread is told of once, by ConnectionResetError") {
  in_both_runtimes([] {
    auto [mine, theirs] = Pipe("pipe");
    const auto a = mine;
    const auto b = theirs;
    b.send(5);
    a.send("never received");
    b.close();
    VERIFY(a.recv() == Item(5));
    VERIFY(error_of([&] { a.recv(); }) == "ConnectionResetError: [Errno 104] Connection reset by peer");
    VERIFY(error_of([&] { a.recv(); }) == "EOFError");
  });
}

TEST_CASE("a closed end raises OSError, and closing twice does nothing") {
  in_both_runtimes([] {
    auto [mine, theirs] = Pipe("pipe");
    const auto a = mine;
    a.close();
    a.close();
    VERIFY(a.closed());
    VERIFY(!theirs.closed());
    VERIFY(error_of([&] { a.send(1); }) == "OSError: handle is closed");
    VERIFY(error_of([&] { a.recv(); }) == "OSError: handle is closed");
    VERIFY(error_of([&] { a.poll(); }) == "OSError: handle is closed");
  });
}

TEST_CASE("bytes keep their length, and a message longer than maxlength ends the receiving") {
  in_both_runtimes([] {
    auto [reader, writer] = Pipe("one way", Duplex::no);
    const auto r = reader;
    const auto w = writer;
    w.send_bytes("hello");
    w.send_bytes("hello", 1, 3);
    w.send_bytes("");
    VERIFY(r.recv_bytes() == "hello");
    VERIFY(r.recv_bytes(3) == "ell");
    VERIFY(r.recv_bytes().empty());
    VERIFY(error_of([&] { w.send_bytes("ab", 3); }) == "ValueError: buffer length < offset");
    VERIFY(error_of([&] { w.send_bytes("ab", -1); }) == "ValueError: offset is negative");
    VERIFY(error_of([&] { w.send_bytes("ab", 1, 2); }) == "ValueError: buffer length < offset + size");
    VERIFY(error_of([&] { r.recv_bytes(-2); }) == "ValueError: negative maxlength");
    w.send_bytes("too long");
    VERIFY(error_of([&] { r.recv_bytes(3); }) == "OSError: bad message length");
    VERIFY(error_of([&] { r.recv_bytes(); }) == "OSError: handle is closed");

    auto [mine, theirs] = Pipe("duplex");
    const auto a = mine;
    theirs.send_bytes("too long");
    VERIFY(error_of([&] { a.recv_bytes(3); }) == "OSError: bad message length");
    VERIFY(error_of([&] { a.recv_bytes(); }) == "OSError: connection is write-only");
    a.send(1);
    VERIFY(theirs.recv() == Item(1));
  });
}

TEST_CASE("recv_bytes_into fills a buffer that is long enough and raises BufferTooShort otherwise") {
  in_both_runtimes([] {
    auto [reader, writer] = Pipe("pipe", Duplex::no);
    const auto r = reader;
    const auto w = writer;
    std::string buffer(8, '.');
    w.send_bytes("abc");
    VERIFY(r.recv_bytes_into(buffer, 2) == 3);
    VERIFY(buffer == "..abc...");
    w.send_bytes("123456789");
    VERIFY(error_of([&] { r.recv_bytes_into(buffer); }) == "BufferTooShort: b'123456789'");
    VERIFY(error_of([&] { r.recv_bytes_into(buffer, 9); }) == "ValueError: offset too large");
    VERIFY(error_of([&] { r.recv_bytes_into(buffer, -1); }) == "ValueError: negative offset");
    VERIFY(!r.poll());
  });
}

TEST_CASE("a full pipe makes the sender wait until somebody receives") {
  constexpr int kMessages = 300;  // more than lockstep::kChannelCapacity
  const auto recorded = in_both_runtimes(
      [] {
        auto [reader, writer] = Pipe("pipe", Duplex::no);
        const Process sender = child([w = writer] {
          for (int i = 0; i < kMessages; ++i)
            w.send(i);
        });
        sender.start();
        writer.close();
        bool in_order = true;
        for (int i = 0; i < kMessages; ++i)
          in_order = reader.recv() == Item(i) && in_order;
        VERIFY(in_order);
        sender.join();
      },
      10);
  CHECK(recorded.count(EventKind::pipe_recv) == kMessages);
}

TEST_CASE("poll with a time-out wakes when something arrives") {
  in_both_runtimes([] {
    auto [reader, writer] = Pipe("pipe", Duplex::no);
    const Process sender = child([w = writer] { w.send(1); });
    sender.start();
    VERIFY(reader.poll(kForever));
    VERIFY(reader.recv() == Item(1));
    sender.join();
  });
}
