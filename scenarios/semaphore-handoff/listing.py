"""A consumer needs a number that a producer makes. A semaphore without permits tells it when."""

import os
import sys
import time
from threading import Semaphore, Thread, current_thread

number = 0


def produce(ready, turn):
    global number
    sleep(10)  #@ make
    number = turn * turn  #@ store
    say(f"has made {turn * turn}")  #@ tell made
    ready.release()  #@ release


def consume(ready, turn):
    ready.acquire()  #@ acquire
    got = number  #@ load
    say(f"has got {got}")  #@ tell got
    check("got what was made", got == turn * turn)  #@ check


def hand_over(variant, rounds):
    ready = Semaphore(0)  #@ no permit
    for turn in range(1, rounds + 1):
        consumer = Thread(name=f"Consumer {turn}", target=consume, args=(ready, turn))
        producer = Thread(name=f"Producer {turn}", target=produce, args=(ready, turn))
        consumer.start()  #@ start consumer
        producer.start()  #@ start producer
        consumer.join()  #@ join consumer
        producer.join()  #@ join producer
    print("all numbers were handed over")  #@ tell


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
    chosen, numbers = arguments("handoff", rounds=5)
    hand_over(chosen, **numbers)
