"""Large tables validated by DuckDB, column by column; only doubtful rows go to Frictionless.

Whole columns are proved clean, and only the other rows are made into rows of Frictionless. One pass over the text marks
each row: which columns have a cell that could not be proved, whether a key is missing, not found or of a kind that
cannot be compared, and the hash of each key. Hashes that differ prove that keys differ; rows whose hashes are alike are
looked at. What is chosen that way goes, in the order of the file, through `verdict_of_rows`; so every error, its note
and its place are Frictionless' own.
"""

# ruff: noqa: S608 - texts in queries go through sql_text; names in them are of our own making

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import numpy as np

from portal.examining.reading.cells_in_duckdb import connect
from portal.examining.validation.tables.chosen_rows import Frame, NotProvable, Verdict, verdict_of_rows
from portal.examining.validation.tables.column_tests import (
    ColumnTest,
    KeyTest,
    cells_sql,
    column_test,
    key_of,
    key_tests,
)
from portal.examining.validation.tables.lookups import FarKeys, KnownKeys, Values, fill, strange_values, values_of_key
from portal.examining.validation.tables.structure import Regular, regular_rows

MEMORY_LIMIT = "192MB"
BATCH_ROWS = 2048
SUSPECTS_MAX = 5_000
"""A column with more suspect cells than this has its different texts read by themselves."""
BAD_TEXTS_MAX = 100_000
"""A column with more different bad texts is left to Frictionless, row by row."""
SORTED_ROWS_MAX = 5_000_000
"""Hashes of more rows than this are not held in Python."""
FIRST_CHOSEN = 10_000
MASK_BITS = 60


def verdict_by_columns(frame: Frame, lookups: Sequence[Values | FarKeys], work_dir: Path, errors_max: int) -> Verdict:
    """Judge a table of any size. Raises NotProvable where Frictionless has to read it."""
    regular = regular_rows(frame, work_dir)
    with connect(work_dir, memory_limit=MEMORY_LIMIT) as connection:
        marks = _Marks(frame, regular, connection)
        marks.fill_lookups(lookups, work_dir)
        verdict = verdict_of_rows(
            frame,
            marks.chosen_rows(),
            marks.known,
            has_rows=regular.content_row_count > 0,
            row_count=regular.content_row_count,
            errors_max=errors_max,
        )
    verdict.route = "columns"
    return verdict


