"""A producer tells of each new item by an event: set, and at once clear again. Who hears it?"""

import os
import sys
import time
from queue import Queue
from threading import Event, Thread, current_thread


def produce(items, added, count):
    for i in range(1, count + 1):
        sleep(2)  #@ make
        items.put(i)  #@ append
        added.set()  #@ set
        added.clear()  #@ clear


def consume_for_ever(items, added):
    while True:
        sleep(2)  #@ busy
        added.wait()  #@ wait
        item = items.get_nowait()  #@ pop
        say(f"takes {item}")  #@ takes


def produce_then_none(items, added, count):
    for i in range(1, count + 1):
        sleep(2)  #@ make, fixed
        items.put(i)  #@ append, fixed
        added.set()  #@ set, fixed
    items.put(None)  #@ None
    added.set()  #@ set last


def consume_all(items, added, count):
    taken = 0
    while True:
        sleep(2)  #@ busy, fixed
        added.wait()  #@ wait, fixed
        added.clear()  #@ clear, fixed
        while not items.empty():  #@ something there
            item = items.get_nowait()  #@ pop, fixed
            if item is None:
                check("every item was taken", taken == count)  #@ check
                return
            taken += 1
            say(f"takes {item}")  #@ takes, fixed


def run_event(variant, items):
    count = items
    items = Queue()
    added = Event()
    if variant == "fixed":
        producer = Thread(name="Producer", target=produce_then_none, args=(items, added, count))
        consumer = Thread(name="Consumer", target=consume_all, args=(items, added, count))
    else:
        producer = Thread(name="Producer", target=produce, args=(items, added, count))
        consumer = Thread(name="Consumer", target=consume_for_ever, args=(items, added))
    producer.start()  #@ start producer
    consumer.start()  #@ start consumer
    producer.join()  #@ join producer
    consumer.join()  #@ join consumer
    print("both are done")  #@ tell


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
    chosen, numbers = arguments("set-then-clear", items=10)
    run_event(chosen, **numbers)
