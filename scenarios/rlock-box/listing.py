"""A box whose methods take its lock, and call another method that takes the same lock again."""

import os
import sys
import time
from threading import Lock, RLock, Thread, current_thread


class Box:
    def __init__(self, lock):
        self.lock = lock
        self.count = 0

    def execute(self, change):
        with self.lock:  #@ inner lock
            self.count += change  #@ change

    def add(self):
        with self.lock:  #@ add lock
            self.execute(+1)  #@ add

    def remove(self):
        with self.lock:  #@ remove lock
            self.execute(-1)  #@ remove

    def items(self):
        return self.count  #@ items


def adder(box, items):
    for i in range(1, items + 1):
        box.add()  #@ add one
        say(f"added one, {items - i} to go")  #@ added
        sleep(1)  #@ fetch


def remover(box, items):
    for i in range(1, items + 1):
        box.remove()  #@ remove one
        say(f"removed one, {items - i} to go")  #@ removed
        sleep(1)  #@ carry


def move_items(variant, items):
    box = Box(RLock() if variant == "rlock" else Lock())
    first = Thread(name="Adder", target=adder, args=(box, items))
    second = Thread(name="Remover", target=remover, args=(box, items))
    first.start()  #@ start adder
    second.start()  #@ start remover
    first.join()  #@ join adder
    second.join()  #@ join remover

    left = box.items()  #@ left
    print(left, "items in the box")  #@ tell
    check("the box is as it was", left == 0)  #@ check


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
    chosen, numbers = arguments("rlock", items=5)
    move_items(chosen, **numbers)
