#!/usr/bin/env python3
"""The checker of schemas finds what is wrong."""

import sys
import unittest

from schema import violations

PERSON = {
    "title": "person",
    "type": "object",
    "required": ["name", "pets"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "pattern": "^[a-z]+$"},
        "age": {"type": ["integer", "null"], "minimum": 0},
        "pets": {"type": "array", "minItems": 1, "items": {"enum": ["cat", "dog"]}},
    },
}


class Schema(unittest.TestCase):
    def test_a_good_value_has_no_violations(self):
        self.assertEqual(list(violations({"name": "ada", "age": 3, "pets": ["cat"]}, PERSON)), [])

    def test_each_rule_finds_its_violation(self):
        good = {"name": "ada", "age": 3, "pets": ["cat"]}
        for change, word in [
            ({"name": 3}, "not string"), ({"name": "Ada"}, "is not ^"), ({"age": "x"}, "not integer or null"),
            ({"age": -1}, "< 0"), ({"pets": []}, "too few"), ({"pets": ["cow"]}, "not in"), ({"more": 1}, "does not know"),
        ]:  # fmt: skip
            with self.subTest(change=change):
                found = "; ".join(violations({**good, **change}, PERSON))
                self.assertIn(word, found)
        self.assertIn("lacks name", "; ".join(violations({"pets": ["cat"]}, PERSON)))

    def test_a_boolean_is_no_number(self):
        self.assertTrue(list(violations(True, {"type": "integer"})))

    def test_null_passes_where_the_type_allows_it(self):
        self.assertEqual(list(violations({"name": "ada", "age": None, "pets": ["dog"]}, PERSON)), [])

    def test_an_unknown_keyword_is_an_error(self):
        with self.assertRaises(KeyError):
            list(violations(1, {"multipleOf": 2}))


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    unittest.main()
