"""A child sends through a pipe, main receives. How does main learn that nothing more will come?"""

import os
import sys
import time
from multiprocessing import BufferTooShort, Pipe, Process


# --- numbers through a one-way pipe ---


def send_numbers(reader, writer, numbers, sentinel):
    reader.close()  #@ child closes
    for i in range(1, numbers + 1):
        sleep(1)  #@ make
        writer.send(i)  #@ send
    if sentinel:
        writer.send(None)  #@ send None


def receive_until_none(reader):
    count = 0
    while True:
        number = reader.recv()  #@ recv or None
        if number is None:
            return count
        print("has received", number, flush=True)  #@ received
        count += 1


def receive_until_end(reader):
    count = 0
    try:
        while True:
            print("has received", reader.recv(), flush=True)  #@ recv
            count += 1
    except EOFError as error:
        print("no more:", type(error).__name__)  #@ end
    return count


def receive_numbers(variant, numbers):
    sentinel = variant == "sentinel"
    reader, writer = Pipe(duplex=False)  #@ pipe
    child = Process(name="Child", target=send_numbers, args=(reader, writer, numbers, sentinel))
    child.start()  #@ start
    if variant == "close-unused-ends":
        writer.close()  #@ main closes
    count = receive_until_none(reader) if sentinel else receive_until_end(reader)  #@ receive
    child.join()  #@ join
    check("every number has arrived", count == numbers)  #@ check numbers


# --- a pipe with two ends that both send and receive ---


def receive_on_closed():
    here, there = Pipe()  #@ duplex pipe
    there.send("hello")  #@ hello
    print("has received", here.recv())  #@ recv hello
    here.close()  #@ close
    refused = False
    try:
        here.recv()  #@ recv on closed
    except OSError as error:
        refused = True
        print(f"{type(error).__name__}: {error}")  #@ tell closed
    check("a closed end refuses", refused)  #@ check closed


def send_texts(there):
    sleep(2)  #@ make text
    there.send_bytes(b"a long message")  #@ send bytes
    there.send_bytes(b"a longer message")  #@ send more bytes


def receive_too_long():
    here, there = Pipe()  #@ bytes pipe
    child = Process(name="Child", target=send_texts, args=(there,))
    child.start()  #@ start sender
    print("something there within 1 s:", "yes" if here.poll(1 * SCALE) else "no")  #@ poll
    too_short = False
    too_long = False
    buffer = bytearray(6)
    try:
        here.recv_bytes_into(buffer)  #@ recv into
    except BufferTooShort as error:
        too_short = True
        print(type(error).__name__)  #@ tell too short
    try:
        here.recv_bytes(6)  #@ recv at most
    except OSError as error:
        too_long = True
        print(f"{type(error).__name__}: {error}")  #@ tell too long
    child.join()  #@ join sender
    check("both lengths are refused", too_short and too_long)  #@ check lengths


def use_pipe(variant, numbers):
    if variant == "recv-on-closed":
        return receive_on_closed()  #@ on closed
    if variant == "too-long":
        return receive_too_long()  #@ too long
    receive_numbers(variant, numbers)  #@ numbers


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
    chosen, parameters = arguments("sentinel", numbers=3)
    use_pipe(chosen, **parameters)
