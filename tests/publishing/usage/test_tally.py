"""Logs are added up once, however they are called, grow and are compressed; parts of a file count once."""

from __future__ import annotations

import gzip
import io
import json
from collections import Counter
from collections.abc import Iterable
from datetime import date

from made_published import WHOLE

from portal.publishing.usage.tally import LogMark, LogResult, Tally, Times
from portal.publishing.usage.used_datasets import known_datasets

TODAY = date(2026, 6, 1)
KNOWN = known_datasets([WHOLE])
PAGE, FILE = "/datasets/stops/", "/data/stops/stops.parquet"


def line(path: str = PAGE, *, at: str = "2026-05-31T08:00:00+08:00", status: int = 200, **more: object) -> bytes:
    """Return a line of the portal's log."""
    record = {"time": at, "addr": "10.1.2.3", "method": "GET", "path": path, "status": status, "agent": "Mozilla/5.0"}
    return json.dumps({**record, **more}).encode() + b"\n"


def tally(marks: Iterable[LogMark] = ()) -> Tally:
    """Return what counts logs for a fixed day."""
    return Tally(KNOWN, marks, today=TODAY, oldest=date(2026, 1, 1))


def read(counter: Tally, content: bytes) -> LogResult:
    """Count one log."""
    return counter.read(io.BufferedReader(io.BytesIO(content)))


def views(result: LogResult) -> int:
    """Return how often people saw the page."""
    return sum(times.people for (_, _, kind), times in result.counts.items() if kind == "views")


def test_a_log_that_grew_is_counted_on() -> None:
    """By another name, compressed and in another run it is known, and only what is new is counted."""
    before = read(tally(), line() * 3)
    assert before.mark is not None
    after = read(tally([before.mark]), gzip.compress(line() * 5))
    assert (views(before), views(after), after.lines, after.known_lines) == (3, 2, 5, 3)


def test_the_same_log_counts_once() -> None:
    """Twice in one run, and each of its earlier states too."""
    counter = tally()
    assert [views(read(counter, line() * number)) for number in (2, 4, 4, 2)] == [2, 2, 0, 0]


def test_logs_of_workers_add_up() -> None:
    """Each begins otherwise."""
    counter = tally()
    assert [views(read(counter, line(addr=address) * 2)) for address in ("10.0.0.1", "10.0.0.2")] == [2, 2]


def test_lines_told_before_are_not_told_again() -> None:
    """What could not be read counts as known as well."""
    counter = tally()
    first, second = read(counter, b"nonsense\n"), read(counter, b"nonsense\n" + line(at="?"))
    assert (first.unread, second.unread) == (Counter({"not-a-log": 1}), Counter({"time": 1}))


def test_parts_of_a_file_count_once_a_day() -> None:
    """For each visitor and file; a whole file always counts, and its rest after a break does not."""
    parts = line(FILE, status=206) * 40
    content = (
        parts
        + line(FILE, status=206, addr="10.0.0.9")
        + line(FILE, status=206, at="2026-05-30T08:00:00+08:00")
        + line("/data/stops/stops.csv") * 2
        + line("/data/stops/stops.csv", status=206)
    )
    assert read(tally(), content).counts == {
        (date(2026, 5, 31), "stops", "downloads"): Times(4),
        (date(2026, 5, 30), "stops", "downloads"): Times(1),
    }


def test_robots_stand_apart() -> None:
    """Programs of people do not."""
    agents = ("Mozilla/5.0 (compatible; Baiduspider/2.0)", "", "python-requests/2.32", "R (4.4.1 x86_64-pc-linux-gnu)")
    content = b"".join(line(agent=agent) for agent in agents)
    assert read(tally(), content).counts == {(date(2026, 5, 31), "stops", "views"): Times(2, 2)}


def test_days_far_away_are_not_counted() -> None:
    """Those in the future cannot be right and are told; those that are kept no more are told apart."""
    days = ("2026-06-02", "2026-06-03", "2099-01-01", "2026-01-01", "2025-12-31", "0001-02-02")
    result = read(tally(), b"".join(line(at=f"{day}T12:00:00+08:00") for day in days))
    assert (sorted(day.isoformat() for day, _, _ in result.counts), result.unread, result.old_lines) == (
        ["2026-01-01", "2026-06-02"],
        Counter({"future": 2}),
        2,
    )
