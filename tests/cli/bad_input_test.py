#!/usr/bin/env python3
"""Bad input: one clear sentence on stderr, nothing on stdout, exit status 2, nothing written."""

import os
import pathlib
import re
import sys
import tempfile
import unittest

import program

LONG = "x" * 3000
VERY_LONG = "x" * 100_000

# The words -> what the sentence must name.
UNKNOWN = {
    ("lsit",): ["lsit", "list"],
    ("nonsense",): ["nonsense"],
    ("run", "nonsense"): ["nonsense"],
    ("run", "dedlock"): ["dedlock", "deadlock"],
    ("run", "list"): ["list"],
    ("run", "{}"): ["{}"],
    ("explore", "dedlock"): ["dedlock", "deadlock"],
    ("screenshot", "nonsense", "a.png"): ["nonsense"],
    ("run", "deadlock", "--variant", "nonsense"): ["nonsense", "same-order"],
    ("deadlock", "--variant", "nonsense"): ["nonsense", "same-order"],
    ("run", "deadlock", "--param", "nonsense=3"): ["nonsense", "philosophers"],
    ("run", "deadlock", "--varian", "x"): ["--varian", "--variant"],
    ("run", "deadlock", "-x"): ["-x"],
    ("--nonsense",): ["--nonsense"],
    ("list", "--speed", "3"): ["--speed"],
    ("run", "deadlock", "--lang", "fr"): ["fr", "en", "zh"],
    ("run", "deadlock", "--lang", "EN"): ["EN"],
    ("screenshot", "deadlock", "a.png", "--theme", "pink"): ["pink", "dark", "light", "projector"],
    ("replay", "nonsense"): ["nonsense", "LS1"],
    ("replay", "LS9 deadlock/same-order : 0 #0000000"): ["version 9", "version 1"],
    ("completion", "tcsh"): ["tcsh", "bash", "zsh", "fish"],
    ("help", "nonsense"): ["nonsense", "lockstep --help"],
    ("help", "rnu"): ["rnu", "run"],
    ("deadlock", "--mode", "nonsense"): ["nonsense", "live", "step"],
    ("deadlock", "--mode", "step", "--policy", "bogus"): ["bogus", "pct"],
    ("screenshot", "deadlock", "a.png", "--mode", "nonsense"): ["nonsense", "step"],
    ("screenshot", "deadlock", "a.png", "--schedule", "nonsense"): ["nonsense", "LS1"],
}
MISSING = {
    ("run",): ["ID", "lockstep run"],
    ("run", "--seed", "3"): ["ID"],
    ("explore",): ["ID", "lockstep explore"],
    ("screenshot",): ["ID", "lockstep screenshot"],
    ("screenshot", "deadlock"): ["OUT.png"],
    ("export",): ["FILE", "lockstep export"],
    ("replay",): ["SCHEDULE", "lockstep replay"],
    ("completion",): ["SHELL"],
    ("run", "deadlock", "--seed"): ["--seed"],
    ("run", "deadlock", "--param"): ["--param"],
    ("run", "deadlock", "--variant="): ["--variant"],
    ("--variant", "same-order"): ["--variant", "scenario"],
    ("--run",): ["--run", "scenario"],
    ("--mode", "step"): ["--mode", "scenario"],
    ("--seed", "7"): ["--seed", "scenario"],
    ("deadlock", "--policy", "pos"): ["--mode step", "lockstep deadlock"],
    ("screenshot", "deadlock", "a.png", "--policy", "pos"): ["--mode step", "lockstep screenshot"],
}
TOO_MUCH = {
    ("run", "deadlock", "deadlock"): ["deadlock"],
    ("list", "deadlock"): ["deadlock"],
    ("deadlock", "run", "deadlock"): ["deadlock", "before"],
    ("--speed", "4", "run", "deadlock"): ["before"],
    ("run", "deadlock", "--seed", "1", "--seed", "2"): ["--seed", "2 times"],
    ("run", "deadlock", "--variant", "same-order", "--variant", "same-order"): ["--variant", "2 times"],
    ("run", "deadlock", "--param", "philosophers=3", "--param", "philosophers=4"): ["philosophers", "twice"],
    ("run", "deadlock", "--json=yes"): ["--json"],
    ("run", "deadlock", "--repeat", "2", "--trace", "a.trace"): ["--trace", "--repeat"],
    ("completion", "bash", "zsh"): ["zsh"],
    ("help", "run", "deadlock"): ["deadlock"],
    ("screenshot", "deadlock", "a.png", "--mode", "step", "--at", "3"): ["--at", "--schedule"],
    ("screenshot", "deadlock", "a.png", "--schedule", "LS1", "--variant", "same-order"): ["--variant", "--schedule"],
    ("screenshot", "deadlock", "a.png", "--schedule", "LS1", "--mode", "live"): ["--mode live", "--schedule"],
}
RANGES = {
    "--speed": (["0", "-1", "0.2", "64.5", "nan", "inf", "1e999", "fast", " 4", "0x10", "4,5", "4x"], ["0.25", "64"]),
    "--seed": (["-1", "1.5", "x", "99999999999999999999999", "--json", "[1]"], ["0", "9007199254740991"]),
    "--limit": (["0", "-3", "x", "86401", "nan"], ["0.1", "86400"]),
    "--repeat": (["0", "-1", "1e3", "100001", "x"], ["1", "100000"]),
    "--param": (["x", "=3", "philosophers=", "philosophers"], ["--param"]),
}
PARAM_VALUES = ["1", "8", "-3", "two", "2.5", "2,3", " 3", "99999999999999999999999", "0x3"]
SIZES = ["10x10", "1366", "x", "1366x", "x768", "99999999999x3", "1366x768x2", " 1366x768", "+800x600", "7681x768", "-800x-600"]
STRANGE = ["\x1b[31mred\n", "a\tb", "\x7f", "a\x01b", "\u2028", "née", os.fsdecode(b"\xff\xfe"), LONG, VERY_LONG]


