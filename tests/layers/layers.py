#!/usr/bin/env python3
"""Who may include whom.

Data flows one way: scenario -> sync -> runtime -> ring -> trace -> analysis -> model -> views. MAY_INCLUDE, PLATFORM and
LIBRARIES below are that rule as tables; `layers.py [ROOT]` checks every source file against them.
"""

import pathlib
import re
import sys

CORE = {
    "core/platform", "core/event", "core/arena", "core/schedule", "core/runtime", "core/sync", "core/process",
    "core/trace", "core/analysis", "core/explore", "core/scenario", "core/session", "core/host",
}  # fmt: skip
RESOURCES = "assets/resources.hpp"
ANYTHING = {""}  # the prefix of every path

# A folder (or one file) -> the folders (or files) it may include. Each may include itself; a folder's subfolders
# follow its row. A folder without a row is an error: add one.
MAY_INCLUDE = {
    # What happens: a program runs and leaves events.
    "core/platform": set(),
    "core/event": set(),
    "core/arena": {"core/event", "core/platform", "core/schedule"},
    "core/schedule": {"core/event"},
    "core/runtime": {"core/arena", "core/event", "core/platform", "core/schedule"},
    "core/sync": {"core/runtime", "core/arena", "core/event", "core/schedule"},
    "core/process": {"core/sync", "core/runtime", "core/arena", "core/event", "core/schedule", "core/platform"},
    "core/scenario": {"core/sync", "core/process", "core/runtime", "core/arena", "core/event", RESOURCES},
    "scenarios": {"core/scenario", "core/sync", "core/process"},
    # What it meant: events only, so that a hand-written trace tests it.
    "core/trace": {"core/event"},
    "core/trace/file.cpp": {"core/trace", "core/event", "core/platform/atomic_file.hpp"},
    "core/trace/chrome_export.cpp": {"core/trace", "core/event", "core/platform/atomic_file.hpp"},
    "core/platform/atomic_file.hpp": set(),
    "core/analysis": {"core/trace", "core/event", "core/schedule"},
    # Who drives it.
    "core/explore": CORE - {"core/platform", "core/session", "core/host"},
    "core/explore/report.hpp": {"core/schedule", "core/scenario", "core/event"},
    "core/host": CORE - {"core/session", "core/trace", "core/analysis"},
    "core/session": CORE,
    # What the learner sees.
    "app/model": {"core/trace", "core/analysis", "core/event", "core/schedule", "core/session", "core/scenario",
                  "core/explore/report.hpp"},  # fmt: skip
    "app/shell": {"app/model", "core/trace", "core/analysis", "core/event", "core/schedule", "core/session",
                  "core/scenario", "core/explore/report.hpp", RESOURCES, "app/views/view.hpp"},  # fmt: skip
    "app/views": {"app/model", "app/shell", "core/trace", "core/analysis", "core/event", "core/schedule",
                  "core/session", "core/scenario", "core/explore/report.hpp"},  # fmt: skip
    "app/views/view.hpp": {"app/model", "app/shell", "app/views"},
    "app/cli": CORE | {"app/model", "app/shell", RESOURCES},
    "app/rank": {"core/platform"},
    "app/main.cpp": ANYTHING,
    "assets": set(),
    "tests": ANYTHING,
}

# Only these may include the headers of the operating system.
PLATFORM = {
    "core/platform", "core/host", "core/process", "core/runtime", "core/session", "app/rank",
    "app/shell", "app/main.cpp", "app/cli", "tests",
}  # fmt: skip
PLATFORM_HEADER = re.compile(
    r"(sys|linux|arpa|netinet|net|asm)/|"
    r"(unistd|pthread|signal|sched|poll|fcntl|dirent|dlfcn|spawn|netdb|termios|ucontext|semaphore|mqueue|pwd|grp|"
    r"execinfo|syscall|aio|ifaddrs|link|pty|wait|windows)\.h$|csignal$"
)

# A library's headers -> the only places that may include them.
LIBRARIES = {
    "Dear ImGui": (re.compile(r"(imgui|imstb)\w*\.h$"), {"app/views", "app/shell", "tests/ui"}),
    "GLFW": (re.compile(r"GLFW/"), {"app/shell"}),
    "OpenGL": (re.compile(r"(glad|GL|GLES\d|EGL|KHR)/"), {"app/shell"}),
}

SOURCE_FOLDERS = ("core", "app", "scenarios", "assets", "tests")
SOURCE_NAMES = {".cpp", ".hpp", ".h", ".c", ".def", ".inl"}
INCLUDE = re.compile(r'\s*#\s*include\s*(?:"([^"]*)"|<([^>]*)>)')


def within(path, places):
    """Whether `path` is one of `places` or lies below one."""
    return any(place == "" or path == place or path.startswith(place + "/") for place in places)


def row_of(path):
    """The most specific row of MAY_INCLUDE for the file `path`, or None."""
    rows = [row for row in MAY_INCLUDE if within(path, {row})]
    return max(rows, key=len, default=None)


def complaint(path, row, quoted, system):
    """What is wrong with one #include in the file `path`, or None."""
    name = quoted or system
    if name.startswith(tuple(folder + "/" for folder in SOURCE_FOLDERS)):
        if not within(name, MAY_INCLUDE[row] | {row}):
            allowed = ", ".join(sorted(MAY_INCLUDE[row])) or "nothing of ours"
            return f'"{name}" may not be included here; {row} may include: {allowed}'
        return None
    if quoted:
        return f'write "{name}" as a path from the repository root (or <{name}> for a library)'
    if PLATFORM_HEADER.match(name) and not within(path, PLATFORM):
        return f"<{name}> belongs to the operating system; only these may include it: {', '.join(sorted(PLATFORM))}"
    for library, (pattern, places) in LIBRARIES.items():
        if pattern.match(name.rsplit("/", 1)[-1] if library == "Dear ImGui" else name) and not within(path, places):
            return f"<{name}> is a header of {library}; only these may include it: {', '.join(sorted(places))}"
    return None


def own_header_complaint(path, text):
    """A source that does not include its own header first, so that nothing shows whether that stands alone; or None."""
    first = next(filter(None, map(INCLUDE.match, text.splitlines())), None)
    own = path.removesuffix(".cpp") + ".hpp"
    if first is None or first[1] != own:
        return f'{path}:1: the first #include must be "{own}", which shows that the header stands alone'
    return None


def check_text(path, text):
    """All violations in a file, as "path:line: message"."""
    row = row_of(path)
    if row is None:
        return [f"{path}:1: this folder has no row in tests/layers/layers.py (MAY_INCLUDE): add one"]
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        message = match and complaint(path, row, match[1], match[2])
        if message:
            found.append(f"{path}:{number}: {message}")
    return found


def check_tree(root):
    """All violations below `root`, and how many files were read."""
    found, count = [], 0
    for folder in SOURCE_FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            if file.suffix in SOURCE_NAMES and file.is_file():
                count += 1
                path, text = file.relative_to(root).as_posix(), file.read_text(encoding="utf-8")
                found += check_text(path, text)
                if file.suffix == ".cpp" and file.with_suffix(".hpp").exists():
                    found += filter(None, [own_header_complaint(path, text)])
    return found, count


def main():
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]
    found, count = check_tree(root)
    for line in found:
        print(line)
    print(f"layers: {count} files, {len(found)} violations")
    return 1 if found or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
