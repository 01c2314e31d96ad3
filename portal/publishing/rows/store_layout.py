"""What a store says of a table: forms and dictionaries of its columns, its resources; where a column stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from portal.model.text import LocalText
from portal.publishing.rows.column_forms import Form, column_decoder, decoder
from portal.publishing.rows.row_query import DISTANCE
from portal.publishing.rows.row_table import Cell
from portal.publishing.rows.told_cells import NULL, cell_teller
from portal.publishing.rows.typed_cells import key_reader

RESOURCE_COLUMN = "_resource"
"""The column of several tables together that says which of them a row is of."""
FEW_ROWS_MAX = 8_000
"""Rows that are sorted and counted by an index as fast as by the copy of columns."""
RESOURCE_FIELD: Mapping[str, Any] = {"name": RESOURCE_COLUMN, "type": "string"}
DISTANCE_FIELD: Mapping[str, Any] = {"name": DISTANCE.name, "type": "integer"}
DISTANCE_TITLE = LocalText("距离（米）", "Distance (m)")


@dataclass(frozen=True)
class StoredResource:
    """One of the tables of a shape: its rows are *rows* from number *first*."""

    name: str
    first: int
    rows: int
    fields: Sequence[Mapping[str, Any]]
    links: Mapping[int, tuple[str, str]]


@dataclass(frozen=True)
class StoredColumn:
    """A column as it is kept, with what its cells mean."""

    form: Form
    field: Mapping[str, Any]
    texts: Sequence[str] = ()

    @cached_property
    def keys(self) -> list[str]:
        """The keys of the texts of the dictionary, in the order of codes."""
        key = key_reader(self.field)
        return [key(text) for text in self.texts]

    @cached_property
    def decode(self) -> Callable[[Any], Cell]:
        """Make a value of what the column of cells holds."""
        return decoder(self.form, self.field, self.texts)

    @cached_property
    def decode_all(self) -> Callable[[Sequence[Any]], Sequence[Cell]]:
        """Make values of what many cells hold, none of which leads nowhere."""
        return column_decoder(self.form, self.field, self.texts)

    @cached_property
    def tell(self) -> Callable[[Any], str]:
        """Make JSON of what a cell holds, which is not None."""
        return cell_teller(self.form, self.field, self.texts)

    @property
    def type(self) -> str:
        """Its type in Table Schema."""
        return str(self.field.get("type", "any"))


@dataclass(frozen=True)
class Layout:
    """A table of a store, which holds the rows of all resources of one shape."""

    number: int
    resources: Sequence[StoredResource]
    columns: Sequence[StoredColumn]
    links: Sequence[int]
    indexed_text: Sequence[int]
    indices: Sequence[Sequence[str]]
    is_copied: bool
    linked_codes: Mapping[int, Mapping[int, Sequence[int]]]
    """For columns of codes that lead to another table, by each row there the codes that lead to it."""

    @property
    def rows(self) -> int:
        """Rows of all resources."""
        return sum(item.rows for item in self.resources)

    @cached_property
    def by_resource(self) -> StoredColumn:
        """The column of resources."""
        return StoredColumn(Form("codes"), RESOURCE_FIELD, tuple(item.name for item in self.resources))


@dataclass(frozen=True)
class Place:
    """Where a column of a question stands: in a statement on a table called *t*, or in one that it leads to."""

    column: StoredColumn
    layout: Layout
    number: int
    """Of the column in *layout*, -1 for the column of resources."""
    through: int | None = None
    """The column of the table asked that leads to *layout*, None where that is the table asked."""
    linked_codes: Mapping[int, Sequence[int]] | None = None
    """For each row of *layout* the codes of that column that lead there, where it is one of codes."""

    def cell(self, alias: str = "t") -> str:
        """Return what gives the cell as it is kept, in a statement on its own table."""
        return f"{alias}.r" if self.number < 0 else f"{alias}.c{self.number}"

    def compared(self, alias: str = "t") -> str:
        """Return what gives what it is compared by, in a statement on its own table."""
        return f"{alias}.k{self.number}" if self.column.form.key else self.cell(alias)

    def asked(self, expression: Callable[[str], str]) -> str:
        """Return an expression of the own table, for a statement on the table asked; NULL where it leads nowhere."""
        if self.through is None:
            return expression("t")
        return f"(SELECT {expression('x')} FROM t{self.layout.number} x WHERE x.id = t.l{self.through})"

    def values(self, kept: Sequence[Any]) -> Sequence[Cell]:
        """Return the values of what the cells of some rows hold."""
        return self.column.decode_all(kept) if self.through is None else list(map(self.column.decode, kept))

    def told(self, kept: Sequence[Any]) -> Iterable[str]:
        """Return what the cells of some rows hold as JSON."""
        tell = self.column.tell
        return [NULL if item is None else tell(item) for item in kept] if self.has_blanks else map(tell, kept)

    @property
    def has_blanks(self) -> bool:
        """Whether it may have no value."""
        return self.through is not None or self.column.form.has_blanks


def layouts_of(
    about: Mapping[str, Any],
    texts: Mapping[tuple[int, int], Sequence[str]],
    targets: Iterable[tuple[int, int, int, int]],
) -> list[Layout]:
    """Return the tables of a store by what it says of itself, by the texts of its dictionaries, and where they lead.

    *targets* are the number of a table, of a column, a code, and the row that it leads to.
    """
    codes: dict[int, dict[int, dict[int, list[int]]]] = {}
    for table, column, code, target in targets:
        codes.setdefault(table, {}).setdefault(column, {}).setdefault(target, []).append(code)
    return [_layout(number, item, texts, codes.get(number, {})) for number, item in enumerate(about["tables"])]


def _layout(
    number: int,
    item: Mapping[str, Any],
    texts: Mapping[tuple[int, int], Sequence[str]],
    linked_codes: Mapping[int, Mapping[int, Sequence[int]]],
) -> Layout:
    resources = tuple(
        StoredResource(
            entry["name"],
            entry["first"],
            entry["rows"],
            entry["fields"],
            {int(column): (resource, name) for column, (resource, name) in entry["links"].items()},
        )
        for entry in item["resources"]
    )
    fields = resources[0].fields
    columns = tuple(
        StoredColumn(Form(**form), fields[at], texts.get((number, at), ())) for at, form in enumerate(item["forms"])
    )
    return Layout(
        number,
        resources,
        columns,
        item["links"],
        item["indexed_text"],
        item["indices"],
        bool(item["is_copied"]),
        linked_codes,
    )
