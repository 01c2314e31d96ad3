"""Columns that a question may name, found by their spelling; near names (difflib) where there is none.

The exact name of a column wins over every other reading; so columns that are called ``x__gte``, ``limit`` or
``市场.名称`` are found by their names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from weakref import WeakKeyDictionary

from portal.publishing.rows.row_query import DISTANCE, Column, Distance
from portal.publishing.rows.row_table import RowField, RowTable
from portal.publishing.rows.store_layout import DISTANCE_FIELD, RESOURCE_COLUMN
from portal.serving.rows.refusals import UnfittingError
from portal.serving.rows.written_names import is_wholly_quoted, quoted, quoted_step, spelled, unquoted

_RESOURCE = Column(RESOURCE_COLUMN)
"""What begins with an underscore is the portal's own, and so is this name of several tables together."""
SHOWN_CHARACTERS_MAX = 60
"""Characters of what somebody asked that an error repeats."""
NAMES_LISTED_MAX = 20
"""Names of columns that an error lists where none is near."""


@dataclass(frozen=True)
class KnownColumns:
    """The columns of a table, and for each that is a foreign key the columns of the table it leads to."""

    fields: tuple[RowField, ...]
    links: Mapping[str, tuple[RowField, ...]] = field(default_factory=dict)

    @cached_property
    def _own(self) -> dict[str, RowField]:
        return {one.name: one for one in self.fields}

    @cached_property
    def _linked(self) -> dict[tuple[str, str], RowField]:
        return {(name, one.name): one for name, there in self.links.items() for one in there}

    @cached_property
    def axes(self) -> tuple[Column, Column] | None:
        """The columns of longitude and latitude in degrees, None where the table does not have one of each."""
        from portal.publishing.files.geojson_writer import find_places

        places = find_places([dict(one.schema) for one in self.fields], "")
        if places is None or places.axes is None:
            return None
        axes = [self.fields[at] for at in places.axes]
        longitude, latitude = (Column(one.name) for one in axes)
        return (longitude, latitude) if all(one.type in ("number", "integer") for one in axes) else None

    def field_of(self, column: Column) -> RowField:
        """Return the field of a column that was found here."""
        if isinstance(column, Distance):
            return RowField(str(column), str(DISTANCE_FIELD["type"]), DISTANCE_FIELD)
        return self._linked[column.through, column.name] if column.through else self._own[column.name]

    def found(self, text: str) -> Column | None:
        """Return the column that *text* spells, None where there is none."""
        name = unquoted(text)
        if name is not None and name in self._own:
            return Column(name)
        step = quoted_step(text)
        if step in self._linked and is_wholly_quoted(text):
            return Column(step[1], step[0])
        if text in self._own:
            return Column(text)
        steps = [step] if step else [(text[:at], text[at + 1 :]) for at, sign in enumerate(text) if sign == "."]
        return next(
            (Column(leads_to, through) for through, leads_to in steps if (through, leads_to) in self._linked), None
        )

    def distance(self, text: str) -> Distance | None:
        """Return the column of distances where *text* spells it, and no column of the table, which has places."""
        is_meant = text == DISTANCE.name and self.found(text) is None and self.axes is not None
        return DISTANCE if is_meant else None

    def spelling(self, column: Column) -> str:
        """Return the shortest spelling of a column that finds it here."""
        if isinstance(column, Distance) or (column == _RESOURCE and column.name in self._own):
            return column.name
        short = spelled_column(column)
        return short if self.found(short) == column else self.unmistakable(column)

    def unmistakable(self, column: Column) -> str:
        """Return the spelling of a column that means it whatever other columns there are."""
        if isinstance(column, Distance):
            return column.name
        return f"{quoted(column.through)}.{quoted(column.name)}" if column.through else quoted(column.name)

    def column(self, text: str, parameter: str) -> Column:
        """Return the column that *text* spells. Raises UnfittingError with near names where there is none."""
        column = self.found(text)
        if column is None:
            raise UnfittingError(parameter, *self._unknown(text))
        return column

    def near(self, text: str) -> list[str]:
        """Return the spellings of the columns that *text* may mean, the nearest first."""
        cut = text[: 2 * SHOWN_CHARACTERS_MAX]
        step = cut.rpartition(".")[0]
        spellings = [*map(spelled, self._own), *(spelled_column(Column(name, by)) for by, name in self._linked)]
        near = get_close_matches(cut, spellings, n=5, cutoff=0.5)
        beside = [spelled_column(Column(name, by)) for by, name in self._linked if by and by == step]
        return list(dict.fromkeys([*near, *beside]))[:NAMES_LISTED_MAX]

    def _unknown(self, text: str) -> tuple[str, str]:
        named, near = shown(text), self.near(text)
        if near:
            options = ", ".join(near)
            return f"没有列“{named}”。是否指：{options}", f'There is no column "{named}". Did you mean {options}?'
        options = ", ".join(spelled(one.name) for one in self.fields[:NAMES_LISTED_MAX])
        more = len(self.fields) > NAMES_LISTED_MAX
        return (
            f"没有列“{named}”。可用的列：{options}{'……' if more else ''}",
            f'There is no column "{named}". The columns are {options}{" …" if more else "."}',
        )


_of_tables: WeakKeyDictionary[RowTable, KnownColumns] = WeakKeyDictionary()
"""The columns of tables that were asked, as long as these are open."""


def columns_of(table: RowTable) -> KnownColumns:
    """Return the columns that a question to *table* may name."""
    known = _of_tables.get(table)
    if known is None:
        links = {one.name: table.linked(one.name) for one in table.fields if one.leads_to is not None}
        known = _of_tables.setdefault(table, KnownColumns(table.fields, links))
    return known


def spelled_column(column: Column) -> str:
    """Return how a column is written in a request.

    >>> spelled_column(Column("名称", "市场")), spelled_column(Column("_id"))
    ('市场.名称', '"_id"')
    """
    if column.through:
        return f"{spelled(column.through)}.{spelled(column.name)}"
    return spelled(column.name)


def shown(text: str) -> str:
    r"""Return what an error repeats of *text*: its beginning, without signs that break a line.

    >>> shown("a\r\nb"), shown("x" * 70)[-3:]
    ('a  b', 'xx…')
    """
    cut = text if len(text) <= SHOWN_CHARACTERS_MAX else f"{text[: SHOWN_CHARACTERS_MAX - 1]}…"
    return "".join(sign if sign.isprintable() else " " for sign in cut)
