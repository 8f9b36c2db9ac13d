#!/usr/bin/env python3
"""lockstep run: every variant ends as it declares, in JSON that keeps its schema and in words."""

import json
import pathlib
import sys
import tempfile
import time
import unittest

import program
import schema

FAST = ("--speed", "64")


def run_json(*words):
    status, result = program.run_json("run", *words)
    found = list(schema.violations(result, program.schemas()["run"]))
    assert not found, (words, found)
    return status, result


def failures(result, kind):
    return [finding for finding in result["findings"] if finding["kind"] == kind]


class EveryVariant(unittest.TestCase):
    def test_ends_as_declared(self):
        for scenario in program.runnable().values():
            for variant in scenario["variants"]:
                with self.subTest(scenario=scenario["id"], variant=variant["name"]):
                    status, result = run_json(scenario["id"], "--variant", variant["name"], *FAST)
                    self.assertEqual(status == program.EXIT_OK, result["outcome"] == "ok", result["findings"])
                    if variant["verdict"] == "ok":
                        self.assertEqual(result["outcome"], "ok", result["findings"])
                    elif variant["verdict"] == "always-fails":
                        self.assertNotEqual(result["outcome"], "ok")
                    self.check_references(result)

    def check_references(self, result):
        workers = {worker["id"] for worker in result["workers"]}
        objects = {each["id"] for each in result["objects"]}
        for finding in result["findings"]:
            self.assertLessEqual(set(finding["workers"]), workers)
            self.assertLessEqual(set(finding["objects"]), objects)
            self.assertNotEqual(finding["message"], "")
        self.assertLessEqual({line["worker"] for line in result["output"]}, workers)
        times = [line["t"] for line in result["output"]]
        self.assertEqual(times, sorted(times))
        self.assertLessEqual(result["steps"], result["events"])

    def test_is_told_in_both_languages(self):
        for scenario in program.runnable():
            for language, word in (("en", "Result: "), ("zh", "结果：")):
                with self.subTest(scenario=scenario, language=language):
                    self.assertIn(word, program.run("run", scenario, *FAST, "--lang", language).stdout)


class Request(unittest.TestCase):
    def test_what_was_asked_for_is_in_the_answer(self):
        _, result = run_json("ticket-lock", "--variant", "no-lock", "--param", "customers=3", "--seed", "7", *FAST)
        self.assertEqual(
            [result[name] for name in ("scenario", "variant", "mode", "params", "seed")],
            ["ticket-lock", "no-lock", "live", {"customers": 3, "tickets": 1}, 7])  # fmt: skip

    def test_defaults_are_filled_in(self):
        first = program.catalogue()["hotdog"]
        _, result = run_json("hotdog", *FAST)
        self.assertEqual(result["variant"], first["variants"][0]["name"])
        self.assertEqual(result["params"], {param["name"]: param["default"] for param in first["params"]})
        self.assertGreater(result["seed"], 0)

    def test_human_output_begins_with_what_runs(self):
        header = program.run("run", "ticket-lock", "--param", "customers=2", "--seed", "7", *FAST).stdout.splitlines()[0]
        for word in ("ticket-lock", "variant lock", "customers 2", "tickets 1", "seed 7", "speed 64×"):
            self.assertIn(word, header)

    def test_speed_scales_the_wall_clock_and_not_the_run(self):
        begin = time.monotonic()
        _, result = run_json("deadlock", "--variant", "same-order", *FAST)
        self.assertLess(time.monotonic() - begin, 5)
        self.assertGreaterEqual(result["duration_s"], 0.1)


class TicketLock(unittest.TestCase):
    def test_no_lock_oversells_at_the_documented_numbers(self):
        status, result = run_json("ticket-lock", "--variant", "no-lock", "--speed", "16")
        self.assertEqual((status, result["outcome"]), (program.EXIT_FINDING, "failed-check"))
        self.assertIn(False, [check["ok"] for check in result["checks"]])
        self.assertTrue(failures(result, "broken-check"))

    def test_lock_sells_what_there_is(self):
        status, result = run_json("ticket-lock", *FAST)
        self.assertEqual((status, result["outcome"]), (program.EXIT_OK, "ok"))
        self.assertTrue(result["checks"])
        self.assertNotIn(False, [check["ok"] for check in result["checks"]])

    def test_customers_are_processes(self):
        _, result = run_json("ticket-lock", *FAST)
        customers = [worker for worker in result["workers"] if worker["kind"] == "process"]
        self.assertEqual(len(customers), 11)
        self.assertEqual(len({worker["pid"] for worker in customers}), 11)
        self.assertEqual({worker["exit_code"] for worker in customers}, {0})


