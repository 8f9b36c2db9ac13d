"""Three writers share one page. Each wants to write its lines as one block, with nothing of the others between."""

import os
import sys
import time
from threading import Lock, Thread, current_thread


def write_block(page, writer, lines):
    page.block = writer  #@ begin
    for i in range(1, lines + 1):
        say(f"line {i}")  #@ print
        check("one block at a time", page.block == writer)  #@ check
        sleep(0.02)  #@ write


def writer_without_lock(lock, page, writer, lines):
    write_block(page, writer, lines)  #@ block


def writer_with_lock(lock, page, writer, lines):
    with lock:  #@ lock
        write_block(page, writer, lines)  #@ block, locked


def fill_page(variant, lines):
    body = writer_with_lock if variant == "lock" else writer_without_lock
    lock = Lock()
    page = Page()

    writers = []
    for i in range(1, 4):
        writers.append(Thread(name=f"Writer {i}", target=body, args=(lock, page, i, lines)))
    for writer in writers:
        writer.start()  #@ start
    for writer in writers:
        writer.join()  #@ join
    print("the page is full")  #@ tell


class Page:
    block = 0  # the writer whose block was begun last


def say(text):
    print(f"{current_thread().name} {text}\n", end="", flush=True)


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
    chosen, numbers = arguments("lock", lines=100)
    fill_page(chosen, **numbers)
