"""Views that a publisher declares (`views:` of datapackage.yaml) as values: a table, a mark, what its channels show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.model.named_times import TABLE_COLUMN
from portal.model.text import LocalText


@dataclass(frozen=True, slots=True)
class Channel:
    """What one channel of the encoding shows: columns, and what is done with them."""

    fields: tuple[str, ...] = ()
    aggregate: str = ""
    time_unit: str = ""
    is_binned: bool = False
    sort: str = ""
    title: LocalText = LocalText()
    unit: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class View:
    """A declared view of one table. *filters* are columns with the values that rows must have."""

    name: str
    resource: str
    mark: str
    channels: Mapping[str, Channel] = field(default_factory=dict)
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    title: LocalText = LocalText()

    @property
    def is_over_tables(self) -> bool:
        """Whether it shows all tables of one shape, over the times that their names tell."""
        return self.channel("x").fields == (TABLE_COLUMN,)

    def channel(self, name: str) -> Channel:
        """Return a channel, an empty one where it is not stated."""
        return self.channels.get(name, Channel())
