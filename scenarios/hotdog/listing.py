"""Shops make hotdogs, eaters eat them, a queue lies between. How do the eaters learn that it is over?"""

import os
import random
import sys
import time
from multiprocessing import JoinableQueue, Process, Value, current_process


def make_hotdogs(queue, shop, hotdogs):
    for i in range(1, hotdogs + 1):
        sleep_between(1, 2)  #@ make
        queue.put(f"{shop}·{i}")  #@ put


def make_hotdogs_then_none(queue, shop, hotdogs):
    make_hotdogs(queue, shop, hotdogs)
    queue.put(None)  #@ shop puts None


def eat(hotdog, eaten):
    sleep_between(1, 2)  #@ eat
    say(f"ate {hotdog}")  #@ ate
    add_one(eaten)  #@ count


def eat_for_ever(queue, eaten):
    while True:
        hotdog = queue.get()  #@ get
        eat(hotdog, eaten)
        queue.task_done()  #@ done


def eat_until_none(queue, eaten):
    while True:
        hotdog = queue.get()  #@ get or None
        if hotdog is None:
            return
        eat(hotdog, eaten)


def open_shops(variant, shops, hotdogs, queue):
    body = make_hotdogs_then_none if variant == "sentinel-per-shop" else make_hotdogs
    opened = []
    for name in "ABCDEFGH"[:shops]:
        opened.append(Process(name=f"Shop {name}", target=body, args=(queue, name, hotdogs)))
        opened[-1].start()  #@ open shop
    return opened


def seat_eaters(variant, eaters, queue, eaten):
    body = eat_for_ever if variant in ("joinable", "no-ending") else eat_until_none
    daemon = variant == "joinable"
    seated = []
    for i in range(1, eaters + 1):
        seated.append(Process(name=f"Eater {i}", target=body, args=(queue, eaten), daemon=daemon))
        seated[-1].start()  #@ seat eater
    return seated


def lunch(variant, shops, hotdogs, eaters, capacity):
    queue = JoinableQueue(capacity)
    eaten = Value("i", 0)
    opened = open_shops(variant, shops, hotdogs, queue)
    seated = seat_eaters(variant, eaters, queue, eaten)

    for shop in opened:
        shop.join()  #@ join shops
    if variant == "sentinel-per-eater":
        for _ in seated:
            queue.put(None)  #@ None for each eater
    if variant == "joinable":
        queue.join()  #@ join queue
    else:
        for eater in seated:
            eater.join()  #@ join eaters

    made = shops * hotdogs
    total = eaten.value  #@ total
    print(total, "of", made, "hotdogs were eaten")  #@ tell
    check("eaten == made", total == made)  #@ check


def add_one(value):
    with value.get_lock():
        value.value += 1


def say(text):
    print(f"{current_process().name} {text}\n", end="", flush=True)


def check(what, holds):
    if not holds:
        print(f"check failed: {what}", flush=True)


SCALE = float(os.environ.get("LOCKSTEP_TIME_SCALE", "1"))  # all delays are multiplied by it


def sleep_between(least, most):
    time.sleep(random.uniform(least, most) * SCALE)


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
    chosen, numbers = arguments("joinable", shops=3, hotdogs=3, eaters=2, capacity=4)
    lunch(chosen, **numbers)
