"""main starts a child and prints a line. So does the child. Whose line comes first?"""

import sys
from multiprocessing import Process, Value, current_process


def speak(lines):
    say("is here")  #@ child speaks
    add(lines, 1)  #@ child has spoken


def start_child(variant):
    lines = Value("i", 0)
    child = Process(name="Child", target=speak, args=(lines,))
    child.start()  #@ start
    if variant == "join":
        child.join()  #@ join
    print("main goes on\n", end="", flush=True)  #@ main speaks
    before = lines.value  #@ look
    if variant == "join":
        check("the child was first", before == 1)  #@ check


def add(value, delta):
    with value.get_lock():
        value.value += delta
        return value.value


def say(text):
    print(f"{current_process().name} {text}\n", end="", flush=True)


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
    chosen, numbers = arguments("no-wait")
    start_child(chosen, **numbers)
