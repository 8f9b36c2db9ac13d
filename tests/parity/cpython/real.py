#!/usr/bin/env python3
"""Runs operation sequences with CPython's library as it is: for what has real processes and threads of its own.

stdin and stdout are driver.py's. Nothing takes turns here, so a sequence's setup says what cannot be asked without a
guess:

    settle()             blocks until everything has happened that can happen without another call
    tells(call)          whether a call that does not end now has done something before it waits; it calls tell(what)
    returns(call, what)  whether that call ends now; if not, it waits for a later one
    tidy()               ends what the sequence has begun

All waits are for what must come. One that takes longer than SECONDS is a failure, not an answer.
"""

import faulthandler
import json
import multiprocessing
import os
import queue
import sys
import threading
import types

SECONDS = 60
local = threading.local()


class Caller:
    """A worker: a thread that makes the calls that it is told to make."""

    def __init__(self, names):
        self.names = names
        self.calls = queue.SimpleQueue()
        self.told = threading.Event()
        self.is_over = threading.Event()
        self.is_over.set()
        self.text = self.result = self.what = None
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        local.caller = self
        while True:
            try:
                self.result = repr(eval(self.calls.get(), self.names))
            except Exception as error:
                self.result = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            self.is_over.set()

    def begin(self, text):
        self.text, self.what = text, None
        self.told.clear()
        self.is_over.clear()
        self.calls.put(text)


def tell(what):
    if caller := getattr(local, "caller", None):
        caller.what = what
        caller.told.set()


def await_event(event, what):
    if not event.wait(SECONDS):
        raise TimeoutError(f"{what} takes more than {SECONDS} s")


kept = {}


def once(name, make):
    """What lives longer than a sequence."""
    if name not in kept:
        kept[name] = make()
    return kept[name]


def run_once(request, entries):
    module = types.ModuleType("setup")
    names = vars(module)
    names.update(once=once, tell=tell, settle=lambda: None, tidy=lambda: None)
    names.update(returns=lambda call, what: True, tells=lambda call: False)
    exec(request["setup"], names)
    who = request["names"]
    callers = [Caller(names) for _ in who]
    transcript = []
    for number, text in entries:
        if number < 0:
            transcript.append("")  # nobody waits for the time
            continue
        caller = callers[number]
        if not caller.is_over.is_set():
            transcript.append(f"{who[number]} still waits")
            continue
        ends = names["returns"](text, None)
        caller.begin(text)
        if ends or names["tells"](text):
            await_event(caller.is_over if ends else caller.told, text)
        names["settle"]()
        words = []
        for name, each in zip(who, callers):
            if each.text is None:
                continue
            if names["returns"](each.text, each.what):
                await_event(each.is_over, each.text)
            if each.is_over.is_set():
                words.append(f"{name}: {each.result}")
                each.text = None
        if caller.text is not None:
            words.insert(0, f"{who[number]} blocks")
        transcript.append(", ".join(words))
    names["tidy"]()
    return transcript


def main():
    multiprocessing.set_start_method("fork")  # what all scenarios mean, and the default until Python 3.14
    request = json.load(sys.stdin)
    for entries in request["sequences"]:
        faulthandler.dump_traceback_later(3 * SECONDS, exit=True)  # whoever hangs is told of, with where it hangs
        print(json.dumps([run_once(request, entries)]), flush=True)
    for each in kept.values():
        each.shutdown()
    os._exit(0)  # threads that wait for ever are left behind


if __name__ == "__main__":
    main()
