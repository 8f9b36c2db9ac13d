"""Philosophers at a table. Each needs the two tools beside the plate to eat, and takes one after the other."""

import os
import random
import sys
import time
from threading import Lock, RLock, Thread, current_thread

TRIES = 3


def dine(first, second):
    first.acquire()  #@ first
    sleep(0.1)  #@ reach
    second.acquire()  #@ second
    say("eats")  #@ eat
    second.release()  #@ second back
    first.release()  #@ first back


def dine_politely(first, second):
    for attempt in range(TRIES):
        first.acquire()  #@ first, polite
        sleep(0.1)  #@ reach, polite
        got_both = second.acquire(timeout=0.2 * SCALE)  #@ second, polite
        if got_both:
            say("eats")  #@ eat, polite
            second.release()  #@ second back, polite
        first.release()  #@ first back, polite
        if got_both:
            return
        sleep_between(0, 0.3)  #@ stand back
    say(f"gave up after {TRIES} tries: perhaps a livelock")  #@ give up
    check("the tries have an end", True)  #@ end of tries


def lay_table(variant, philosophers):
    kind = RLock if variant == "opposite-order-rlock" else Lock
    return [kind() for tool in range(philosophers)]  # Fork, Plate, Spoon, Cup, Knife, Bowl, Glass


def dinner(variant, philosophers):
    body = dine_politely if variant == "try-with-timeout" else dine
    tools = lay_table(variant, philosophers)
    seated = []
    for i in range(philosophers):
        first, second = tools[i], tools[(i + 1) % philosophers]
        if variant == "same-order" and i + 1 == philosophers:
            first, second = second, first
        seated.append(Thread(name=f"Philosopher {i + 1}", target=body, args=(first, second)))
        seated[-1].start()  #@ start
    for philosopher in seated:
        philosopher.join()  #@ join
    print("all have left the table")  #@ tell


def say(text):
    print(f"{current_thread().name} {text}\n", end="", flush=True)


def check(what, holds):
    if not holds:
        print(f"check failed: {what}", flush=True)


SCALE = float(os.environ.get("LOCKSTEP_TIME_SCALE", "1"))  # all delays are multiplied by it


def sleep(seconds):
    time.sleep(seconds * SCALE)


def sleep_between(least, most):
    sleep(random.uniform(least, most))


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
    chosen, numbers = arguments("opposite-order", philosophers=2)
    dinner(chosen, **numbers)
