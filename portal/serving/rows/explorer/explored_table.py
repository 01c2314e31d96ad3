"""A table as the explorer shows it: titles and units of columns, names of codes, how each is filtered, what is newest.

What a column is told by its type, by the keys of its schema, and by what publishing counted in it. Several tables of
one shape are one, with a column more: which of them a row is of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from weakref import WeakKeyDictionary

from portal.i18n import gettext_noop as _
from portal.i18n import translate
from portal.model.addresses import api_rows_path
from portal.model.table_profile import ColumnProfile
from portal.publishing.publication import PublishedDataset
from portal.publishing.rows.row_parameters import LIKE
from portal.publishing.rows.row_query import DISTANCE, Column
from portal.publishing.rows.row_table import RowField, RowTable
from portal.publishing.rows.store_layout import DISTANCE_TITLE, RESOURCE_COLUMN
from portal.publishing.site.cells_in_words import ShownCell, Write, writer_of
from portal.publishing.site.code_names import CodeNames, Names
from portal.publishing.site.column_headings import heading_of, is_quantity
from portal.publishing.site.pages.rows_page import column_titles
from portal.serving.rows.explorer.explored_source import ExploredSource, newest_by, profiles_of
from portal.serving.rows.known_columns import KnownColumns, columns_of

COLUMNS_SHOWN_USUAL = 30
"""Columns of a table that are shown while nobody chooses; a wider one says how many there are."""

Kind = Literal["range", "span", "text"]
"""What is written into the filter of a column: from which number to which, from when to when, a part of a text."""

_SPANS = ("date", "datetime", "yearmonth")
_OF_CHOICE = ("category", "truth")
_NAMES = re.compile(r"(名称|名字|全称|简称|标题|name|title|label)$", re.IGNORECASE)


@dataclass(frozen=True)
class ExploredColumn:
    """A column of the table: as it is asked for, what it is called, how it is shown and filtered."""

    column: Column
    spelled: str
    """How requests write it."""
    title: str
    field: RowField
    kind: Kind
    write: Write
    """Makes of a cell's text what is shown of it."""
    table: str = ""
    """What the table is called that it stands in, where that is another one."""
    names: Names | None = None
    """What its codes are called."""
    named_by: Column | None = None
    """The column of these names, in the table that it leads to."""
    profile: ColumnProfile | None = None

    @property
    def is_number(self) -> bool:
        """Whether its cells are set to the end of the line."""
        return is_quantity(self.field.schema) and self.names is None

    @property
    def heading(self) -> tuple[str, str]:
        """What stands over it, and the unit of its numbers."""
        return heading_of(self.title, self.field.schema)

    @property
    def type(self) -> str:
        """Its type in Table Schema."""
        return self.field.type

    @property
    def is_chosen_from(self) -> bool:
        """Whether its most frequent values are choices of its filter."""
        profile = self.profile
        return bool(profile and profile.top and (profile.kind in _OF_CHOICE or self.names is not None))


@dataclass(frozen=True, eq=False)
class ExploredColumns:
    """The columns of a table, its dataset and resource, in the language of a page."""

    source: ExploredSource
    known: KnownColumns
    columns: tuple[ExploredColumn, ...]
    linked: tuple[ExploredColumn, ...]
    """Columns one step along foreign keys."""
    further: tuple[ExploredColumn, ...]
    """Those of them that tell more than the key itself."""
    newest_by: ExploredColumn | None
    """The column by which the newest rows stand first while nobody sorts."""
    distance: ExploredColumn | None = None
    """How far a row lies from a point, where the table has places."""

    @property
    def api_path(self) -> str:
        """The path at which the API answers for the same rows."""
        source = self.source
        return api_rows_path(source.dataset, "" if source.as_one else source.item.resource.name)

    @property
    def api_pairs(self) -> tuple[tuple[str, str], ...]:
        """What the API is told to mean this table among those of its dataset."""
        as_one = self.source.as_one
        return ((LIKE.name, as_one.like),) if as_one and as_one.like else ()

    @cached_property
    def by_column(self) -> Mapping[Column, ExploredColumn]:
        """All columns, by what they are asked for."""
        return {one.column: one for one in (*self.columns, *self.linked, *self._distances)}

    def usual(self, *, is_near: bool) -> Sequence[ExploredColumn]:
        """Return the columns that are shown while nobody chooses; the distance stands behind what heads a row."""
        shown = self.columns[:COLUMNS_SHOWN_USUAL]
        return (*shown[:1], *(self._distances if is_near else ()), *shown[1:])

    @property
    def _distances(self) -> Sequence[ExploredColumn]:
        return (self.distance,) if self.distance else ()

    def title(self, column: Column) -> str:
        """Return what a column is called, with its table where that is another one."""
        found = self.by_column[column]
        return f"{found.table} · {found.title}" if found.table else found.title


