"""A Pool and a ProcessPoolExecutor of two workers with tasks that wait at gates; for real.py.

A task of number k says that it has begun and waits until finish(k). Tasks begin in the order in which they were given,
so it is known which of them have begun and which are done once everything has happened that can: see settle.
"""

import multiprocessing
import multiprocessing.pool
import os
import re
import signal
import threading
from concurrent.futures import ProcessPoolExecutor

WORKERS = 2
MOST = 48
SECONDS = 60

work = None  # the current one; a worker process has the copy that it was forked with


def wait_at_gate(k):
    work.begun[k].release()
    work.gates[k].acquire()


def square(k, n):
    wait_at_gate(k)
    return n * n


def fail(k):
    wait_at_gate(k)
    raise ValueError("no")


def die(k):
    wait_at_gate(k)
    os.kill(os.getpid(), signal.SIGKILL)


def twice(n):
    return 2 * n


def check(n):
    if n == 3:
        raise ValueError("three")
    return n


def text(error):
    return error and f"{type(error).__name__}: {error}"


class Gates:
    """What both have in common. Subclasses: is_ready(result), await_end(result)."""

    def __init__(self):
        global work
        work = self
        self.gates = [multiprocessing.Semaphore(0) for _ in range(MOST)]
        self.begun = [multiprocessing.Semaphore(0) for _ in range(MOST)]
        self.submitted = []  # (result, gate or None)
        self.said, self.released, self.arrived = [], set(), set()
        self.held = 0

    def finish(self, k):
        self.released.add(k)
        self.gates[k].release()

    def note(self, result, function, arguments):
        self.submitted.append((result, arguments[0] if function in (square, fail, die) else None))

    def settle(self):
        self.held = 0
        for result, gate in self.submitted:
            if self.has_ended() or self.held == WORKERS:
                return
            if self.is_ready(result):
                continue
            if gate is None or gate in self.released:
                self.await_end(result)
                if not self.is_ready(result):
                    raise TimeoutError(f"a task takes more than {SECONDS} s")
                continue
            if gate not in self.arrived:
                if not self.begun[gate].acquire(timeout=SECONDS):
                    raise TimeoutError(f"a task does not begin within {SECONDS} s")
                self.arrived.add(gate)
            self.held += 1


class PoolWork(Gates):
    def __init__(self, tell):
        super().__init__()
        self.results, self.maps = [], []
        self.pool = multiprocessing.Pool(WORKERS)
        self.pool.apply_async = self.noted(self.pool.apply_async, tell)
        self.pool._map_async = self.noted(self.pool._map_async, tell)

    def noted(self, submit, tell):
        def submit_and_note(function, arguments=(), *rest, **options):
            result = submit(function, arguments, *rest, **options)
            self.note(result, function, arguments)
            tell(result)
            return result

        return submit_and_note

    def begin(self, function, *arguments, **options):
        self.results.append(self.pool.apply_async(function, (len(self.results), *arguments), **options))

    def is_ready(self, result):
        return result.ready()

    def await_end(self, result):
        result.wait(SECONDS)

    def has_ended(self):
        return self.pool._state == multiprocessing.pool.TERMINATE

    def returns(self, call, result):
        """`result`: of the call's own task, once it is submitted."""
        if found := re.match(r"w\.(results|maps)\[(\d)\]\.(get|wait)\(\)", call):
            of = getattr(self, found[1])
            return int(found[2]) >= len(of) or of[int(found[2])].ready()
        is_open = self.pool._state == multiprocessing.pool.RUN
        if call.startswith(("pool.apply(", "pool.map(")):
            return result.ready() if result else not is_open or self.held < WORKERS
        if call == "pool.join()":
            return is_open or self.has_ended() or all(each.ready() for each, _ in self.submitted)
        return True

    def tells(self, call):
        return call.startswith(("pool.apply(", "pool.map("))

    def tidy(self):
        self.pool.terminate()
        self.pool.join()


class ExecutorWork(Gates):
    def __init__(self, tell):
        super().__init__()
        self.futures, self.is_told, self.tell = [], {}, tell
        self.executor = ProcessPoolExecutor(WORKERS)
        self.waits_no_more = self.is_shut = False
        self.thread = None

    def begin(self, function, *arguments):
        future = self.executor.submit(function, len(self.futures), *arguments)
        self.thread = self.thread or self.executor._executor_manager_thread
        self.note(future, function, (len(self.futures),))
        self.futures.append(future)
        told, invoke = threading.Event(), future._invoke_callbacks

        def invoke_and_tell():
            invoke()
            told.set()

        future._invoke_callbacks, self.is_told[future] = invoke_and_tell, told

    def is_ready(self, future):
        return future.done() and self.is_told[future].wait(SECONDS)

    def await_end(self, future):
        self.is_told[future].wait(SECONDS)

    def settle(self):
        super().settle()
        if any(f.done() and not f.cancelled() and text(f.exception(0) or "").startswith("Broken") for f in self.futures):
            for each in self.futures:
                self.await_end(each)

    def has_ended(self):
        return False

    def unfinished(self, k=None):
        return sum(not each.done() for each in self.futures[:k])

    def ask(self, k, question):
        """Nothing is asked of a future whose task waits in the queue that CPython fills ahead of its workers."""
        future = self.futures[k]
        is_ahead = not future.done() and WORKERS <= self.unfinished(k) < WORKERS + 3
        return "it may be queued ahead" if is_ahead else getattr(future, question)()

    def map(self):
        return ["busy"] if self.unfinished() >= WORKERS else list(self.executor.map(twice, [1, 2, 3]))

    def shutdown(self, wait):
        """After wait=False CPython has forgotten whom to wait for."""
        if self.waits_no_more:
            return "once without waiting"
        self.waits_no_more = not wait
        if not wait or not self.is_shut:
            self.executor.shutdown(wait=False)
        self.is_shut = True
        self.tell("nothing can be submitted any more")
        if wait and self.thread:
            self.thread.join()  # all that shutdown does, but for closing a queue, which two must not do at once

    def returns(self, call, what):
        if found := re.match(r"\w*\(?w\.futures\[(\d)\]\.(result|exception)\(\)", call):
            return int(found[1]) >= len(self.futures) or self.futures[int(found[1])].done()
        return call != "w.shutdown(True)" or self.unfinished() == 0 or (self.waits_no_more and not what)

    def tells(self, call):
        return call == "w.shutdown(True)"

    def tidy(self):
        self.executor.shutdown(wait=False, cancel_futures=True)
        for gate in self.gates:
            gate.release()
        self.thread.join()
