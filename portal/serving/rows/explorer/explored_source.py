"""What the explorer looks through: a published table, or all of one shape; what was counted in its columns."""

from __future__ import annotations

from dataclasses import dataclass

from portal.model.addresses import rows_page_path
from portal.model.table_profile import ColumnProfile, ValueCount
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.rows.store_layout import RESOURCE_COLUMN
from portal.publishing.site.pages.tables_together import TablesTogether
from portal.serving.rows.explorer.joined_profiles import joined_profiles

TABLES_LISTED_MAX = 200
"""Tables of one shape that are choices where they are looked through as one."""


@dataclass(frozen=True)
class ExploredSource:
    """What is looked through: a table of a dataset, or those of its shape *together* where it is *is_as_one*."""

    published: PublishedDataset
    item: PublishedResource
    """The table; of several the first."""
    together: TablesTogether | None = None
    is_as_one: bool = False

    @property
    def as_one(self) -> TablesTogether | None:
        """The tables that are looked through as one, None where it is a single one."""
        return self.together if self.is_as_one else None

    @property
    def dataset(self) -> str:
        """The name of the dataset."""
        return self.published.dataset.name

    @property
    def tables(self) -> tuple[PublishedResource, ...]:
        """The table, or all of them."""
        return self.as_one.members if self.as_one else (self.item,)

    @property
    def crs(self) -> str:
        """The system in which coordinates are, "" where it is not stated, or tables differ in it."""
        found = {one.resource.crs for one in self.tables}
        return found.pop() if len(found) == 1 else ""

    @property
    def path(self) -> str:
        """The path of the page."""
        return self.as_one.path if self.as_one else rows_page_path(self.dataset, self.item.resource.name)


def profiles_of(source: ExploredSource) -> dict[str, ColumnProfile]:
    """Return what was counted in the columns of a table, or of several."""
    if source.as_one is None:
        profile = source.item.profile
        return {one.name: one for one in profile.columns} if profile else {}
    tables = source.tables
    found = joined_profiles((one.profile for one in tables), source.item.table_schema["fields"])
    counts = tuple(ValueCount(one.resource.name, one.profile.rows if one.profile else 0) for one in tables)
    listed = counts[:TABLES_LISTED_MAX]
    found[RESOURCE_COLUMN] = ColumnProfile(RESOURCE_COLUMN, 0, len(counts), type="string", kind="category", top=listed)
    return found


def newest_by(source: ExploredSource) -> str:
    """Return the column by which the newest rows of a table, or of several, stand first, "" where none says it."""
    found = {one.profile.newest_by if one.profile else "" for one in source.tables}
    if len(found) == 1 and found != {""}:
        return found.pop()
    return RESOURCE_COLUMN if source.as_one and source.as_one.is_in_time else ""
