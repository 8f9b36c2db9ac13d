"""The life of a process, seen by its parent: not yet started, alive, ended by itself or terminated."""

import os
import sys
import time
from multiprocessing import Process


def work():
    sleep(5)  #@ work


def tell_alive(when, child):
    alive = child.is_alive()  #@ ask
    print(f"{when}:", "alive" if alive else "not alive", flush=True)  #@ tell
    return alive


def tell_exitcode(child, terminated):
    code = child.exitcode  #@ exit code
    print("its exit code is", code)  #@ tell exit code
    check("the exit code says how it ended", code == 0 or (terminated and code == -15))  #@ check exit code


def join_child(child):
    tell_alive("before join", child)  #@ before join
    child.join()  #@ join
    check("after join it has ended", not tell_alive("after join", child))  #@ after join


def terminate_child(child):
    sleep(1)  #@ wait
    child.terminate()  #@ terminate
    tell_alive("just after terminate", child)  #@ just after
    sleep(1)  #@ wait again
    tell_alive("1 s later", child)  #@ later
    child.join()  #@ join terminated


def join_with_timeout(child):
    child.join(timeout=1 * SCALE)  #@ join for 1 s
    ended = child.exitcode is not None
    print("join has returned after at most 1 s")  #@ tell join
    alive = tell_alive("after the time-out", child)  #@ after time-out
    check("whoever was joined has ended", not ended or not alive)  #@ check join
    child.join()  #@ join again
    check("now it has ended", not tell_alive("after the second join", child))  #@ after second join


def follow_child(variant):
    child = Process(name="Child", target=work)
    check("it is not alive yet", not tell_alive("before start", child))  #@ before start
    child.start()  #@ start
    if variant == "join":
        join_child(child)  #@ variant join
    if variant == "terminate":
        terminate_child(child)  #@ variant terminate
    if variant == "join-timeout":
        join_with_timeout(child)  #@ variant join-timeout
    tell_exitcode(child, variant == "terminate")  #@ how it ended


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
    chosen, numbers = arguments("join")
    follow_child(chosen, **numbers)
