"""A server on a real TCP socket. Its clients stay for a while. Who serves them: a pool, or a thread for each?"""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Process, Value, current_process
from socket import create_connection, create_server
from threading import Thread


# A client is welcome, stays as long as it likes, and leaves.
def serve(connection):
    try:
        connection.sendall(b"welcome")  #@ welcome
        connection.recv(1024)  #@ stays
    except ConnectionError:  # it has gone already
        pass
    connection.close()  #@ hang up


def serve_with_pool(server, clients, size):
    pool = ThreadPoolExecutor(size)  #@ pool
    for _ in range(clients):
        connection, _ = server.accept()  #@ accept
        pool.submit(serve, connection)  #@ submit
    pool.shutdown()  #@ shutdown


def serve_with_threads(server, clients):
    threads = []
    for i in range(1, clients + 1):
        connection, _ = server.accept()  #@ accept a client
        threads.append(Thread(name=f"Server {i}", target=serve, args=(connection,)))
        threads[-1].start()  #@ start thread
    for thread in threads:
        thread.join()  #@ join threads


def visit_server(address, guests, stay, patience, places):
    server = create_connection(address, patience * SCALE)  #@ connect
    try:
        say(f"hears {server.recv(1024).decode()}")  #@ hear
        add(guests, 1)  #@ come
        sleep(stay)  #@ stay
        add(guests, -1)  #@ leave
    except TimeoutError:
        say("gives up")  #@ give up
        check("nobody gives up because every place is taken", guests.value < places)  #@ check
    server.close()  #@ go


def run_server(variant, clients, size, stay, patience):
    pooled = variant == "pool"
    server = create_server(("127.0.0.1", 0))  #@ listen
    guests = Value("i", 0)
    places = size if pooled else clients
    visit = (server.getsockname(), guests, stay, patience, places)
    visitors = []
    for i in range(1, clients + 1):
        visitors.append(Process(name=f"Client {i}", target=visit_server, args=visit))
        visitors[-1].start()  #@ start client
    if pooled:
        serve_with_pool(server, clients, size)  #@ with pool
    else:
        serve_with_threads(server, clients)  #@ with threads
    server.close()  #@ close
    for visitor in visitors:
        visitor.join()  #@ join clients
    print("the server is closed")  #@ tell


def add(value, delta):
    with value.get_lock():
        value.value += delta


def say(text):
    print(f"{current_process().name} {text}\n", end="", flush=True)


def check(what, holds):
    if not holds:
        print(f"check failed: {what}\n", end="", flush=True)


SCALE = float(os.environ.get("LOCKSTEP_TIME_SCALE", "1"))  # all delays are multiplied by it


def sleep(seconds):
    time.sleep(seconds * SCALE)


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
    chosen, numbers = arguments("pool", clients=6, size=4, stay=5, patience=3)
    run_server(chosen, **numbers)
