"""main has a value, and a worker changes it. Does main see the change? It depends on what the worker is."""

import sys
from multiprocessing import Process
from threading import Thread

OLD = 100
NEW = 0
value = OLD


def change():
    global value
    say(f"finds {value}")  #@ find
    value = NEW  #@ change
    say(f"leaves {value}")  #@ leave


def let_change(kind):
    worker = kind(name="Worker", target=change)  #@ make
    worker.start()  #@ start
    worker.join()  #@ join


def look_after_it(variant):
    if variant == "thread":
        let_change(Thread)  #@ thread
    else:
        let_change(Process)  #@ process
    seen = value  #@ look
    print("main sees", seen)  #@ tell
    if variant == "thread":
        check("main sees the change", seen == NEW)  #@ check thread
    else:
        check("main keeps its own value", seen == OLD)  #@ check process


def say(text):
    print(f"Worker {text}\n", end="", flush=True)


def check(what, holds):
    if not holds:
        print(f"check failed: {what}\n", end="", flush=True)


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
    chosen, numbers = arguments("thread")
    look_after_it(chosen, **numbers)
