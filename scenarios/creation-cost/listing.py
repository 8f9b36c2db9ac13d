"""The same empty task a hundred times: by new threads, by new processes, and by a pool. What does each cost here?"""

import sys
import time
from multiprocessing import Pool, Process, Value
from threading import Thread

done = Value("i", 0)  # the processes inherit it


def task(number):
    add(done, 1)  #@ task


def start_and_join(kind, count):
    workers = []
    for i in range(1, count + 1):
        workers.append(kind(target=task, args=(i,)))  #@ make
        workers[-1].start()  #@ start
    for worker in workers:
        worker.join()  #@ join


def use_pool(size, count):
    pool = Pool(size)  #@ pool
    for i in range(1, count + 1):
        pool.apply_async(task, (i,))  #@ submit
    pool.close()  #@ close
    pool.join()  #@ join pool


def tell_cost(what, count, seconds):
    print(f"{count} {what}: {1000 * seconds:.1f} ms", flush=True)  #@ tell


def measure(action):
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def compare_costs(variant, tasks, size):
    count = tasks
    tell_cost("threads", count, measure(lambda: start_and_join(Thread, count)))  #@ threads
    tell_cost("processes", count, measure(lambda: start_and_join(Process, count)))  #@ processes
    tell_cost("tasks for a pool", count, measure(lambda: use_pool(size, count)))  #@ by pool
    check("every task was done", done.value == 3 * count)  #@ check


def add(value, delta):
    with value.get_lock():
        value.value += delta
        return value.value


def check(what, holds):
    if not holds:
        print(f"check failed: {what}\n", end="", flush=True)


def arguments(variant, **params):
    """listing.py [variant] [name=value ...]"""
    for word in sys.argv[1:]:
        name, equals, value = word.partition("=")
        if equals:
            params[name] = int(value)
        else:
            variant = name
    return variant, params


if __name__ == "__main__":
    chosen, numbers = arguments("measure", tasks=100, size=4)
    compare_costs(chosen, **numbers)
