"""usage.ndjson: how often each dataset was used on each day, and which logs were counted; read and written.

`portal usage` writes it beside catalog.yaml, a build reads it. It holds counts and nothing of who asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from portal.model.use import USE_KINDS
from portal.publishing.usage.tally import AHEAD_DAYS_MAX, CountKey, LogMark, Times

FILE_NAME = "usage.ndjson"
LINES_MAX = 5_000_000
"""Lines of ``usage.ndjson`` that are read: a year of 4,000 datasets."""
LINE_BYTES_MAX = 2_000
"""A longer line of ``usage.ndjson`` is broken."""
MARKS_MAX = 20_000
"""Logs whose reading is remembered in ``usage.ndjson``, the latest."""
_COUNT_MAX = 10**12
"""A number in ``usage.ndjson`` that is larger cannot be right."""


@dataclass(frozen=True)
class Usage:
    """What the file holds; *broken_lines* of it could not be read. *is_kept* tells whether there is a file at all."""

    counts: Mapping[CountKey, Times] = field(default_factory=dict)
    marks: tuple[LogMark, ...] = ()
    broken_lines: int = 0
    is_kept: bool = False


def read_usage(path: Path) -> Usage:
    """Read the counts in *path*, none where there is no such file; of two lines for one thing the later counts."""
    counts: dict[CountKey, Times] = {}
    marks: list[LogMark] = []
    broken = 0
    if not path.is_file():
        return Usage()
    for record in _lines(path):
        try:
            if "sha256" in record:
                marks.append(LogMark(_number(record["bytes"]), _text(record["sha256"]), _day(record["read"])))
            else:
                key = (_day(record["date"]), _text(record["dataset"]), USE_KINDS[USE_KINDS.index(record["kind"])])
                counts[key] = Times(_number(record["people"]), _number(record["robots"]))
        except (KeyError, TypeError, ValueError):
            broken += 1
    return Usage(counts, tuple(marks), broken, is_kept=True)


def merged(usage: Usage, counts: Mapping[CountKey, Times], marks: Iterable[LogMark], *, oldest: date) -> Usage:
    """Return *usage* with what was counted now; days before *oldest* are dropped, and logs that were read before it.

    >>> day, key = date(2026, 6, 1), (date(2026, 6, 1), "schools", "views")
    >>> before = Usage({key: Times(2, 1), (date(2025, 1, 1), "schools", "views"): Times(9)})
    >>> merged(before, {key: Times(1)}, [], oldest=date(2026, 1, 1)).counts == {key: Times(3, 1)}
    True
    """
    summed = dict(usage.counts)
    for key, times in counts.items():
        summed[key] = summed.get(key, Times()) + times
    kept = {key: times for key, times in summed.items() if key[0] >= oldest}
    known_since = oldest - timedelta(days=AHEAD_DAYS_MAX)
    later = dict.fromkeys(mark for mark in (*usage.marks, *marks) if mark.read >= known_since)
    return Usage(kept, tuple(later)[-MARKS_MAX:], is_kept=True)


def dump_usage(usage: Usage) -> Iterator[str]:
    """Write *usage* line by line: the logs, then the counts by day, dataset and kind."""
    for mark in usage.marks:
        yield _line({"bytes": mark.bytes, "sha256": mark.sha256, "read": mark.read.isoformat()})
    for (day, name, kind), times in sorted(usage.counts.items()):
        counted = {"people": times.people, "robots": times.robots}
        yield _line({"date": day.isoformat(), "dataset": name, "kind": kind, **counted})


def _line(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def _lines(path: Path) -> Iterator[Any]:
    with path.open("rb") as file:
        for _ in range(LINES_MAX):
            line = file.readline(LINE_BYTES_MAX)
            if not line:
                return
            if line.strip():
                try:
                    yield json.loads(line)
                except (ValueError, RecursionError):
                    yield None


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= _COUNT_MAX:
        raise ValueError(value)
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _day(value: Any) -> date:
    return date.fromisoformat(value)
