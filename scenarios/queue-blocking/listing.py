"""A queue with three places and nobody at the other end. What does put do when it is full, get when it is empty?"""

import os
import sys
from queue import Empty, Full, Queue


def put_one_more(variant, queue):
    if variant == "block":
        queue.put("one more")  #@ put
    if variant == "nonblocking":
        queue.put_nowait("one more")  #@ put_nowait
    if variant == "timeout":
        queue.put("one more", timeout=3 * SCALE)  #@ put with timeout


def get_one_more(variant, queue):
    if variant == "nonblocking":
        queue.get_nowait()  #@ get_nowait
    if variant == "timeout":
        queue.get(timeout=3 * SCALE)  #@ get with timeout


def use_queue(variant, places):
    queue = Queue(places)
    for i in range(1, places + 1):
        queue.put(i)  #@ fill
    print("the queue is full", flush=True)  #@ tell full
    full = False
    try:
        put_one_more(variant, queue)  #@ one too many
    except Full as error:
        full = True
        print("put:", type(error).__name__)  #@ tell Full
    check("put raises Full", full)  #@ check Full

    for i in range(1, places + 1):
        print("got", queue.get())  #@ empty
    empty = False
    try:
        get_one_more(variant, queue)  #@ one too few
    except Empty as error:
        empty = True
        print("get:", type(error).__name__)  #@ tell Empty
    check("get raises Empty", empty)  #@ check Empty


def check(what, holds):
    if not holds:
        print(f"check failed: {what}\n", end="", flush=True)


SCALE = float(os.environ.get("LOCKSTEP_TIME_SCALE", "1"))  # all delays are multiplied by it


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
    chosen, numbers = arguments("block", places=3)
    use_queue(chosen, **numbers)
