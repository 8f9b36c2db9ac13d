"""A semaphore with one permit guards a counter like a lock. But anyone may release it, also one who took none."""

import os
import sys
import time
from threading import BoundedSemaphore, Lock, Semaphore, Thread, current_thread

counter = 0


def work(mutex, inside, times):
    global counter
    for _ in range(times):
        mutex.acquire()  #@ acquire
        check("one at a time", inside.add(1) == 1)  #@ enter
        seen = counter  #@ read
        sleep(1)  #@ count
        counter = seen + 1  #@ write
        inside.add(-1)  #@ leave
        mutex.release()  #@ release


def clean_up(mutex):
    sleep(0.5)  #@ on the way
    mutex.release()  #@ release too many
    say("has released it, to be sure")  #@ tell cleaner


def make_mutex(variant):
    if variant == "bounded-over-release":
        return BoundedSemaphore(1)  #@ bounded
    return Semaphore(1)  #@ plain


def count_all(variant, workers, times):
    mutex = make_mutex(variant)  #@ make
    inside = Shared()
    everyone = []
    for i in range(1, workers + 1):
        everyone.append(Thread(name=f"Worker {i}", target=work, args=(mutex, inside, times)))
    if variant != "semaphore":
        everyone.append(Thread(name="Cleaner", target=clean_up, args=(mutex,)))  #@ cleaner
    for worker in everyone:
        worker.start()  #@ start
    for worker in everyone:
        worker.join()  #@ join

    wanted = workers * times
    total = counter  #@ total
    print("the counter is at", total, "of", wanted)  #@ tell
    check("nothing is lost", total == wanted)  #@ check


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
    chosen, numbers = arguments("semaphore", workers=3, times=2)
    count_all(chosen, **numbers)
