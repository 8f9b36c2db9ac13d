"""What the tests of the command line share: running the program, its processes, the README's schemas."""

import json
import os
import pathlib
import re
import subprocess

BINARY = os.environ["LOCKSTEP_BINARY"]
SOURCE = pathlib.Path(os.environ["LOCKSTEP_SOURCE"])
README = SOURCE / "README.md"

EXIT_OK, EXIT_FINDING, EXIT_USAGE, EXIT_SANDBOX = 0, 1, 2, 3


def environment(**changes):
    """Our environment in English, with changes; None removes a variable."""
    env = {**os.environ, "LC_ALL": "C.UTF-8", **changes}
    return {name: value for name, value in env.items() if value is not None}


def run(*arguments, timeout=60, env=None, **options):
    """Runs lockstep to its end; stdout and stderr are text."""
    return subprocess.run(
        [BINARY, *arguments], env=env or environment(), timeout=timeout, capture_output=True, stdin=subprocess.DEVNULL,
        encoding="utf-8", errors="replace", **options)  # fmt: skip


def run_json(*arguments, **options):
    """Runs lockstep ... --json: (exit status, the parsed object)."""
    done = run(*arguments, "--json", **options)
    try:
        return done.returncode, json.loads(done.stdout)
    except json.JSONDecodeError as error:
        raise AssertionError(f"{arguments}: no JSON ({error}); stderr: {done.stderr}; stdout: {done.stdout[:300]}") from None


def catalogue():
    """lockstep list --json, by id."""
    return {scenario["id"]: scenario for scenario in run_json("list")[1]}


def runnable():
    """The same without those that cannot run here."""
    return {each: scenario for each, scenario in catalogue().items() if scenario["unavailable"] is None}


def processes_of(mark):
    """Pids of living processes whose environment holds the variable LOCKSTEP_TEST_MARK=mark: a run and all its own."""
    wanted = f"LOCKSTEP_TEST_MARK={mark}".encode()
    pids = []
    for folder in pathlib.Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and wanted in (folder / "environ").read_bytes().split(b"\0"):
                pids.append(int(folder.name))
        except OSError:
            continue  # it has ended, or it is not ours
    return pids


def schemas():
    """The JSON schemas in README.md by their "title"."""
    blocks = re.findall(r"^```json\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    found = [json.loads(block) for block in blocks if '"$schema"' in block]
    return {schema["title"]: schema for schema in found}
