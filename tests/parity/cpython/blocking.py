"""CPython's primitives with the places where their C code would block turned into turns.

Only these are replaced: the lock and the recursive lock of module _thread, thread start and end, and the clock. Each
still does its work, non-blocking, on the object of C that it stands for. All that threading, queue and
concurrent.futures build on them is the installed library's own code.

To be imported before queue and concurrent.futures.
"""

import _thread
import itertools
import threading
import time

import turns

_real_lock = _thread.allocate_lock
_real_start = _thread.start_new_thread


class Lock:
    def __init__(self):
        self._lock = _real_lock()

    def _may_take(self):
        return not self._lock.locked()

    def acquire(self, blocking=True, timeout=-1):
        if not blocking or timeout == 0 or (timeout < 0 and timeout != -1):
            return self._lock.acquire(blocking, timeout)
        return turns.wait_for(self._may_take, None if timeout == -1 else timeout) and self._lock.acquire()

    def release(self):
        self._lock.release()

    def locked(self):
        return self._lock.locked()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *error):
        self.release()

    def _at_fork_reinit(self):
        self._lock._at_fork_reinit()


class RLock:
    def __init__(self):
        self._lock = _thread.RLock()

    def _may_take(self):
        if not self._lock.acquire(False):
            return False
        self._lock.release()
        return True

    def acquire(self, blocking=True, timeout=-1):
        if not blocking or timeout == 0 or (timeout < 0 and timeout != -1):
            return self._lock.acquire(blocking, timeout)
        return turns.wait_for(self._may_take, None if timeout == -1 else timeout) and self._lock.acquire()

    def _acquire_restore(self, state):
        turns.wait_for(self._may_take)
        self._lock._acquire_restore(state)

    def __enter__(self):
        self.acquire()

    def __exit__(self, *error):
        self.release()

    def __getattr__(self, name):
        return getattr(self._lock, name)


def in_turn(slot, function, arguments=()):
    """What a thread does that is the worker of that slot."""

    def run():
        turns.become(slot)
        try:
            turns.wait_for_first_turn()
            function(*arguments)
        except turns.Leave:
            pass
        turns.tell({"ended": slot})

    return run


ends_of_threads = {}  # by slot: blocks until the thread is gone


def wait_until_gone(slot):
    """The worker said that it ends; its thread is gone when this returns."""
    if slot in ends_of_threads:
        ends_of_threads[slot]()


class ThreadHandle:
    """Since Python 3.13: whom C code tells that a thread is gone."""

    def __init__(self):
        self._real = _thread._ThreadHandle()

    def join(self, timeout=None):
        if turns.wait_for(self._real.is_done, timeout):
            self._real.join()

    def __getattr__(self, name):
        return getattr(self._real, name)


def start_joinable_thread(function, handle, daemon):
    slot = turns.take_slot()
    ends_of_threads[slot] = handle._real.join
    return _real_start_joinable(in_turn(slot, function), handle=handle._real, daemon=daemon)


class EndOfThread(Lock):
    """Before: the lock that C code releases when a thread is gone."""

    def __init__(self):
        self._lock = _real_sentinel()
        ends_of_threads[turns._local.slot] = self._await

    def _await(self):
        with self._lock:
            pass


def start_new_thread(function, arguments):
    return _real_start(in_turn(turns.take_slot(), function, arguments), ())


class NumberedThread(threading.Thread):
    """Hashed by the order of making and not by its address: a set of threads has the same order in every run."""

    numbers = itertools.count()

    def __init__(self, *arguments, **options):
        self._number = next(NumberedThread.numbers)
        super().__init__(*arguments, **options)

    def __hash__(self):
        return self._number


def begin_anew():
    """Names and numbers as in a program that has just started."""
    threading._counter = itertools.count(1).__next__
    NumberedThread.numbers = itertools.count()
    ends_of_threads.clear()


threading._allocate_lock = threading.Lock = Lock
threading._CRLock = RLock
threading.Thread = NumberedThread
if hasattr(_thread, "start_joinable_thread"):
    _real_start_joinable = _thread.start_joinable_thread
    threading._start_joinable_thread, threading._ThreadHandle = start_joinable_thread, ThreadHandle
else:
    _real_sentinel = threading._set_sentinel
    threading._start_new_thread, threading._set_sentinel = start_new_thread, EndOfThread
threading._time = time.monotonic = turns.now
