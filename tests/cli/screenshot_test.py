#!/usr/bin/env python3
"""lockstep screenshot: a PNG of the size asked for. Needs xvfb-run."""

import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

import program

SKIPPED = 77

os.environ["LSAN_OPTIONS"] = "detect_leaks=0"  # OpenGL's driver; see tests/gui/window_test.py


def size_of(png):
    """Width and height in the header of a PNG; fails if it is none."""
    head = png.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n", head
    return struct.unpack(">II", head[16:24])


class Screenshot(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def take(self, *words):
        command = ["xvfb-run", "-a", "-s", "-screen 0 1920x1080x24", program.BINARY, "screenshot", *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=self.folder,
                              env=program.environment(XDG_CONFIG_HOME=str(self.folder / "config")))  # fmt: skip
        self.assertEqual((done.returncode, done.stdout, done.stderr), (program.EXIT_OK, "", ""), words)

    def test_default_size(self):
        self.take("deadlock", "a.png", "--speed", "64")
        self.assertEqual(size_of(self.folder / "a.png"), (1366, 768))

    def test_size_theme_language_and_moment(self):
        for theme, language in [("dark", "zh"), ("light", "en"), ("projector", "zh")]:
            self.take("hotdog", "a.png", "--at", "2", "--size", "1600x900", "--theme", theme, "--lang", language)
            self.assertEqual(size_of(self.folder / "a.png"), (1600, 900))

    def test_in_steps_where_all_have_begun_at_the_end_and_after_a_schedule(self):
        step = ("--mode", "step")
        pictures = []
        for words in [step, (*step, "--policy", "random:3"), (*step, "--policy", "random", "--seed", "3"), self.schedule()]:
            self.take("ticket-lock", "a.png", *words)
            pictures.append((self.folder / "a.png").read_bytes())
        self.assertEqual(size_of(self.folder / "a.png"), (1366, 768))
        self.assertNotEqual(pictures[0], pictures[1])
        self.assertNotEqual(pictures[0], pictures[3])

    def schedule(self):
        done = program.run("run", "ticket-lock", "--variant", "no-lock", "--mode", "step", "--policy", "random:3", "--json")
        (self.folder / "bug.txt").write_text(json.loads(done.stdout)["schedule"])
        return ("--schedule", "bug.txt")

    def test_an_old_picture_is_replaced_and_nothing_else_is_written(self):
        (self.folder / "a.png").write_text("old")
        self.take("deadlock", "a.png", "--speed", "64", "--variant", "same-order", "--param", "philosophers=3")
        self.assertEqual(size_of(self.folder / "a.png"), (1366, 768))
        self.assertEqual(os.listdir(self.folder), ["a.png"])


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    if shutil.which("xvfb-run") is None:
        sys.exit(SKIPPED)
    unittest.main()
