"""main ends while a worker still has five seconds of work. Does the program wait for it?"""

import os
import sys
import time
from threading import Thread


def work():
    sleep(5)  #@ work
    print("Worker has finished\n", end="", flush=True)  #@ finished


def end_early(variant):
    worker = Thread(name="Worker", daemon=variant == "daemon", target=work)  #@ make
    worker.start()  #@ start
    print("main has nothing more to do", flush=True)  #@ tell


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