_kept: WeakKeyDictionary[RowTable, dict[str, ExploredColumns]] = WeakKeyDictionary()
"""Columns of tables that were looked through, by language, as long as these are open."""


def explored(table: RowTable, lang: str, names: CodeNames, read: Callable[[], ExploredSource]) -> ExploredColumns:
    """Return the columns of a table; *read* gives what was published of it, where nobody asked before."""
    kept = _kept.setdefault(table, {})
    return kept.get(lang) or kept.setdefault(lang, _explored(read(), columns_of(table), names, lang))


def _explored(source: ExploredSource, known: KnownColumns, names: CodeNames, lang: str) -> ExploredColumns:
    published, item = source.published, source.item
    titles = column_titles(item, lang)
    profiles = profiles_of(source)
    named = {name: found for (resource, name), found in names.of(published).items() if resource == item.resource.name}
    if source.as_one:
        titles[RESOURCE_COLUMN] = translate(lang, _("Table"))
        named[RESOURCE_COLUMN] = {one.resource.name: one.resource.title for one in source.tables}
    columns = tuple(
        _own(known, field, titles.get(field.name, field.name), profiles.get(field.name), named.get(field.name), lang)
        for field in known.fields
    )
    linked = tuple(_linked(published, known, columns, lang))
    leads_to = {one.column.name: one.field.leads_to[1] for one in columns if one.field.leads_to}
    further = tuple(one for one in linked if one.column.name != leads_to.get(one.column.through))
    first = newest_by(source)
    newest = next((one for one in columns if first and one.field.name == first), None)
    return ExploredColumns(source, known, columns, linked, further, newest, _distance(known, lang))


def _distance(known: KnownColumns, lang: str) -> ExploredColumn | None:
    column = known.distance(DISTANCE.name)
    if column is None:
        return None
    field = known.field_of(column)
    write = writer_of(field.schema, lang)
    return ExploredColumn(column, known.spelling(column), DISTANCE_TITLE.to(lang), field, "range", write)


def _own(
    known: KnownColumns, field: RowField, title: str, profile: ColumnProfile | None, names: Names | None, lang: str
) -> ExploredColumn:
    column = Column(field.name)
    named_by = _named_by(known, field) if names is not None else None
    kind: Kind = "text" if names is not None else _kind(field)
    write = writer_of(field.schema, lang) if names is None else _named(names, field, lang)
    return ExploredColumn(
        column, known.spelling(column), title, field, kind, write, names=names, named_by=named_by, profile=profile
    )


def _named(names: Names, field: RowField, lang: str) -> Write:
    """Return what shows codes by their names. There may be very many, so a name is looked up when its code is met."""
    plain = writer_of(field.schema, lang)
    known: dict[str, ShownCell] = {}

    def write(text: str) -> ShownCell:
        if text in known:
            return known[text]
        name = names.get(text)
        if name is None:
            return plain(text)
        return known.setdefault(text, writer_of(field.schema, lang, {text: name})(text))

    return write


def _named_by(known: KnownColumns, field: RowField) -> Column | None:
    """Return the column of names in the table that a foreign key leads to, None where it has none."""
    there = [one for one in known.links.get(field.name, ()) if field.leads_to and one.name != field.leads_to[1]]
    texts = [one for one in there if one.type in ("string", "any")]
    told = [one for one in texts if _NAMES.search(one.name) or _NAMES.search(str(one.schema.get("title") or ""))]
    return Column(told[0].name, field.name) if told else None


def _kind(field: RowField) -> Kind:
    if field.type in ("integer", "number", "year"):
        return "range"
    return "span" if field.type in _SPANS else "text"


def _linked(
    published: PublishedDataset, known: KnownColumns, columns: Sequence[ExploredColumn], lang: str
) -> Iterator[ExploredColumn]:
    tables = {one.resource.name: one for one in published.resources if one.table_file}
    for own in columns:
        there = tables.get(own.field.leads_to[0]) if own.field.leads_to else None
        titles = column_titles(there, lang) if there else {}
        for field in known.links.get(own.field.name, ()):
            column = Column(field.name, own.field.name)
            title, write = titles.get(field.name, field.name), writer_of(field.schema, lang)
            spelled = known.spelling(column)
            yield ExploredColumn(column, spelled, title, field, _kind(field), write, table=own.title)
