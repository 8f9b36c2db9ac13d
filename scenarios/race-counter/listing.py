"""Some workers add to a counter, as many take away from it, equally often. In the end it should be 0 again."""

import sys
from threading import Lock, Thread


def change(counter, by):
    seen = counter.load()  #@ read
    counter.store(seen + by)  #@ write


def change_often(lock, counter, by, count):
    for i in range(count):
        change(counter, by)  #@ change


def change_often_with_lock(lock, counter, by, count):
    for i in range(count):
        with lock:  #@ lock
            change(counter, by)  #@ change, locked


def count_up_and_down(variant, count, workers):
    body = change_often_with_lock if variant == "lock" else change_often
    lock = Lock()
    counter = Counter()

    everyone = []
    for i in range(1, workers + 1):
        everyone.append(Thread(name=f"Adder {i}", target=body, args=(lock, counter, +1, count)))
        everyone.append(Thread(name=f"Taker {i}", target=body, args=(lock, counter, -1, count)))
    for worker in everyone:
        worker.start()  #@ start
    for worker in everyone:
        worker.join()  #@ join

    rest = counter.load()  #@ rest
    print("the counter is at", rest)  #@ tell
    check("counter == 0", rest == 0)  #@ check


class Counter:
    """A number that every thread of the program can read and write."""

    def __init__(self):
        self.value = 0

    def load(self):
        return self.value

    def store(self, value):
        self.value = value


def check(what, holds):
    if not holds:
        print(f"check failed: {what}", flush=True)


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
    chosen, numbers = arguments("no-lock", count=100_000, workers=2)
    count_up_and_down(chosen, **numbers)