class Deadlock(unittest.TestCase):
    def test_the_cycle_is_named_within_a_second(self):
        begin = time.monotonic()
        status, result = run_json("deadlock", "--speed", "1")
        elapsed = time.monotonic() - begin
        self.assertEqual((status, result["outcome"]), (program.EXIT_FINDING, "deadlock"))
        self.assertLess(elapsed - result["duration_s"], 1)
        [cycle] = failures(result, "deadlock")
        self.assertEqual((len(set(cycle["workers"])), len(set(cycle["objects"]))), (2, 2))
        self.assertTrue(cycle["lines"])
        names = {worker["id"]: worker["name"] for worker in result["workers"]}
        for worker in cycle["workers"]:
            self.assertIn(names[worker], cycle["message"])

    def test_people_are_told_too(self):
        done = program.run("run", "deadlock", "--speed", "1")
        self.assertEqual(done.returncode, program.EXIT_FINDING)
        for word in ("Deadlock", "Result: deadlock", "line "):
            self.assertIn(word, done.stdout)


class Limits(unittest.TestCase):
    def test_limit_ends_a_run(self):
        begin = time.monotonic()
        status, result = run_json("semaphore", "--speed", "0.25", "--limit", "0.5")
        self.assertLess(time.monotonic() - begin, 3)
        self.assertEqual((status, result["outcome"]), (program.EXIT_FINDING, "stopped"))


class Repeat(unittest.TestCase):
    def test_outcomes_are_counted(self):
        words = ("run", "deadlock", "--repeat", "5", *FAST)
        status, result = program.run_json(*words)
        self.assertEqual(list(schema.violations(result, program.schemas()["run --repeat"])), [])
        self.assertEqual((result["runs"], sum(result["outcomes"].values())), (5, 5))
        self.assertEqual(result["failing"], 5 - result["outcomes"].get("ok", 0))
        self.assertEqual(status, program.EXIT_FINDING if result["failing"] else program.EXIT_OK)
        self.assertIn("5 runs: ", program.run(*words).stdout)

    def test_seeds_go_up_from_the_one_given(self):
        rows = program.run("run", "deadlock", "--variant", "same-order", "--repeat", "3", "--seed", "7", *FAST).stdout
        self.assertEqual([row.split()[-1] for row in rows.splitlines()[:3]], ["7", "8", "9"])


class Trace(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def test_a_saved_trace_can_be_exported(self):
        trace = self.folder / "a.trace"
        program.run("run", "deadlock", *FAST, "--trace", str(trace))
        done = program.run("export", str(trace))
        self.assertEqual((done.returncode, done.stderr), (program.EXIT_OK, ""))
        self.assertTrue(json.loads((self.folder / "a.json").read_text(encoding="utf-8"))["traceEvents"])
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["a.json", "a.trace"])

    def test_an_old_export_is_replaced(self):
        trace, out = self.folder / "a.trace", self.folder / "b.json"
        out.write_text("old")
        program.run("run", "deadlock", *FAST, "--trace", str(trace))
        self.assertEqual(program.run("export", str(trace), "--out", str(out)).returncode, program.EXIT_OK)
        self.assertIn("traceEvents", json.loads(out.read_text(encoding="utf-8")))

    def test_a_damaged_trace_gets_a_sentence(self):
        trace = self.folder / "a.trace"
        program.run("run", "deadlock", *FAST, "--trace", str(trace))
        whole = trace.read_bytes()
        for damaged in (whole[: len(whole) // 2], whole[:10], whole[:-1], whole[:40] + bytes([whole[40] ^ 1]) + whole[41:]):
            trace.write_bytes(damaged)
            done = program.run("export", str(trace))
            self.assertEqual((done.returncode, done.stdout, done.stderr.count("\n")), (program.EXIT_USAGE, "", 1), done.stderr)
        self.assertFalse((self.folder / "a.json").exists())


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    unittest.main()
