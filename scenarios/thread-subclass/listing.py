"""A class of its own for a kind of thread: a clock that ticks with its own delay."""

import os
import sys
import time
from threading import Thread


class Clock(Thread):
    def __init__(self, name, delay, ticks):
        super().__init__(name=name)  #@ thread
        self.delay = delay
        self.ticks = ticks

    def run(self):
        for i in range(1, self.ticks + 1):
            sleep(self.delay)  #@ delay
            print(f"{self.name} tick {i}, at {now():.1f} s\n", end="", flush=True)  #@ tick


def start_clocks(variant, ticks):
    fast = Clock("Fast clock", 1, ticks)  #@ fast
    slow = Clock("Slow clock", 2, ticks)  #@ slow
    fast.start()  #@ start fast
    slow.start()  #@ start slow
    fast.join()  #@ join fast
    slow.join()  #@ join slow
    print("both clocks have stopped")  #@ tell


SCALE = float(os.environ.get("LOCKSTEP_TIME_SCALE", "1"))  # all delays are multiplied by it


def sleep(seconds):
    time.sleep(seconds * SCALE)


START = time.monotonic()


def now():
    return (time.monotonic() - START) / SCALE


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
    chosen, numbers = arguments("subclass", ticks=5)
    start_clocks(chosen, **numbers)
