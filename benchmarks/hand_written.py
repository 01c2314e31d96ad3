"""What would libraries cost in place of what is written by hand: processes, feeds, telephone numbers, check digits?

Peers, in the same run: pebble for ``portal/workers.py``, feedgen for ``formats/atom.py``, phonenumbers for the mobiles
and landlines of the privacy gate, python-stdnum for identity and card numbers. CPU time, median of three. The first
three are no dependencies; one that is missing is passed over: ``pip install pebble feedgen phonenumbers``.
"""

from __future__ import annotations

import csv
import random
import re
import resource
import statistics
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from datetime import time as clock_time
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

from catalogue import PROJECT
from stdnum import luhn
from stdnum.cn import ric

from portal.examining.privacy.recognising.detectors import is_resident_id
from portal.examining.privacy.recognising.spelling import normal
from portal.examining.privacy.recognising.telephones import find_mobiles, has_landline
from portal.publishing.formats import atom
from portal.workers import each

SHARED = PROJECT.parent / "shared"
ROUNDS = 3
JOBS = 2
SMALL, HEAVY = range(10_000), range(6_000_000, 6_000_008)
ENTRIES = 1_000
CELLS, CELLS_COMPARED = 50_000, 20_000
NUMBERS = 20_000
TODAY = date(2026, 1, 1)


def main() -> None:
    """Print both costs for each, and their ratio."""
    print(f"CPU time, median of {ROUNDS}")
    for title, compare in (
        ("pebble", _processes),
        ("feedgen", _feeds),
        ("phonenumbers", _telephones),
        ("stdnum", _check_digits),
    ):
        try:
            peer = import_module(title)
        except ImportError:
            print(f"{title} is missing; install it with: pip install {title}")
            continue
        for line in compare(peer):
            print(line, flush=True)


def _processes(pebble: Any) -> Iterator[str]:
    """Many items that cost nothing and few that cost much, in two processes, each bounded in time."""

    def by_pebble(work: Callable[[int], int], items: Sequence[int]) -> None:
        with pebble.ProcessPool(JOBS) as pool:
            waiting: deque[Any] = deque()
            for item in items:
                waiting.append(pool.schedule(work, args=(item,), timeout=60))
                if len(waiting) == 2 * JOBS:
                    waiting.popleft().result()
            while waiting:
                waiting.popleft().result()

    def by_ours(work: Callable[[int], int], items: Sequence[int]) -> None:
        deque(each(work, items, jobs=JOBS, seconds_max=60, killed=lambda item: item), maxlen=0)

    for title, work, items in (("small", _double, SMALL), ("heavy", _add_up, HEAVY)):
        ours, theirs = _seconds(by_ours, work, items), _seconds(by_pebble, work, items)
        yield _line(f"{len(items):,} {title} items in {JOBS} processes", "s", ours, "pebble", theirs)


def _feeds(_: Any) -> Iterator[str]:
    """A feed of a thousand entries, as text."""
    generator = import_module("feedgen.feed").FeedGenerator
    page = "https://data.example/"
    entries = [
        atom.Entry(
            date(2026, 1, number % 28 + 1), f"d{number}", f"第{number}号", "说明" * 100, "某局", f"{page}{number}"
        )
        for number in range(ENTRIES)
    ]

    def by_feedgen() -> None:
        feed = generator()
        feed.id(page)
        feed.title("开放")
        feed.language("zh-CN")
        feed.link(rel="self", href=page)
        for item in entries:
            entry = feed.add_entry(order="append")
            entry.id(item.url)
            entry.title(item.title)
            entry.updated(datetime.combine(item.updated, clock_time(), UTC))
            entry.author(name=item.publisher)
            entry.link(rel="alternate", type="text/html", href=item.url)
            entry.summary(item.summary)
        feed.atom_str(pretty=True)

    ours = _seconds(lambda: atom.dump(entries, lang="zh", title="开放", page_url=page, feed_url=page))
    yield _line(f"a feed of {ENTRIES:,} entries", "s", ours, "feedgen", _seconds(by_feedgen))


