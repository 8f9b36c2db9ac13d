"""Four tasks that compute, or that wait: on threads with one interpreter lock, on threads without it, on processes."""

import os
import sys
import time
from hashlib import sha256
from multiprocessing import Process, Semaphore, Value, current_process
from threading import Thread, current_thread

DATA = bytes(1 << 16)


def finish(machine):
    say("is done")  #@ tell
    add(machine.done, 1)  #@ count


def compute_with_gil(machine):
    begin = time.thread_time()  #@ take GIL
    while time.thread_time() - begin < 1 * SCALE:
        sum(range(1000))  #@ compute with GIL
    finish(machine)


def compute_freely(machine):
    with machine.cores:  #@ take core
        begin = time.thread_time()
        while time.thread_time() - begin < 1 * SCALE:
            sha256(DATA)  #@ compute
        finish(machine)


def wait_with_gil(machine):
    data_ready = time.monotonic() + 1 * SCALE  #@ take GIL to wait
    time.sleep(data_ready - time.monotonic())  #@ wait without GIL
    finish(machine)


def wait_freely(machine):
    sleep(1)  #@ wait
    finish(machine)


def task_of(variant):
    if variant == "cpu-gil-threads":
        return compute_with_gil  #@ cpu, GIL
    if variant == "io-gil-threads":
        return wait_with_gil  #@ io, GIL
    if variant in ("io-threads", "io-processes"):
        return wait_freely  #@ io
    return compute_freely  #@ cpu


def do_tasks(kind, variant, machine, tasks):
    workers = []
    for i in range(1, tasks + 1):
        workers.append(kind(name=f"Task {i}", target=task_of(variant), args=(machine,)))  #@ make
    for worker in workers:
        worker.start()  #@ start
    for worker in workers:
        worker.join()  #@ join


def compare(variant, tasks, cores):
    machine = Machine(cores)
    if variant in ("cpu-processes", "io-processes"):
        do_tasks(Process, variant, machine, tasks)  #@ processes
    else:
        do_tasks(Thread, variant, machine, tasks)  #@ threads
    print("all tasks are done")  #@ end
    check("every task was done", machine.done.value == tasks)  #@ check


class Machine:
    def __init__(self, cores):
        self.cores = Semaphore(cores)
        self.done = Value("i", 0)


def say(text):
    thread = current_thread().name
    name = current_process().name if thread == "MainThread" else thread
    print(f"{name} {text}\n", end="", flush=True)


def add(value, delta):
    with value.get_lock():
        value.value += delta
        return value.value


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
    chosen, numbers = arguments("cpu-gil-threads", tasks=4, cores=2)
    compare(chosen, **numbers)
