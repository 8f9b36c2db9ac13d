#!/usr/bin/env python3
"""Holds the arrows of the architecture: checks the tables in layers.py on samples, then the repository."""

import sys
import unittest

import layers

BAD = [
    ("core/platform/futex.cpp", '#include "core/event/event.hpp"'),
    ("core/event/ring.hpp", '#include "core/arena/arena.hpp"'),
    ("core/sync/lock.cpp", '#include "core/platform/futex.hpp"'),
    ("core/sync/lock.cpp", "#include <unistd.h>"),
    ("core/sync/lock.cpp", "  #  include <sys/mman.h>"),
    ("core/analysis/races.cpp", '#include "core/runtime/runtime.hpp"'),
    ("core/analysis/races.cpp", "#include <core/runtime/runtime.hpp>"),
    ("core/explore/explorer.cpp", '#include "core/session/session.hpp"'),
    ("core/explore/explorer.cpp", '#include "core/platform/clock.hpp"'),
    ("core/arena/arena.cpp", '#include "core/runtime_extra/x.hpp"'),
    ("core/event/ring.cpp", '#include "ring.hpp"'),
    ("core/brand_new/x.cpp", "int main() {}"),
    ("scenarios/hotdog/scenario.cpp", '#include "core/runtime/runtime.hpp"'),
    ("app/model/layout.cpp", "#include <imgui.h>"),
    ("app/model/layout.cpp", '#include "app/views/timeline.hpp"'),
    ("app/views/timeline.cpp", "#include <GLFW/glfw3.h>"),
    ("app/cli/run.cpp", "#include <imgui/backends/imgui_impl_glfw.h>"),
    ("app/main.cpp", "#include <glad/gl.h>"),
]

GOOD = [
    ("core/event/ring.cpp", '#include "core/event/ring.hpp"'),
    ("core/event/event.hpp", '#include "core/event/kinds.def"'),
    ("core/arena/arena.cpp", '#include "core/platform/shared_memory.hpp"'),
    ("core/platform/futex.cpp", "#include <linux/futex.h>"),
    ("core/process/process.cpp", "#include <sys/wait.h>"),
    ("core/scenario/registry.cpp", '#include "assets/resources.hpp"'),
    ("core/sync/lock.cpp", '// #include "core/platform/futex.hpp"'),
    ("scenarios/hotdog/scenario.cpp", '#include "core/sync/queue.hpp"'),
    ("app/views/timeline.cpp", "#include <imgui_internal.h>"),
    ("app/shell/window.cpp", "#include <GLFW/glfw3.h>"),
    ("tests/ui/ui_test.cpp", "#include <imgui.h>"),
]


class Layers(unittest.TestCase):
    def test_forbidden_includes_are_named_with_file_and_line(self):
        for path, line in BAD:
            with self.subTest(path=path, line=line):
                found = layers.check_text(path, "\n" * 6 + line if "brand_new" not in path else line)
                self.assertEqual(len(found), 1)
                self.assertRegex(found[0], rf"^{path}:\d+: ")
        self.assertTrue(layers.check_text(*BAD[0])[0].startswith("core/platform/futex.cpp:1: "))

    def test_permitted_includes_pass(self):
        for path, line in GOOD:
            with self.subTest(path=path, line=line):
                self.assertEqual(layers.check_text(path, line), [])

    def test_a_source_includes_its_own_header_first(self):
        path = "core/event/ring.cpp"
        for text in ("", "#include <vector>\n", '#include <vector>\n#include "core/event/ring.hpp"\n'):
            self.assertRegex(layers.own_header_complaint(path, text), rf"^{path}:1: ")
        self.assertIsNone(layers.own_header_complaint(path, '// The ring.\n#include "core/event/ring.hpp"\n'))

    def test_tables_name_only_each_other(self):
        for row, allowed in layers.MAY_INCLUDE.items():
            for place in allowed - layers.ANYTHING - {layers.RESOURCES}:
                self.assertIn(place, layers.MAY_INCLUDE, f"in the row {row}")

    def test_repository_keeps_the_layers(self):
        root = layers.pathlib.Path(__file__).resolve().parents[2]
        found, count = layers.check_tree(root)
        self.assertGreater(count, 0)
        self.assertEqual(found, [], "\n" + "\n".join(found))


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    unittest.main()
