"""One producer, three consumers that loop for ever. What must main wait for, so that the program ends?"""

import os
import sys
import time
from queue import Queue
from threading import Lock, Thread, current_thread


def produce(queue, items):
    for i in range(1, items + 1):
        sleep(1)  #@ make
        queue.put(i)  #@ put
    say("has put everything")  #@ all put


def consume_for_ever(queue, taken):
    while True:
        number = queue.get()  #@ get
        say(f"takes {number}")  #@ takes
        taken.add(1)  #@ count
        queue.task_done()  #@ done


def run_queue(variant, items, consumers):
    daemons = variant == "queue-join"
    queue = Queue()
    taken = Shared()
    producer = Thread(name="Producer", target=produce, args=(queue, items))
    everyone = []
    for i in range(1, consumers + 1):
        name = f"Consumer {i}"
        everyone.append(Thread(name=name, target=consume_for_ever, args=(queue, taken), daemon=daemons))  #@ consumer
    producer.start()  #@ start producer
    for consumer in everyone:
        consumer.start()  #@ start consumers

    producer.join()  #@ join producer
    if variant == "join-consumers":
        for consumer in everyone:
            consumer.join()  #@ join consumers
    else:
        queue.join()  #@ join queue
    total = taken.value  #@ total
    print(total, "of", items, "numbers were taken", flush=True)  #@ tell
    check("all numbers were taken", total == items)  #@ check


class Shared:
    """A number that is read, changed and written in one step."""

    def __init__(self):
        self.value = 0
        self.lock = Lock()

    def add(self, delta):
        with self.lock:
            self.value += delta
            return self.value


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
    chosen, numbers = arguments("join-consumers", items=10, consumers=3)
    run_queue(chosen, **numbers)
