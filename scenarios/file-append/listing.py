"""Two processes append lines to one file, a line a second. Do the lines of one writer stay together?"""

import os
import sys
import tempfile
import time
from multiprocessing import Lock, Process


def write_lines(log, writer, lines):
    for i in range(1, lines + 1):
        append(log, f"{writer}{i} ")  #@ append
        sleep(1)  #@ write


def writer_without_lock(lock, log, writer, lines):
    write_lines(log, writer, lines)  #@ lines


def writer_with_lock(lock, log, writer, lines):
    with lock:  #@ lock
        write_lines(log, writer, lines)  #@ lines, locked


def changes_of_writer(content):
    """How often a line of one writer follows a line of the other."""
    writers = content[::3]
    return sum(before != after for before, after in zip(writers, writers[1:]))


def keep_log(variant, first, second):
    body = writer_with_lock if variant == "lock" else writer_without_lock
    lock = Lock()
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log.txt")
        append(log, "")
        a = Process(name="Writer A", target=body, args=(lock, log, "A", first))
        b = Process(name="Writer B", target=body, args=(lock, log, "B", second))
        a.start()  #@ start A
        b.start()  #@ start B
        a.join()  #@ join A
        b.join()  #@ join B

        content = read(log)  #@ read
        print(content)  #@ tell
        check("no line is lost", len(content) == 3 * (first + second))  #@ check lines
        if variant == "lock":
            check("the lines of a writer stay together", changes_of_writer(content) == 1)  #@ check blocks


def append(path, text):
    with open(path, "a") as file:
        file.write(text)


def read(path):
    with open(path) as file:
        return file.read()


def check(what, holds):
    if not holds:
        print(f"check failed: {what}\n", end="", flush=True)


SCALE = float(os.environ.get("LOCKSTEP_TIME_SCALE", "1"))  # all delays are multiplied by it


def sleep(seconds):
    time.sleep(seconds * SCALE)


def arguments(variant, **params):
    """listing.py [variant] [name=value ...]"""
    for word in sys.argv[1:]:
        name, equals, value = word.partition("=")
        if equals:
            params[name] = int(value)
        else:
            variant = name
    return variant, params


if __name__ == "__main__":
    chosen, numbers = arguments("lock", first=3, second=4)
    keep_log(chosen, **numbers)
