#!/usr/bin/env python3
"""lockstep completion: the scripts complete commands, ids, variants, params, options. zsh's is only parsed: it needs a
terminal to complete."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import program

# The words before the one that is completed, and its beginning -> some of the answers. None: no answer at all.
LINES = {
    ((), "r"): ["run"],
    ((), "dead"): ["deadlock"],
    (("run",), "tick"): ["ticket-lock"],
    (("run", "deadlock", "--variant"), "same"): ["same-order"],
    (("run", "--json", "deadlock", "--variant"), "same"): ["same-order"],
    (("run", "ticket-lock", "--param"), ""): ["customers=", "tickets="],
    (("run", "deadlock"), "--va"): ["--variant"],
    (("run", "deadlock", "--lang"), ""): ["en", "zh"],
    (("deadlock", "--variant"), "same"): ["same-order"],
    (("screenshot", "deadlock", "a.png", "--theme"), "pro"): ["projector"],
    (("completion",), ""): ["bash", "zsh", "fish"],
    (("run", "deadlock", "--seed"), ""): None,
    (("run", "deadlock"), "--mode"): ["--mode"],
    ((), "rep"): ["replay"],
    (("list",), "--pa"): ["--path"],
    (("list", "--path"), ""): ["lecture", "week"],
    (("explore",), "tick"): ["ticket-lock"],
    (("explore", "deadlock"), "--pro"): ["--prove"],
    (("explore", "deadlock", "--variant"), "same"): ["same-order"],
    (("explore", "deadlock", "--schedules"), ""): None,
    (("replay", "x"), "--tr"): ["--trace"],
    (("deadlock", "--mode"), ""): ["live", "step"],
    (("screenshot", "deadlock", "a.png"), "--sch"): ["--schedule"],
    (("deadlock", "--seed"), ""): None,
}


class Completion(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def script(self, shell):
        done = program.run("completion", shell)
        self.assertEqual((done.returncode, done.stderr), (program.EXIT_OK, ""))
        path = pathlib.Path(self.folder.name, "script." + shell)
        path.write_text(done.stdout, encoding="utf-8")
        return path

    def shell(self, *words):
        if shutil.which(words[0]) is None:
            self.skipTest(f"{words[0]} is not installed")
        done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False, cwd=self.folder.name)
        self.assertEqual((done.returncode, done.stderr), (0, ""), words)
        return done.stdout.splitlines()

    def check(self, answers_of):
        for (before, beginning), expected in LINES.items():
            with self.subTest(before=before, beginning=beginning):
                answers = answers_of(list(before), beginning)
                if expected is None:
                    self.assertEqual(answers, [])
                else:
                    self.assertLessEqual(set(expected), set(answers))
                    self.assertTrue(all(answer.startswith(beginning) for answer in answers), answers)

    def test_bash(self):
        code = """source "$1"; shift; compopt() { :; }
                  COMP_WORDS=(lockstep "$@"); COMP_CWORD=$#; _lockstep; printf '%s\\n' "${COMPREPLY[@]}" """
        path = str(self.script("bash"))
        self.check(lambda before, beginning: list(filter(None, self.shell("bash", "-c", code, "-", path, *before, beginning))))

    def test_fish(self):
        path = self.script("fish")

        def answers(before, beginning):
            line = " ".join(["lockstep", *before, beginning])
            return [each.split("\t")[0] for each in self.shell("fish", "--no-config", "-c", f"source {path}; complete -C '{line}'")]

        self.check(answers)

    def test_zsh_parses(self):
        self.shell("zsh", "-n", str(self.script("zsh")))


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    unittest.main()
