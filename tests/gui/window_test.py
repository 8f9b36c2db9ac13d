#!/usr/bin/env python3
"""The real window on a virtual display: opens, runs a scenario, reacts to keys and clicks, remembers, rests, ends."""

import os
import select
import signal
import subprocess
import time

from window import BINARY, PATIENCE, WindowCase, main


class Ends:
    """The ends of processes that are alive now."""

    def __init__(self, pids):
        self.left = {os.pidfd_open(pid): pid for pid in pids}

    def wait(self):
        """The pids of those that have not ended when patience does."""
        deadline = time.monotonic() + PATIENCE
        while self.left and (patience := deadline - time.monotonic()) > 0:
            for pidfd in select.select(list(self.left), [], [], patience)[0]:
                del self.left[pidfd]
                os.close(pidfd)
        return list(self.left.values())


class WindowTest(WindowCase):
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

    def test_escape_closes_what_is_on_top_also_while_one_types_there(self):
        window = self.open("ticket-lock")
        window.click("transport.variant")
        window.wait(lambda s: "variant.no-lock" in s["widgets"])
        window.key("Escape")
        window.wait(lambda s: "variant.no-lock" not in s["widgets"])
        window.key("ctrl+v")  # what is typed next waits for the field
        window.key("L")
        window.wait(lambda s: s["widgets"].get("share.field", {}).get("label") == "L")
        window.key("Escape")
        window.wait(lambda s: "share.field" not in s["widgets"])
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
        ends = Ends(state["run"]["pids"])
        window.close()
        self.assertEqual(ends.wait(), [])

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
        ends = Ends(state["run"]["pids"])
        window.process.send_signal(signal.SIGKILL)
        window.process.wait()
        self.assertEqual(ends.wait(), [])


if __name__ == "__main__":
    main()
