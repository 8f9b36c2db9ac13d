"""A server needs five seconds to start. How does a client learn that it is up: by asking, or by waiting?"""

import os
import sys
import time
from threading import Event, Thread, current_thread

TRIES = 20


def serve(up):
    sleep(5)  #@ start-up
    say("is up")  #@ tell up
    up.set()  #@ set


def connect_client(up):
    check("the server is up", up.is_set())  #@ check
    say("is connected")  #@ connected


def polling_client(up):
    sleep(0.5)  #@ poller comes
    for attempt in range(1, TRIES + 1):
        if up.is_set():  #@ try
            return connect_client(up)
        say(f"try {attempt} failed")  #@ failed
        sleep(1)  #@ pause
    say(f"gave up after {TRIES} tries")  #@ give up


def waiting_client(up):
    sleep(0.5)  #@ waiter comes
    up.wait()  #@ wait
    connect_client(up)


def start_all(variant, clients):
    body = polling_client if variant == "polling" else waiting_client
    up = Event()
    server = Thread(name="Server", target=serve, args=(up,))
    callers = [Thread(name=f"Client {i}", target=body, args=(up,)) for i in range(1, clients + 1)]
    server.start()  #@ start server
    for client in callers:
        client.start()  #@ start clients
    server.join()  #@ join server
    for client in callers:
        client.join()  #@ join clients


def say(text):
    print(f"{current_thread().name} {text}\n", end="", flush=True)


def check(what, holds):
    if not holds:
        print(f"check failed: {what}", flush=True)


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
    chosen, numbers = arguments("polling", clients=1)
    start_all(chosen, **numbers)
