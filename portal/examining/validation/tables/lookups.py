"""Foreign keys: the values allowed, read from the tables they refer to.

Those of a small table are held in memory. Those of a large one stay where they are until it is known who asks: a small
table wants those it has itself, a large one is compared in SQL, where only texts are held.
"""

# ruff: noqa: S608 - texts in queries go through sql_text; names in them are of our own making

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portal.examining.validation.tables.chosen_rows import Frame, NotProvable, comment_filter, csv_options
from portal.examining.validation.tables.column_tests import ColumnTest, cells_sql, column_test, key_of, key_test
from portal.examining.validation.tables.structure import Regular, regular_rows
from portal.examining.validation.tables.table_keys import Key

if TYPE_CHECKING:
    import duckdb

Values = Set[tuple[Any, ...]]

MEMORY_TEXTS = 50_000
"""So many different texts are remembered, to read each once."""
LOOKUP_ROWS_MAX = 2_000_000
"""More different values than this are not held in memory."""
STRANGE_ROWS_MAX = 20_000
"""With more keys than this that only Frictionless can read, it reads the whole table."""
FILL_ROWS = 50_000


@dataclass(frozen=True)
class FarKeys:
    """The values of some fields of a table that is too large to be held in memory."""

    frame: Frame
    key: Key

    def among(self, wanted: Values) -> Values:
        """Return those of the *wanted* values that the table has. Raises NotProvable."""
        return values_of_key(self.frame, self.key, wanted)


def values_of_key(frame: Frame, key: Key, wanted: Values | None = None) -> Values:
    """Return the different values of some fields of a table (those *wanted*), those left out where all are missing.

    A value that does not equal itself (NaN) equals none, so it is left out. A field that the table lacks is missing
    in every row, as in Frictionless. Raises NotProvable for a table that has too many or cannot be read.
    """
    positions = [next((at for at, item in enumerate(frame.fields) if item.name == name), None) for name in key]
    handlers = list(frame.handlers.values())
    readers = [handlers[at].reader if at is not None else None for at in positions]
    memory: set[tuple[str | None, ...]] = set()
    found: set[tuple[Any, ...]] = set()
    keep = comment_filter(frame)
    try:
        with frame.table.path.open("rb") as raw:
            raw.seek(frame.data_offset)
            lines = io.TextIOWrapper(raw, encoding="utf-8", newline="")
            reader = csv.reader(lines, **csv_options(frame.table))
            for number, cells in enumerate(reader, start=frame.first_row):
                if keep is None or keep(number, cells):
                    texts = tuple(cells[at] if at is not None and at < len(cells) else None for at in positions)
                    if texts in memory:
                        continue
                    if len(memory) >= MEMORY_TEXTS:
                        memory.clear()
                    memory.add(texts)
                    values = tuple(read(text)[0] if read else None for read, text in zip(readers, texts, strict=True))
                    if (wanted is None or values in wanted) and _is_comparable(values):
                        found.add(texts if values == texts else values)
                        if len(found) > LOOKUP_ROWS_MAX:
                            raise NotProvable
    except (csv.Error, UnicodeDecodeError) as error:
        raise NotProvable from error
    return found


def comparable_values(found: Iterable[tuple[Any, ...]]) -> Values:
    """Return the different ones of *found* that a row can be compared with.

    >>> sorted(comparable_values([(1,), (None,), (1,), (float("nan"),), (2,)]))
    [(1,), (2,)]
    """
    return frozenset(values for values in found if _is_comparable(values))


def _is_comparable(values: tuple[Any, ...]) -> bool:
    return any(value is not None for value in values) and all(value == value for value in values)


