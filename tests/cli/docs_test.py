#!/usr/bin/env python3
"""README.md and CONTRIBUTING.md say what is true: examples are in the files they name, commands and options exist."""

import re
import sys
import unittest

import program

DOCUMENTS = ["README.md", "CONTRIBUTING.md"]
EXAMPLE = re.compile(r"^`([^`\n]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^    (?:xvfb-run -a )?(lockstep .*?)(?:\s+#.*)?$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#:]+)\)")
PATH = re.compile(r"`((?:core|app|scenarios|assets|tests|\.ci)/[\w./-]*\w)`")


def text_of(path):
    return (program.SOURCE / path).read_text(encoding="utf-8")


def normal(text):
    """Without white space: the formatter may break lines elsewhere."""
    return "".join(text.split())


class Docs(unittest.TestCase):
    def test_examples_stand_in_the_files_they_name(self):
        found = EXAMPLE.findall(text_of("CONTRIBUTING.md"))
        self.assertGreater(len(found), 4)
        for path, example in found:
            for part in example.split("…\n"):
                with self.subTest(path=path, part=part):
                    self.assertIn(normal(part), normal(text_of(path)))

    def test_named_files_and_folders_exist(self):
        for document in DOCUMENTS:
            prose = BLOCK.sub("", text_of(document))
            for path in PATH.findall(prose) + LINK.findall(prose):
                with self.subTest(document=document, path=path):
                    self.assertTrue((program.SOURCE / path).exists())

    def test_commands_of_the_readme_have_their_options(self):
        commands = COMMAND.findall(text_of("README.md"))
        self.assertGreater(len(commands), 10)
        names = re.findall(r"^  (\w+)  ", program.run("--help").stdout.split("Commands:")[1].split("\n\n")[0], re.MULTILINE)
        for line in commands:
            words = line.split()[1:]
            command = [words[0]] if words and words[0] in names else []
            known = program.run(*command, "--help").stdout
            for option in re.findall(r"--[a-z]+", line):
                with self.subTest(line=line, option=option):
                    self.assertIn(option + " ", known)

    def test_scenarios_of_the_readme_exist(self):
        known = program.catalogue()
        for line in COMMAND.findall(text_of("README.md")):
            found = re.match(r"lockstep (?:run|explore|screenshot) ([a-z-]+)", line)
            if found:
                self.assertIn(found[1], known, line)

    def test_there_are_schemas_for_every_json(self):
        self.assertEqual(set(program.schemas()), {"list", "list --path", "run", "run --repeat", "explore"})

    def test_documents_hold_no_machine_paths(self):
        for document in DOCUMENTS:
            self.assertNotRegex(text_of(document), r"/(home|root|work|tmp|usr)/")


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    unittest.main()
