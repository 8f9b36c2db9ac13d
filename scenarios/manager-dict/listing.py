"""A dict lives in a server process. Many processes take one from its count. Is nothing left at the end?"""

import sys
from multiprocessing import Lock, Manager, Process


def take_one(stock):
    left = stock["count"]  #@ read
    stock["count"] = left - 1  #@ write


def take_one_with_lock(lock, stock):
    with lock:  #@ lock
        take_one(stock)  #@ take


def share_dict(variant, processes):
    manager = Manager()  #@ manager
    stock = manager.dict()  #@ dict
    stock["count"] = processes  #@ fill
    lock = Lock()
    workers = []
    for i in range(1, processes + 1):
        name = f"Taker {i}"
        if variant == "lock":
            workers.append(Process(name=name, target=take_one_with_lock, args=(lock, stock)))
        else:
            workers.append(Process(name=name, target=take_one, args=(stock,)))
    for worker in workers:
        worker.start()  #@ start
    for worker in workers:
        worker.join()  #@ join
    left = stock["count"]  #@ left
    print(left, "left")  #@ tell
    check("nothing is left", left == 0)  #@ check


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
    chosen, numbers = arguments("no-lock", processes=100)
    share_dict(chosen, **numbers)
