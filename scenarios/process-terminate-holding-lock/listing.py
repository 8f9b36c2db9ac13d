"""A process that writes with a lock in its hand is to be stopped. By force, or by a question?"""

import os
import sys
import time
from multiprocessing import Event, Lock, Process, current_process


def write_pages(lock, stop, pages):
    for page in range(1, pages + 1):
        if stop.is_set():
            return  #@ asked to stop
        with lock:  #@ lock to write
            sleep(1)  #@ write
            say(f"has written page {page}")  #@ written


def read_page(lock):
    with lock:  #@ lock to read
        say("reads the last page")  #@ read


def stop_writer(variant, pages):
    lock = Lock()
    stop = Event()
    writer = Process(name="Writer", target=write_pages, args=(lock, stop, pages))
    reader = Process(name="Reader", target=read_page, args=(lock,))
    writer.start()  #@ start writer
    sleep(1.5)  #@ wait
    if variant == "terminate":
        writer.terminate()  #@ terminate
    if variant == "ask-to-stop":
        stop.set()  #@ ask
    writer.join()  #@ join writer
    reader.start()  #@ start reader
    reader.join()  #@ join reader
    print("the reader has read")  #@ tell


def say(text):
    print(f"{current_process().name} {text}\n", end="", flush=True)


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
    chosen, numbers = arguments("terminate", pages=5)
    stop_writer(chosen, **numbers)
