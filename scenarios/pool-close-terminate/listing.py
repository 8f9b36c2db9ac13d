"""Some tasks still wait when main has had enough of its pool. How does it leave, and what becomes of them?"""

import os
import sys
import time
from multiprocessing import Pool, Value, current_process

done = Value("i", 0)  # the pool's processes inherit it


def work(number):
    sleep(1)  #@ work
    say(f"has done task {number}")  #@ tell task
    add(done, 1)  #@ count


def submit(pool, number):
    pool.apply_async(work, (number,))  #@ submit


def leave_pool(variant, size, tasks):
    pool = Pool(size)  #@ pool
    for i in range(1, tasks + 1):
        submit(pool, i)  #@ submit all

    if variant == "terminate":
        sleep(1.5)  #@ wait
        pool.terminate()  #@ terminate
    elif variant != "join-without-close":
        pool.close()  #@ close
    if variant == "submit-after-close":
        submit(pool, tasks + 1)  #@ submit after close
    pool.join()  #@ join

    count = done.value  #@ load
    print("the pool has ended")  #@ tell
    if variant == "close-join":
        check("all tasks are done", count == tasks)  #@ check all
    if variant == "terminate":
        check("no task is done twice", count <= tasks)  #@ check some


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
    chosen, numbers = arguments("close-join", size=2, tasks=6)
    leave_pool(chosen, **numbers)
