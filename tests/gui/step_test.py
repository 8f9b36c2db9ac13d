#!/usr/bin/env python3
"""Step mode in the real window, with real keys and clicks: the ticket is sold twice by hand, then gone back and avoided;
Find a bug is followed to its end; the fixed variant is proven."""

from window import WindowCase, main


def ready(state):
    return state["mode"] == "step" and state["step"] and state["step"]["ready"]


def card(state, worker):
    return next(card for card in state["step"]["cards"] if card["worker"] == worker)


def movers(state):
    return [card for card in state["step"]["cards"] if card["hindrance"] == "none"]


def looked_ahead(state):
    return ready(state) and all(card["mark"] != "looking" for card in movers(state))


class StepTest(WindowCase):
    def in_steps(self, *arguments):
        window = self.open(*arguments)
        window.key("v")
        window.wait(lambda s: ready(s) and len(s["step"]["cards"]) > 1)
        return window

    def go(self, window, key):
        before = window.state()["step"]["position"]
        window.key(key)
        return window.wait(lambda s: ready(s) and s["step"]["position"] == before + 1)

    def choose_until(self, window, over, wanted):
        """Presses the number of a card with the first of the wanted marks until it is over."""
        for _ in range(80):
            state = window.wait(lambda s: looked_ahead(s))
            if over(state):
                return state
            by_mark = {card["mark"]: card["worker"] for card in reversed(movers(state))}
            mark = next((mark for mark in wanted if mark in by_mark), None)
            if mark is None:
                self.fail(f"no card has one of {wanted}: {state['step']['cards']}")
            self.go(window, str(by_mark[mark]))
        self.fail("it never ends")

    def test_sold_twice_with_keys_alone_then_gone_back_and_avoided(self):
        window = self.in_steps("ticket-lock", "--variant", "no-lock")
        home = window.state()["step"]["position"]
        # Both look, both read 1, both pay: then both write and sell.
        both_have_read = False
        while not both_have_read:
            for worker in (1, 2):
                state = window.state()
                if "write count" not in card(state, worker)["about"]:
                    self.go(window, str(worker))
            state = window.wait(looked_ahead)
            both_have_read = all("write count" in card(state, worker)["about"] for worker in (1, 2))
        state = window.wait(looked_ahead)
        self.assertEqual({c["mark"] for c in movers(state)}, {"must_fail"})
        # As soon as one has written, the other's card says that what it has read is out of date.
        self.go(window, "1")
        state = window.wait(lambda s: looked_ahead(s) and "objects.stale.2" in s["widgets"])
        self.assertEqual((card(state, 1)["overwrites"], card(state, 2)["overwrites"]), (None, 1))
        state = self.choose_until(window, lambda s: "outcome" in s["run"], ["must_fail", "none"])
        self.assertEqual(state["run"]["outcome"], "failed-check")
        self.assertTrue(state["progress"]["broken"])
        end = state["step"]["position"]
        # Back, step by step, to where it can still go well.
        for _ in range(end - home):
            before = window.state()["step"]["position"]
            window.key("Left")
            state = window.wait(lambda s: ready(s) and s["step"]["position"] == before - 1)
            state = window.wait(looked_ahead)
            if any(c["mark"] in ("safe", "can_fail") for c in movers(state)):
                break
        self.assertLess(state["step"]["position"], end)
        state = self.choose_until(window, lambda s: "outcome" in s["run"], ["safe", "can_fail"])
        self.assertEqual(state["run"]["outcome"], "ok")
        self.assertGreater(state["step"]["tried"], end)
        self.assertEqual(window.close(), 0)

    def test_a_bug_is_found_and_its_schedule_followed_to_the_end(self):
        window = self.in_steps("ticket-lock", "--variant", "no-lock")
        window.key("f")
        state = window.wait(lambda s: s["search"].get("report") and ready(s) and s["step"]["length"] > s["step"]["position"])
        least = state["search"]["report"]["least"]
        self.assertTrue(least["confirmed"])
        self.assertEqual(state["step"]["length"], least["steps"])
        self.assertEqual(sum(c["planned"] for c in state["step"]["cards"]), 1)
        for _ in range(least["steps"] - state["step"]["position"]):
            state = self.go(window, "Right")
        window.wait(lambda s: s["run"]["findings"] > 0)
        self.assertEqual(state["step"]["divergence"], "")
        self.assertEqual(window.close(), 0)

    def test_the_fixed_variant_is_proven(self):
        window = self.in_steps("ticket-lock", "--variant", "lock")
        window.click("transport.prove")
        state = window.wait(lambda s: s["search"].get("report"))
        self.assertEqual(state["search"]["report"]["end"], "exhausted")
        self.assertEqual(state["search"]["report"]["failing"], 0)
        self.assertGreater(state["search"]["report"]["schedules"], 1)
        self.assertTrue(window.wait(lambda s: s["progress"]["proven"]))
        window.key("Escape")
        window.wait(lambda s: not s["search"]["shown"])
        self.assertEqual(window.close(), 0)

    def test_a_card_is_clicked_and_the_steps_axis_leads_back(self):
        window = self.in_steps("deadlock", "--variant", "opposite-order")
        home = window.state()["step"]["position"]
        for worker in (1, 1, 2):
            before = window.state()["step"]["position"]
            window.click(f"card.{worker}")
            window.wait(lambda s: ready(s) and s["step"]["position"] == before + 1)
        self.assertEqual(window.state()["step"]["position"], home + 3)
        window.click("transport.back")
        window.wait(lambda s: ready(s) and s["step"]["position"] == home + 2)
        window.click("transport.live")
        window.wait(lambda s: s["mode"] == "live" and s["run"]["phase"] == "none")
        self.assertEqual(window.close(), 0)

    def test_predicted_then_explained_is_understood(self):
        window = self.open("ticket-lock", "--variant", "no-lock")
        window.click("lesson.choice.2")
        window.wait(lambda s: s["progress"]["predicted"])
        window.key("v")
        window.wait(lambda s: ready(s) and len(s["step"]["cards"]) > 1)
        window.key("space")
        window.wait(lambda s: ready(s) and "outcome" in s["run"])
        self.assertFalse(window.state()["progress"]["understood"])
        window.click("lesson.read")
        window.wait(lambda s: s["progress"]["understood"])
        self.assertEqual(window.close(), 0)
        again = self.open()
        self.assertTrue(again.state()["progress"]["understood"])
        self.assertEqual(again.close(), 0)

    def test_with_shift_a_worker_runs_on_to_before_its_lock(self):
        window = self.in_steps("ticket-lock", "--variant", "lock")
        home = window.state()["step"]["position"]
        window.key("shift+1")
        state = window.wait(lambda s: ready(s) and s["step"]["position"] > home + 1)
        self.assertIn("acquire lock", card(state, 1)["about"])
        self.go(window, "1")
        window.key("shift+2")
        state = window.wait(lambda s: ready(s) and card(s, 2)["hindrance"] == "by_hand")
        self.assertIn("would wait", card(state, 2)["effect"])
        self.assertIn("Customer 1", card(state, 2)["effect"])
        state = self.go(window, "2")
        self.assertEqual(card(state, 2)["hindrance"], "waits")
        self.assertEqual(window.close(), 0)

    def test_a_line_is_marked_and_run_to(self):
        window = self.in_steps("ticket-lock", "--variant", "lock")
        home = window.state()["step"]["position"]
        self.go(window, "1")
        line = card(window.state(), 1)["line"]
        window.wait(lambda s: f"code.line.{line}" in s["widgets"])  # scrolled into sight
        window.click(f"code.line.{line}")
        window.wait(lambda s: "code.to_line" in s["widgets"])
        window.key("u")
        state = window.wait(lambda s: ready(s) and s["step"]["position"] > home + 1)
        self.assertIn(line, [card(state, 2)["line"], card(state, 3)["line"]])
        self.assertTrue(any(w["label"].startswith(f"Line {line}: ") for w in state["widgets"].values()))
        window.click(f"code.line.{line}")
        window.wait(lambda s: "code.to_line" not in s["widgets"])
        self.assertEqual(window.close(), 0)

    def test_a_live_failure_is_stepped_through_and_goes_on_live(self):
        window = self.open("hotdog", "--variant", "no-ending", "--speed", "64", "--run")
        window.wait(lambda s: s["run"]["phase"] == "stuck")
        live = window.state()
        window.key("k")
        state = window.wait(lambda s: ready(s) and s["run"]["phase"] == "stuck")
        self.assertEqual(state["params"], live["params"])
        self.assertEqual(state["run"]["outcome"], live["run"]["outcome"])
        end = state["step"]["position"]
        self.assertGreater(end, 20)
        for left in range(1, 4):
            window.key("Left")
            window.wait(lambda s: ready(s) and s["step"]["position"] == end - left)
        window.key("k")
        state = window.wait(lambda s: s["mode"] == "live" and s["run"]["phase"] == "stuck")
        self.assertEqual(state["run"]["outcome"], live["run"]["outcome"])
        self.assertEqual(window.close(), 0)


if __name__ == "__main__":
    main()
