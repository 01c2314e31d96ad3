"""Regular expressions that take for ever (ReDoS): a schema's ``pattern`` tried against the clock.

Such patterns are tried on the texts of their columns first. Python tries one way after the other, and for some patterns
(``(a+)+``) every character more doubles the number of ways. Most patterns leave few ways, and are not tried here. What
is tried has some seconds of processor time in all.
"""

from __future__ import annotations

import re
import signal
import threading
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice

# A parse tree has no public name; with these two modules `re` itself has read patterns since 3.11.
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Any

from portal.examining.reading.descriptors.wanted_values import as_list, as_mapping, as_text
from portal.examining.reading.understood_tables import raw_rows
from portal.findings.details import shown
from portal.findings.finding import Finding, found
from portal.model.catalog import Dataset
from portal.model.understood_table import UnderstoodTable

SECONDS_MAX = 3.0
"""Processor time for all texts of a column, and `SECONDS_A_TEXT` more for each."""
SECONDS_A_TEXT = 0.00002
WAYS_MAX = 100_000
"""A pattern that leaves more ways to match a text may be slow, and is timed."""
_WAYS_WITHOUT_END = 10_000
"""As so many ways counts a repeat that has no upper bound."""
_BATCH_ROWS = 20_000
_ONE_WAY = frozenset(
    {codes.LITERAL, codes.NOT_LITERAL, codes.ANY, codes.IN, codes.AT, codes.RANGE, codes.CATEGORY, codes.NEGATE}
)


class _TooSlow(Exception):
    pass


def slow_patterns(tables: Mapping[str, UnderstoodTable], dataset: Dataset) -> Iterator[Finding]:
    """Yield the fields whose pattern takes too long on the texts of their column."""
    for name, table in tables.items():
        places = {
            at: pattern
            for at, field in enumerate(as_list(table.schema.get("fields")))
            if (pattern := _pattern_of(field)) is not None
        }
        for at in _slow_columns(table, places):
            yield _finding(dataset, name, as_mapping(table.schema["fields"][at]), places[at])


def slow_examples(dataset: Dataset) -> Iterator[Finding]:
    """Yield the fields whose pattern takes too long on the example that the descriptor itself gives."""
    for name, entry in dataset.entries.items():
        for field in map(as_mapping, as_list(as_mapping(entry.get("schema")).get("fields"))):
            pattern, example = _pattern_of(field), field.get("example")
            if pattern is not None and isinstance(example, str) and is_too_slow(pattern, [example]):
                yield _finding(dataset, name, field, pattern)


def is_too_slow(pattern: re.Pattern[str], texts: Sequence[str]) -> bool:
    """Whether to match *texts* takes more than the time that they have.

    >>> is_too_slow(re.compile("^(a+)+$"), ["aaa", "b"])
    False
    """
    return _Clock().is_over(pattern, texts)


def may_be_slow(pattern: str) -> bool:
    """Whether a pattern leaves many ways to match a text.

    >>> [may_be_slow(text) for text in ("[0-9]{6}", "K[0-9]+", "(甲|乙)", "(a+)+", "(甲|乙丙)*", "x*x*", r"(.)\\1")]
    [False, False, False, True, True, True, True]
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _ways(parser.parse(f"^{pattern}$")) > WAYS_MAX
    except (re.error, RecursionError, OverflowError):
        return False  # whoever checks the descriptor says so


def _ways(items: Iterable[Any]) -> int:
    """Return about how many ways there are to match, at most one more than `WAYS_MAX`."""
    count = 1
    for code, value in items:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
            least, most, inner = value
            count *= _ways_of_repeat(least, most, _ways(inner))
        elif code is codes.BRANCH:
            count *= sum(map(_ways, value[1]))
        elif code is codes.SUBPATTERN:
            count *= _ways(value[3])
        elif code not in _ONE_WAY:
            return WAYS_MAX + 1
        if count > WAYS_MAX:
            return WAYS_MAX + 1
    return count


def _ways_of_repeat(least: int, most: Any, inner: int) -> int:
    if inner == 1:
        return min(int(most) - least + 1, _WAYS_WITHOUT_END)
    if most > 20:
        return WAYS_MAX + 1
    return sum(inner**number for number in range(least, int(most) + 1))


def _pattern_of(field: Any) -> re.Pattern[str] | None:
    """Return the pattern of a field as Frictionless compiles it, where it may be slow."""
    declared = as_mapping(as_mapping(field).get("constraints")).get("pattern")
    if not isinstance(declared, str) or as_mapping(field).get("type") != "string" or not may_be_slow(declared):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return re.compile(f"^{declared}$")
    except (re.error, RecursionError, OverflowError):
        return None


def _slow_columns(table: UnderstoodTable, patterns: Mapping[int, re.Pattern[str]]) -> Iterator[int]:
    clocks = {at: _Clock() for at in patterns}
    rows = raw_rows(table) if patterns else iter(())
    while clocks and (batch := list(islice(rows, _BATCH_ROWS))):
        for at, clock in list(clocks.items()):
            texts = {cells[at] for _, cells in batch if at < len(cells)}
            if clock.is_over(patterns[at], sorted(texts)):
                del clocks[at]
                yield at


class _Clock:
    """The processor time that is left for one pattern."""

    def __init__(self) -> None:
        self._seconds = SECONDS_MAX

    def is_over(self, pattern: re.Pattern[str], texts: Sequence[str]) -> bool:
        self._seconds += len(texts) * SECONDS_A_TEXT
        try:
            with _at_most(self._seconds) as left:
                for text in texts:
                    pattern.match(text)
                self._seconds = left()
        except _TooSlow:
            return True
        return self._seconds <= 0


@contextmanager
def _at_most(seconds: float) -> Iterator[Any]:
    """Raise _TooSlow after *seconds* of processor time, even within a match: it asks for signals now and then.

    Only the main thread of a process gets signals; the time of another is bounded by whoever started it.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGVTALRM"):
        yield lambda: seconds
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, max(seconds, 0.001))
    try:
        yield lambda: signal.getitimer(signal.ITIMER_VIRTUAL)[0]
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _finding(dataset: Dataset, resource: str, field: Mapping[str, Any], pattern: re.Pattern[str]) -> Finding:
    return found(
        "pattern-too-slow",
        dataset=dataset.name,
        resource=resource,
        file=dataset.descriptor_file,
        field=as_text(field.get("name")),
        value=shown(pattern.pattern[1:-1]),
        seconds=int(SECONDS_MAX),
    )
