"""Workers, threads and processes alike, that take turns: one moves, all others stand still.

A worker moves until its call is over or until it stands before something that is not possible now (wait_for). Whether
it is possible is then asked of the object itself, so "blocks" is a fact and not a guess after some time. Time is a
number that only the driver moves (Driver.pass_time), so a time-out of 10 s takes none.

Messages go through pipes, which a process that is forked has, too. They alternate: the driver gives an order, the
worker answers when it stands again.
"""

import contextlib
import json
import mmap
import os
import struct
import threading

SLOTS = 24
_numbers = mmap.mmap(-1, 4096)  # shared with forked processes: the clock, and how many slots are taken
_pipes = [(os.pipe(), os.pipe()) for _ in range(SLOTS)]  # orders to the worker, its answers
_local = threading.local()


class Undefined(Exception):
    """What a worker waits for was destroyed by another. What CPython does then depends on where exactly it waited."""


class Leave(BaseException):
    """Unwinds a worker that will never go on."""


def now():
    return struct.unpack_from("d", _numbers, 0)[0]


def _set_now(seconds):
    struct.pack_into("d", _numbers, 0, seconds)


def taken():
    """How many workers there are."""
    return struct.unpack_from("i", _numbers, 8)[0]


def take_slot():
    """The number of a new worker; whoever makes the worker calls this."""
    number = taken()
    if number == SLOTS:
        raise RuntimeError("more workers than this test has slots")
    struct.pack_into("i", _numbers, 8, number + 1)
    return number


def set_pid(slot, pid):
    struct.pack_into("i", _numbers, 16 + 4 * slot, pid)


def pid_of(slot):
    """0: it is no process."""
    return struct.unpack_from("i", _numbers, 16 + 4 * slot)[0]


def become(slot):
    """The calling thread is that worker from now on."""
    _local.slot = slot


def is_worker():
    return getattr(_local, "slot", None) is not None


def hear():
    return os.read(_pipes[_local.slot][0][0], 65536).decode()


def tell(answer):
    os.write(_pipes[_local.slot][1][1], json.dumps(answer).encode())


def wait_for(ready, timeout=None):
    """Blocks until ready() holds; False if that many seconds are over first. Nobody moves before the return."""
    if ready():
        return True
    if timeout is not None and timeout <= 0:
        return False
    if not is_worker():
        return Driver.current.move_until(ready)
    answer = {"blocked": None if timeout is None else now() + timeout}
    while True:
        tell(answer)
        order = hear()
        if order == "go":
            return True
        if order == "time out":
            return False
        if order == "leave":
            raise Leave
        try:
            answer = bool(ready())  # "can you go?"
        except OSError:
            answer = "undefined"


def wait_for_first_turn():
    while True:
        order = hear()
        if order == "go":
            return
        if order == "leave":
            raise Leave
        tell(True)


class Driver:
    """Who goes next. `choose(n)` picks one of n workers that can go."""

    current = None

    def __init__(self, choose):
        Driver.current = self
        self.choose = choose
        self.states = {}  # by slot: "new", "blocked", "idle", "ended"
        self.deadlines = {}
        self.ended = lambda slot: None  # called when a worker has ended
        _set_now(1000.0)
        struct.pack_into(f"{2 + SLOTS}i", _numbers, 8, *[0] * (2 + SLOTS))
        self.is_dead = lambda slot: False  # it was killed

    def order(self, slot, text):
        os.write(_pipes[slot][0][1], text.encode())
        answer = json.loads(os.read(_pipes[slot][1][0], 65536))
        if answer == "undefined":
            raise Undefined
        return answer

    def move(self, slot, order):
        """Lets a worker go until it stands again; returns the result of its call if that is over."""
        known = taken()
        answer = self.order(slot, order)
        for new in range(known, taken()):
            self.states.setdefault(new, "new")
        self.deadlines.pop(slot, None)
        if "done" in answer:
            self.states[slot] = "idle"
            return answer["done"]
        if "ended" in answer:
            self.states[slot] = "ended"
            self.ended(slot)
            return None
        self.states[slot] = "blocked"
        if answer["blocked"] is not None:
            self.deadlines[slot] = answer["blocked"]
        return None

    def notice_new(self):
        for new in range(taken()):
            self.states.setdefault(new, "new")

    def who_can_go(self):
        for slot, state in self.states.items():
            if state != "ended" and self.is_dead(slot):
                self.states[slot] = "ended"
        return [s for s, state in sorted(self.states.items()) if state in ("new", "blocked") and self.order(s, "?")]

    def settle(self, done):
        """Lets everybody go on who can. done(slot, result) is called for each call that is over."""
        while able := self.who_can_go():
            slot = able[self.choose(len(able))]
            result = self.move(slot, "go")
            if result is not None:
                done(slot, result)

    def move_until(self, ready):
        """For who is no worker and has to wait."""
        self.notice_new()
        while not ready():
            able = self.who_can_go()
            if not able:
                raise RuntimeError("nobody can move, and the driver waits")
            self.move(able[0], "go")
        return True

    def pass_time(self, seconds, done):
        """Time-outs end in their order, and all that follows from them happens at once."""
        end = now() + seconds
        while due := [(deadline, slot) for slot, deadline in self.deadlines.items() if deadline <= end]:
            deadline, slot = min(due)
            _set_now(deadline)
            result = self.move(slot, "time out")
            if result is not None:
                done(slot, result)
            self.settle(done)
        _set_now(end)

    def dismiss(self):
        """Unwinds all who are left."""
        for _ in range(8):
            for slot, state in sorted(self.states.items()):
                if state != "ended" and not self.is_dead(slot):
                    with contextlib.suppress(OSError):
                        self.move(slot, "leave")