class BadInput(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def complaint(self, *words, **changes):
        """The one sentence that these words get."""
        env = program.environment(DISPLAY=None, WAYLAND_DISPLAY=None, **changes)
        done = program.run(*words, cwd=self.folder.name, env=env)
        shown = [word[:60] for word in words]
        self.assertEqual(done.returncode, program.EXIT_USAGE, f"{shown}: {done.stderr}{done.stdout[:300]}")
        self.assertEqual(done.stdout, "", shown)
        self.assertEqual(done.stderr.count("\n"), 1, f"{shown}: {done.stderr}")
        self.assertTrue(done.stderr.startswith("lockstep: "), done.stderr)
        self.assertTrue(done.stderr.rstrip("\n").isprintable(), repr(done.stderr))
        self.assertLess(len(done.stderr), 1200, shown)
        return done.stderr

    def check(self, table):
        for words, names in table.items():
            with self.subTest(words=words):
                sentence = self.complaint(*words)
                for name in names:
                    self.assertIn(name, sentence)

    def test_unknown_names(self):
        self.check(UNKNOWN)

    def test_missing_words(self):
        self.check(MISSING)

    def test_a_missing_value_is_described(self):
        self.check({
            ("run", "deadlock", "--speed"): ["--speed", "FACTOR", "0.25 to 64"],
            ("run", "deadlock", "--mode", "step", "--policy="): ["--policy"],
            ("run", "deadlock", "--mode", "step", "--policy", ""): ["--policy", "random:SEED"],
            ("replay", "nowhere.txt"): ["nowhere.txt", "LS1", "file"],
        })  # fmt: skip

    def test_every_sentence_is_chinese_where_chinese_is_wanted(self):
        self.file("b.trace", "no trace")
        for words in [
            *UNKNOWN, *MISSING, *TOO_MUCH, ("run", "deadlock", "--speed", "0"), ("run", "deadlock", "--seed", "x"), ("run", ""),
            ("run", "deadlock", "--variant", LONG), ("run", "deadlock", "--param", "philosophers=9"),
            ("run", "deadlock", "--mode", "step", "--policy", "pct:0"), ("run", "deadlock", "--mode", "step", "--speed", "2"),
            ("run", "deadlock", "--policy", "pos"), ("explore", "deadlock", "--find", "--prove"), ("run", "deadlock", "--trace", "/"),
            ("run", "deadlock", "--trace", "/no/a"), ("screenshot", "deadlock", "a.png", "--size", "1x1"), ("export", "b.trace"),
            ("export", "b.trace", "--out", "b.trace"), ("export", "nowhere"), ("--trace", "nowhere"), ("screenshot", "deadlock", "a.jpg"),
        ]:  # fmt: skip
            with self.subTest(words=[word[:60] for word in words]):
                sentence = self.complaint(*words, LC_ALL="zh_CN.UTF-8")
                self.assertRegex(sentence, "[。？]|例如：", sentence)
                self.assertRegex(sentence, "[\u4e00-\u9fff]{2}")
                self.assertNotRegex(sentence, "Example|See | is | it ")
        self.assertIn("不能是", self.complaint("run", "deadlock", "--lang=zh", "--speed", "0"))
        self.assertIn("not allowed", self.complaint("run", "deadlock", "--lang", "en", "--speed", "0", LC_ALL="zh_CN.UTF-8"))

    def test_words_too_many(self):
        self.check(TOO_MUCH)

    def test_numbers_outside_their_range(self):
        for option, (values, names) in RANGES.items():
            self.check({("run", "deadlock", option, value): [option, *names] for value in values})
        self.check({("deadlock", "--seed", value): ["--seed", "9007199254740991"] for value in ("-1", "x")})
        self.check({("deadlock", "--mode", "step", "--param", "philosophers=9"): ["from 2 to 7"]})
        self.check({("screenshot", "deadlock", "a.png", "--at", value): ["--at", "3600"] for value in ("-1", "x", "3601")})

    def test_params_outside_their_range(self):
        self.check({("run", "deadlock", "--param", f"philosophers={value}"): ["philosophers", "2", "7"]
                    for value in PARAM_VALUES})  # fmt: skip

    def test_sizes(self):
        self.check({("screenshot", "deadlock", "a.png", f"--size={size}"): ["--size", "320x240", "7680x4320", "1366x768"]
                    for size in SIZES})  # fmt: skip

    def test_empty_words(self):
        words = [("",), ("run", ""), ("export", ""), ("completion", ""), ("screenshot", "deadlock", "")]
        words += [("run", "deadlock", option, "") for option in ("--variant", "--param", "--seed", "--speed", "--lang", "--trace", "--limit")]
        self.check({each: ["empty"] for each in words})

    def test_strange_and_long_words(self):
        for word in STRANGE:
            self.check({each: [] for each in [
                (word,), ("run", word), ("explore", word), ("run", "deadlock", "--variant", word), ("run", "deadlock", "--param", word + "=3"),
                ("run", "deadlock", "--param", "philosophers=" + word), ("run", "deadlock", "--seed", word),
                ("export", word), ("replay", word), ("screenshot", "deadlock", word), ("run", "deadlock", "--trace", "no/" + word),
            ]})  # fmt: skip

    def test_budgets_of_explore(self):
        numbers = {
            "--schedules": (["0", "-1", "1e3", "x", "1000000000001"], ["1", "1000000000000"]),
            "--limit": (["0", "-3", "x", "86401", "nan"], ["0.1", "86400"]),
            "--steps": (["0", "x", "131073"], ["1", "131072"]),
            "--threads": (["0", "65", "two"], ["1", "64"]),
            "--seed": (["0", "-1", "1.5", "x"], ["1", "9007199254740991"]),
        }
        for option, (values, names) in numbers.items():
            self.check({("explore", "deadlock", option, value): [option, *names] for value in values})
        self.check({
            ("explore", "deadlock", "--find", "--prove"): ["--find", "--prove", "lockstep explore"],
            ("explore", "deadlock", "--find=yes"): ["--find"],
            ("explore", "deadlock", "--speed", "2"): ["--speed"],
            ("explore", "deadlock", "--param", "philosophers=9"): ["from 2 to 7"],
            ("explore", "deadlock", "--variant", "nonsense"): ["nonsense", "same-order"],
        })  # fmt: skip

    def test_steps_name_what_does_not_go_with_them(self):
        self.assertIn("nonsense", self.complaint("run", "deadlock", "--mode", "nonsense"))
        self.assertIn("--mode step", self.complaint("run", "deadlock", "--policy", "random"))
        self.assertIn("bogus", self.complaint("run", "deadlock", "--mode", "step", "--policy", "bogus"))
        self.assertIn("--repeat", self.complaint("run", "deadlock", "--mode", "step", "--repeat", "3"))
        self.assertIn("from 2 to 7", self.complaint("run", "deadlock", "--mode", "step", "--param", "philosophers=9"))

    def test_targets_that_cannot_be_written_are_refused_before_the_run(self):
        for path in ("/", "/nonexistent/a", "/dev/null", "/proc/a", self.folder.name, "a/b"):
            self.check({
                ("run", "deadlock", "--trace", path): ["--trace"],
                ("run", "hotdog", "--json", "--trace", path): ["--trace"],
            })  # fmt: skip
        self.check({("screenshot", "deadlock", "/nonexistent/a.png"): ["a.png"], ("screenshot", "deadlock", "a.jpg"): [".png"]})

    def test_export_refuses_to_overwrite_its_input(self):
        traces = [self.file("a.json", "precious"), self.file("b.trace", "precious")]
        os.link(traces[1], pathlib.Path(self.folder.name, "same.json"))
        self.check({
            ("export", "a.json"): ["a.json", "overwritten"],
            ("export", "b.trace", "--out", "b.trace"): ["overwritten"],
            ("export", "b.trace", "--out", "./../" + os.path.basename(self.folder.name) + "/b.trace"): ["overwritten"],
            ("export", "b.trace", "--out", "same.json"): ["overwritten"],
        })  # fmt: skip
        for trace in traces:
            self.assertEqual(trace.read_text(), "precious")

    def test_export_refuses_what_is_no_trace(self):
        for name, content in {"empty": "", "text": "hello\n", "zeros": "\0" * 5000}.items():
            trace = self.file(name, content)
            self.complaint("export", name)
            self.assertEqual(trace.read_text(), content)
            self.assertFalse(trace.with_suffix(".json").exists())
        self.check({("export", "nonexistent"): ["nonexistent"], ("export", "/dev/zero"): ["/dev/zero"], ("export", "/"): []})

    def test_nothing_is_left_in_the_folder(self):
        for words in [*UNKNOWN, *TOO_MUCH, ("screenshot", "deadlock", "a.png", "--size", "1x1")]:
            self.complaint(*words)
        self.assertEqual(os.listdir(self.folder.name), [])

    def file(self, name, content):
        path = pathlib.Path(self.folder.name, name)
        path.write_text(content)
        return path


class NoDisplay(unittest.TestCase):
    def test_window_and_screenshot_say_what_is_missing(self):
        env = program.environment(DISPLAY=None, WAYLAND_DISPLAY=None)
        with tempfile.TemporaryDirectory() as folder:
            for words in [("screenshot", "deadlock", "a.png"), (), ("deadlock",)]:
                self.assertIn("显示", program.run(*words, env={**env, "LC_ALL": "zh_CN.UTF-8"}, cwd=folder).stderr)
                done = program.run(*words, env=env, cwd=folder)
                self.assertEqual(done.returncode, program.EXIT_SANDBOX, words)
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                self.assertIn("display", done.stderr)
            self.assertEqual(os.listdir(folder), [])
            self.assertIn("xvfb-run", program.run("screenshot", "deadlock", "a.png", env=env, cwd=folder).stderr)


class Help(unittest.TestCase):
    def test_every_command_has_help_with_an_example(self):
        commands = ["list", "run", "explore", "replay", "export", "screenshot", "completion"]
        for words in [("--help",), ("-h",), *((command, "--help") for command in commands)]:
            done = program.run(*words)
            self.assertEqual((done.returncode, done.stderr), (program.EXIT_OK, ""), words)
            self.assertIn("Usage: lockstep", done.stdout)
            self.assertIn("Example", done.stdout)

    def test_the_word_help_asks_for_it_too(self):
        for words, same in ((("help",), ("--help",)), (("help", "explore"), ("explore", "--help"))):
            self.assertEqual(program.run(*words).stdout, program.run(*same).stdout)

    def test_help_is_chinese_where_chinese_is_wanted(self):
        for command in ["list", "run", "explore", "replay", "export", "screenshot", "completion"]:
            out = program.run(command, "--help", env=program.environment(LC_ALL="zh_CN.UTF-8")).stdout
            self.assertIn("用法: lockstep " + command, out)
            for line in out.splitlines():
                if re.match(r"  \S.*  +\S", line):  # an option or an argument with its description
                    self.assertRegex(line, "[\u4e00-\u9fff]|lockstep ", line)
            self.assertNotRegex(out, "Example|Exit status|Options|Print ")
        self.assertIn("用法", program.run("run", "--lang", "zh", "--help").stdout)

    def test_version(self):
        done = program.run("--version")
        self.assertEqual(done.returncode, program.EXIT_OK)
        self.assertRegex(done.stdout, r"^lockstep \d+\.\d+\.\d+\n$")


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    unittest.main()
