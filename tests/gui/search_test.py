#!/usr/bin/env python3
"""A search that lasts is cancelled; a live run goes on in steps, to what it shows."""

import json
import pathlib

from window import WindowCase, main


def ready(state):
    return state["mode"] == "step" and state["step"] and state["step"]["ready"]


class SearchTest(WindowCase):
    def remember(self, scenario, variant, **step_params):
        """As if the learner had chosen them the last time."""
        folder = pathlib.Path(self.folder) / "lockstep"
        folder.mkdir(exist_ok=True)
        choice = {"variant": variant, "params": {}, "step_params": {name: str(n) for name, n in step_params.items()}}
        settings = {"version": 1, "scenario": scenario, "choices": {scenario: choice}}
        (folder / "settings.json").write_text(json.dumps(settings), "utf-8")

    def test_a_long_search_ends_when_it_is_cancelled_and_the_window_answers_meanwhile(self):
        self.remember("ticket-lock", "lock", customers=8)  # longer than the test may take
        window = self.open("ticket-lock")
        window.click("transport.prove")
        window.wait(lambda s: s["search"]["running"] and s["search"].get("schedules", 0) > 1000)
        window.key("question")
        self.assertTrue(window.wait(lambda s: s["help"])["search"]["running"])
        window.key("Escape")
        state = window.wait(lambda s: not s["help"])
        self.assertTrue(state["search"]["running"])
        window.click("search.cancel")
        state = window.wait(lambda s: not s["search"]["running"])
        report = state["search"]["report"]
        self.assertEqual((report["end"], report["failing"]), ("cancelled", 0))
        self.assertGreater(report["schedules"], 1000)
        self.assertFalse(state["progress"]["proven"])
        window.click("search.close")
        window.wait(lambda s: not s["search"]["shown"])
        window.key("v")
        window.wait(lambda s: ready(s) and len(s["step"]["cards"]) == 9)
        self.assertEqual(window.close(), 0)

    def test_a_new_search_takes_the_place_of_one_that_was_closed(self):
        self.remember("ticket-lock", "lock", customers=8)
        window = self.open("ticket-lock")
        window.key("p")
        window.wait(lambda s: s["search"]["running"] and s["search"].get("schedules", 0) > 0)
        window.key("Escape")
        window.wait(lambda s: not s["search"]["shown"] and not s["search"]["running"])
        window.key("p")
        window.wait(lambda s: s["search"]["running"] and s["search"].get("schedules", 0) > 0)
        self.assertEqual(window.close(), 0)

    def cross_over(self, window):
        window.key("k")
        state = window.wait(lambda s: ready(s) and s["step"]["position"] == s["step"]["length"] > 0)
        self.assertEqual([w for w in state["widgets"] if w.startswith("notice.")], [])
        return state

    def test_a_paused_live_run_goes_on_in_steps_to_the_finding(self):
        window = self.open("hotdog", "--variant", "no-ending", "--speed", "8", "--run")
        window.wait(lambda s: s["run"]["phase"] == "running" and s["run"]["events"] > 20)
        window.key("space")
        live = window.wait(lambda s: s["run"]["phase"] == "paused")
        state = self.cross_over(window)
        self.assertEqual(state["params"], live["params"])
        self.assertEqual((state["run"]["phase"], state["run"]["findings"]), ("paused", 0))
        window.key("n")
        state = window.wait(lambda s: ready(s) and s["run"]["phase"] == "stuck")
        self.assertEqual(state["run"]["findings"], 1)
        self.assertIn("objects.finding", state["widgets"])
        self.assertEqual(window.close(), 0)

    def test_a_live_run_that_failed_is_followed_once_more_to_its_finding(self):
        window = self.open("semaphore-mutex", "--variant", "bounded-over-release", "--speed", "64", "--run")
        window.wait(lambda s: s["run"].get("outcome") == "error")
        state = self.cross_over(window)
        self.assertEqual(state["run"]["outcome"], "error")
        self.assertIn("ValueError", state["widgets"]["objects.finding"]["label"])
        end = state["step"]["position"]
        window.key("r")
        state = window.wait(lambda s: ready(s) and s["step"]["position"] < end)
        self.assertEqual((state["step"]["length"], state["run"]["findings"]), (end, 0))
        window.key("n")
        state = window.wait(lambda s: ready(s) and not s["step"]["running_on"] and s["run"]["findings"] > 0)
        self.assertIn("objects.finding", state["widgets"])  # perhaps of a check that broke before the error
        self.assertEqual(state["step"]["divergence"], "")
        self.assertEqual(window.close(), 0)


if __name__ == "__main__":
    main()
