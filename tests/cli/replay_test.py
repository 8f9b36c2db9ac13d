#!/usr/bin/env python3
"""lockstep replay: a schedule shows the same run again, and a text that is none, or of another program, is told so."""

import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import zlib

import program
import schema

DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


def signed(body):
    """The schedule with a checksum that fits: what somebody writes who knows the form."""
    value, digits = zlib.crc32(body.encode()), ""
    for _ in range(7):
        digits += DIGITS[value % 32]
        value //= 32
    return f"{body}#{digits}"


def unmarked(body):
    """Signed, with no marks."""
    return signed(body + ".")


def schedule_of(scenario, *words):
    done = program.run("run", scenario, "--mode", "step", *words)
    return re.search(r"^Schedule: (LS1 .*)$", done.stdout, re.MULTILINE)[1]


def replay_json(*words):
    status, result = program.run_json("replay", *words)
    found = list(schema.violations(result, program.schemas()["run"]))
    assert not found, found
    return status, result


DEADLOCK = "LS1 deadlock/opposite-order philosophers=2 : 0*3 1*3 2*3 "


class Replay(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def refused(self, *words, **options):
        done = program.run("replay", *words, **options)
        self.assertEqual((done.returncode, done.stdout), (program.EXIT_USAGE, ""), done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        return done.stderr

    def test_the_checksum_of_these_tests_is_the_programs(self):
        text = schedule_of("deadlock", "--policy", "random:3", "--seed", "5")
        self.assertEqual(signed(text.rsplit("#", 1)[0]), text)

    def test_shows_the_same_run_as_text_words_file_and_input(self):
        text = schedule_of("ticket-lock", "--variant", "no-lock", "--policy", "random:1", "--seed", "5")
        path = pathlib.Path(self.folder.name, "a schedule.txt")
        path.write_text(f"\n  '{text}'\r\n")
        status, wanted = replay_json(text)
        self.assertEqual((wanted["mode"], wanted["schedule"]), ("step", text))
        for words in ([str(path)], text.split(" ")):
            again, result = replay_json(*words)
            for name in ("outcome", "findings", "output", "checks", "steps", "events", "schedule"):
                self.assertEqual((again, result[name]), (status, wanted[name]), name)
        piped = subprocess.run([program.BINARY, "replay", "-"], input=text, env=program.environment(), capture_output=True,
                               encoding="utf-8", timeout=60, check=False)  # fmt: skip
        self.assertEqual((piped.returncode, piped.stderr), (status, ""))

    def test_shows_a_live_run_again(self):
        for words in (("deadlock",), ("ticket-lock", "--variant", "no-lock", "--param", "customers=3"), ("hotdog",)):
            status, live = program.run_json("run", *words, "--speed", "64")
            again, stepped = replay_json(live["schedule"])
            self.assertEqual((again, stepped["outcome"]), (status, live["outcome"]), live["schedule"])
            said = [sorted((line["worker"], line["text"]) for line in result["output"]) for result in (live, stepped)]
            self.assertEqual(*said)

    def test_a_failure_fails_again_in_both_languages(self):
        for language, word in (("en", "Result: deadlock"), ("zh", "结果：deadlock")):
            done = program.run("replay", unmarked(DEADLOCK), "--lang", language)
            self.assertEqual(done.returncode, program.EXIT_FINDING, done.stderr)
            self.assertIn(word, done.stdout)

    def test_the_trace_is_kept_when_nothing_can_be_printed(self):
        trace = pathlib.Path(self.folder.name, "a.trace")
        with open("/dev/full", "wb") as full:
            done = subprocess.run([program.BINARY, "replay", unmarked(DEADLOCK), "--trace", trace], stdout=full, timeout=60,
                                  env=program.environment(), stderr=subprocess.PIPE, check=False)  # fmt: skip
        self.assertEqual(done.returncode, program.EXIT_SANDBOX)
        self.assertEqual(program.run("export", str(trace)).returncode, program.EXIT_OK)

    def test_a_part_of_a_run_is_no_failure(self):
        done = program.run("replay", unmarked("LS1 deadlock/opposite-order philosophers=2 : 0*3 1 "))
        self.assertEqual((done.returncode, done.stderr), (program.EXIT_OK, ""))
        self.assertIn("ends here, after step 4", done.stdout)

    def test_a_text_of_a_hundred_thousand_bytes_is_read(self):
        long = unmarked("LS1 deadlock/opposite-order philosophers=2 : " + "0 1 " * 25_000)
        self.assertIn("diverges at step 2", self.refused(long))

    def test_every_cut_and_every_edit_is_noticed(self):
        text = schedule_of("deadlock", "--policy", "random:3", "--seed", "5")
        for cut in range(3, len(text), 7):
            self.refused(text[:cut])
        for place in range(0, len(text), 5):
            for letter in ("x", "0", "7", "#", ":"):
                if text[place] not in (letter, " "):
                    self.refused(text[:place] + letter + text[place + 1 :])

    def test_texts_of_other_programs_are_refused(self):
        for body, words in {
            "LS1 nonsense/a : 0 ": ["nonsense"],
            "LS1 deadlock/nonsense : 0 ": ["nonsense", "same-order"],
            "LS1 deadlock/same-order nonsense=3 : 0 ": ["nonsense", "philosophers"],
            "LS1 deadlock/same-order philosophers=900 : 0 ": ["900", "2", "7"],
            "LS2 deadlock/same-order : 0 ": ["version 2"],
            "LS1 deadlock/same-order : 300 ": ["300", "255"],
        }.items():
            sentence = self.refused(unmarked(body))
            for word in words:
                self.assertIn(word, sentence)

    def test_a_replay_that_diverges_says_where_and_why(self):
        here = "LS1 deadlock/opposite-order philosophers=2 : "
        self.assertIn("step 2: Philosopher 1 cannot go on", self.refused(unmarked(here + "0 1 ")))
        self.assertIn("step 10: nobody can go on", self.refused(unmarked(DEADLOCK + "1 ")))
        marked = schedule_of("deadlock", "--policy", "first", "--seed", "5")
        body, marks = marked.rsplit("#", 1)[0].rsplit(".", 1)
        other = DIGITS[(DIGITS.index(marks[4]) + 1) % 32]
        sentence = self.refused(signed(f"{body}.{marks[:4]}{other}{marks[5:]}"))
        self.assertIn("step 5:", sentence)
        self.assertIn("did something else", sentence)
        self.assertIn("第 2 步", self.refused(unmarked(here + "0 1 "), "--lang", "zh"))

    def test_files_that_hold_no_schedule_are_refused(self):
        for name, content in {"empty": b"", "text": b"hello\n", "bytes": bytes(range(256)) * 40, "huge": b"x" * (5 << 20)}.items():
            path = pathlib.Path(self.folder.name, name)
            path.write_bytes(content)
            self.refused(str(path))
        self.refused(self.folder.name)
        self.refused("/dev/zero")

    def test_the_trace_is_kept(self):
        path = pathlib.Path(self.folder.name, "a.trace")
        self.assertEqual(program.run("replay", unmarked(DEADLOCK), "--trace", str(path)).returncode, program.EXIT_FINDING)
        self.assertEqual(program.run("export", str(path)).returncode, program.EXIT_OK)
        self.assertIn("--trace", self.refused(unmarked(DEADLOCK), "--trace", "/nonexistent/a"))


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    unittest.main()