def _telephones(phonenumbers: Any) -> Iterator[str]:
    """Cells as tables have them, one in five with a telephone number."""
    dice = random.Random(3)
    cells = [cell for _ in range(CELLS // 10) for cell in _cells(dice)]

    def by_phonenumbers() -> None:
        for cell in cells:
            list(phonenumbers.PhoneNumberMatcher(cell, "CN"))

    def by_ours() -> None:
        for cell in cells:
            list(find_mobiles(cell))
            has_landline(cell)

    ours, theirs = (_seconds(work) / len(cells) * 1e6 for work in (by_ours, by_phonenumbers))
    yield _line("mobiles and landlines, a cell", "µs", ours, "phonenumbers", theirs)
    types = phonenumbers.PhoneNumberType

    def kinds(cell: str) -> set[bool]:
        """Say of the numbers in a cell whether they are mobiles."""
        numbers = (match.number for match in phonenumbers.PhoneNumberMatcher(cell, "CN"))
        return {phonenumbers.number_type(number) == types.MOBILE for number in numbers}

    for title in ("data/pii", "cases/privacy", "cases/look-alikes", "data/cn"):
        for kind, find in (("mobile", lambda cell: any(find_mobiles(cell))), ("landline", has_landline)):
            seen = Counter((find(cell), (kind == "mobile") in kinds(cell)) for cell in _cells_below(SHARED / title))
            yield (
                f"  {title}, cells with a {kind}: both {seen[True, True]}, ours alone {seen[True, False]}, "
                f"phonenumbers alone {seen[False, True]}, of {seen.total():,}"
            )


def _cells_below(folder: Path) -> list[str]:
    """Return the cells with five digits of the CSV files below *folder* and the texts of its JSON, 20,000 at most."""
    cells: list[str] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".csv", ".txt", ".json", ".geojson", ".kml") and path.name != "datapackage.json":
            text = normal(path.read_text(encoding="utf-8-sig", errors="replace"))
            found: Iterable[str]
            if path.suffix == ".csv":
                found = chain.from_iterable(csv.reader(text.splitlines()))
            elif path.suffix.endswith("json"):
                found = re.findall(r'"([^"]{5,500})"', text)
            else:
                found = text.splitlines()
            cells += (cell for cell in found if re.search("[0-9]{5}", cell))
    return random.Random(1).sample(cells, min(len(cells), CELLS_COMPARED))


def _cells(dice: random.Random) -> Iterator[str]:
    number = dice.randrange(10**6)
    yield f"某某区第{number % 999}小学"
    yield f"{number:09}"
    yield f"2026-01-{number % 28 + 1:02}"
    yield f"{number / 100:.2f}"
    yield f"XK{number:09}"
    yield f"91110000MA{number:07}X"
    yield f"13800{number:06}"
    yield f"围绕示例开展培训和检查，整改{number % 99}次"
    yield f"0512-65{number:06}"
    yield f"116.{number:06}"


def _check_digits(_: Any) -> Iterator[str]:
    """Identity numbers that are right, which is the dear case; and what Luhn takes for a card number."""
    dice = random.Random(5)
    days = [f"18{dice.randrange(80):02}0{dice.randrange(1, 10)}{dice.randrange(10, 29)}" for _ in range(NUMBERS)]
    bodies = [f"{dice.choice((110101, 440106, 650100))}{day}{dice.randrange(1000):03}" for day in days]
    ids = [f"{body}{ric.calc_check_digit(f'{body}0')}" for body in bodies]
    cards = [f"6222{number:014}{luhn.calc_check_digit(f'6222{number:014}')}" for number in range(NUMBERS)]
    yield _line("an identity number", "µs", _each_one(_is_id, ids), "ric.is_valid", _each_one(ric.is_valid, ids))
    accepted = f"takes {sum(map(ric.is_valid, ids)):,} of {len(ids):,} for right, ours {sum(map(_is_id, ids)):,}"
    yield f"  ric.is_valid {accepted}; ric.calc_check_digit alone {_each_one(ric.calc_check_digit, ids):.3f} µs"
    yield f"  luhn.is_valid, which decides on card numbers, alone {_each_one(luhn.is_valid, cards):.3f} µs"


def _is_id(number: str) -> bool:
    return is_resident_id(number, TODAY)


def _each_one(work: Callable[[str], object], numbers: Sequence[str]) -> float:
    """Return the microseconds for one of *numbers*."""

    def all_of_them() -> None:
        for number in numbers:
            work(number)

    return _seconds(all_of_them) / len(numbers) * 1e6


def _double(number: int) -> int:
    return 2 * number


def _add_up(number: int) -> int:
    return sum(range(number))


def _seconds(work: Callable[..., object], *arguments: Any) -> float:
    """Return the CPU seconds of *work*, with those of the processes that it ended."""
    spent = []
    for _ in range(ROUNDS):
        start = _cpu_seconds()
        work(*arguments)
        spent.append(_cpu_seconds() - start)
    return statistics.median(spent)


def _cpu_seconds() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _line(title: str, unit: str, ours: float, peer: str, theirs: float) -> str:
    return f"{title}: ours {ours:.3f} {unit}, {peer} {theirs:.3f} {unit}, {theirs / ours:.1f} times"


if __name__ == "__main__":
    main()
