"""multiprocessing with the places where it would block turned into turns, as blocking.py does it for threading.

Replaced are the semaphore of C module _multiprocessing, fork, waitpid, kill and the wait for connections. A process
that is forked is a worker like the others; it ends, and is a zombie, before anybody else moves.
"""

import contextlib
import itertools
import os
import select
import signal

import blocking  # noqa: F401, first: it replaces what the others import
import turns

import _multiprocessing
import multiprocessing.connection  # noqa: E402
import multiprocessing.popen_fork
import multiprocessing.process
import multiprocessing.synchronize
import multiprocessing.util

_RealSemLock = _multiprocessing.SemLock
_real_fork, _real_exit, _real_waitpid, _real_kill = os.fork, os._exit, os.waitpid, os.kill


class SemLock:
    SEM_VALUE_MAX = _RealSemLock.SEM_VALUE_MAX

    def __init__(self, kind, *arguments):
        self._real = _RealSemLock(kind, *arguments)
        self._recursive = kind == multiprocessing.synchronize.RECURSIVE_MUTEX

    def _may_take(self):
        return (self._recursive and self._real._is_mine()) or not self._real._is_zero()

    def acquire(self, block=True, timeout=None):
        if block and not turns.wait_for(self._may_take, timeout):
            return False
        return self._real.acquire(False)

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *error):
        self._real.release()

    def __getattr__(self, name):
        return getattr(self._real, name)


def _is_zombie(pid):
    try:
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return True


def is_dead(slot):
    pid = turns.pid_of(slot)
    return pid != 0 and _is_zombie(pid)


def _await_end(pid):
    with contextlib.suppress(ChildProcessError):
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)


def fork():
    slot = turns.take_slot()
    pid = _real_fork()
    if pid == 0:
        turns.become(slot)
        try:
            turns.wait_for_first_turn()
        except turns.Leave:
            _real_exit(0)
    else:
        turns.set_pid(slot, pid)
    return pid


def leave(code):
    turns.tell({"ended": True})
    _real_exit(code)


def waitpid(pid, flags):
    if flags == 0:
        turns.wait_for(lambda: _is_zombie(pid))
    return _real_waitpid(pid, flags)


def kill(pid, number):
    _real_kill(pid, number)
    if number in (signal.SIGTERM, signal.SIGKILL):
        _await_end(pid)


def _readable(connections):
    return select.select(connections, [], [], 0)[0]


def wait(connections, timeout=None):
    turns.wait_for(lambda: bool(_readable(connections)), timeout)
    return _readable(connections)


_real_recv_bytes = multiprocessing.connection.Connection._recv_bytes


def recv_bytes(connection, maxsize=None):
    def has_message():
        if getattr(connection, "is_spoilt", False):
            raise OSError("the rest of a message that was refused would be taken for the next one")
        return bool(_readable([connection]))

    turns.wait_for(has_message)
    message = _real_recv_bytes(connection, maxsize)
    connection.is_spoilt = message is None  # it was too long
    return message


def wait_until_gone(slot):
    if pid := turns.pid_of(slot):
        _await_end(pid)
    else:
        blocking.wait_until_gone(slot)


def end_all():
    """Kills the processes that are left. A pool that is collected is not to talk to them any more."""
    for key, finalizer in list(multiprocessing.util._finalizer_registry.items()):
        if finalizer._callback.__name__ == "_terminate_pool":
            multiprocessing.util._finalizer_registry.pop(key)
    for slot in range(turns.taken()):
        if pid := turns.pid_of(slot):
            with contextlib.suppress(OSError):
                _real_kill(pid, signal.SIGKILL)
            with contextlib.suppress(OSError):
                _real_waitpid(pid, 0)


def leave_at_once():
    _real_exit(0)


def begin_anew():
    blocking.begin_anew()
    multiprocessing.process._process_counter = itertools.count(1)
    multiprocessing.process._children.clear()


_multiprocessing.SemLock = SemLock
os.fork, os._exit, os.waitpid, os.kill = fork, leave, waitpid, kill
multiprocessing.connection.wait = wait
multiprocessing.connection.Connection._recv_bytes = recv_bytes
