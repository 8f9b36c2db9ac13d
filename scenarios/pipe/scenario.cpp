// A child sends through a pipe, main receives. How does main learn that nothing more will come?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

// --- numbers through a one-way pipe ---

void send_numbers(Connection reader, Connection writer, int numbers, bool sentinel) {
  reader.close();  //@ child closes
  for (int i = 1; i <= numbers; ++i) {
    sleep(1s, "making a number");  //@ make
    writer.send(i);                //@ send
  }
  if (sentinel) writer.send(None);  //@ send None
}

int receive_until_none(Connection reader) {
  for (int count = 0;; ++count) {
    const Item number = reader.recv();  //@ recv or None
    if (number.is_none()) return count;
    print("has received {}", number);  //@ received
  }
}

int receive_until_end(Connection reader) {
  int count = 0;
  try {
    for (;; ++count)
      print("has received {}", reader.recv());  //@ recv
  } catch (const Error& error) {
    print("no more: {}", error.type());  //@ end
  }
  return count;
}

void receive_numbers(const Setup& setup) {
  const int numbers = setup.param("numbers");
  const bool sentinel = setup.is("sentinel");
  const auto [reader, writer] = Pipe("pipe", Duplex::no);  //@ pipe
  const Process child({.name = "Child"}, send_numbers, reader, writer, numbers, sentinel);
  child.start();                                                                            //@ start
  if (setup.is("close-unused-ends")) writer.close();                                        //@ main closes
  Local count("count", sentinel ? receive_until_none(reader) : receive_until_end(reader));  //@ receive
  child.join();                                                                             //@ join
  check("every number has arrived", count == numbers);                                      //@ check numbers
}

// --- a pipe with two ends that both send and receive ---

void receive_on_closed() {
  const auto [here, there] = Pipe("pipe");  //@ duplex pipe
  there.send("hello");                      //@ hello
  print("has received {}", here.recv());    //@ recv hello
  here.close();                             //@ close
  bool refused = false;
  try {
    here.recv();  //@ recv on closed
  } catch (const Error& error) {
    refused = error.type() == "OSError";
    print("{}", error.what());  //@ tell closed
  }
  check("a closed end refuses", refused);  //@ check closed
}

void send_texts(Connection there) {
  sleep(2s, "making a text");            //@ make text
  there.send_bytes("a long message");    //@ send bytes
  there.send_bytes("a longer message");  //@ send more bytes
}

void receive_too_long() {
  const auto [here, there] = Pipe("pipe");  //@ bytes pipe
  const Process child({.name = "Child"}, send_texts, there);
  child.start();                                                          //@ start sender
  print("something there within 1 s: {}", here.poll(1s) ? "yes" : "no");  //@ poll
  bool too_short = false;
  bool too_long = false;
  std::string buffer(6, ' ');
  try {
    here.recv_bytes_into(buffer);  //@ recv into
  } catch (const Error& error) {
    too_short = error.type() == "BufferTooShort";
    print("{}", error.type());  //@ tell too short
  }
  try {
    here.recv_bytes(6);  //@ recv at most
  } catch (const Error& error) {
    too_long = error.type() == "OSError";
    print("{}", error.what());  //@ tell too long
  }
  child.join();                                              //@ join sender
  check("both lengths are refused", too_short && too_long);  //@ check lengths
}

void use_pipe(const Setup& setup) {
  if (setup.is("recv-on-closed")) return receive_on_closed();  //@ on closed
  if (setup.is("too-long")) return receive_too_long();         //@ too long
  receive_numbers(setup);                                      //@ numbers
}

const Registration registered{{
    .id = "pipe",
    .chapter = Chapter::communication,
    .position = 1,
    .difficulty = 2,
    .related = {"process-queue", "manager-dict", "mpi-ring"},
    .variants =
        {{"sentinel",
          Verdict::ok,
          {{Outcome::ok, Expectation::required, "None is sent last and comes out last: main stops at it.",
            "None 最后发出，也最后收到，main 收到它就停下。"},
           {Outcome::failed_check, Expectation::forbidden, "A pipe keeps the order and loses nothing.",
            "管道保持次序，什么都不会丢。"},
           {Outcome::stuck, Expectation::forbidden, "main does not wait any more after None.",
            "收到 None 之后，main 不再等待。"}}},
         {"close-unused-ends",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "When the child ends, the last copy of the writing end closes: EOFError.",
            "子进程结束时，写端的最后一份副本关闭，于是有 EOFError。"},
           {Outcome::failed_check, Expectation::forbidden,
            "The end is seen only after everything that was sent.", "发出的全部收完之后，才会看到结尾。"},
           {Outcome::stuck, Expectation::forbidden, "Nobody but the child holds a writing end.",
            "除了子进程，没有谁拿着写端。"}}},
         {"forgot-to-close",
          Verdict::always_fails,
          {{Outcome::ok, Expectation::forbidden, "The pipe never ends while main could still write.",
            "只要 main 还可能写，管道就没有结尾。"},
           {Outcome::stuck, Expectation::required,
            "main holds a copy of the writing end itself, and so waits for itself.",
            "main 自己还拿着写端的一份副本，等的其实是自己。"}}},
         {"recv-on-closed",
          Verdict::ok,
          {{Outcome::ok, Expectation::required, "An end that was closed by this process raises OSError.",
            "本进程关闭过的一端，再用就抛出 OSError。"},
           {Outcome::failed_check, Expectation::forbidden, "Nobody opens it again.",
            "没有谁会重新打开它。"}}},
         {"too-long",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "A message is received whole or not at all: BufferTooShort, and OSError for maxlength.",
            "一条消息要么整条收，要么不收：BufferTooShort，超过 maxlength 则是 OSError。"},
           {Outcome::failed_check, Expectation::forbidden, "Both messages are longer than 6 bytes.",
            "两条消息都比 6 个字节长。"},
           {Outcome::stuck, Expectation::forbidden, "The child sends both messages in any case.",
            "子进程总会把两条都发出去。"}}}},
    .params = {{.name = "numbers", .value = 3, .step_value = 2, .min = 1, .max = 20}},
    .main = use_pipe,
}};

}  // namespace
