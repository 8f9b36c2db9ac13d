#!/usr/bin/env python3
"""The library of the real window: search, paths and the links between lessons, by keys and clicks."""

import subprocess

from window import WindowCase, main


class LibraryTest(WindowCase):
    def search(self, window, words):
        """As fast as keys can come: many between two frames, and the field is not there yet."""
        subprocess.run(["xdotool", "type", "--delay", "0", "/" + words], check=True)

    def press(self, *keys):
        subprocess.run(["xdotool", "key", "--delay", "0", *keys], check=True)

    def rows(self, state):
        return [name.removeprefix("library.") for name in state["widgets"]
                if name.startswith("library.") and not name.startswith(("library.order.", "library.search"))]

    def test_a_search_by_a_primitive_and_enter_open_a_scenario(self):
        window = self.open("thread-names")
        everything = len(self.rows(window.state()))
        self.search(window, "joinablequeue")
        window.wait(lambda s: self.rows(s) == ["hotdog"])
        self.press("Return")
        state = window.wait(lambda s: s["scenario"] == "hotdog")
        self.assertEqual(len(self.rows(window.wait(lambda s: len(self.rows(s)) > 1))), everything)
        self.assertEqual(state["mode"], "live")
        self.assertEqual(window.close(), 0)

    def test_arrow_keys_choose_among_what_was_found(self):
        window = self.open("thread-names")
        self.search(window, "rlock")
        found = self.rows(window.wait(lambda s: 1 < len(self.rows(s)) < 20))
        self.assertIn("rlock-box", found)
        self.press("Down", "Down", "Return")
        window.wait(lambda s: s["scenario"] != "thread-names")
        self.assertEqual(window.close(), 0)

    def test_a_path_is_chosen_followed_and_remembered(self):
        window = self.open("thread-start-join")
        window.click("library.order.lecture")
        window.wait(lambda s: s["path"] == "lecture" and len(self.rows(s)) == 6)
        window.key("j")
        window.wait(lambda s: s["scenario"] == "ticket-lock")
        window.click("lesson.next")
        window.wait(lambda s: s["scenario"] == "deadlock")
        self.assertEqual(window.close(), 0)
        again = self.open()
        state = again.wait(lambda s: s["path"] == "lecture")
        self.assertEqual((state["scenario"], len(self.rows(state))), ("deadlock", 6))
        again.click("library.order.chapters")
        again.wait(lambda s: s["path"] == "" and len(self.rows(s)) > 6)
        self.assertEqual(again.close(), 0)

    def test_a_related_lesson_is_a_link(self):
        window = self.open("thread-enumerate")
        window.click("lesson.read")
        window.wait(lambda s: "reading.related.process-names" in s["widgets"])
        edge = window.state()["widgets"]["splitter.right"]
        inside = (round(edge["x"]) + 200, round(edge["y"] + edge["height"] / 2))
        subprocess.run(["xdotool", "mousemove", *map(str, inside)], check=True)
        for _ in range(40):
            subprocess.run(["xdotool", "click", "5"], check=True)
        window.wait(lambda s: not s["widgets"]["reading.related.process-names"]["clipped"])
        window.click("reading.related.process-names")
        window.wait(lambda s: s["scenario"] == "process-names")
        self.assertEqual(window.close(), 0)


if __name__ == "__main__":
    main()
