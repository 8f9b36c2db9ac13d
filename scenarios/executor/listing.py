"""Thirty tasks for an executor with three workers. How many run at the same time?"""

import os
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import Value

running = Value("i", 0)  # the processes inherit it


def work(number, workers):
    check("never more than the workers", add(running, 1) <= workers)  #@ begin
    sleep_between(1, 2)  #@ work
    add(running, -1)  #@ end
    return number * number  #@ return


def sum_squares(kind, workers, tasks):
    executor = kind(workers)  #@ executor
    with executor:  #@ with
        futures = []
        for i in range(1, tasks + 1):
            futures.append(executor.submit(work, i, workers))  #@ submit
        total = 0
        for future in futures:
            total += future.result()  #@ result
        return total


def use_executor(variant, workers, tasks):
    if variant == "threads":
        total = sum_squares(ThreadPoolExecutor, workers, tasks)  #@ threads
    else:
        total = sum_squares(ProcessPoolExecutor, workers, tasks)  #@ processes
    n = tasks
    print("the sum of", n, "squares is", total)  #@ tell
    check("the sum is right", total == n * (n + 1) * (2 * n + 1) // 6)  #@ check


def add(value, delta):
    with value.get_lock():
        value.value += delta
        return value.value


def check(what, holds):
    if not holds:
        print(f"check failed: {what}\n", end="", flush=True)


SCALE = float(os.environ.get("LOCKSTEP_TIME_SCALE", "1"))  # all delays are multiplied by it


def sleep_between(least, most):
    time.sleep(random.uniform(least, most) * SCALE)


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
    chosen, numbers = arguments("threads", workers=3, tasks=30)
    use_executor(chosen, **numbers)
