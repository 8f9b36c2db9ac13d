#!/usr/bin/env python3
"""Runs operation sequences with CPython's own primitives; see tests/parity/parity.hpp.

stdin, JSON: {"setup": statements, "names": of the workers, "timeouts": T of each, "pass": seconds, "most_orders": n,
"sequences": [[[worker, call], ...], ...]}, where worker -1 lets the time pass
stdout, a line for each sequence: the transcripts that are possible, by who goes first where several can
"""

import contextlib
import faulthandler
import gc
import json
import sys
import threading
import types

import processes  # first: it replaces what the others import
import turns

import logging  # noqa: E402
import multiprocessing
import queue

queue.SimpleQueue = queue._PySimpleQueue  # the one that is written in Python, with a semaphore of threading

SECONDS_FOR_ONE = 60  # sequence, on a busy machine; whoever hangs is told of, with where it hangs


def show(error):
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def call(text, names):
    try:
        return repr(eval(text, names))
    except Exception as error:
        return show(error)


def serve(names):
    """A worker's whole life: it makes the calls that it is told to make."""
    turns.tell({"done": ""})
    with contextlib.suppress(turns.Leave):
        while (text := turns.hear()) != "leave":
            turns.tell({"done": call(text, names)})


class Orders:
    """All orders in which workers can be let go, one after the other: depth first over the choices."""

    def __init__(self):
        self.chosen = []
        self.depth = 0

    def choose(self, n):
        if self.depth == len(self.chosen):
            self.chosen.append([0, n])
        self.depth += 1
        return self.chosen[self.depth - 1][0]

    def next(self):
        while self.chosen and self.chosen[-1][0] + 1 == self.chosen[-1][1]:
            self.chosen.pop()
        if self.chosen:
            self.chosen[-1][0] += 1
        self.depth = 0
        return bool(self.chosen)


def run_once(request, entries, choose):
    processes.begin_anew()
    driver = turns.Driver(lambda n: 0)
    driver.ended = processes.wait_until_gone
    driver.is_dead = processes.is_dead
    module = types.ModuleType("setup")  # pickle finds its functions by the module's name
    sys.modules["setup"] = module
    names = vars(module)
    names.update(threading=threading, queue=queue, multiprocessing=multiprocessing, call=call)
    exec(request["setup"], names)
    driver.notice_new()
    slots, who = [], request["names"]
    for name, timeout in zip(who, request["timeouts"]):
        own = dict(names, T=timeout)
        slots.append(turns.taken())
        threading.Thread(target=serve, args=(own,), name=name, daemon=True).start()
    driver.settle(lambda slot, result: None)
    driver.choose = choose
    transcript = []
    for worker, text in entries:
        results = {}
        try:
            if worker < 0:
                driver.pass_time(request["pass"], results.__setitem__)
            elif driver.states[slots[worker]] != "idle":
                transcript.append(f"{who[worker]} still waits")
                continue
            else:
                result = driver.move(slots[worker], text)
                if result is not None:
                    results[slots[worker]] = result
                driver.settle(results.__setitem__)
        except turns.Undefined:
            transcript.append("undefined")
            break
        words = [f"{who[slots.index(slot)]}: {results[slot]}" for slot in sorted(results)]
        if worker >= 0 and slots[worker] not in results:
            words.insert(0, f"{who[worker]} blocks")
        transcript.append(", ".join(words))
    processes.end_all()
    driver.dismiss()
    return transcript


def main():
    gc.disable()
    gc.freeze()  # what was imported is not looked at again and again
    logging.disable()
    multiprocessing.set_start_method("fork")  # what all scenarios mean, and the default until Python 3.14
    request = json.load(sys.stdin)
    for entries in request["sequences"]:
        faulthandler.dump_traceback_later(SECONDS_FOR_ONE, exit=True)
        orders = Orders()
        transcripts = []
        for _ in range(request["most_orders"]):
            transcript = run_once(request, entries, orders.choose)
            gc.collect()  # here, not in the middle of the next run: an executor that is collected tells its threads
            if transcript not in transcripts:
                transcripts.append(transcript)
            if not orders.next():
                break
        print(json.dumps(transcripts), flush=True)
    processes.leave_at_once()  # what hangs about at the end of a sequence is nobody's


if __name__ == "__main__":
    main()
