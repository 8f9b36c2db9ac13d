"""Runs a listing so that more is known of it than what it prints: watched_listing.py FD NOTES LISTING [ARGUMENT...]

On SIGUSR1 each of its processes writes [its pid, [its threads' names]] to the file descriptor FD: once nobody sleeps any
more, these are the ones who wait for ever.
The file NOTES gets a line for each sleep that ends, ["sleep", begin, end], and for each task that has computed for as long
as it should, ["compute", begin, end, processor time]; moments are those of time.monotonic, all is in seconds.
"""

import json
import multiprocessing
import os
import runpy
import signal
import sys
import threading
import time

answers, notes = int(sys.argv[1]), os.open(sys.argv[2], os.O_WRONLY | os.O_APPEND)
sys.argv = sys.argv[3:]
listing = sys.argv[0]
task_length = 1 * float(os.environ["LOCKSTEP_TIME_SCALE"])  # of those that compute
sleep, thread_time = time.sleep, time.thread_time
local = threading.local()


def tell(*_):
    process = multiprocessing.current_process().name
    names = [process if each.name == "MainThread" else each.name for each in threading.enumerate()]
    os.write(answers, (json.dumps([os.getpid(), names]) + "\n").encode())


def note(*what):
    os.write(notes, (json.dumps(what) + "\n").encode())


def noted_sleep(seconds):
    begin = time.monotonic()
    sleep(seconds)
    if sys._getframe(1).f_code.co_filename == listing:  # and not the library
        note("sleep", begin, time.monotonic())


def noted_thread_time():
    now = thread_time()
    if not hasattr(local, "begin"):
        local.begin, local.cpu = time.monotonic(), now
    elif now - local.cpu >= task_length:
        note("compute", local.begin, time.monotonic(), now - local.cpu)
        del local.begin
    return now


signal.signal(signal.SIGUSR1, tell)
time.sleep, time.thread_time = noted_sleep, noted_thread_time
runpy.run_path(listing, run_name="__main__")
