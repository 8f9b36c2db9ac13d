"""A worker takes one lock several times and releases it as often, or not. When can the next worker have it?"""

import os
import sys
import time
from threading import Lock, RLock, Thread, current_thread


def take_and_give_back(lock, times, releases):
    for i in range(1, times + 1):
        lock.acquire()  #@ acquire
        say(f"is at level {i}")  #@ has
    sleep(1)  #@ use
    for i in range(1, releases + 1):
        lock.release()  #@ release
        say(f"is back at level {times - i}")  #@ released


def release_what_others_own(lock):
    refused = False
    try:
        lock.release()  #@ foreign release
    except RuntimeError as error:
        refused = True
        print(f"may not release it: RuntimeError: {error}\n", end="", flush=True)  #@ refused
    check("only the owner may release", refused)  #@ check


def share_lock(variant, times):
    releases = times - 1 if variant == "too-few-releases" else times
    lock = Lock() if variant == "lock" else RLock()
    first = Thread(name="Worker 1", target=take_and_give_back, args=(lock, times, releases))
    second = Thread(name="Worker 2", target=take_and_give_back, args=(lock, times, releases))
    first.start()  #@ start first
    second.start()  #@ start second
    if variant == "rlock":
        release_what_others_own(lock)  #@ try
    first.join()  #@ join first
    second.join()  #@ join second
    print("both had their turn")  #@ tell


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
    chosen, numbers = arguments("rlock", times=2)
    share_lock(chosen, **numbers)
