"""Worker processes (``--jobs``): many items in parallel, in order; timeout; a killed one (memory) is done again.

Work is bounded in time and number, and never left behind. A process is thrown away where it dies or takes too long, and
only the item it died of is lost. Workers end with the process that started them, however that ends.
Whoever waits may hear how far the work is (`Progress`).
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import active_children, connection, parent_process
from multiprocessing.sharedctypes import RawArray
from typing import Any, Protocol, TypeVar

from portal.model.errors import unraisable

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class Progress(Protocol):
    """Hears how far the work is."""

    def step(self, name: str, total: int | None = None) -> None:
        """A step begins; *total* is how many items it has, where that is known."""

    def advance(self, item: str) -> None:
        """One item of the step is done."""


class Silence:
    """A progress that nobody watches."""

    def step(self, name: str, total: int | None = None) -> None:
        """Say nothing."""

    def advance(self, item: str) -> None:
        """Say nothing."""


def each(
    work: Callable[[_Item], _Result],
    items: Sequence[_Item],
    *,
    jobs: int,
    seconds_max: int,
    killed: Callable[[_Item], _Result],
    is_light: Callable[[_Item], bool] = lambda item: False,
) -> Iterator[tuple[_Item, _Result]]:
    """Do *work* on every item in *jobs* processes; results come in the order of items.

    Without a job all is done here, and nothing is bounded. What *is_light* is done here, too: sending it away would
    cost more, and its result would be a copy of all it holds.

    An item that takes longer than *seconds_max* ends its process. A process that dies takes all that wait in its pool
    with it, so each of those is done once more in a process of its own; the one that dies again gets the result of
    *killed*, as does at once the one whose time was over.
    """
    if not jobs:
        yield from ((item, work(item)) for item in items)
        return
    heavy = _away(work, [item for item in items if not is_light(item)], jobs, seconds_max, killed)
    for item in items:
        yield (item, work(item)) if is_light(item) else next(heavy)
    yield from heavy  # nothing is left; this lets the pool end


def _away(
    work: Callable[[_Item], _Result],
    items: Sequence[_Item],
    jobs: int,
    seconds_max: int,
    killed: Callable[[_Item], _Result],
) -> Iterator[tuple[_Item, _Result]]:
    remaining = deque(items)
    while remaining:
        yield from _until_broken(work, remaining, jobs, seconds_max, killed)


def _until_broken(
    work: Callable[[_Item], _Result],
    remaining: deque[_Item],
    jobs: int,
    seconds_max: int,
    killed: Callable[[_Item], _Result],
) -> Iterator[tuple[_Item, _Result]]:
    """Take items from *remaining* until there are none or the pool broke; those it held are then done alone.

    One whose time was over when the pool broke is not begun again: it would take as long.
    """
    begun: Any = RawArray("d", len(remaining))
    """When each item was begun, by a clock that all processes share; 0 for not yet."""
    pool = ProcessPoolExecutor(min(jobs, len(remaining)), initializer=_prepare, initargs=(begun,))
    waiting: deque[tuple[int, _Item, Future[_Result]]] = deque()
    broken_at: list[float] = []

    def note(future: Future[_Result]) -> None:
        if not future.cancelled() and isinstance(future.exception(), BrokenProcessPool):
            broken_at.append(time.monotonic())

    submitted = 0
    try:
        while remaining or waiting:
            while remaining and len(waiting) < 2 * jobs:
                with _signals_held():
                    future = pool.submit(_timed, work, seconds_max, remaining[0], submitted)
                future.add_done_callback(note)
                waiting.append((submitted, remaining.popleft(), future))
                submitted += 1
            _, item, future = waiting[0]
            result = future.result()
            waiting.popleft()
            yield item, result
    except BrokenProcessPool:
        pool.shutdown(wait=True, cancel_futures=True)
        end = min(broken_at, default=0.0)
        for number, item, future in waiting:
            if future.done() and not future.cancelled() and future.exception() is None:
                yield item, future.result()
            elif begun[number] and end - begun[number] >= seconds_max:
                yield item, killed(item)
            else:
                yield item, _alone(partial(_timed, work, seconds_max), item, killed)
    except BaseException:
        # An interrupt may have come in the middle of anything: nothing can be waited for, so the workers are ended.
        for process in active_children():
            process.kill()
        pool.shutdown(wait=False, cancel_futures=True)
        _let_managers_end()
        raise
    else:
        pool.shutdown(wait=True)


def _let_managers_end() -> None:
    """Give the threads that manage ended workers a moment: Python's exit would write to pipes that they close."""
    for thread in threading.enumerate():
        if type(thread).__name__ == "_ExecutorManagerThread":
            thread.join(timeout=1)


def _alone(work: Callable[[_Item], _Result], item: _Item, killed: Callable[[_Item], _Result]) -> _Result:
    try:
        with ProcessPoolExecutor(1, initializer=_prepare) as pool:
            with _signals_held():
                future = pool.submit(work, item)
            return future.result()
    except BrokenProcessPool:
        return killed(item)


@contextlib.contextmanager
def _signals_held() -> Iterator[None]:
    """Let an interrupt wait while a process is started: Python would lose it in the middle of a fork."""
    held = {signal.SIGINT, signal.SIGTERM}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, held)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_begun: Any = None
"""In a worker: where it writes when it began an item."""


def _prepare(begun: Any = None) -> None:
    """Make a worker leave the keyboard's interrupt to its parent, and end when the parent is gone."""
    global _begun
    _begun = begun
    sys.unraisablehook = unraisable
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Wait for the end of the process that started this one, and end, too. For a thread of its own."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _timed(work: Callable[[_Item], _Result], seconds_max: int, item: _Item, number: int = 0) -> _Result:
    """Do *work*; the system ends the process where it takes too long, even inside a regular expression."""
    if _begun is not None:
        _begun[number] = time.monotonic()
    if not hasattr(signal, "SIGALRM"):
        return work(item)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds_max)
    try:
        return work(item)
    finally:
        signal.alarm(0)
