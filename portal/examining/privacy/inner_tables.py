"""Personal data in tables inside files (archives, documents, JSON), judged by the columns like the dataset's own table.

Nobody described these rows. Where they have no labels of their own, one of the first is the header.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise

from portal.examining.privacy.documents.text_found import InnerTable
from portal.examining.privacy.recognising.column_hints import roles_of
from portal.examining.privacy.sieve import table_columns
from portal.examining.privacy.sieved_cells import CellsOfRows
from portal.examining.privacy.sightings import Sighting
from portal.examining.privacy.tabular import TableScreen

HEADER_ROWS_MAX = 10
"""Among so many rows the header is looked for, below titles and notes."""
TITLE_CHARACTERS_MAX = 40
"""A longer text is no title of a column."""


@dataclass(frozen=True)
class Seen:
    """What was seen in an inner table: its *sightings*, and the texts that were *known* as identifiers there."""

    sightings: tuple[Sighting, ...]
    known: frozenset[str]


def in_inner_table(table: InnerTable, resource: str, public: frozenset[str], today: date) -> Seen:
    """Look at a table that nobody described, column by column."""
    width = max((len(row) for _, row in table.rows), default=0)
    if table.labels:
        header, labels = 0, list(table.labels)
    else:
        header, labels = _header(table)
    width = max(width, len(labels))
    labels = [*labels, *[""] * (width - len(labels))]
    titles = [label.rpartition(".")[2] for label in labels]
    columns = table_columns(labels, titles, resource, public)
    screen = TableScreen(
        CellsOfRows(table.rows, width), columns, today, notes={header} if header else (), is_remembering=True
    )
    return Seen(tuple(screen.sightings()), frozenset(screen.known))


def _header(table: InnerTable) -> tuple[int, list[str]]:
    """Return number and cells of the header: the first row with two texts, or a later one that speaks of much more."""
    rows = [(number, list(row)) for number, row in islice(table.rows, HEADER_ROWS_MAX)]
    candidates = [item for item in rows if sum(map(bool, item[1])) >= 2]
    if not candidates:
        return rows[0] if rows else (1, [])
    first = candidates[0]
    best = max(candidates, key=lambda item: _titles_in(item[1]))
    cut = max(_over_two_rows(rows), key=lambda item: _titles_in(item[1]), default=best)
    if _titles_in(cut[1]) > _titles_in(best[1]):
        return cut
    return best if _titles_in(best[1]) > _titles_in(first[1]) + 1 else first


def _over_two_rows(rows: Sequence[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Return the pairs of short rows as one, each: a title may be cut in two (身份 over 证号)."""
    pairs = []
    for (_, upper), (number, lower) in pairwise(rows):
        if len(upper) == len(lower) and all(len(cell) <= TITLE_CHARACTERS_MAX for cell in (*upper, *lower)):
            pairs.append((number, [above + below for above, below in zip(upper, lower, strict=True)]))
    return pairs


def _titles_in(row: Sequence[str]) -> int:
    """How many cells of a row are titles of columns that say something of what stands below."""
    return sum(1 for cell in row if 0 < len(cell) <= TITLE_CHARACTERS_MAX and roles_of(cell))
