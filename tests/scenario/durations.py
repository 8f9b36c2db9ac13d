"""How long a program takes, as ratios that its sleeps and its tasks determine and a busy machine does not."""

import dataclasses
import json


@dataclasses.dataclass
class Durations:
    """Of one run of a program; (begin, end) each, in any one unit."""

    sleeps: list
    tasks: list  # of those that compute
    busy: float = 0.0  # how long the tasks had what they need to compute, in all


def of_listing(notes, has_gil):
    """From the notes of watched_listing.py. A task has the interpreter lock for as long as it uses the processor."""
    lines = [json.loads(line) for line in notes.splitlines()]
    tasks = [line for line in lines if line[0] == "compute"]
    busy = sum(cpu if has_gil else end - begin for _, begin, end, cpu in tasks)
    return Durations([tuple(line[1:]) for line in lines if line[0] == "sleep"], [tuple(task[1:3]) for task in tasks], busy)


def of_run(events):
    """From what `lockstep export` writes. A task that computes under a Gil has it for each of its slices."""
    sleeps, tasks, state_of, begins = [], [], {}, {}
    for event in sorted((e for e in events if e.get("cat") in ("state", "operation")), key=lambda e: e["ts"]):
        who, begin = event["tid"], event["ts"]
        if event["cat"] == "state":
            before = state_of.get(who)
            if before and before["args"]["state"] == "sleeping" and event["args"]["state"] in ("ready", "running"):
                sleeps.append((before["ts"], begin))  # else it was ended in its sleep, and a listing notes nothing
            state_of[who] = event
        elif event["name"] == "compute":
            begins[who] = begin
        elif event["name"] == "computed":
            tasks.append((begins.pop(who), begin))
    return Durations(sleeps, tasks, sum(end - begin for begin, end in tasks))


def covered(spans):
    """How much time is in at least one of them."""
    total, last = 0.0, float("-inf")
    for begin, end in sorted(spans):
        total += max(0.0, end - max(begin, last))
        last = max(last, end)
    return total


def in_sleeps(sleeps):
    """How long they take in all, in units of one of average length."""
    lengths = [end - begin for begin, end in sleeps]
    return covered(sleeps) * len(sleeps) / sum(lengths)


def sleep_complaints(listing, run):
    """What differs, as sentences: how many sleeps there are, and how many of them follow one another.

    Only the time in which somebody sleeps is looked at, and its unit is measured in the same program: n sleeps one after
    the other come to n and n at the same time to 1, however late a busy machine wakes the sleepers. What it still decides
    is how late one begins to sleep beside another. The margin for that is a tenth of every sleep and half of one sleep;
    a program in which one sleep more follows the others takes a whole one longer.
    """
    if len(listing.sleeps) != len(run.sleeps):
        yield f"the listing sleeps {len(listing.sleeps)} times, the run {len(run.sleeps)} times"
    elif run.sleeps:
        theirs, ours = in_sleeps(listing.sleeps), in_sleeps(run.sleeps)
        lengths = [end - begin for begin, end in run.sleeps]
        margin = ours / 10 + min(lengths) * len(lengths) / sum(lengths) / 2
        if abs(ours - theirs) > margin:
            yield f"the listing takes as long as {theirs:.2f} sleeps and the run as {ours:.2f}, more than {margin:.2f} apart"


def task_complaints(who, measured, wanted):
    """Whether on average as many tasks compute at the same time as is wanted: (least, most)."""
    at_once = measured.busy / covered(measured.tasks) if measured.tasks else 0
    if not wanted[0] <= at_once <= wanted[1]:
        yield f"in {who} {at_once:.2f} tasks compute at the same time, not {wanted[0]} to {wanted[1]}"
