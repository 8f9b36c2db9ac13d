"""The same work twice: by processes that are given a function, and by a class of processes with a run of its own."""

import os
import sys
import time
from multiprocessing import Process, Value, current_process


def add_square(sum, number):
    sleep(1)  #@ compute
    say(f"{number} times {number} is {number * number}")  #@ tell
    add(sum, number * number)  #@ add


class Squarer(Process):
    def __init__(self, name, sum, number):
        super().__init__(name=name)  #@ process
        self.sum = sum
        self.number = number

    def run(self):
        add_square(self.sum, self.number)  #@ run


def compute_twice(variant, processes):
    by_target = Value("i", 0)
    by_class = Value("i", 0)
    workers = []
    for i in range(1, processes + 1):
        workers.append(Process(name=f"Target {i}", target=add_square, args=(by_target, i)))  #@ target
        workers.append(Squarer(f"Squarer {i}", by_class, i))  #@ class
    for worker in workers:
        worker.start()  #@ start
    for worker in workers:
        worker.join()  #@ join
    first = by_target.value  #@ first
    second = by_class.value  #@ second
    print("sums:", first, "and", second)  #@ sums
    check("both ways give the same", first == second)  #@ check


def add(value, delta):
    with value.get_lock():
        value.value += delta
        return value.value


def say(text):
    print(f"{current_process().name} {text}\n", end="", flush=True)


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
    chosen, numbers = arguments("two-ways", processes=5)
    compute_twice(chosen, **numbers)
