"""The system refuses what a run needs: one sentence, the documented exit status, no process left, and the next run works."""

import os
import resource
import tempfile
import unittest
import uuid

from program import EXIT_FINDING, EXIT_OK, EXIT_SANDBOX, environment, processes_of, run, run_json

NOBODY = 65534
SANITIZED = "UndefinedBehaviorSanitizer opens a pipe to look at an object's type, and takes it for none without"


def descriptors(count):
    """At most so many open files, for good."""
    return lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (count, count))


def processes(count):
    """At most so many processes and threads of a user who has no others."""

    def limit():
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        resource.setrlimit(resource.RLIMIT_NPROC, (count, count))

    return limit


class Limits(unittest.TestCase):
    def run_limited(self, limit, *arguments):
        return self.limited(limit, "run", *arguments)

    def limited(self, limit, *arguments):
        mark = uuid.uuid4().hex
        done = run(*arguments, env=environment(LOCKSTEP_TEST_MARK=mark), preexec_fn=limit)
        self.assertEqual(processes_of(mark), [])
        self.assertNotIn("Traceback", done.stderr)
        return done

    @unittest.skipIf(os.environ.get("LOCKSTEP_SANITIZE"), SANITIZED)
    def test_too_few_descriptors_are_named(self):
        for count in (5, 6, 7, 8):
            with self.subTest(descriptors=count):
                done = self.run_limited(descriptors(count), "manager-dict", "--speed", "64")
                self.assertEqual(done.returncode, EXIT_SANDBOX, done.stderr + done.stdout)
                self.assertIn("Too many open files", done.stderr)

    @unittest.skipIf(os.environ.get("LOCKSTEP_SANITIZE"), SANITIZED)
    def test_few_descriptors_do_or_are_named(self):
        for count in (9, 10, 12, 16, 32):
            with self.subTest(descriptors=count):
                done = self.run_limited(descriptors(count), "manager-dict", "--variant", "lock", "--speed", "64")
                self.assertIn(done.returncode, (EXIT_OK, EXIT_FINDING, EXIT_SANDBOX), done.stderr + done.stdout)
                if done.returncode != EXIT_OK:
                    self.assertIn("Too many open files", done.stdout + done.stderr)

    @unittest.skipIf(os.geteuid() != 0, "only root can become a user without processes")
    def test_too_few_processes_are_named(self):
        for count in (1, 2, 3, 4, 5, 8, 20):
            with self.subTest(processes=count):
                done = self.run_limited(processes(count), "creation-cost", "--speed", "64")
                self.assertIn(done.returncode, (EXIT_FINDING, EXIT_SANDBOX), done.stderr + done.stdout)
                self.assertIn("Resource temporarily unavailable", done.stdout + done.stderr)

    @unittest.skipIf(os.geteuid() != 0, "only root can become a user without processes")
    def test_an_exploration_that_gets_no_process_or_thread_says_so(self):
        for count in (1, 2, 3, 4, 5, 6, 8):
            with self.subTest(processes=count):
                done = self.limited(processes(count), "explore", "deadlock")
                self.assertIn(done.returncode, (EXIT_FINDING, EXIT_SANDBOX), done.stderr + done.stdout)
                self.assertNotIn("terminate called", done.stderr)
                if done.returncode == EXIT_SANDBOX:
                    self.assertRegex(done.stderr, "could not be started: Resource temporarily unavailable")

    @unittest.skipIf(os.geteuid() != 0, "only root can become a user without processes")
    def test_a_run_in_steps_that_gets_no_process_or_thread_says_so(self):
        for count in (1, 2, 3, 4, 5, 6, 8, 10):
            with self.subTest(processes=count):
                done = self.limited(processes(count), "run", "deadlock", "--mode", "step", "--policy", "random:3")
                self.assertIn(done.returncode, (EXIT_OK, EXIT_FINDING, EXIT_SANDBOX), done.stderr + done.stdout)
                self.assertNotIn("terminate called", done.stderr)

    def test_a_folder_that_cannot_be_had_is_named(self):
        for language, word in (("en", "could not be made in /nonexistent"), ("zh", "无法在 /nonexistent 中")):
            done = run("run", "deadlock", "--lang", language, env=environment(TMPDIR="/nonexistent"))
            self.assertEqual((done.returncode, done.stdout), (EXIT_SANDBOX, ""))
            self.assertIn(word, done.stderr)
            self.assertIn("TMPDIR=/var/tmp", done.stderr)

    def test_a_file_that_may_not_grow_is_named(self):
        with tempfile.TemporaryDirectory() as folder:
            done = run("run", "ticket-lock", "--speed", "64", "--trace", os.path.join(folder, "a.trace"),
                       preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024)))  # fmt: skip
            self.assertEqual(done.returncode, EXIT_SANDBOX, done.stderr)
            self.assertIn("File too large", done.stderr)
            self.assertEqual(os.listdir(folder), [])

    def test_a_hundred_processes_at_once_are_possible(self):
        for scenario, variant in (("creation-cost", "measure"), ("manager-dict", "lock")):
            with self.subTest(scenario=scenario):
                status, result = run_json("run", scenario, "--variant", variant, "--speed", "64")
                self.assertEqual((status, result["outcome"]), (EXIT_OK, "ok"))
                self.assertGreater(len([w for w in result["workers"] if w["kind"] == "process"]), 100)


if __name__ == "__main__":
    unittest.main()
