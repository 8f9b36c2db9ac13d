"""Five workers, each with a second of work. main starts them and joins them: when, and in what order?"""

import os
import sys
import time
from threading import Lock, Thread, current_thread


def work(running, number):
    running.add(1)  #@ begin
    sleep(1)  #@ work
    say(f"I am number {number}")  #@ report
    running.add(-1)  #@ end


def join_in_loop(workers, running):
    for worker in workers:
        worker.start()  #@ start
        worker.join()  #@ join
        check("nobody runs now", running.value == 0)  #@ check


def start_all_then_join_all(workers, running):
    for worker in workers:
        worker.start()  #@ start all
    for worker in workers:
        worker.join()  #@ join all
    check("nobody runs now", running.value == 0)  #@ check all


def start_and_join(variant, workers):
    running = Shared()
    everyone = []
    for i in range(1, workers + 1):
        everyone.append(Thread(name=f"Worker {i}", target=work, args=(running, i)))

    if variant == "join-in-loop":
        join_in_loop(everyone, running)  #@ one by one
    else:
        start_all_then_join_all(everyone, running)  #@ all at once
    print("all have reported")  #@ tell


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
    chosen, numbers = arguments("join-in-loop", workers=5)
    start_and_join(chosen, **numbers)
