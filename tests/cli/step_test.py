#!/usr/bin/env python3
"""lockstep run --mode step: one operation at a time, from a pipe."""

import json
import os
import signal
import subprocess
import tempfile
import unittest

import program
import schema


def step(scenario, *words, commands):
    return subprocess.run(
        [program.BINARY, "run", scenario, "--mode", "step", *words], env=program.environment(), timeout=60,
        input=commands, capture_output=True, encoding="utf-8")  # fmt: skip


DEADLOCK = "0\n0\n0\n1\n1\n1\n2\n2\n2\n"


class Steps(unittest.TestCase):
    def test_a_deadlock_is_reached_by_hand_and_avoided_after_going_back(self):
        done = step("deadlock", commands=DEADLOCK)
        self.assertEqual(done.returncode, program.EXIT_FINDING, done.stdout + done.stderr)
        self.assertIn("Result: deadlock", done.stdout)
        self.assertIn("held by Philosopher 1", done.stdout)
        again = step("deadlock", commands=DEADLOCK + "b\nb\nb\n" + "1\n" * 6 + "run\nq\n")
        self.assertEqual(again.returncode, program.EXIT_OK, again.stdout + again.stderr)
        self.assertIn("Result: ok", again.stdout)

    def test_what_cannot_be_done_gets_a_sentence_and_changes_nothing(self):
        done = step("deadlock", commands="9\nx\n0w\nq\n")
        self.assertEqual(done.returncode, program.EXIT_OK, done.stderr)
        self.assertIn("Worker 9 cannot go now", done.stdout)
        self.assertIn('"x" is no command', done.stdout)
        self.assertIn("Worker 0 cannot begin to wait", done.stdout)
        self.assertEqual(done.stdout.count("After step 0"), 1)

    def test_a_policy_goes_to_the_end_and_its_schedule_is_the_same_every_time(self):
        words = ("--policy", "random:3", "--seed", "5", "--variant", "no-lock")
        outputs = {step("ticket-lock", *words, commands="").stdout for _ in range(5)}
        self.assertEqual(len(outputs), 1)
        self.assertIn("Schedule: LS1 ticket-lock/no-lock", outputs.pop())

    def test_json_is_the_run_as_it_stands_and_complaints_go_elsewhere(self):
        done = step("deadlock", "--json", commands="0\n7\nb\n" + DEADLOCK)
        result = json.loads(done.stdout)
        self.assertEqual(list(schema.violations(result, program.schemas()["run"])), [])
        self.assertEqual((done.returncode, result["outcome"], result["steps"]), (program.EXIT_FINDING, "deadlock", 9))
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertIn("Worker 7", done.stderr)
        left = json.loads(step("deadlock", "--json", commands="0\nq\n").stdout)
        self.assertEqual((left["outcome"], left["steps"], left["mode"]), ("stopped", 1, "step"))

    def test_after_going_back_an_arrow_marks_the_next_move(self):
        done = step("deadlock", commands="0\n0\nb\nb\nq\n")
        self.assertIn("  0→ main", done.stdout.split("After step 0")[2])

    def test_find_loads_the_least_failure_at_its_first_step(self):
        done = step("deadlock", commands="0\nfind\n" + "f\n" * 9 + "q\n")
        self.assertEqual((done.returncode, done.stderr), (program.EXIT_FINDING, ""))
        found = done.stdout.split("It can fail.")[1]
        self.assertIn("preemptions 1, switches 2, steps 9", found)
        moves = [part.split("\n")[0].split()[0] for part in found.replace("→ ", "→").split("\n  ") if "→" in part]
        self.assertEqual([move.split("→")[0] for move in moves], list("000111222"))
        self.assertIn("Result: deadlock", found)
        away = step("deadlock", commands="find\nf\nf\nf\n" + "1\n" * 6 + "run\nq\n")
        self.assertIn("Result: ok", away.stdout)

    def test_find_says_when_there_is_nothing(self):
        done = step("deadlock", "--variant", "same-order", commands="0\nfind\nq\n")
        self.assertEqual((done.returncode, done.stderr), (program.EXIT_OK, ""))
        self.assertIn("Proven: no schedule fails.", done.stdout)
        self.assertIn("philosophers=2", done.stdout.split("Schedule: ")[1])
        self.assertIn(" : 0 .", done.stdout.split("Schedule: ")[1])

    def test_a_signal_ends_the_prompt_and_nothing_is_lost(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with tempfile.TemporaryDirectory() as folder:
                trace = os.path.join(folder, "a.trace")
                words = [program.BINARY, "run", "deadlock", "--mode", "step", "--trace", trace]
                with subprocess.Popen(words, env=program.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                      stderr=subprocess.PIPE, encoding="utf-8") as prompt:  # fmt: skip
                    prompt.stdin.write("0\n0\n")
                    prompt.stdin.flush()
                    while "After step 2" not in prompt.stdout.readline():
                        pass
                    prompt.send_signal(number)
                    self.assertEqual(prompt.wait(timeout=20), 128 + number)  # its input is still open
                    rest, error = prompt.stdout.read(), prompt.stderr.read()
                self.assertEqual(error, "")
                self.assertRegex(rest, r"Schedule: LS1 deadlock/opposite-order .* : 0\*2 ")
                self.assertEqual(program.run("export", trace).returncode, program.EXIT_OK)

    def test_the_last_line_needs_no_end(self):
        self.assertIn("After step 2", step("deadlock", commands="0\r\n0").stdout)

    def test_find_in_json(self):
        result = json.loads(step("deadlock", "--json", commands="find\n" + "f\n" * 9).stdout)
        self.assertEqual((result["outcome"], result["steps"]), ("deadlock", 9))


if __name__ == "__main__":
    unittest.main()