class KnownKeys:
    """The values that one foreign key of a large table may have: texts in a table of SQL, and what texts cannot say.

    *name* is the table of SQL, with the texts that `key_of` makes in its column ``t``. Where the values are not held
    in memory (*is_far*), only those that were added are known here: `add_strange` adds what SQL cannot compare, and
    whoever looks at a row adds its values where SQL knows them.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, name: str, tests: Sequence[ColumnTest]) -> None:
        self.name = name
        self.is_far = False
        self._held: Values = frozenset()
        self._added: set[tuple[Any, ...]] = set()
        self._connection, self._tests = connection, tests

    def __contains__(self, values: tuple[Any, ...]) -> bool:
        return values in self._held or values in self._added

    def add(self, values: tuple[Any, ...]) -> None:
        """Take values that stand in the table of SQL."""
        self._added.add(values)

    def hold(self, values: Values) -> None:
        """Take values that are in memory, all there are."""
        self._held, self.is_far = values, False
        texts = (text for item in values if (text := key_of(self._tests, item)) is not None)
        fill(self._connection, self.name, texts)

    def read(self, keys: FarKeys, work_dir: Path, regular: Regular | None = None) -> None:
        """Read the keys of a large table in SQL, or hold them where SQL cannot compare them. Raises NotProvable.

        *regular* are its regular rows where they are known already.
        """
        import duckdb  # where there is a connection, it is there

        try:
            self._held, self.is_far = self._read(keys, work_dir, regular), True
        except (NotProvable, duckdb.Error):
            self.hold(values_of_key(keys.frame, keys.key))

    def _read(self, keys: FarKeys, work_dir: Path, regular: Regular | None) -> Values:
        """Fill the table of SQL; return the values that only Frictionless can read."""
        frame = keys.frame
        names = [item.name for item in frame.fields]
        if not set(keys.key) <= set(names):
            raise NotProvable
        tests = [column_test(item, at) for at, item in enumerate(frame.fields)]
        asked = [tests[names.index(name)] for name in keys.key]
        if any(own.kind != other.kind for own, other in zip(self._tests, asked, strict=True)):
            raise NotProvable
        key = key_test(frame, tests, keys.key)
        if regular is None:
            work_dir.mkdir()
            regular = regular_rows(frame, work_dir)
        run = self._connection.execute
        source = cells_sql(regular, frame.width)
        if run(f"SELECT count(*) FROM {source}").fetchall() != [(regular.row_count,)]:
            raise NotProvable
        run(
            f"CREATE OR REPLACE TEMP TABLE {self.name} AS SELECT DISTINCT {key.expression} AS t FROM {source} "
            f"WHERE ({key.expression}) IS NOT NULL AND NOT ({key.strange})"
        )
        odd = comparable_values(strange_values(self._connection, frame, regular, keys.key, key.strange))
        texts = [text for item in odd if (text := key_of(self._tests, item)) is not None]
        run(f"INSERT INTO {self.name} SELECT unnest($1::VARCHAR[])", [texts])
        return odd

    def add_strange(self, frame: Frame, regular: Regular, key: Key, strange: str) -> None:
        """Add the values of the rows whose key SQL cannot read, as far as they stand in the table of SQL."""
        by_text: dict[str, list[tuple[Any, ...]]] = {}
        for values in strange_values(self._connection, frame, regular, key, strange):
            text = key_of(self._tests, values)
            if text is not None:
                by_text.setdefault(text, []).append(values)
        if by_text:
            query = f"SELECT t FROM {self.name} WHERE t IN (SELECT unnest($1::VARCHAR[]))"
            for (text,) in self._connection.execute(query, [list(by_text)]).fetchall():
                self._added.update(by_text[text])


def strange_values(
    connection: duckdb.DuckDBPyConnection, frame: Frame, regular: Regular, key: Key, strange: str
) -> set[tuple[Any, ...]]:
    """Return the values of a key in rows that only Frictionless can read. Raises NotProvable where they are many."""
    positions = [frame.index(name) for name in key]
    readers = [handler.reader for handler in frame.handlers.values()]
    cells = [tuple(row[at] if at < len(row) else None for at in positions) for _, row in regular.irregular]
    if strange != "false" and regular.row_count:
        texts = ", ".join(f"coalesce(c{at}, '')" for at in positions)
        source = cells_sql(regular, frame.width)
        query = f"SELECT {texts} FROM {source} WHERE {strange} LIMIT {STRANGE_ROWS_MAX + 1}"
        found = connection.execute(query).fetchall()
        if len(found) > STRANGE_ROWS_MAX:
            raise NotProvable
        cells += found
    return {tuple(readers[at](text)[0] for at, text in zip(positions, texts_, strict=True)) for texts_ in set(cells)}


def fill(connection: duckdb.DuckDBPyConnection, name: str, texts: Iterable[str]) -> None:
    """Make a table of SQL with some texts in its column ``t``."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} (t VARCHAR)")
    rest = list(texts)
    for start in range(0, len(rest), FILL_ROWS):
        connection.execute(f"INSERT INTO {name} SELECT unnest($1::VARCHAR[])", [rest[start : start + FILL_ROWS]])
