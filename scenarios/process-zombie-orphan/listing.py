"""A child that ends before its parent waits for it, and a child that outlives its parent: what the kernel says."""

import os
import sys
import time
from multiprocessing import Event, Process, Semaphore, current_process


def end_at_once():
    say("ends at once")  #@ end


def kernel_state(pid):
    """The letter in /proc/PID/stat."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "gone"


def look_at_zombie():
    child = Process(name="Child", target=end_at_once)
    child.start()  #@ start
    sleep(2)  #@ not waiting
    before = kernel_state(child.pid)  #@ look
    print("state of the child:", before)  #@ tell
    child.join()  #@ join
    after = kernel_state(child.pid)  #@ look again
    print("after join:", after)  #@ tell again
    check("after join nothing is left", after == "gone")  #@ check zombie


def live_on(born, orphaned, ended):
    father = os.getppid()  #@ father
    say(f"my parent's pid is {father}")  #@ tell father
    born.release()  #@ born
    orphaned.wait()  #@ wait
    adopter = os.getppid()  #@ adopter
    say(f"my parent's pid is {adopter} now")  #@ tell adopter
    check("somebody has adopted the child", adopter != father)  #@ check orphan
    ended.release()  #@ child ends


def have_child(born, orphaned, ended):
    child = Process(name="Child", target=live_on, args=(born, orphaned, ended))
    child.start()  #@ start child
    sleep(60)  #@ father works


def look_at_orphan():
    born = Semaphore(0)
    orphaned = Event()
    ended = Semaphore(0)
    father = Process(name="Father", target=have_child, args=(born, orphaned, ended))
    father.start()  #@ start father
    born.acquire()  #@ wait for child
    father.kill()  #@ kill
    father.join()  #@ join father
    orphaned.set()  #@ orphaned
    ended.acquire()  #@ wait for end
    print("the child has outlived its father")  #@ tell outlived


def ask_kernel(variant):
    if variant == "zombie":
        look_at_zombie()  #@ zombie
    else:
        look_at_orphan()  #@ orphan


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
    chosen, numbers = arguments("zombie")
    ask_kernel(chosen, **numbers)
