"""Finding the rows that a question names: 人民路小学, 16路末班车, a licence number; with the cells that answer it.

Two ways lead to a name. Every stretch of the question is looked up whole, so that 16路 is found in 16路末班车; and what
was asked for is looked up as a part of names, so that 人民路小学 finds 晨星区人民路小学. What very many rows are called
(小学) names none of them. What is left of the question is looked for in the table's headings: 末班车 asks for
末班时间.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from portal.model.errors import PortalError
from portal.publishing.rows.row_query import Column, RowQuery
from portal.publishing.rows.row_stores import RowStores
from portal.publishing.rows.row_table import Cell, RowTable
from portal.publishing.search.found import FoundRow
from portal.publishing.search.named_rows.name_index import FILE_NAME, phrase_words
from portal.publishing.search.tokeniser import fold, word_runs

ROWS_FOUND_MAX = 5
"""Rows that an answer shows."""
DATASET_ROWS_MAX = 3
"""Rows of one dataset among them."""
ASKED_CHARACTERS_MAX = 60
"""Characters of a question in which names are looked for."""
ALIKE_MAX = 20
"""What more rows than these are called is a kind of thing, and names none of them."""
NAMES_MAX = 8_000
"""Names that stand whole in a question and are looked at."""
PART_CHARACTERS_MIN = 3
"""A shorter text is found as a whole name alone, not as a part of names."""
CODE_CHARACTERS_MIN = 4
"""A shorter code is found by chance."""
COVERED_MIN = 50
"""Per cent of what was asked that a name must cover, unless the rest asks for a column of its table."""
CELLS_SHOWN_MAX = 6
"""Cells of a row that are shown, besides those that were asked for."""
WORDS_MAX = 200
"""Words by which columns are looked for."""
CELL_CHARACTERS_MAX = 200
"""Characters shown of a cell."""

_SHAPES = ("geojson", "geopoint", "object", "array")
"""Types of columns that say nothing to a reader in a line."""
_WORD_SIGN = re.compile(r"[0-9a-z]")


@dataclass(frozen=True)
class _Hit:
    """A name that was found: *covered* are per cent of what was asked; *fields* are columns that the rest asks for."""

    table: int
    row: int
    title: str
    covered: int
    is_whole: bool
    fields: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """The best first."""
        points = self.covered + 15 * bool(self.fields) + 5 * self.is_whole
        return -points, len(self.title), self.table, self.row


class NamedRows:
    """The names of a release, opened for reading. May be used from several threads at once."""

    def __init__(self, folder: Path, stores: RowStores) -> None:
        """Open the index in the folder ``search`` of a release; one of an earlier version has none."""
        path = folder / FILE_NAME
        self._address = f"{path.resolve().as_uri()}?mode=ro&immutable=1" if path.is_file() else ""
        self._stores = stores

    def rows_for(self, asked: Sequence[str], other_words: Collection[str] = ()) -> tuple[FoundRow, ...]:
        """Return the rows that the things *asked* for name, the best first; () where none does.

        *asked* are the pieces of a question without its fillers, as typed; *other_words* are words of the tokeniser in
        other wordings of them, by which columns are found too: 几点关门 asks for 开放时间.
        """
        text = " ".join(fold(piece).strip() for piece in asked)[:ASKED_CHARACTERS_MAX]
        size = len(text.replace(" ", ""))
        if not self._address or size < 2:
            return ()
        with closing(sqlite3.connect(self._address, uri=True)) as database:
            hits = [*_whole_names(database, text, size), *_parts_of_names(database, text.split(), size)]
            hits = [_with_fields(database, text, other_words, hit) for hit in _without_kinds(hits)]
            sources = {
                number: (dataset, resource)
                for number, dataset, resource in database.execute("SELECT t, dataset, resource FROM source")
            }
        chosen = _chosen(hits, {number: dataset for number, (dataset, _) in sources.items()})
        return tuple(self._row(*sources[hit.table], hit) for hit in chosen)

    def _row(self, dataset: str, resource: str, hit: _Hit) -> FoundRow:
        try:
            table = self._stores.table(dataset, resource)
            if table is None:
                return FoundRow(dataset, resource, hit.row + 1, hit.title)
            columns = _shown(table, hit.fields)
            page = table.page(RowQuery(fields=columns, numbers=(hit.row,), limit=1))
        except PortalError:
            return FoundRow(dataset, resource, hit.row + 1, hit.title)
        cells = zip(columns, page.rows[0], strict=True) if page.rows else ()
        told = (
            (column.through or column.name, _text(cell)) for column, cell in cells if cell is not None and cell != ""
        )
        return FoundRow(dataset, resource, hit.row + 1, hit.title, tuple(told))


def _whole_names(database: sqlite3.Connection, text: str, size: int) -> Iterator[_Hit]:
    """Yield the names that stand whole in *text*."""
    found = database.execute(
        "SELECT folded, title, t, row, is_code FROM name WHERE folded IN (SELECT value FROM json_each(?)) LIMIT ?",
        (json.dumps(list(dict.fromkeys(_stretches(text)))), NAMES_MAX),
    )
    for folded, title, table, row, is_code in found:
        if not is_code or len(folded) >= CODE_CHARACTERS_MIN:
            yield _Hit(table, row, title, 100 * len(folded.replace(" ", "")) // size, is_whole=True)


def _parts_of_names(database: sqlite3.Connection, pieces: Sequence[str], size: int) -> Iterator[_Hit]:
    """Yield the names that each of the longer pieces, or all of them together, are a part of.

    Of a piece that is a part of none its longest beginning or end counts that is: of 知行街小学招多少人 知行街小学.
    """
    questions = [piece for piece in pieces if len(piece) >= PART_CHARACTERS_MIN]
    for wanted in dict.fromkeys([*questions, *([" ".join(pieces)] if len(pieces) > 1 else [])]):
        for part in (wanted, *(() if " " in wanted else _beginnings_and_ends(wanted, size))):
            if found := _names_with(database, part):
                covered = 100 * len(part.replace(" ", "")) // size
                if len(found) <= ALIKE_MAX:
                    yield from (_Hit(table, row, title, covered, is_whole=False) for title, table, row in found)
                break


def _beginnings_and_ends(piece: str, size: int) -> Iterator[str]:
    """Yield the beginnings and ends of *piece* that cover enough of what was asked, the longest first."""
    shortest = max(PART_CHARACTERS_MIN + 1, -(-size * COVERED_MIN // 100))
    for length in range(len(piece) - 1, shortest - 1, -1):
        for start, end in ((0, length), (len(piece) - length, len(piece))):
            if not _cuts(piece, start) and not _cuts(piece, end):
                yield piece[start:end]


def _names_with(database: sqlite3.Connection, wanted: str) -> list[tuple[str, int, int]]:
    """Return the names with *wanted* in them, its pieces in any order, each with its table and row; not all if many."""
    phrases = [f'"{" ".join(words)}"' for part in wanted.split() if (words := phrase_words(part))]
    if not phrases:
        return []
    return database.execute(
        "SELECT title, t, row FROM words JOIN name ON name.id = words.rowid WHERE words MATCH ? LIMIT ?",
        (" AND ".join(phrases), ALIKE_MAX + 1),
    ).fetchall()


def _stretches(text: str) -> Iterator[str]:
    """Yield every part of *text* that cuts no word of letters and digits and no number in two.

    >>> [stretch for stretch in _stretches("16路车") if stretch[0] != "路"]
    ['16', '16路', '16路车']
    """
    for start in range(len(text)):
        if _cuts(text, start):
            continue
        for end in range(start + 2, len(text) + 1):
            if not _cuts(text, end):
                yield text[start:end].strip()


def _cuts(text: str, at: int) -> bool:
    return 0 < at < len(text) and bool(_WORD_SIGN.match(text[at - 1]) and _WORD_SIGN.match(text[at]))


def _without_kinds(hits: Sequence[_Hit]) -> list[_Hit]:
    """Return *hits* without titles that very many rows of one table bear."""
    counts: dict[tuple[int, str], int] = {}
    for hit in hits:
        counts[hit.table, hit.title] = counts.get((hit.table, hit.title), 0) + 1
    return [hit for hit in hits if counts[hit.table, hit.title] <= ALIKE_MAX]


def _chosen(hits: Sequence[_Hit], datasets: Mapping[int, str]) -> list[_Hit]:
    """Return the best of *hits*, each thing once a dataset: its map has the same rows as its table."""
    chosen: dict[tuple[str, str], _Hit] = {}
    for hit in sorted(hits, key=lambda one: one.rank):
        dataset = datasets[hit.table]
        if hit.covered < COVERED_MIN and not hit.fields:
            continue
        if sum(name == dataset for name, _ in chosen) < DATASET_ROWS_MAX:
            chosen.setdefault((dataset, hit.title), hit)
    return list(chosen.values())[:ROWS_FOUND_MAX]


def _with_fields(database: sqlite3.Connection, text: str, other_words: Collection[str], hit: _Hit) -> _Hit:
    """Return *hit* with the columns of its table that the rest of the question asks for, most words first."""
    rest = text.replace(fold(hit.title), " ")
    words = list(dict.fromkeys([*(word for run in word_runs(rest) for word in run), *other_words]))[:WORDS_MAX]
    if not words or not hit.is_whole:
        return hit
    fields = database.execute(
        "SELECT field, count(*) FROM heading WHERE t = ? AND word IN (SELECT value FROM json_each(?)) "
        "GROUP BY field ORDER BY 2 DESC, 1 LIMIT 3",
        (hit.table, json.dumps(words)),
    )
    return _Hit(hit.table, hit.row, hit.title, hit.covered, hit.is_whole, tuple(name for name, _ in fields))


def _shown(table: RowTable, asked: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns whose cells are shown: those asked for, then the first; names instead of codes."""
    names = [field.name for field in table.fields if field.type not in _SHAPES]
    wanted = dict.fromkeys([*(name for name in asked if name in names), *names[:CELLS_SHOWN_MAX]])
    return tuple(_named(table, name) for name in wanted)


def _named(table: RowTable, name: str) -> Column:
    """Return the column, or where it leads to another table the first text there that is not the key."""
    leads_to: Mapping[str, tuple[str, str] | None] = {field.name: field.leads_to for field in table.fields}
    target = leads_to[name]
    for field in table.linked(name) if target else ():
        if field.type in ("string", "any") and target and field.name != target[1]:
            return Column(field.name, through=name)
    return Column(name)


def _text(cell: Cell) -> str:
    text = str(cell).lower() if isinstance(cell, bool) else str(cell)
    return text if len(text) <= CELL_CHARACTERS_MAX else f"{text[: CELL_CHARACTERS_MAX - 1]}…"
