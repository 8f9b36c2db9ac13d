"""Processes count in memory that they share: one number and an array. Each access is safe. Is the sum right?"""

import sys
from multiprocessing import Array, Process, Value


def count_without_lock(number, slots, times):
    for i in range(times):
        number.value += 1  #@ number
        slot = i % len(slots)
        slots[slot] += 1  #@ slot


def count_with_lock(number, slots, times):
    for i in range(times):
        with number.get_lock():  #@ lock number
            number.value += 1  #@ number, locked
        slot = i % len(slots)
        with slots.get_lock():  #@ lock slots
            slots[slot] += 1  #@ slot, locked


def count_all(variant, processes, times):
    number = Value("i", 0)  #@ value
    slots = Array("i", 2)  #@ array
    body = count_with_lock if variant == "lock" else count_without_lock
    workers = []
    for i in range(1, processes + 1):
        workers.append(Process(name=f"Counter {i}", target=body, args=(number, slots, times)))
    for worker in workers:
        worker.start()  #@ start
    for worker in workers:
        worker.join()  #@ join
    wanted = processes * times
    total = number.value  #@ total
    sum = slots[0] + slots[1]  #@ sum
    print(f"number: {total}, slots: {sum}")  #@ tell
    check("nothing is lost", total == wanted and sum == wanted)  #@ check


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
    chosen, numbers = arguments("no-lock", processes=3, times=2000)
    count_all(chosen, **numbers)
