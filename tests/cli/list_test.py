#!/usr/bin/env python3
"""lockstep list: the catalogue as a table and as JSON."""

import sys
import unittest

import program
import schema

NAMED_BY_THE_USER = ("ticket-lock", "hotdog", "deadlock", "semaphore", "event-server")


class List(unittest.TestCase):
    def test_json_keeps_its_schema_in_both_languages(self):
        for language in ("en", "zh"):
            status, listed = program.run_json("list", "--lang", language)
            self.assertEqual(status, program.EXIT_OK)
            self.assertEqual(list(schema.violations(listed, program.schemas()["list"])), [])

    def test_json_differs_between_languages_in_titles_and_reasons_only(self):
        (_, english), (_, chinese) = (program.run_json("list", "--lang", language) for language in ("en", "zh"))
        self.assertNotEqual([each["title"] for each in english], [each["title"] for each in chinese])
        for each in english + chinese:
            each["title"] = ""
            self.assertNotEqual(each["unavailable"], "")
            each["unavailable"] = each["unavailable"] is None
        self.assertEqual(english, chinese)

    def test_every_default_lies_in_its_range(self):
        for scenario in program.catalogue().values():
            for param in scenario["params"]:
                with self.subTest(scenario=scenario["id"], param=param["name"]):
                    self.assertLessEqual(param["min"], min(param["default"], param["step_default"]))
                    self.assertGreaterEqual(param["max"], max(param["default"], param["step_default"]))

    def test_the_named_scenarios_are_there(self):
        self.assertLessEqual(set(NAMED_BY_THE_USER), set(program.catalogue()))

    def test_what_cannot_run_is_listed_with_its_reason_which_running_it_tells(self):
        absent = {id: scenario for id, scenario in program.catalogue().items() if scenario["unavailable"]}
        for id, scenario in absent.items():
            self.assertIn(scenario["unavailable"], program.run("list").stdout)
            for command in ("run", "explore"):
                done = program.run(command, id)
                self.assertEqual((done.returncode, done.stdout), (program.EXIT_USAGE, ""))
                self.assertIn(scenario["unavailable"], done.stderr)
                self.assertEqual(done.stderr.count("\n"), 1)

    def test_the_table_names_every_scenario_variant_and_param(self):
        for language in ("en", "zh"):
            table = program.run("list", "--lang", language).stdout
            for scenario in program.catalogue().values():
                self.assertIn(scenario["id"], table)
                for each in scenario["variants"] + scenario["params"]:
                    self.assertIn(each["name"], table)

    def test_the_json_of_a_path_keeps_its_schema_and_names_scenarios_that_exist(self):
        known = program.catalogue()
        for path in ("lecture", "week"):
            for language in ("en", "zh"):
                with self.subTest(path=path, language=language):
                    status, listed = program.run_json("list", "--path", path, "--lang", language)
                    self.assertEqual(status, program.EXIT_OK)
                    self.assertEqual(list(schema.violations(listed, program.schemas()["list --path"])), [])
                    steps = [step for part in listed["parts"] for step in part["steps"]]
                    self.assertEqual(listed["minutes"], sum(step["minutes"] for step in steps))
                    self.assertLessEqual({step["scenario"] for step in steps}, set(known))

    def test_the_text_of_a_path_names_each_step_in_its_order(self):
        for language in ("en", "zh"):
            _, listed = program.run_json("list", "--path", "week", "--lang", language)
            text = program.run("list", "--path", "week", "--lang", language).stdout
            words = [word for part in listed["parts"]
                     for word in (part["title"], part["goal"], *(step["scenario"] for step in part["steps"]))]
            at = -1
            for word in words:
                self.assertGreater(text.find(word, at + 1), at, word)
                at = text.find(word, at + 1)

    def test_an_unknown_path_is_told_what_there_is(self):
        done = program.run("list", "--path", "month")
        self.assertEqual((done.returncode, done.stdout), (program.EXIT_USAGE, ""))
        self.assertEqual(done.stderr, 'lockstep: --path "month" is unknown; allowed: lecture, week. Example: --path week\n')
        self.assertEqual(program.run("list", "--path").returncode, program.EXIT_USAGE)
        self.assertEqual(program.run("list", "--path", "week", "--path", "week").returncode, program.EXIT_USAGE)

    def test_language_comes_from_the_environment(self):
        def table(**env):
            return program.run("list", env=program.environment(**{"LC_ALL": None, "LC_MESSAGES": None, "LANG": None, **env})).stdout

        english, chinese = (program.run("list", "--lang", language).stdout for language in ("en", "zh"))
        self.assertEqual(table(), english)
        self.assertEqual(table(LANG="zh_CN.UTF-8"), chinese)
        self.assertEqual(table(LANG="zh_CN.UTF-8", LC_ALL="en_GB.UTF-8"), english)
        self.assertEqual(table(LANG="fr_FR.UTF-8"), english)


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    unittest.main()
