"""Processor cores: a process that keeps to one of its own, and work in it that may use them all (Linux).

A server answers most questions in threads that take turns. Where these run on several cores, every turn wakes another
core and finds nothing of what it needs at hand: on one core a small answer costs a fifth less. Only work that is shared
out among threads, as DuckDB does it, wants more of them.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

_CLAIMS = "kaifang-core"
"""What a claim is called, with the number of the core: a name that the kernel keeps without a file.

It is free again as soon as its process has ended.
"""

_given: frozenset[int] = frozenset()
"""The cores that this process had before it kept to one; none while it uses what it has."""
_claims: list[socket.socket] = []


def keep_to_one(claims: str = _CLAIMS) -> None:
    """Let this thread, and all that are started from now on, run on one core that no other process claimed so.

    Processes with other names for their *claims* know nothing of each other.
    Nothing changes where each is claimed, where there is but one, or where the system knows no such thing.
    """
    global _given
    if not hasattr(os, "sched_setaffinity") or _given:
        return
    cores = os.sched_getaffinity(0)
    for core in sorted(cores, reverse=True) if len(cores) > 1 else ():  # the first has most interrupts to serve
        claim = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            claim.bind(f"\0{claims}-{core}")
        except OSError:
            claim.close()
            continue
        _claims.append(claim)
        _given = frozenset(cores)
        os.sched_setaffinity(0, {core})
        return


@contextmanager
def on_all() -> Iterator[None]:
    """Let this thread, and those that it starts meanwhile, run on every core that the process was given."""
    if not _given:
        yield
        return
    kept = os.sched_getaffinity(0)
    os.sched_setaffinity(0, _given)
    try:
        yield
    finally:
        os.sched_setaffinity(0, kept)
