"""What is made once and remembered while it is asked for: the values asked for last, for several threads at once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """The values in *kept*, whose bound is its own; one that not *is_worth_it*, by its key or itself, is made anew."""

    def __init__(self, kept: LRUCache[Key, Value], is_worth_it: Callable[[Key, Value], bool]) -> None:
        self._lock = Lock()
        self._kept = kept
        self._is_worth_it = is_worth_it

    def value(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return the value of *key*, which *make* gives where it is not remembered; what it raises is not."""
        with self._lock:
            found = self._kept.get(key)
        if found is not None:
            return found
        made = make()
        if self._is_worth_it(key, made):
            with self._lock:
                self._kept[key] = made
        return made
