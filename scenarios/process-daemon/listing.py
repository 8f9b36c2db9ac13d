"""main says two lines and ends, while its child still sleeps. What becomes of the child?"""

import os
import sys
import time
from multiprocessing import Process, current_process


def work():
    sleep(3)  #@ work
    say("has finished, too")  #@ finished


def end_early(variant):
    child = Process(name="Child", target=work, daemon=variant == "daemon")  #@ make
    child.start()  #@ start
    print("main has started a child", flush=True)  #@ first line
    print("main has finished", flush=True)  #@ second line


def say(text):
    print(f"{current_process().name} {text}\n", end="", flush=True)


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
    chosen, numbers = arguments("daemon")
    end_early(chosen, **numbers)
