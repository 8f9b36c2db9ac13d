"""A child puts three different things into a queue, main takes them out. In what order do they come?"""

import sys
from multiprocessing import Process, Queue


def put_things(queue):
    queue.put(42)  #@ put number
    queue.put(None)  #@ put None
    queue.put("hello")  #@ put text


def take_things(variant):
    queue = Queue()
    child = Process(name="Child", target=put_things, args=(queue,))
    child.start()  #@ start
    first = queue.get()  #@ get first
    print("first:", first)  #@ tell first
    second = queue.get()  #@ get second
    print("second:", second)  #@ tell second
    third = queue.get()  #@ get third
    print("third:", third)  #@ tell third
    child.join()  #@ join
    in_order = first == 42 and second is None and third == "hello"
    check("first in, first out", in_order)  #@ check


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
    chosen, numbers = arguments("fifo")
    take_things(chosen, **numbers)
