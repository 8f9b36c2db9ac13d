#!/usr/bin/env python3
"""Each listing.py against the program it stands for: both run for real, in every variant, and must end the same way."""

import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import select
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # beside the sources
import durations  # noqa: E402

ROOT = pathlib.Path(os.environ.get("LOCKSTEP_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
WATCHED = pathlib.Path(__file__).with_name("watched_listing.py")
BINARY = os.environ.get("LOCKSTEP_BINARY", "")
SPEED = 16  # of the run, and of the listing
CHOSEN = sys.argv[1:]  # ids of scenarios; none: all
HANGS_AFTER = 6  # seconds; more than any variant that ends takes at that speed
ATTEMPTS = 8  # for what depends on luck


@dataclasses.dataclass
class Expected:
    outcome: str  # of the run
    last: str = ""  # pattern of the last line; of the lines before it nothing is said
    seconds: tuple = (0.0, 60.0)  # run time at speed 1
    same_lines: bool = True  # the listing and the run print the same lines, each worker its own in the same order
    fixed: bool = False  # ... and all of them, because joins or a handshake leave no other order
    ignore_who: bool = False  # ... whoever prints them, in some order
    varies: str = ""  # pattern of the part of a line that may differ: a time, a pid
    may_differ: bool = False  # luck decides: try again until the outcome is this one
    # Luck says how long sleeps are, how many come to their end, or who sleeps beside whom; or they are so short that the
    # processor says it. All others are compared.
    chance: bool = False
    computing: tuple = None  # so many tasks compute at the same time

    @property
    def hangs(self):
        return self.outcome in ("stuck", "deadlock")

    @property
    def who_is_open(self):
        """Which of several workers prints a line is luck."""
        return self.ignore_who or self.varies.startswith("^")


WHO_IN_POOL = r"^ForkPoolWorker-\d+ "  # which of its processes takes a task is open
# Tasks that compute at the same time. However busy the machine is: under an interpreter lock never more than one (the 1 %
# is what two clocks differ by); with two cores for them never more than two, and two but for the beginning and the end,
# in which one may be alone for half of its time.
ONE = (0.01, 1.01)
TWO = (1.5, 2.01)
SECONDS_TO_ANSWER = 30  # of a process that hangs, on a busy machine

EXPECTED = {
    "thread-start-join": {
        "join-in-loop": Expected("ok", r"all have reported", (5.0, 7.0), fixed=True),
        "start-all-then-join-all": Expected("ok", r"all have reported", (1.0, 2.0)),
    },
    # Since Python 3.10 a default name carries the function's name.
    "thread-names": {"names": Expected("ok", r"the third one was called Thread-1.*", (2.0, 3.0), varies=r" \(work\)")},
    "thread-subclass": {"subclass": Expected("ok", r"both clocks have stopped", (10.0, 12.0), varies=r" at .*")},
    "thread-shared-memory": {
        "thread": Expected("ok", r"main sees 0", fixed=True),
        "process": Expected("ok", r"main sees 100", fixed=True),
    },
    "thread-daemon": {
        "daemon": Expected("ok", r"main has nothing more to do", (0.0, 1.0)),
        "non-daemon": Expected("ok", r"Worker has finished", (5.0, 6.0)),
    },
    "thread-enumerate": {"enumerate": Expected("ok", r"threads alive after join: 1", (1.0, 2.0))},
    "race-counter": {
        "no-lock": Expected("failed-check", r"the counter is at -?[1-9]\d*", same_lines=False, may_differ=True),
        "lock": Expected("ok", r"the counter is at 0"),
    },
    "mutex-print": {
        "lock": Expected("ok", r"the page is full", (6.0, 12.0)),
        "no-lock": Expected("failed-check", r"the page is full", (2.0, 6.0), may_differ=True, chance=True),
    },
    "ticket-lock": {
        "lock": Expected("ok", r"sold 1 of 1", (1.0, 8.0), same_lines=False),
        "no-lock": Expected(
            "failed-check", r"sold ([2-9]|1\d) of 1", (1.0, 8.0), same_lines=False, may_differ=True, chance=True
        ),
        "join-instead": Expected("ok", r"sold 1 of 1", (1.0, 8.0), fixed=True),
        "torn-read": Expected("error", r"sold 1 of 1", (1.0, 12.0), same_lines=False, may_differ=True, chance=True),
    },
    "file-append": {
        "lock": Expected("ok", r"A1 A2 A3 B1 B2 B3 B4 |B1 B2 B3 B4 A1 A2 A3 ", (7.0, 11.0), same_lines=False),
        "no-lock": Expected("ok", r"([AB]\d ){7}", (4.0, 7.0), same_lines=False),
    },
    "rlock-box": {
        "rlock": Expected("ok", r"0 items in the box", (5.0, 8.0)),
        "lock": Expected("deadlock"),
    },
    "rlock-reentry": {
        "rlock": Expected("ok", r"both had their turn", (2.0, 4.0)),
        "lock": Expected("deadlock", r"Worker \d is at level 1", same_lines=False),
        "too-few-releases": Expected("stuck", r"Worker \d is back at level 1", (1.0, 3.0), ignore_who=True),
    },
    "hotdog": {
        "joinable": Expected("ok", r"9 of 9 hotdogs were eaten", (5.0, 20.0), ignore_who=True, chance=True),
        "sentinel-per-shop": Expected(
            "failed-check", r"[0-8] of 9 hotdogs were eaten", (4.0, 20.0), same_lines=False, may_differ=True, chance=True
        ),
        "sentinel-per-eater": Expected("ok", r"9 of 9 hotdogs were eaten", (5.0, 20.0), ignore_who=True, chance=True),
        "no-ending": Expected("stuck", r"Eater \d ate [ABC]·\d", (5.0, 20.0), ignore_who=True, chance=True),
    },
    "deadlock": {
        "opposite-order": Expected("deadlock", may_differ=True, chance=True),
        "opposite-order-rlock": Expected("deadlock", may_differ=True, chance=True),
        "same-order": Expected("ok", r"all have left the table", (0.2, 2.0)),
        "try-with-timeout": Expected("ok", r"all have left the table", (0.2, 8.0), same_lines=False, chance=True),
    },
    "with-statement": {
        "plain": Expected("ok", r"everything is free again", (4.5, 8.0), chance=True),
        "exception-without-with": Expected(
            "stuck", r"Worker \d ValueError: out of paper", (2.0, 4.0), ignore_who=True, chance=True
        ),
        "exception-with-with": Expected("ok", r"everything is free again", (2.5, 5.0), chance=True),
    },
    "semaphore": {"semaphore": Expected("ok", r"all workers are done", (5.0, 9.0))},
    "semaphore-handoff": {"handoff": Expected("ok", r"all numbers were handed over", (50.0, 56.0))},
    "semaphore-mutex": {
        "semaphore": Expected("ok", r"the counter is at 6 of 6", (6.0, 8.0)),
        "bounded-over-release": Expected(
            "error", r"the counter is at [2-5] of 6", (2.0, 8.0), same_lines=False, chance=True
        ),
        "plain-over-release": Expected("failed-check", r"the counter is at [2-5] of 6", (3.0, 6.0), same_lines=False),
    },
    "condition-buffer": {
        "while": Expected("ok", r"0 items are left over", (41.0, 48.0)),
        "if": Expected("ok", r"0 items are left over", (41.0, 48.0)),  # one consumer: nobody comes between
        "notify-missing": Expected("stuck", seconds=(11.0, 14.0)),
    },
    "event-lost-wakeup": {
        "set-then-clear": Expected("stuck", seconds=(20.0, 26.0), same_lines=False, may_differ=True, chance=True),
        "fixed": Expected("ok", r"both are done", (20.0, 26.0), chance=True),
    },
    "queue-threads": {
        "join-consumers": Expected("stuck", seconds=(10.0, 12.0), ignore_who=True),
        "queue-join": Expected("ok", r"10 of 10 numbers were taken", (10.0, 12.0), ignore_who=True),
    },
    "queue-blocking": {
        "block": Expected("stuck", r"the queue is full"),
        "nonblocking": Expected("ok", r"get: Empty"),
        "timeout": Expected("ok", r"get: Empty", (6.0, 7.0)),
    },
    "event-server": {
        "polling": Expected("ok", r"Client 1 is connected", (5.5, 8.0), same_lines=False, chance=True),
        "event": Expected("ok", r"Client 1 is connected", (5.0, 7.0), fixed=True),
    },
    "process-start": {
        "all-then-join": Expected("ok", r"all have slept", (3.0, 5.0)),
        "join-in-loop": Expected("ok", r"all have slept", (6.0, 9.0), fixed=True),
    },
    "process-class": {"two-ways": Expected("ok", r"sums: 55 and 55", (1.0, 4.0))},
    "process-names": {"names": Expected("ok", r"the second one was called Process-2", (3.0, 5.0), varies=r"pid is .*")},
    "process-late-child": {
        "no-wait": Expected("ok", r"Child is here|main goes on"),
        "join": Expected("ok", r"main goes on", fixed=True),
    },
    "process-lifecycle": {
        "join": Expected("ok", r"its exit code is 0", (5.0, 7.0)),
        "terminate": Expected("ok", r"its exit code is -15", (2.0, 4.0), varies=r"just after.*"),
        "join-timeout": Expected("ok", r"its exit code is 0", (5.0, 7.0)),
    },
    "process-terminate-holding-lock": {
        "terminate": Expected("stuck", r"Writer has written page 1", (1.5, 3.0)),
        "ask-to-stop": Expected("ok", r"the reader has read", (2.0, 4.0)),
    },
    "process-daemon": {
        "daemon": Expected("ok", r"main has finished", (0.0, 1.5)),
        "non-daemon": Expected("ok", r"Child has finished, too", (3.0, 4.5)),
    },
    "process-zombie-orphan": {
        "zombie": Expected("ok", r"after join: gone", (2.0, 3.0)),
        "orphan": Expected("ok", r"the child has outlived its father", varies=r"pid is .*"),
    },
    "process-queue": {"fifo": Expected("ok", r"third: hello")},
    "pool-apply-async": {
        "apply-async": Expected("ok", r"all tasks are done", (9.0, 12.0), varies=WHO_IN_POOL),
        "apply": Expected("ok", r"all tasks are done", (15.0, 19.0), varies=WHO_IN_POOL),
    },
    "pool-get-in-loop": {
        "get-in-loop": Expected("ok", r"4 times 4 is 16", (8.0, 11.0)),
        "get-after": Expected("ok", r"4 times 4 is 16", (4.0, 6.0)),
        "map": Expected("ok", r"4 times 4 is 16", (4.0, 6.0)),
        "map-async": Expected("ok", r"4 times 4 is 16", (4.0, 6.0)),
    },
    "pool-callback": {"callback": Expected("ok", r"the sum is 14", (2.0, 4.0), varies=r"^.*(?=callback: )")},
    "pool-close-terminate": {
        "close-join": Expected("ok", r"the pool has ended", (3.0, 5.0), varies=WHO_IN_POOL),
        "terminate": Expected("ok", r"the pool has ended", (1.5, 3.0), varies=WHO_IN_POOL, chance=True),
        "join-without-close": Expected("error", same_lines=False, chance=True),
        "submit-after-close": Expected("error", same_lines=False, chance=True),
    },
    "executor": {
        "threads": Expected("ok", r"the sum of 30 squares is 9455", (10.0, 22.0), chance=True),
        "processes": Expected("ok", r"the sum of 30 squares is 9455", (10.0, 22.0), chance=True),
    },
    "pool-tcp-server": {
        "pool": Expected("failed-check", r"the server is closed", (5.0, 12.0), ignore_who=True, may_differ=True),
        "thread-per-client": Expected("ok", r"the server is closed", (5.0, 9.0)),
    },
    "pipe": {
        "sentinel": Expected("ok", r"has received 3", (3.0, 5.0)),
        "close-unused-ends": Expected("ok", r"no more: EOFError", (3.0, 5.0)),
        "forgot-to-close": Expected("stuck", r"has received 3", (3.0, 5.0)),
        "recv-on-closed": Expected("ok", r"OSError: handle is closed"),
        "too-long": Expected("ok", r"OSError: bad message length", (2.0, 4.0)),
    },
    "creation-cost": {"measure": Expected("ok", r"100 tasks for a pool: .* ms", varies=r": .* ms$")},
    # How long computing takes depends on how busy the machine is; waiting does not.
    "gil-cpu-io": {
        "cpu-gil-threads": Expected("ok", r"all tasks are done", (4.0, 60.0), computing=ONE),
        "cpu-threads": Expected("ok", r"all tasks are done", (2.0, 60.0), computing=TWO),
        "cpu-processes": Expected("ok", r"all tasks are done", (2.0, 60.0), computing=TWO),
        "io-gil-threads": Expected("ok", r"all tasks are done", (1.0, 2.5)),
        "io-threads": Expected("ok", r"all tasks are done", (1.0, 2.5)),
        "io-processes": Expected("ok", r"all tasks are done", (1.0, 2.5)),
    },
    "shared-value": {
        "no-lock": Expected("failed-check", r"number: \d+, slots: \d+", same_lines=False, may_differ=True),
        "lock": Expected("ok", r"number: 6000, slots: 6000"),
    },
    "manager-dict": {
        "no-lock": Expected("failed-check", r"[1-9]\d* left", same_lines=False, may_differ=True),
        "lock": Expected("ok", r"0 left"),
    },
}


@dataclasses.dataclass
class Run:
    outcome: str
    lines: list
    seconds: float  # at speed 1
    workers: list = dataclasses.field(default_factory=list)  # names
    blocked: list = None  # names of those who wait for ever; unknown if it ended
    measured: durations.Durations = None


def processes_of(session):
    """Pids of its processes that have not ended."""
    found = set()
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, its_session = path.read_text().rpartition(") ")[2].split()[:4]
        except OSError:
            continue  # it is gone
        if int(its_session) == session and state not in "ZX":
            found.add(int(path.parent.name))
    return found


def ask_who_is_there(session, answers):
    """The names of all threads of a listing that hangs. Raises if a process does not answer."""
    waiting = processes_of(session)
    os.killpg(session, signal.SIGUSR1)
    names, text = [], ""
    end = time.monotonic() + SECONDS_TO_ANSWER
    while waiting:
        if not select.select([answers], [], [], max(0, end - time.monotonic()))[0]:
            raise AssertionError(f"processes {waiting} of the listing do not say who waits in them")
        text += os.read(answers, 65536).decode()
        *whole, text = text.split("\n")
        for pid, those in map(json.loads, whole):
            waiting.discard(pid)
            names += those
    return ["main" if name == "MainProcess" else name for name in names if name != "QueueFeederThread"]


def run_listing(scenario, variant, *arguments):
    """Runs listing.py; kills it with all its processes if it hangs."""
    listing = ROOT / "scenarios" / scenario / "listing.py"
    environment = dict(os.environ, LOCKSTEP_TIME_SCALE=str(1 / SPEED), PYTHONIOENCODING="utf-8")
    answers, told = os.pipe()
    notes = tempfile.NamedTemporaryFile("r", prefix="lockstep-listing-")
    begin = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-B", WATCHED, str(told), notes.name, listing, variant, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        env=environment, start_new_session=True, pass_fds=[told],
    )  # fmt: skip
    blocked = None
    try:
        out, errors = process.communicate(timeout=HANGS_AFTER)
        hung = False
    except subprocess.TimeoutExpired:
        try:
            blocked = ask_who_is_there(process.pid, answers)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            out, errors = process.communicate()
        hung = True
    finally:
        os.close(answers)
        os.close(told)
    seconds = (time.monotonic() - begin) * SPEED
    lines = [line for line in out.splitlines() if not line.startswith("check failed: ")]
    ended_as = "error" if "Error" in errors else "failed-check" if "check failed: " in out else "ok"
    with notes:
        measured = durations.of_listing(notes.read(), "-gil-" in variant)
    return Run("hangs" if hung else ended_as, lines, seconds, blocked=blocked, measured=measured)


def is_about_time(scenario, expected):
    """Whether anybody in it sleeps or computes for a given time that is to be compared."""
    text = (ROOT / "scenarios" / scenario / "listing.py").read_text(encoding="utf-8")
    return not expected.chance and ("sleep(" in text or "thread_time(" in text)


def events_of(trace):
    exported = trace.with_suffix(".json")
    subprocess.run([BINARY, "export", trace, "--out", exported], capture_output=True, check=True)
    return json.loads(exported.read_text(encoding="utf-8"))["traceEvents"]


def run_lockstep(scenario, variant, is_measured):
    with tempfile.TemporaryDirectory(prefix="lockstep-run-") as folder:
        trace = pathlib.Path(folder, "trace")
        command = [BINARY, "run", scenario, "--variant", variant, "--speed", str(SPEED), "--json", "--trace", str(trace)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)
        if not done.stdout:
            raise AssertionError(f"{' '.join(command)}: status {done.returncode}, {done.stderr}")
        measured = durations.of_run(events_of(trace)) if is_measured else durations.Durations([], [])
    facts = json.loads(done.stdout)
    names = {worker["id"]: worker["name"] for worker in facts["workers"]}
    lines = []
    for each in facts["output"]:
        who = names[each["worker"]]
        lines.append(each["text"] if who == "main" else f"{who} {each['text']}")
    waiting = [worker["name"] for worker in facts["workers"] if worker["state"] == "waiting"]
    return Run(facts["outcome"], lines, facts["duration_s"], list(names.values()), waiting, measured)


def try_until(expected, run):
    """Runs again where luck decides."""
    result = run()
    for _ in range(ATTEMPTS if expected.may_differ else 0):
        if result.outcome == expected.outcome or (expected.hangs and result.outcome == "hangs"):
            break
        result = run()
    return result


def without_who(lines):
    return [re.sub(r"^[A-Z]\w+ \d+ ", "", line) for line in lines]


def by_worker(lines, names):
    """{name: its lines, in order}"""
    result = {}
    for line in lines:
        who = max((name for name in names if line.startswith(name + " ")), key=len, default="main")
        result.setdefault(who, []).append(line)
    return result


def roles(names):
    """Which one of several like workers it is, is luck: Worker 1 and Worker 2 are Worker."""
    return sorted(re.sub(r"[-_ ]*\d+", "", name) for name in names)


def complaints(expected, listing, lockstep):
    """What does not fit, as sentences."""
    wanted = "hangs" if expected.hangs else expected.outcome
    if listing.outcome != wanted:
        yield f"the listing ended as {listing.outcome}, not as {wanted}: {listing.lines}"
    if expected.last and not re.fullmatch(expected.last, (listing.lines or [""])[-1]):
        yield f"the listing's last line is not {expected.last}: {listing.lines}"
    if lockstep is None:
        return
    if lockstep.outcome != expected.outcome:
        yield f"the run ended as {lockstep.outcome}, not as {expected.outcome}: {lockstep.lines}"
    if expected.last and not re.fullmatch(expected.last, (lockstep.lines or [""])[-1]):
        yield f"the run's last line is not {expected.last}: {lockstep.lines}"
    least, most = expected.seconds
    if not least * 0.98 <= lockstep.seconds <= most:
        yield f"the run took {lockstep.seconds:.2f} s, not {least} to {most} s"
    if not expected.hangs and listing.seconds < least * 0.98:
        yield f"the listing took {listing.seconds:.2f} s, less than {least} s"
    if expected.same_lines:
        both = [listing.lines, lockstep.lines]
        if expected.ignore_who:
            both = [without_who(lines) for lines in both]
        if expected.varies:
            both = [[re.sub(expected.varies, "", line) for line in lines] for lines in both]
        if sorted(both[0]) != sorted(both[1]):
            yield f"they print different lines:\n  listing {sorted(both[0])}\n  run     {sorted(both[1])}"
        elif not expected.who_is_open and by_worker(both[0], lockstep.workers) != by_worker(both[1], lockstep.workers):
            yield f"a worker's lines come in another order:\n  listing {both[0]}\n  run     {both[1]}"
        elif expected.fixed and both[0] != both[1]:
            yield f"the order, which is fixed, is another:\n  listing {both[0]}\n  run     {both[1]}"
    if not expected.chance:
        yield from durations.sleep_complaints(listing.measured, lockstep.measured)
    if expected.computing:
        for who, measured in (("the listing", listing.measured), ("the run", lockstep.measured)):
            yield from durations.task_complaints(who, measured, expected.computing)
    if expected.hangs and listing.blocked is not None and roles(listing.blocked) != roles(lockstep.blocked):
        yield f"others wait for ever:\n  listing {sorted(listing.blocked)}\n  run     {sorted(lockstep.blocked)}"


def fixed_order_complaints():
    """Where the program fixes the order, the listing keeps it."""
    lines = run_listing("ticket-lock", "join-instead", "customers=3", "tickets=2").lines
    wanted = ["Customer 1 sees 2 left", "Customer 1 bought a ticket", "Customer 2 sees 1 left",
              "Customer 2 bought a ticket", "Customer 3 sees 0 left", "sold 2 of 2"]  # fmt: skip
    if lines != wanted:
        yield f"ticket-lock join-instead: {lines} instead of {wanted}"
    lines = run_listing("event-server", "event").lines
    if lines != ["Server is up", "Client 1 is connected"]:
        yield f"event-server event: {lines}"


def has_binary():
    return bool(BINARY) and os.access(BINARY, os.X_OK)


def declared_variants():
    """{scenario: [variant]} as the program lists them."""
    out = subprocess.run([BINARY, "list", "--json"], capture_output=True, text=True, encoding="utf-8", check=True).stdout
    return {each["id"]: [variant["name"] for variant in each["variants"]] for each in json.loads(out)}


def compare(scenario, variant, expected, hanging):
    """What does not fit in a variant, as sentences. `hanging`: runs listings that hang, which takes long but no processor."""
    listing = hanging.submit(try_until, expected, lambda: run_listing(scenario, variant))
    if not expected.hangs:
        concurrent.futures.wait([listing])  # one program at a time: what it takes in time is compared
    is_measured = is_about_time(scenario, expected)
    lockstep = try_until(expected, lambda: run_lockstep(scenario, variant, is_measured)) if has_binary() else None
    return lambda: [f"{scenario} {variant}: {each}" for each in complaints(expected, listing.result(), lockstep)]


def main():
    if os.environ.get("LOCKSTEP_SANITIZE"):
        print("Skipped: it compares what programs print and how long they take, not what a sanitizer sees.")
        return 77
    failures = [] if CHOSEN else list(fixed_order_complaints())
    declared = declared_variants() if has_binary() else {}
    chosen = {scenario: variants for scenario, variants in EXPECTED.items() if scenario in CHOSEN or not CHOSEN}
    for scenario, variants in chosen.items():
        if declared and list(variants) != declared.get(scenario):
            failures.append(f"{scenario}: the variants are {declared.get(scenario)}, this test knows {list(variants)}")
    pairs = [(scenario, variant, expected) for scenario, variants in chosen.items() for variant, expected in variants.items()]
    pairs.sort(key=lambda pair: not pair[2].hangs)  # they wait while the others run
    with concurrent.futures.ThreadPoolExecutor(max_workers=len(pairs)) as hanging:
        verdicts = [compare(*pair, hanging) for pair in pairs]
        for verdict in verdicts:
            failures += verdict()
    print("\n".join(failures) or f"{len(pairs)} variants agree")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