class _Marks:
    """What one pass over the regular rows of a table says of each of them."""

    def __init__(self, frame: Frame, regular: Regular, connection: duckdb.DuckDBPyConnection) -> None:
        self._frame, self._regular, self._connection = frame, regular, connection
        self._run = connection.execute
        self._readers = [handler.reader for handler in frame.handlers.values()]
        self._source = cells_sql(regular, frame.width)
        self._tests: list[ColumnTest] = [column_test(field, at) for at, field in enumerate(frame.fields)]
        self._keys: tuple[KeyTest, ...] = key_tests(frame, self._tests)
        self._foreign_bits: dict[str, tuple[int, int]] = {}
        """For each table of keys the bits of a foreign key that SQL cannot read, and of one that is not in it."""
        self.known: list[KnownKeys] = []
        """What each foreign key may be; complete for the rows that were yielded so far."""

    def fill_lookups(self, lookups: Sequence[Values | FarKeys], work_dir: Path) -> None:
        """Put the keys of other tables into tables of DuckDB, as texts."""
        for number, (foreign, lookup) in enumerate(zip(self._frame.foreign_keys, lookups, strict=True)):
            tests = [self._tests[self._frame.index(name)] for name in foreign.fields]
            known = KnownKeys(self._connection, f"known{number}", tests)
            self.known.append(known)
            if not isinstance(lookup, FarKeys):
                known.hold(lookup)
                continue
            known.read(lookup, work_dir / known.name, self._regular if lookup.frame is self._frame else None)
            if known.is_far:
                strange = next(key.strange for key in self._keys if key.known == known.name)
                try:
                    known.add_strange(self._frame, self._regular, foreign.fields, strange)
                except NotProvable:
                    known.hold(values_of_key(lookup.frame, lookup.key))

    def chosen_rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield number and cells of every row that may have an error, and of those with the same key, in order."""
        if not self._regular.row_count:
            yield from self._regular.irregular
            return
        for at, test in enumerate(self._tests):
            if test.condition is None:
                self._tests[at] = self._by_texts(at, "true")
        self._mark()
        crowded = [at for at, count in self._suspect_counts() if count > SUSPECTS_MAX]
        if crowded:
            for at in crowded:
                self._tests[at] = self._by_texts(at, f"({self._tests[at].suspect})")
            self._mark()
        self._choose()
        yield from heapq.merge(self._regular.irregular, self._suspects(), key=lambda row: row[0])

    def _by_texts(self, at: int, among: str) -> ColumnTest:
        """Let Frictionless read each different text of a column once; a cell is suspect where its text is bad."""
        test, read = self._tests[at], self._readers[at]
        bad: list[str] = []
        query = f"SELECT DISTINCT {test.text} AS x FROM {self._source} WHERE {test.text} IS NOT NULL AND {among}"
        result = self._run(query)
        while batch := result.fetchmany(BATCH_ROWS):
            bad.extend(text for (text,) in batch if read(text)[1])
            if len(bad) > BAD_TEXTS_MAX:
                raise NotProvable
        fill(self._connection, f"bad{at}", bad)
        return test.with_bad_texts(f"bad{at}" if bad else None)

    def _conditions(self) -> list[str]:
        """Return a row's conditions in the order of their bits: one for each column, then those that always count."""
        missing = " AND ".join(f"({test.text}) IS NULL" for test in self._tests)
        conditions = [test.suspect for test in self._tests]
        conditions.append("false" if any(test.is_required for test in self._tests) else missing)
        for key in self._keys:
            conditions.append(key.strange)
            if key.is_primary:
                condition = f"({key.expression}) IS NULL AND NOT ({key.strange})"
                parts = [f"({self._tests[self._frame.index(name)].text}) IS NULL" for name in self._frame.optional_key]
                conditions.append(" OR ".join([f"({condition})", *parts]) if parts else condition)
            if key.known is not None:
                self._foreign_bits[key.known] = (len(conditions) - 1, len(conditions))
                known = f"({key.expression}) IN (SELECT t FROM {key.known})"
                conditions.append(f"({key.expression}) IS NOT NULL AND (({key.strange}) OR NOT {known})")
        return conditions

    def _mark(self) -> None:
        conditions = self._conditions()
        masks = []
        for start in range(0, len(conditions), MASK_BITS):
            bits = [
                f"(CASE WHEN {condition} THEN {1 << bit}::UBIGINT ELSE 0 END)"
                for bit, condition in enumerate(conditions[start : start + MASK_BITS])
                if condition != "false"
            ]
            masks.append(" + ".join(bits) or "0::UBIGINT")
        compared = [key for key in self._keys if key.is_compared]
        hashes = [
            f"CASE WHEN ({key.strange}) OR ({key.expression}) IS NULL THEN NULL ELSE hash({key.expression}) END"
            for key in compared
        ]
        self._compared = compared
        self._mask_count = len(masks)
        outputs = [f"{mask} AS m{number}" for number, mask in enumerate(masks)]
        outputs += [f"{expression} AS h{number}" for number, expression in enumerate(hashes)]
        self._run(
            "CREATE OR REPLACE TEMP TABLE marks AS "
            f"SELECT row_number() OVER () - 1 AS s, {', '.join(outputs)} FROM {self._source}"
        )
        seen = ", ".join(f"bit_or(m{number})" for number in range(len(masks)))
        ((count, *self._seen),) = self._run(f"SELECT count(*), {seen} FROM marks").fetchall()
        if count != self._regular.row_count:
            raise NotProvable

    def _suspect_counts(self) -> list[tuple[int, int]]:
        if not any(self._seen):
            return []
        sums = [
            f"coalesce(sum((m{at // MASK_BITS} >> {at % MASK_BITS}) & 1), 0)::BIGINT" for at in range(self._frame.width)
        ]
        (counts,) = self._run(f"SELECT {', '.join(sums)} FROM marks").fetchall()
        return list(enumerate(counts))

    # Choosing

    def _choose(self) -> None:
        """Make the table of chosen rows; *keep* are those that are wanted whatever their cells are."""
        always = [0] * self._mask_count
        for bit in range(self._frame.width, len(self._conditions())):
            always[bit // MASK_BITS] |= 1 << (bit % MASK_BITS)
        keep = " OR ".join(f"(m{number} & {mask}::UBIGINT) <> 0" for number, mask in enumerate(always))
        any_mask = " OR ".join(f"m{number} <> 0" for number in range(self._mask_count))
        masks = "".join(f", m{number}" for number in range(self._mask_count))
        parts = [f"SELECT s, ({keep}) AS keep{masks} FROM marks WHERE {any_mask}"]
        for number, key in enumerate(self._compared):
            self._find_alike(number)
            strange = self._strange_keys(key)
            if strange:
                fill(self._connection, "strange", strange)
                self._run(f"INSERT INTO alike{number} SELECT DISTINCT hash(t) FROM strange")
            parts.append(f"SELECT s, true AS keep{masks} FROM marks WHERE h{number} IN (SELECT h FROM alike{number})")
        self._run(
            "CREATE OR REPLACE TEMP TABLE chosen AS "
            f"SELECT s{masks}, bool_or(keep) AS keep FROM ({' UNION ALL '.join(parts)}) GROUP BY s{masks}"
        )

    def _find_alike(self, number: int) -> None:
        """Make the table of hashes that more than one row has; sorting them in numpy is faster than grouping in SQL."""
        self._run(f"CREATE OR REPLACE TEMP TABLE alike{number} (h UBIGINT)")
        if self._regular.row_count <= SORTED_ROWS_MAX:
            result = self._run(f"SELECT h{number} AS h FROM marks WHERE h{number} IS NOT NULL").fetchnumpy()
            hashes = np.sort(np.asarray(result["h"]))
            alike = np.unique(hashes[1:][hashes[1:] == hashes[:-1]])
            if len(alike) <= BAD_TEXTS_MAX:
                if len(alike):
                    self._run(f"INSERT INTO alike{number} SELECT unnest($1::UBIGINT[])", [alike.tolist()])
                return
        self._run(
            f"INSERT INTO alike{number} SELECT h{number} FROM marks WHERE h{number} IS NOT NULL "
            f"GROUP BY h{number} HAVING count(*) > 1"
        )

    def _strange_keys(self, key: KeyTest) -> list[str]:
        """Return, as texts, the keys of rows whose key only Frictionless can read."""
        tests = [self._tests[self._frame.index(name)] for name in key.fields]
        found = strange_values(self._connection, self._frame, self._regular, key.fields, key.strange)
        return sorted({text for values in found if (text := key_of(tests, values)) is not None})

    def _suspects(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the chosen rows whose cells Frictionless refuses, and those that are kept for their keys.

        The text is read once for the first thousands of them, and again only if that was not enough to reach the limit.
        """
        chosen = np.asarray(self._run("SELECT s FROM chosen ORDER BY s").fetchnumpy()["s"])
        start, size = 0, FIRST_CHOSEN
        while start < len(chosen):
            part = chosen[start : start + size]
            yield from self._suspects_between(int(part[0]), int(part[-1]))
            start, size = start + size, size * 10

    def _suspects_between(self, first: int, last: int) -> Iterator[tuple[int, list[str]]]:
        far = [
            (known, [self._frame.index(name) for name in key.fields])
            for known, key in zip(self.known, self._frame.foreign_keys, strict=True)
            if known.is_far
        ]
        columns = [
            " AND ".join(
                f"(m{bit // MASK_BITS} >> {bit % MASK_BITS}) & 1 = 0" for bit in self._foreign_bits[known.name]
            )
            for known, _ in far
        ]
        columns += [f"coalesce(c{at}, '')" for at in range(self._frame.width)]
        result = self._run(
            f"SELECT s, keep, {', '.join(columns)} FROM (SELECT row_number() OVER () - 1 AS s, * FROM {self._source}) "
            f"JOIN chosen USING (s) WHERE s BETWEEN {first} AND {last} ORDER BY s"
        )
        memory: list[dict[str, bool]] = [{} for _ in self._readers]
        suspects = [at for at, test in enumerate(self._tests) if test.suspect != "false"]
        while batch := result.fetchmany(BATCH_ROWS):
            numbers = self._regular.numbers(np.array([row[0] for row in batch], dtype=np.int64)).tolist()
            for number, (_, keep, *row) in zip(numbers, batch, strict=True):
                are_known, cells = row[: len(far)], row[len(far) :]
                if keep or any(self._is_bad(memory[at], at, cells[at]) for at in suspects):
                    for is_known, (known, positions) in zip(are_known, far, strict=True):
                        if is_known:
                            known.add(tuple(self._readers[at](cells[at])[0] for at in positions))
                    yield number, cells

    def _is_bad(self, memory: dict[str, bool], at: int, text: str) -> bool:
        is_bad = memory.get(text)
        if is_bad is None:
            is_bad = bool(self._readers[at](text)[1])
            if len(memory) < BAD_TEXTS_MAX:
                memory[text] = is_bad
        return is_bad
