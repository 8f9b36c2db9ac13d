"""Three threads. Two are given a name, the third one gets one by itself."""

import os
import sys
import time
from threading import Thread, current_thread


def work():
    say(f"is starting, as {current_thread().name}")  #@ starting
    sleep(2)  #@ work
    say(f"is exiting, as {current_thread().name}")  #@ exiting


def name_threads(variant):
    baker = Thread(name="Baker", target=work)  #@ baker
    brewer = Thread(name="Brewer", target=work)  #@ brewer
    nameless = Thread(target=work)  #@ nameless
    for thread in (baker, brewer, nameless):
        thread.start()  #@ start
    for thread in (baker, brewer, nameless):
        thread.join()  #@ join
    print("the third one was called", nameless.name)  #@ tell


def say(text):
    print(f"{current_thread().name} {text}\n", end="", flush=True)


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
    chosen, numbers = arguments("names")
    name_threads(chosen, **numbers)
