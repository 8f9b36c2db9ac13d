"""Squares from a pool of two processes. When does main ask for the results?"""

import os
import sys
import time
from multiprocessing import Pool


def square(number):
    sleep(2)  #@ compute
    return number * number  #@ return


def get_in_loop(pool, count):
    squares = []
    for i in range(1, count + 1):
        result = pool.apply_async(square, (i,))  #@ submit
        squares.append(result.get())  #@ get at once
    return squares


def get_after(pool, count):
    results = []
    for i in range(1, count + 1):
        results.append(pool.apply_async(square, (i,)))  #@ submit all
    squares = []
    for result in results:
        squares.append(result.get())  #@ get after
    return squares


def by_map(pool, count):
    return pool.map(square, range(1, count + 1))  #@ map


def by_map_async(pool, count):
    result = pool.map_async(square, range(1, count + 1))  #@ map_async
    print("main can do something else")  #@ meanwhile
    return result.get()  #@ get all


def compute(variant, pool, count):
    if variant == "get-in-loop":
        return get_in_loop(pool, count)  #@ in loop
    if variant == "get-after":
        return get_after(pool, count)  #@ after
    if variant == "map":
        return by_map(pool, count)  #@ by map
    return by_map_async(pool, count)  #@ by map_async


def compute_squares(variant, size, numbers):
    pool = Pool(size)  #@ pool
    squares = compute(variant, pool, numbers)  #@ squares
    in_order = True
    for number, result in enumerate(squares, 1):
        print(number, "times", number, "is", result)  #@ tell
        in_order = in_order and result == number * number
    pool.close()  #@ close
    pool.join()  #@ join
    check("the squares stand in their order", in_order)  #@ check


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
    chosen, parameters = arguments("get-in-loop", size=2, numbers=4)
    compute_squares(chosen, **parameters)
