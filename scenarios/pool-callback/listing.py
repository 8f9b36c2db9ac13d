"""A pool computes squares, and a callback adds them up. One task raises an error. Who runs the callback?"""

import os
import sys
import time
from multiprocessing import Pool
from threading import Lock


def square(number, bad):
    sleep(1)  #@ compute
    if number == bad:
        raise ValueError("I do not like it")  #@ raise
    return number * number  #@ return


def use_callbacks(variant, numbers):
    main_pid = os.getpid()  #@ pid
    sum = Shared()
    errors = Shared()

    def add_up(result):
        print(f"callback: {result}", flush=True)  #@ callback
        check("the callback runs in main's process", os.getpid() == main_pid)  #@ check callback
        sum.add(result)  #@ add

    def note_error(error):
        print(f"callback: {type(error).__name__}: {error}", flush=True)  #@ error callback
        check("the error callback runs there, too", os.getpid() == main_pid)  #@ check error callback
        errors.add(1)  #@ count error

    pool = Pool(2)  #@ pool
    for i in range(1, numbers + 1):
        pool.apply_async(square, (i, numbers), callback=add_up, error_callback=note_error)  #@ submit
    pool.close()  #@ close
    pool.join()  #@ join

    wanted = 0
    for i in range(1, numbers):
        wanted += i * i
    total = sum.value  #@ total
    print("the sum is", total)  #@ tell
    check("each result came once", total == wanted and errors.value == 1)  #@ check


class Shared:
    """A number that is read, changed and written in one step."""

    def __init__(self):
        self.value = 0
        self.lock = Lock()

    def add(self, delta):
        with self.lock:
            self.value += delta
            return self.value


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
    chosen, parameters = arguments("callback", numbers=4)
    use_callbacks(chosen, **parameters)
