"""Ranks in a ring hand a token on. They have no memory in common: messages are all there is."""

# Start it with: mpirun -np 4 python3 listing.py ring rounds=3
import sys

from mpi4py import MPI


# Rank 0 starts each round and ends it. Everybody adds 1 to the token.
def pass_token(world, rounds):
    rank = world.Get_rank()  #@ rank
    size = world.Get_size()  #@ size
    next = (rank + 1) % size
    previous = (rank + size - 1) % size
    token = 0  #@ token
    for _ in range(rounds):
        if rank != 0:
            token = world.recv(source=previous)  #@ receive
        token = token + 1  #@ add
        world.send(token, dest=next)  #@ send
        if rank == 0:
            token = world.recv(source=previous)  #@ round ends
    if rank != 0:
        return
    print("the token comes back with", token)  #@ tell
    check("everybody has had the token", token == rounds * size)  #@ check


def start_ring(variant, rounds):
    world = MPI.COMM_WORLD  #@ world
    pass_token(world, rounds)  #@ run


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
    chosen, numbers = arguments("ring", rounds=3)
    start_ring(chosen, **numbers)
