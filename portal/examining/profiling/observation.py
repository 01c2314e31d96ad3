"""Facts for schema inference: how cells of a column are spelled, which are missing (N/A, 无), which repeat.

Every cell of a table is looked at once. Nothing is sampled, and memory does not grow with the rows, but for eight bytes
a row of the few columns that may be keys. What to make of it is for `portal.examining.profiling.inference`.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import zip_longest
from typing import Any

import numpy as np

from portal.examining.profiling.spellings import SPELLINGS, Spelling, day_of, days_in
from portal.examining.profiling.titles import TitleHints, hints_of
from portal.examining.reading.understood_tables import raw_rows
from portal.model.understood_table import UnderstoodTable

BATCH_ROWS = 5000
BATCH_CHARACTERS = 8_000_000
KNOWN_VALUES_MAX = 20
"""Values of a column that are remembered; where there are more, it is no closed list."""
VALUE_CHARACTERS_MAX = 100
"""A column with a longer value is no closed list."""
KEY_HASHES_MAX = 20_000_000
"""Cells that are remembered as hashes (eight bytes each) to see whether they repeat; beyond, no key is proposed."""
STARTS_MAX = 100
"""Different beginnings of values that are remembered, to see whether codes begin alike."""

MISSING_MARKS = frozenset(
    "- -- --- — —— － / \\ . .. … * ** 无 暂无 空 缺 缺失 N/A n/a NA \\N "
    "#N/A #DIV/0! #VALUE! #REF! #NAME? #NULL! #NUM! null NULL Null None none NaN nan NAN".split()
)
"""How publishers write that there is no value. Which of these mean it in a column is decided by its other cells."""

CERTAIN_MARKS = frozenset(["\\N"])
"""Those of them that mean it wherever they stand: databases write them, and nobody else."""
DATABASE_MARK = "NULL"
"""What databases write as well, but people too, where they write about databases."""
_GROUPS_OR_FRACTION = {
    ".": re.compile(r" *-?(?:0|[1-9][0-9]{0,2}(?:\.[0-9]{3})?) *"),
    ",": re.compile(r" *-?(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})?) *"),
}
"""A number of at most three digits, then perhaps a sign and three more: ``1.001`` is one and a bit, or a thousand."""


@dataclass
class ColumnFacts:
    """What was seen in one column; *label* is as it stands in the header.

    *spellings* are those that every cell follows, missing cells and *marks* (signs for "no value", with their counts)
    aside; () for text. *values* counts the values of a column that has few, marks aside, None where there are many.
    *minimum* and *maximum* are cells of a column of numbers or days (of a column of times: their beginnings), "" for
    others.
    """

    label: str
    hints: TitleHints
    filled: int = 0
    """Cells with a value, marks aside."""
    empty: int = 0
    marks: Counter[str] = field(default_factory=Counter)
    spellings: tuple[Spelling, ...] = SPELLINGS
    values: Counter[str] | None = field(default_factory=Counter)
    length_min: int = 10**9
    length_max: int = 0
    starts: set[str] = field(default_factory=set)
    """The first two characters of the cells of a column of digits."""
    is_distinct: bool = False
    """Whether no cell, marks among them, stands twice; False where that was not looked at."""
    minimum: str = ""
    maximum: str = ""
    distinct: int = 0
    """Different numbers of each batch, added up."""
    ambiguous: dict[str, int] = field(default_factory=lambda: {".": 0, ",": 0})
    """For each sign the cells with it, where all cells may be read with it between groups, or before a fraction."""


@dataclass(frozen=True)
class TableFacts:
    """What was seen in a table. *has_marked_rows*: some row holds nothing but signs for "no value"."""

    rows: int
    columns: tuple[ColumnFacts, ...]
    has_marked_rows: bool = False


def observe(table: UnderstoodTable) -> TableFacts:
    """Look at every cell of *table*. Rows without any text are passed over: they are reported as blank rows.

    Raises csv.Error or UnicodeDecodeError where the text cannot be read, which understanding it would have reported.
    """
    watchers = [_Watcher(label) for label in table.labels]
    rows = 0
    has_marked_rows = False
    for batch in _batches(table):
        rows += len(batch)
        has_marked_rows = has_marked_rows or any(_is_marked_out(row) for row in batch if _is_blank(row[0]))
        for watcher, cells in zip(watchers, _columns(batch, len(watchers)), strict=True):
            watcher.add(cells)
        _forget_hashes(watchers)
    return TableFacts(rows, tuple(watcher.finish() for watcher in watchers), has_marked_rows)


def _batches(table: UnderstoodTable) -> Iterator[list[list[str]]]:
    batch: list[list[str]] = []
    characters = 0
    for _, cells in raw_rows(table):
        length = sum(map(len, cells))
        if not length:
            continue
        batch.append(cells)
        characters += length
        if len(batch) >= BATCH_ROWS or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _columns(batch: list[list[str]], width: int) -> Iterator[Sequence[str]]:
    """Yield the cells of each of *width* columns; what a short row lacks is empty, what a long one has more is left."""
    if any(len(row) != width for row in batch):
        batch = [row[:width] for row in batch]
        batch.append([""] * width)
        columns = [column[:-1] for column in zip_longest(*batch, fillvalue="")]
    else:
        columns = list(zip(*batch, strict=True))
    yield from columns


def _is_blank(cell: str) -> bool:
    return not cell or cell in MISSING_MARKS


def _is_marked_out(row: Sequence[str]) -> bool:
    return all(map(_is_blank, row))


def _forget_hashes(watchers: Sequence[_Watcher]) -> None:
    """Keep the memory of hashes bounded: the first columns are the likelier keys."""
    total = 0
    for watcher in watchers:
        total += len(watcher.hashes) if watcher.hashes is not None else 0
        if total > KEY_HASHES_MAX:
            watcher.hashes = None


class _Watcher:
    """Gathers the facts of one column, batch by batch."""

    def __init__(self, label: str) -> None:
        self.facts = ColumnFacts(label, hints_of(label))
        self.hashes: array[int] | None = array("q")

    def add(self, cells: Sequence[str]) -> None:
        """Take the next cells."""
        facts = self.facts
        counts = Counter(cells)
        self._remember_hashes(counts, len(cells))
        facts.empty += counts.pop("", 0)
        for mark in MISSING_MARKS & counts.keys():
            facts.marks[mark] += counts.pop(mark)
        if not counts:
            return
        facts.filled += counts.total()
        values = list(counts)
        if facts.values is not None:
            self._remember_values(counts)
        if facts.spellings:
            facts.spellings = tuple(item for item in facts.spellings if item.accepts(values))
            self._measure(values)

    def finish(self) -> ColumnFacts:
        """Return the facts; whether no cell repeats is decided over all of them."""
        facts = self.facts
        if self.hashes is not None and self.hashes:
            hashes = np.frombuffer(self.hashes, dtype=np.int64)
            facts.is_distinct = len(np.unique(hashes)) == len(hashes)
        if not facts.filled:
            facts.spellings = ()
        return facts

    def _remember_hashes(self, counts: Counter[str], cells: int) -> None:
        """Note the cells of a column that may be a key. Two texts with one hash can only keep a key from being seen."""
        if self.hashes is None:
            return
        may_be_key = self.facts.hints.is_key or (not self.facts.hints.is_quantity and self._looks_like_code(counts))
        if len(counts) < cells or not may_be_key:
            self.hashes = None
        else:
            self.hashes.extend(map(hash, counts))

    def _looks_like_code(self, counts: Counter[str]) -> bool:
        length = len(next(iter(counts)))
        return length >= 6 and all(len(value) == length and value.isdecimal() for value in counts)

    def _remember_values(self, counts: Counter[str]) -> None:
        facts = self.facts
        assert facts.values is not None
        facts.values.update(counts)
        if len(facts.values) > KNOWN_VALUES_MAX or max(map(len, counts)) > VALUE_CHARACTERS_MAX:
            facts.values = None

    def _measure(self, values: list[str]) -> None:
        facts = self.facts
        if not facts.spellings:
            facts.minimum = facts.maximum = ""
            return
        lengths = list(map(len, values))
        facts.length_min = min(facts.length_min, min(lengths))
        facts.length_max = max(facts.length_max, max(lengths))
        if len(facts.starts) <= STARTS_MAX:
            facts.starts.update(value[:2] for value in values)
        spelling = facts.spellings[0]
        if spelling.type in ("integer", "number"):
            facts.distinct += len(values)
            for sign in list(facts.ambiguous):
                if all(map(_GROUPS_OR_FRACTION[sign].fullmatch, values)):
                    facts.ambiguous[sign] += sum(1 for value in values if sign in value)
                else:
                    del facts.ambiguous[sign]
        if spelling.is_day:
            self._stretch(days_in(values), day_of)
        elif spelling.type in ("integer", "number"):
            self._stretch(values, _amount)

    def _stretch(self, values: Iterable[str], order: Callable[[str], Any]) -> None:
        facts = self.facts
        ends = [*values, facts.minimum, facts.maximum] if facts.minimum else list(values)
        facts.minimum, facts.maximum = min(ends, key=order), max(ends, key=order)


def _amount(cell: str) -> Decimal:
    return Decimal(cell.replace(",", ""))
