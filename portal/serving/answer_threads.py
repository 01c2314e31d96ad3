"""Threads that make answers: as many as are wanted at once, up to a number.

Beside `concurrent.futures.ThreadPoolExecutor` there are no futures with locks of their own: half its cost, where
a job is done in a fifth of a millisecond.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

_Job = tuple[Callable[..., object], tuple[Any, ...]]

logger = logging.getLogger(__name__)


class AnswerThreads:
    """Up to *most* threads, which carry out what they are given, in that order.

    They do not hold up the end of the process.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._free: deque[None] = deque()
        """One for each thread that waits for a job, and is not yet counted on."""
        self._threads: list[threading.Thread] = []

    def give(self, function: Callable[..., object], *given: Any) -> None:
        """Have a function carried out by the next thread that is free. Always called by the same thread."""
        self._jobs.put((function, given))
        try:
            self._free.pop()
        except IndexError:
            if len(self._threads) < self._most:
                thread = threading.Thread(target=self._work, name=f"answer-{len(self._threads)}", daemon=True)
                self._threads.append(thread)
                thread.start()

    def has_free(self) -> bool:
        """Whether a thread waits for a job."""
        return bool(self._free)

    def end(self, seconds_max: float) -> None:
        """Let threads finish what they were given, for so many seconds."""
        for _ in self._threads:
            self._jobs.put(None)
        until = time.monotonic() + seconds_max
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            function, given = job
            try:
                function(*given)
            except Exception:  # never seen: what is given tells its own failures
                logger.exception("a thread failed")
            del job, function, given
            self._free.append(None)
