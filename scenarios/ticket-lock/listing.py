"""One ticket, many customers. The file ticket.json says how many are left: buying reads it, then writes it."""

import json
import os
import random
import sys
import tempfile
import time
from multiprocessing import Lock, Process, Value, current_process


def look(ticket):
    left = read_count(ticket)  #@ look
    say(f"sees {left} left")  #@ sees


def buy(ticket, sold):
    left = read_count(ticket)  #@ read
    if left > 0:
        sleep_between(1, 3)  #@ pay
        replace_count(ticket, left - 1)  #@ write
        add_one(sold)  #@ sold
        say("bought a ticket")  #@ bought


def buy_with_torn_write(ticket, sold):
    left = read_count(ticket)  #@ read, torn
    if left > 0:
        sleep_between(1, 3)  #@ pay, torn
        with open(ticket, "w") as file:  #@ truncate
            sleep(1)  #@ half written
            json.dump({"count": left - 1}, file)  #@ write, torn
        add_one(sold)  #@ sold, torn
        say("bought a ticket")  #@ bought, torn


def customer(lock, ticket, sold):
    look(ticket)
    with lock:  #@ lock
        buy(ticket, sold)


def customer_without_lock(lock, ticket, sold):
    look(ticket)
    buy(ticket, sold)


def customer_on_the_way(lock, ticket, sold):
    sleep_between(0, 4)  #@ on the way
    look(ticket)
    with lock:  #@ lock, torn
        buy_with_torn_write(ticket, sold)


def sell_tickets(variant, customers, tickets):
    body = {"lock": customer, "torn-read": customer_on_the_way}.get(variant, customer_without_lock)
    lock = Lock()
    sold = Value("i", 0)
    with tempfile.TemporaryDirectory() as folder:
        ticket = os.path.join(folder, "ticket.json")
        replace_count(ticket, tickets)

        everyone = []
        for i in range(1, customers + 1):
            next_one = Process(name=f"Customer {i}", target=body, args=(lock, ticket, sold))
            next_one.start()  #@ start
            if variant == "join-instead":
                next_one.join()  #@ join at once
            everyone.append(next_one)
        for each in everyone:
            each.join()  #@ join

        total = sold.value  #@ total
        left = read_count(ticket)  #@ left
        print("sold", total, "of", tickets)  #@ tell
        check("sold <= tickets", total <= tickets)  #@ check
        check("sold + left == tickets", total + left == tickets)  #@ check file


def read_count(path):
    with open(path) as file:
        return json.load(file)["count"]


def replace_count(path, count):
    """In one step: whoever reads finds the old file or the new one."""
    new = f"{path}.{os.getpid()}"
    with open(new, "w") as file:
        json.dump({"count": count}, file)
    os.replace(new, path)


def add_one(value):
    with value.get_lock():
        value.value += 1


def say(text):
    print(f"{current_process().name} {text}\n", end="", flush=True)


def check(what, holds):
    if not holds:
        print(f"check failed: {what}", flush=True)


SCALE = float(os.environ.get("LOCKSTEP_TIME_SCALE", "1"))  # all delays are multiplied by it


def sleep(seconds):
    time.sleep(seconds * SCALE)


def sleep_between(least, most):
    sleep(random.uniform(least, most))


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
    chosen, numbers = arguments("lock", customers=11, tickets=1)
    sell_tickets(chosen, **numbers)
