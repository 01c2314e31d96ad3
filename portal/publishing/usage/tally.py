"""Requests of access logs added up by day, dataset and kind; parts of one file fetched by one visitor count once.

A log is known again by its beginning: the number of bytes and their SHA-256 after each time that it was read. What was
counted before is not counted once more, however the log is called now, whether it has grown or was compressed.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import IO

from portal.model.use import UseKind
from portal.publishing.usage.access_logs import LoggedRequest, LogReader
from portal.publishing.usage.robot_agents import is_robot
from portal.publishing.usage.used_datasets import KnownDatasets

VISITS_KEPT_MAX = 100_000
"""Downloads that are remembered while logs are read, so that parts of one file count once; the oldest are forgotten."""
AHEAD_DAYS_MAX = 1
"""Clocks differ; what was asked for later than so many days from today is a mistake or a forgery."""

CountKey = tuple[date, str, UseKind]


@dataclass(frozen=True, slots=True)
class Times:
    """How often people, with their programs, and robots did something."""

    people: int = 0
    robots: int = 0

    def __add__(self, other: Times) -> Times:
        return Times(self.people + other.people, self.robots + other.robots)


@dataclass(frozen=True, slots=True)
class LogMark:
    """How far a log was read: so many bytes from its start, with that SHA-256, on that day."""

    bytes: int
    sha256: str
    read: date


@dataclass
class LogResult:
    """What one log came to. *unread* are lines by the reason why they could not be read."""

    counts: dict[CountKey, Times] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)
    lines: int = 0
    known_lines: int = 0
    """Lines at its start that were counted an earlier time."""
    old_lines: int = 0
    """Lines of days that are kept no more."""
    mark: LogMark | None = None


class Tally:
    """Reads logs one after another, for *today*, counting what days since *oldest* hold of *known* datasets."""

    def __init__(self, known: KnownDatasets, marks: Iterable[LogMark], *, today: date, oldest: date) -> None:
        self._known = known
        self._today = today
        self._oldest = oldest
        self._newest = today + timedelta(days=AHEAD_DAYS_MAX)
        self._marks: dict[int, set[str]] = {}
        self._visits: OrderedDict[int, None] = OrderedDict()
        for mark in marks:
            self._marks.setdefault(mark.bytes, set()).add(mark.sha256)

    def read(self, file: IO[bytes]) -> LogResult:
        """Count one log from where it was counted last."""
        reader, result = LogReader(file), LogResult()
        for line in reader.lines():
            result.lines += 1
            if line.reason:
                result.unread[line.reason] += 1
            elif line.request:
                self._add(line.request, result)
            if reader.bytes in self._marks and reader.digest in self._marks[reader.bytes]:
                result = LogResult(lines=result.lines, known_lines=result.lines)
        if reader.bytes:
            result.mark = LogMark(reader.bytes, reader.digest, self._today)
            self._marks.setdefault(reader.bytes, set()).add(reader.digest)
        return result

    def _add(self, request: LoggedRequest, result: LogResult) -> None:
        if request.day > self._newest:
            result.unread["future"] += 1
        elif request.day < self._oldest:
            result.old_lines += 1
        elif used := self._known.used(request):
            name, kind = used
            if kind == "downloads" and not self._is_first(request):
                return
            robot = is_robot(request.agent)
            key = (request.day, name, kind)
            result.counts[key] = result.counts.get(key, Times()) + Times(not robot, robot)

    def _is_first(self, request: LoggedRequest) -> bool:
        """Whether a download is one of its own: a whole file always is, a part where that visitor had none that day."""
        visit = hash((request.day, request.address, request.agent, request.path))
        is_new = visit not in self._visits
        self._visits[visit] = None
        self._visits.move_to_end(visit)
        if len(self._visits) > VISITS_KEPT_MAX:
            self._visits.popitem(last=False)
        return is_new or request.status == 200
