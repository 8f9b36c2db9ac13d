"""Two processes tell who they are: name, pid and the pid of their parent. One of them was given no name."""

import os
import sys
import time
from multiprocessing import Process, current_process


def introduce(main_pid):
    say(f"I am {current_process().name}, pid is {os.getpid()}")  #@ who
    parent = os.getppid()  #@ parent
    say(f"my parent's pid is {parent}")  #@ tell parent
    check("main is my parent", parent == main_pid)  #@ check
    sleep(3)  #@ work


def name_processes(variant):
    pid = os.getpid()  #@ own pid
    print(f"I am {current_process().name}, pid is {pid}", flush=True)  #@ main
    print(f"my parent's pid is {os.getppid()}", flush=True)  #@ launcher
    named = Process(name="Baker", target=introduce, args=(pid,))  #@ named
    nameless = Process(target=introduce, args=(pid,))  #@ nameless
    named.start()  #@ start named
    nameless.start()  #@ start nameless
    named.join()  #@ join named
    nameless.join()  #@ join nameless
    print("the second one was called", nameless.name)  #@ tell


def say(text):
    print(f"{current_process().name} {text}\n", end="", flush=True)


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
    current_process().name = "main"  # Python calls it MainProcess
    chosen, numbers = arguments("names")
    name_processes(chosen, **numbers)
