"""Some workers pass a gate that a semaphore guards, others walk by outside. Who has to wait?"""

import os
import sys
import time
from threading import Lock, Semaphore, Thread, current_thread


def work(place, lines):
    for i in range(1, lines + 1):
        say(f"{place}: line {i}")  #@ print
        sleep(0.5)  #@ work


def gated_worker(gate, inside, permits, lines):
    with gate:  #@ permit
        check("inside <= permits", inside.add(1) <= permits)  #@ enter
        work("inside", lines)
        inside.add(-1)  #@ leave


def ungated_worker(lines):
    work("outside", lines)


def open_gate(variant, permits, gated, ungated, lines):
    gate = Semaphore(permits)
    inside = Shared()

    workers = []
    for i in range(1, gated + 1):
        workers.append(Thread(name=f"Gated {i}", target=gated_worker, args=(gate, inside, permits, lines)))
    for i in range(1, ungated + 1):
        workers.append(Thread(name=f"Ungated {i}", target=ungated_worker, args=(lines,)))
    for worker in workers:
        worker.start()  #@ start
    for worker in workers:
        worker.join()  #@ join
    print("all workers are done")  #@ tell


class Shared:
    """A number that is read, changed and written in one step."""

    def __init__(self):
        self.value = 0
        self.lock = Lock()

    def add(self, delta):
        with self.lock:
            self.value += delta
            return self.value


def say(text):
    print(f"{current_thread().name} {text}\n", end="", flush=True)


def check(what, holds):
    if not holds:
        print(f"check failed: {what}", flush=True)


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
    chosen, numbers = arguments("semaphore", permits=5, gated=5, ungated=5, lines=10)
    open_gate(chosen, **numbers)
