"""Five tasks for a pool of two processes: handed over all at once, or one after the other."""

import os
import sys
import time
from multiprocessing import Pool, current_process


def work(number):
    sleep(3)  #@ work
    say(f"has done task {number}")  #@ done
    return current_process().name  #@ return


def apply_each(pool, tasks):
    names = []
    for i in range(1, tasks + 1):
        names.append(pool.apply(work, (i,)))  #@ apply
    return names


def apply_all(pool, tasks):
    results = []
    for i in range(1, tasks + 1):
        results.append(pool.apply_async(work, (i,)))  #@ apply_async
    names = []
    for result in results:
        names.append(result.get())  #@ get
    return names


def use_pool(variant, size, tasks):
    pool = Pool(size)  #@ pool
    names = apply_each(pool, tasks) if variant == "apply" else apply_all(pool, tasks)  #@ hand over
    pool.close()  #@ close
    pool.join()  #@ join
    print("all tasks are done")  #@ tell
    check("no more processes than the pool has", len(set(names)) <= size)  #@ check


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
    chosen, numbers = arguments("apply-async", size=2, tasks=5)
    use_pool(chosen, **numbers)
