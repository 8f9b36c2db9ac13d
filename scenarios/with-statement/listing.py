"""Whoever takes a lock must release it on every way out, also on the way of an error. Who takes care of that?"""

import os
import sys
import time
from threading import Condition, Lock, RLock, Semaphore, Thread, current_thread


def use(name, goes_wrong):
    say(f"uses the {name}")  #@ use
    sleep(0.5)  #@ work
    if goes_wrong:
        raise ValueError("out of paper")  #@ raise


def by_hand(tool, name, goes_wrong):
    tool.acquire()  #@ acquire
    use(name, goes_wrong)  #@ inside, by hand
    tool.release()  #@ release


def by_with(tool, name, goes_wrong):
    with tool:  #@ with
        use(name, goes_wrong)  #@ inside, by with


def take(variant, tool, name):
    goes_wrong = variant != "plain"
    try:
        if variant != "exception-with-with":
            by_hand(tool, name, goes_wrong)  #@ by hand
        if variant != "exception-without-with":
            by_with(tool, name, goes_wrong)  #@ by with
    except ValueError as error:
        say(f"ValueError: {error}")  #@ caught


def take_all(variant, tools):
    lock, rlock, condition, semaphore = tools
    take(variant, lock, "lock")  #@ take lock
    take(variant, rlock, "rlock")  #@ take rlock
    take(variant, condition, "condition")  #@ take condition
    take(variant, semaphore, "semaphore")  #@ take semaphore


def is_free(tool):
    got = tool.acquire(timeout=0)  #@ try
    if got:
        tool.release()  #@ put back
    return got


def use_tools(variant):
    tools = Lock(), RLock(), Condition(), Semaphore(1)
    first = Thread(name="Worker 1", target=take_all, args=(variant, tools))
    second = Thread(name="Worker 2", target=take_all, args=(variant, tools))
    first.start()  #@ start first
    second.start()  #@ start second
    first.join()  #@ join first
    second.join()  #@ join second

    all_free = all(is_free(tool) for tool in tools)  #@ all free
    print("everything is free again")  #@ tell
    check("everything is free again", all_free)  #@ check


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
    chosen, numbers = arguments("plain")
    use_tools(chosen, **numbers)
