#!/usr/bin/env python3
"""The real window on a virtual display: opens, runs a scenario, reacts to keys and clicks, remembers, rests, ends."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

# OpenGL's driver leaks and is unloaded before LeakSanitizer looks, so that it cannot be named and left out. The tests in
# tests/ui build the same frames without it.
os.environ["LSAN_OPTIONS"] = "detect_leaks=0"

BINARY = os.environ.get("LOCKSTEP_BINARY", "build/dev/lockstep")
NEEDED = ("Xvfb", "xdotool")
PATIENCE = 30  # seconds; the machine may be busy


class Window:
    """One window with settings of its own."""

    def __init__(self, folder, *arguments):
        self.dump = pathlib.Path(folder) / "state.json"
        self.dump.unlink(missing_ok=True)
        environment = dict(os.environ, XDG_CONFIG_HOME=str(folder), LOCKSTEP_STATE_DUMP=str(self.dump), LANG="C.UTF-8")
        self.process = subprocess.Popen([BINARY, *arguments], env=environment)
        self.wait(lambda state: True)

    def state(self):
        return json.loads(self.dump.read_text("utf-8"))

    def wait(self, condition):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"the window ended with {self.process.returncode}")
            if self.dump.exists() and condition(self.state()):
                return self.state()
            time.sleep(0.05)
        raise AssertionError(f"never: {json.dumps(self.state(), indent=1)[:3000]}" if self.dump.exists() else "no frame")

    def key(self, name):
        subprocess.run(["xdotool", "key", name], check=True)

    def click(self, widget):
        box = self.state()["widgets"][widget]
        at = [str(round(box["x"] + box["width"] / 2)), str(round(box["y"] + box["height"] / 2))]
        subprocess.run(["xdotool", "mousemove", *at], check=True)
        time.sleep(0.2)
        subprocess.run(["xdotool", "mousedown", "1"], check=True)
        time.sleep(0.15)
        subprocess.run(["xdotool", "mouseup", "1"], check=True)

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self):
        self.key("ctrl+q")
        self.process.wait(PATIENCE)
        return self.process.returncode

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def scenario():
    listed = subprocess.run([BINARY, "list", "--json"], capture_output=True, text=True, check=True).stdout
    ids = [entry["id"] for entry in json.loads(listed)]
    return "hotdog" if "hotdog" in ids else None


class WindowTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        read, write = os.pipe()
        cls.server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1080x24"],
                                      pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with open(read, encoding="ascii") as number:  # the whole line: the server dies if it cannot write all of it
            os.environ["DISPLAY"] = ":" + number.readline().strip()

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        cls.server.wait()

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder, True)

    def open(self, *arguments):
        window = Window(self.folder, *arguments)
        self.addCleanup(window.kill)
        return window

    def test_keys_and_clicks_reach_the_run(self):
        window = self.open("hotdog")
        self.assertEqual(window.state()["run"]["phase"], "none")
        window.click("transport.run")
        window.wait(lambda s: s["run"]["phase"] == "running" and s["run"]["events"] > 10)
        window.key("space")
        window.wait(lambda s: s["run"]["phase"] == "paused")
        window.key("Left")
        window.wait(lambda s: "playhead" in s["timeline"])
        window.key("l")
        window.wait(lambda s: "playhead" not in s["timeline"])
        window.click("lane.worker.1")
        window.wait(lambda s: s["selection"]["worker"] == 1)
        pids = window.state()["run"]["pids"]
        self.assertTrue(pids)
        window.key("x")
        window.wait(lambda s: s["run"]["phase"] == "ended")
        self.assertEqual(window.close(), 0)

    def test_choices_are_remembered(self):
        window = self.open("hotdog")
        window.click("transport.language")
        window.wait(lambda s: s["language"] == "zh")
        window.key("ctrl+plus")
        window.wait(lambda s: s["font_scale"] > 1.05)
        self.assertEqual(window.close(), 0)
        again = self.open()
        state = again.state()
        self.assertEqual((state["language"], state["scenario"]), ("zh", "hotdog"))
        self.assertGreater(state["font_scale"], 1.05)
        self.assertEqual(again.close(), 0)

    def test_closing_the_window_ends_the_run(self):
        window = self.open("hotdog", "--run")
        state = window.wait(lambda s: s["run"]["phase"] == "running" and len(s["run"].get("pids", [])) > 3)
        window.close()
        deadline = time.monotonic() + 3
        left = state["run"]["pids"]
        while left and time.monotonic() < deadline:
            left = [pid for pid in left if pathlib.Path(f"/proc/{pid}").exists()]
            time.sleep(0.05)
        self.assertEqual(left, [])

    def test_an_idle_window_rests(self):
        window = self.open("hotdog")
        time.sleep(2)
        before, frames = window.cpu_seconds(), window.state()["frames"]
        time.sleep(3)
        self.assertLess(window.cpu_seconds() - before, 0.15)
        self.assertEqual(window.state()["frames"], frames)
        self.assertEqual(window.close(), 0)

    def test_without_a_display_there_is_a_sentence(self):
        environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        environment["XDG_CONFIG_HOME"] = self.folder
        done = subprocess.run([BINARY], env=environment, capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, 3)
        self.assertEqual(len(done.stderr.strip().splitlines()), 1)
        self.assertIn("display", done.stderr)

    def test_ending_by_a_signal_leaves_no_process(self):
        window = self.open("hotdog", "--run")
        state = window.wait(lambda s: s["run"]["phase"] == "running" and len(s["run"].get("pids", [])) > 3)
        window.process.send_signal(signal.SIGKILL)
        window.process.wait()
        time.sleep(2)
        self.assertEqual([pid for pid in state["run"]["pids"] if pathlib.Path(f"/proc/{pid}").exists()], [])


if __name__ == "__main__":
    if any(shutil.which(tool) is None for tool in NEEDED) or scenario() is None:
        print("skipped: needs", ", ".join(NEEDED), "and the scenario hotdog")
        sys.exit(77)
    unittest.main()
