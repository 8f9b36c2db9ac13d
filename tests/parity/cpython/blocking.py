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
_real_sentinel = threading._set_sentinel
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


class EndOfThread(Lock):
    """The lock that C code releases when a thread is gone."""

    def __init__(self):
        self._lock = _real_sentinel()


def start_new_thread(function, arguments):
    slot = turns.take_slot()

    def run():
        turns.become(slot)
        try:
            turns.wait_for_first_turn()
            function(*arguments)
        except turns.Leave:
            pass
        turns.tell({"ended": slot})

    threads_of_slots[slot] = None
    return _real_start(run, ())


threads_of_slots = {}


def wait_until_gone(slot):
    """The worker said that it ends; its thread is gone when this returns."""
    end = threads_of_slots.get(slot)
    if end is not None:
        end._lock.acquire()
        end._lock.release()


def set_sentinel():
    end = EndOfThread()
    threads_of_slots[turns._local.slot] = end
    return end


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
    threads_of_slots.clear()


threading._allocate_lock = threading.Lock = Lock
threading._CRLock = RLock
threading.Thread = NumberedThread
threading._start_new_thread = start_new_thread
threading._set_sentinel = set_sentinel
threading._time = time.monotonic = turns.now
