"""Three processes sleep 1, 2 and 3 seconds. How long does that take in all?"""

import os
import sys
import time
from multiprocessing import Process, current_process


def work(seconds):
    sleep(seconds)  #@ sleep
    say(f"has slept {seconds} s")  #@ tell


def join(worker):
    worker.join()  #@ join
    check("it has ended", not worker.is_alive())  #@ check


def start_processes(variant):
    workers = []
    for seconds in range(1, 4):
        following = Process(name=f"Sleeper {seconds}", target=work, args=(seconds,))  #@ make
        following.start()  #@ start
        if variant == "join-in-loop":
            join(following)  #@ join at once
        workers.append(following)
    if variant == "all-then-join":
        for worker in workers:
            join(worker)  #@ join all
    print("all have slept")  #@ end


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
    chosen, numbers = arguments("all-then-join")
    start_processes(chosen, **numbers)
