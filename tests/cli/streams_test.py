#!/usr/bin/env python3
"""A run's standard streams and signals: closed pipes, Ctrl-C, terminals. No process is ever left."""

import itertools
import json
import os
import pty
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import program

# Prints at once, and takes 20 s if nobody ends it.
LONG_RUN = ("run", "semaphore", "--speed", "0.25")
ESCAPE = "\x1b"
marks = itertools.count()


class Started:
    """A run in the background whose processes can be counted."""

    def __init__(self, *words, **options):
        self.mark = f"{os.getpid()}-{next(marks)}"
        env = program.environment(LOCKSTEP_TEST_MARK=self.mark)
        self.process = subprocess.Popen(
            [program.BINARY, *words], env=env, stdin=subprocess.DEVNULL,
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options})  # fmt: skip

    def left(self):
        """Pids of the run that are alive 2 s after its end, the most that the design allows."""
        deadline = time.monotonic() + 2
        while (pids := program.processes_of(self.mark)) and time.monotonic() < deadline:
            time.sleep(0.02)
        return pids

    def read_lines(self, count):
        return [self.process.stdout.readline() for _ in range(count)]

    def end(self, *signals):
        """Sends the signals and returns (exit status, rest of stdout, stderr)."""
        for each in signals:
            self.process.send_signal(each)
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, out.decode(), err.decode()


class Signals(unittest.TestCase):
    def ended_by(self, number, *words):
        started = Started(*LONG_RUN, *words)
        time.sleep(0.5)
        self.assertGreater(len(program.processes_of(started.mark)), 1)
        begin = time.monotonic()
        status, out, err = started.end(number)
        self.assertLess(time.monotonic() - begin, 2)
        self.assertEqual(started.left(), [])
        self.assertEqual((status, err), (128 + number, ""))
        return out

    def test_ctrl_c_ends_the_run_and_still_says_how_it_went(self):
        out = self.ended_by(signal.SIGINT)
        self.assertIn("Result: stopped", out)
        self.assertIn("Ctrl-C", out)

    def test_sigterm_does_too(self):
        self.assertIn("SIGTERM", self.ended_by(signal.SIGTERM))

    def test_json_is_whole_after_ctrl_c(self):
        self.assertEqual(json.loads(self.ended_by(signal.SIGINT, "--json"))["outcome"], "stopped")

    def test_repeat_ends_at_once_too(self):
        self.ended_by(signal.SIGINT, "--repeat", "5")

    def test_trace_is_saved_after_ctrl_c(self):
        with tempfile.TemporaryDirectory() as folder:
            trace = os.path.join(folder, "a.trace")
            self.ended_by(signal.SIGINT, "--trace", trace)
            self.assertEqual(program.run("export", trace).returncode, program.EXIT_OK)

    def test_a_kill_leaves_no_process(self):
        started = Started(*LONG_RUN)
        time.sleep(0.5)
        started.end(signal.SIGKILL)
        self.assertEqual(started.left(), [])


class Pipes(unittest.TestCase):
    def test_reader_that_leaves_ends_the_run(self):
        started = Started(*LONG_RUN)
        started.read_lines(2)
        started.process.stdout.close()
        self.assertEqual(started.process.wait(timeout=20), 128 + signal.SIGPIPE)
        self.assertEqual(started.process.stderr.read(), b"")
        self.assertEqual(started.left(), [])
        started.process.stderr.close()

    def test_list_into_a_closed_pipe(self):
        started = Started("list")
        started.process.stdout.close()
        self.assertIn(started.process.wait(timeout=20), (0, 128 + signal.SIGPIPE))
        self.assertEqual(started.process.stderr.read(), b"")
        started.process.stderr.close()

    def test_a_full_disk_is_reported(self):
        for words in [("list",), ("run", "deadlock", "--speed", "64"), ("run", "deadlock", "--speed", "64", "--json")]:
            with open("/dev/full", "wb") as full:
                started = Started(*words, stdout=full)
                status, _, err = started.process.wait(timeout=20), None, started.process.stderr.read().decode()
                started.process.stderr.close()
            self.assertEqual(status, program.EXIT_SANDBOX)
            self.assertEqual(err.count("\n"), 1, err)
            self.assertIn("No space left", err)
            self.assertEqual(started.left(), [])

    def test_streams_that_are_closed_from_the_start(self):
        command = '"$0" run deadlock --variant same-order --speed 64 <&- >&- 2>&-'
        done = subprocess.run(["bash", "-c", command, program.BINARY], timeout=20, env=program.environment(), check=False)
        self.assertEqual(done.returncode, program.EXIT_OK)


class Terminal(unittest.TestCase):
    def output(self, **env):
        """What a run writes to a terminal."""
        master, slave = pty.openpty()
        words = [program.BINARY, "run", "deadlock", "--variant", "same-order", "--speed", "64"]
        process = subprocess.Popen(words, stdout=slave, stdin=subprocess.DEVNULL, env=program.environment(**env))
        os.close(slave)
        text = b""
        while True:
            try:
                part = os.read(master, 65536)
            except OSError:  # how Linux says that the other end is closed
                break
            if not part:
                break
            text += part
        os.close(master)
        self.assertEqual(process.wait(timeout=20), program.EXIT_OK)
        return text.decode()

    def test_colours_on_a_terminal_only_where_they_are_welcome(self):
        self.assertIn(ESCAPE, self.output(TERM="xterm-256color", NO_COLOR=None))
        self.assertIn(ESCAPE, self.output(TERM="xterm-256color", NO_COLOR=""))  # no-color.org: empty means unset
        for env in [{"NO_COLOR": "1", "TERM": "xterm"}, {"TERM": "dumb", "NO_COLOR": None}, {"TERM": None, "NO_COLOR": None}]:
            self.assertNotIn(ESCAPE, self.output(**env), env)

    def test_no_escape_codes_in_a_pipe(self):
        for words in [("list",), ("run", "deadlock", "--speed", "64")]:
            self.assertNotIn(ESCAPE, program.run(*words, env=program.environment(TERM="xterm", NO_COLOR=None)).stdout)


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    unittest.main()
