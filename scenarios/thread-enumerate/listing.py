"""main asks who is there: its own name, how many threads are alive, and which."""

import os
import sys
import time
from threading import Thread, active_count, current_thread, enumerate


def work():
    sleep(1)  #@ work


def ask_around(variant):
    print("my name is", current_thread().name)  #@ own name
    helper = Thread(name="Helper", target=work)
    print("threads alive before start:", active_count())  #@ before
    helper.start()  #@ start
    print("threads alive after start:", active_count())  #@ count
    names = [thread.name for thread in enumerate()]  #@ enumerate
    print("they are:", ", ".join(names))  #@ names
    check("main is one of them", names[0] == "main")  #@ check main
    helper.join()  #@ join
    left = active_count()  #@ after
    print("threads alive after join:", left)  #@ tell
    check("only main is left", left == 1)  #@ check


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
    current_thread().name = "main"  # Python calls it MainThread
    chosen, numbers = arguments("enumerate")
    ask_around(chosen, **numbers)
