#!/usr/bin/env python3
"""Holds the catalogue and the program together: both languages have the same keys and placeholders, every key that the
program asks for is there, and none is left over."""

import json
import os
import pathlib
import re
import unittest

ROOT = pathlib.Path(os.environ.get("LOCKSTEP_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
ASKED = re.compile(r"\btr(_count)?\(\s*\"([^\"]+)\"")
LITERAL = re.compile(r'"([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)"')
PREFIX = re.compile(r'"([a-z][a-z0-9_]*\.)"')  # a key that is put together: tr("chapter." + name)
PLACEHOLDER = re.compile(r"\{(\d*)\}")


def catalogue(language):
    pairs = json.loads((ROOT / f"assets/i18n/{language}.json").read_text("utf-8"), object_pairs_hook=list)
    return pairs


def sources():
    for path in sorted((ROOT / "app").rglob("*")):
        if path.suffix in {".cpp", ".hpp", ".def"}:
            yield path, path.read_text("utf-8")


class Translations(unittest.TestCase):
    def setUp(self):
        self.en = dict(catalogue("en"))
        self.zh = dict(catalogue("zh"))

    def test_no_key_appears_twice(self):
        for language in ("en", "zh"):
            keys = [key for key, _ in catalogue(language)]
            self.assertEqual(len(keys), len(set(keys)), language)

    def test_both_languages_have_the_same_keys(self):
        self.assertEqual(sorted(self.en), sorted(self.zh))

    def test_both_languages_have_the_same_placeholders(self):
        for key, text in self.en.items():
            if key.endswith(".one"):
                continue
            self.assertEqual(sorted(PLACEHOLDER.findall(text)), sorted(PLACEHOLDER.findall(self.zh[key])), key)

    def test_no_text_is_empty_and_chinese_is_chinese(self):
        for key, text in {**self.en, **self.zh}.items():
            self.assertTrue(text.strip(), key)
        alike = [key for key, text in self.en.items() if text == self.zh[key] and re.search("[a-z]{4}", text)]
        self.assertEqual(alike, [], "not translated")

    def test_every_key_that_is_asked_for_exists(self):
        for path, text in sources():
            for _, key in ASKED.findall(text):
                self.assertIn(key, self.en, str(path.relative_to(ROOT)))

    def test_no_key_is_left_over(self):
        used = {key for _, text in sources() for key in LITERAL.findall(text)}
        prefixes = tuple(prefix for _, text in sources() for prefix in PREFIX.findall(text))
        left = [key for key in self.en if key.removesuffix(".one") not in used and not key.startswith(prefixes)]
        self.assertEqual(left, [])


if __name__ == "__main__":
    unittest.main()
