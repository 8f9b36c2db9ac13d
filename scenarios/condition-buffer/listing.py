"""Producers put items into a small buffer, consumers take them out. Each waits until there is room, or an item."""

import os
import sys
import time
from threading import Condition, Lock, Thread, current_thread


class Buffer:
    def __init__(self, capacity):
        self.capacity = capacity
        self.items = []
        self.lock = Lock()
        self.not_full = Condition(self.lock)
        self.not_empty = Condition(self.lock)


def put(buffer):
    with buffer.lock:  #@ lock to put
        while len(buffer.items) == buffer.capacity:  #@ full
            buffer.not_full.wait()  #@ wait for room
        buffer.items.append("item")  #@ put
        buffer.not_empty.notify()  #@ notify consumer


def put_silently(buffer):
    with buffer.lock:  #@ lock to put, silent
        while len(buffer.items) == buffer.capacity:  #@ full, silent
            buffer.not_full.wait()  #@ wait for room, silent
        buffer.items.append("item")  #@ put, silent


def pop(buffer):
    if not buffer.items:
        raise IndexError("pop from empty list")  #@ empty list
    buffer.items.pop(0)  #@ pop
    buffer.not_full.notify()  #@ notify producer


def take(buffer):
    with buffer.lock:  #@ lock to take
        while not buffer.items:  #@ while
            buffer.not_empty.wait()  #@ wait for item
        pop(buffer)  #@ take


def take_after_if(buffer):
    with buffer.lock:  #@ lock to take, if
        if not buffer.items:  #@ if
            buffer.not_empty.wait()  #@ wait for item, if
        pop(buffer)  #@ take, if


def produce(variant, buffer, items):
    for _ in range(items):
        sleep(1)  #@ make
        if variant == "notify-missing":
            put_silently(buffer)  #@ produce silently
        else:
            put(buffer)  #@ produce
    say("has made everything")  #@ made


def consume(variant, buffer, share):
    for _ in range(share):
        if variant == "if":
            take_after_if(buffer)  #@ consume after if
        else:
            take(buffer)  #@ consume
        sleep(2)  #@ use
    say("has had its share")  #@ had


def run_buffer(variant, capacity, items, producers, consumers):
    buffer = Buffer(capacity)
    total = items * producers
    workers = []
    for i in range(1, producers + 1):
        workers.append(Thread(name=f"Producer {i}", target=produce, args=(variant, buffer, items)))
    for i in range(1, consumers + 1):
        share = total // consumers + (i <= total % consumers)  #@ share
        workers.append(Thread(name=f"Consumer {i}", target=consume, args=(variant, buffer, share)))
    for worker in workers:
        worker.start()  #@ start
    for worker in workers:
        worker.join()  #@ join
    left = len(buffer.items)  #@ left
    print(left, "items are left over")  #@ tell
    check("nothing is left over", left == 0)  #@ check


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
    chosen, numbers = arguments("while", capacity=10, items=20, producers=1, consumers=1)
    run_buffer(chosen, **numbers)
