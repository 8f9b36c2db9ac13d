#!/usr/bin/env python3
"""lockstep explore: every variant's verdict is the declared one, and whatever ends a search is told in order."""

import json
import os
import pathlib
import pty
import signal
import subprocess
import sys
import time
import unittest

import program
import schema

ENDLESS = ("ticket-lock", "--variant", "no-lock", "--param", "customers=12")


def explore(*words):
    status, result = program.run_json("explore", *words, timeout=120)
    found = list(schema.violations(result, program.schemas()["explore"]))
    assert not found, (words, found)
    return status, result


def explorer_of(pid, deadline=30):
    """The pid of the explorer that this command has started."""
    end = time.monotonic() + deadline
    while time.monotonic() < end:
        for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            if b"--lockstep-explorer" in pathlib.Path(f"/proc/{child}/cmdline").read_bytes():
                return int(child)
        time.sleep(0.005)
    raise AssertionError("no explorer was started")


def start(*words, **options):
    return subprocess.Popen([program.BINARY, "explore", *words], env=program.environment(LOCKSTEP_TEST_MARK="explore-test"), stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", **options)  # fmt: skip


class Verdicts(unittest.TestCase):
    def test_every_variant_is_what_it_declares_and_its_least_failure_is_real(self):
        for scenario in program.runnable().values():
            for variant in scenario["variants"]:
                with self.subTest(scenario=scenario["id"], variant=variant["name"]):
                    status, result = explore(scenario["id"], "--variant", variant["name"])
                    self.assertTrue(result["exhausted"], result["end"])
                    self.assertEqual(result["verdict"], variant["verdict"])
                    self.assertEqual(status, program.EXIT_OK if variant["verdict"] == "ok" else program.EXIT_FINDING)
                    if status == program.EXIT_OK:
                        self.assertEqual((result["failing"], result["least"], result["findings"]), (0, None, []))
                        continue
                    least = result["least"]
                    self.assertTrue(least["confirmed"])
                    again, replayed = program.run_json("replay", least["code"])
                    self.assertEqual((again, replayed["outcome"]), (program.EXIT_FINDING, least["outcome"]))
                    self.assertEqual((replayed["schedule"], replayed["steps"]), (least["code"], least["steps"]))

    def test_is_told_in_both_languages(self):
        for language, words in {
            "en": ["It can fail.", "least failing schedule: preemptions 1, switches 2, steps 9", "real threads", "As declared"],
            "zh": ["可能失败", "最小的失败调度：1 次抢占，2 次切换，9 步", "真实的线程", "与声明相符"],
        }.items():
            done = program.run("explore", "deadlock", "--lang", language)
            self.assertEqual((done.returncode, done.stderr), (program.EXIT_FINDING, ""))
            for word in [*words, "lockstep replay 'LS1 deadlock/opposite-order"]:
                self.assertIn(word, done.stdout)
        proven = program.run("explore", "deadlock", "--variant", "same-order", "--prove").stdout
        self.assertIn("Proven: no schedule fails.", proven)
        self.assertIn("for these params", proven)

    def test_what_cannot_fail_with_such_params_is_no_contradiction(self):
        done = program.run("explore", "ticket-lock", "--variant", "no-lock", "--param", "customers=1")
        self.assertEqual(done.returncode, program.EXIT_OK)
        self.assertNotIn("declared", done.stdout)

    def test_params_and_defaults_are_filled_in(self):
        _, result = explore("deadlock", "--param", "philosophers=3")
        self.assertEqual((result["variant"], result["params"]), ("opposite-order", {"philosophers": 3}))


class Budgets(unittest.TestCase):
    def test_find_stops_at_the_failure(self):
        status, result = explore(*ENDLESS[:3], "--find")
        self.assertEqual(status, program.EXIT_FINDING)
        self.assertTrue(result["least"]["confirmed"])

    def test_what_is_cut_short_is_no_proof(self):
        for words, end in ((("--schedules", "5"), "schedules"), (("--limit", "0.1"), "seconds")):
            status, result = explore("ticket-lock", "--param", "customers=12", "--prove", *words)
            self.assertEqual((status, result["end"]), (program.EXIT_FINDING, end))
            self.assertEqual((result["exhausted"], result["verdict"]), (False, "unknown"))
            status, _ = explore("ticket-lock", "--param", "customers=12", *words)
            self.assertEqual(status, program.EXIT_OK)


    def test_schedules_that_were_cut_were_not_covered(self):
        out = program.run("explore", "deadlock", "--steps", "3").stdout
        self.assertIn("as far as --steps allows", out)
        self.assertNotIn("covered", out)


class Ends(unittest.TestCase):
    def test_ctrl_c_gives_the_report_so_far(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with start(*ENDLESS) as running:
                explorer = explorer_of(running.pid)
                time.sleep(0.3)  # so that there is something to report
                running.send_signal(number)
                out, error = running.communicate(timeout=60)
            self.assertEqual((running.returncode, error), (128 + number, ""))
            self.assertIn("It was cancelled", out)
            self.assertFalse(os.path.exists(f"/proc/{explorer}"))

    def test_ctrl_c_reaches_the_whole_group_as_a_terminal_sends_it(self):
        with start(*ENDLESS, "--json", start_new_session=True) as running:
            explorer_of(running.pid)
            os.killpg(running.pid, signal.SIGINT)
            out, error = running.communicate(timeout=60)
        self.assertEqual((running.returncode, error), (130, ""))
        self.assertIn('"end": "cancelled"', out)
        least = json.loads(out)["least"]
        self.assertTrue(least is None or least["confirmed"], least)

    def test_an_explorer_that_is_killed_gets_one_sentence(self):
        with start(*ENDLESS) as running:
            os.kill(explorer_of(running.pid), signal.SIGKILL)
            out, error = running.communicate(timeout=60)
        self.assertEqual((running.returncode, out, error.count("\n")), (program.EXIT_SANDBOX, "", 1), error)
        self.assertIn("signal 9", error)

    def test_an_explorer_ends_with_its_owner(self):
        with start(*ENDLESS) as running:
            explorer = explorer_of(running.pid)
            running.kill()
            running.communicate(timeout=60)
        end = time.monotonic() + 30
        while explorer in program.processes_of("explore-test"):
            self.assertLess(time.monotonic(), end)
            time.sleep(0.01)

    def test_progress_is_for_terminals_only(self):
        self.assertEqual(program.run("explore", "deadlock").stderr, "")
        leader, follower = pty.openpty()
        done = subprocess.run([program.BINARY, "explore", *ENDLESS, "--limit", "0.5"], stderr=follower, stdout=subprocess.PIPE,
                              env=program.environment(), encoding="utf-8", timeout=60, check=False)  # fmt: skip
        os.close(follower)
        shown = os.read(leader, 1 << 16).decode()
        os.close(leader)
        self.assertIn("schedules", shown)
        self.assertTrue(shown.endswith("\r\x1b[K"), repr(shown[-40:]))
        self.assertNotIn("\x1b", done.stdout)


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    unittest.main()
