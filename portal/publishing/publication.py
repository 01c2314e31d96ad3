"""Published datasets, resources and files as values: path, download name, size, hash, profile, preview.

What became of a dataset when it was published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from portal.model.catalog import Dataset, Resource
from portal.model.quality import Quality
from portal.model.table_profile import TableProfile
from portal.model.text import LocalText
from portal.model.understood_table import Decision, Sheet
from portal.model.use import Use


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One released file. *path* is relative to the site's root; *download_name* is what a browser saves it as."""

    path: str
    format: str
    media_type: str
    size_bytes: int
    sha256: str
    download_name: str
    is_original: bool = False

    @property
    def url_path(self) -> str:
        """The path of its address, quoted, with a slash in front."""
        return "/" + quote(self.path)


@dataclass(frozen=True, slots=True)
class PublishedResource:
    """A resource with its released files, the original first; *profile* is None for what is not a table."""

    resource: Resource
    files: tuple[PublishedFile, ...] = ()
    profile: TableProfile | None = None
    left_out: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    """What was understood of a table, in the order of reading."""
    sheets: tuple[Sheet, ...] = ()
    """All sheets of the workbook that a table comes from."""
    table_schema: Mapping[str, Any] = field(default_factory=dict)
    """The Table Schema of the published CSV, its columns as they stand there; {} for what is not a table."""
    typed_columns: tuple[str, ...] = ()
    """The columns that have the type of their field in Parquet; the others are text there."""
    links_to_others: bool = False
    """Whether a file of RDF links what it is about to what others describe."""

    @property
    def table_file(self) -> PublishedFile | None:
        """The published CSV of a table, whose rows the server answers for; None for what is no table."""
        if not self.table_schema.get("fields"):
            return None
        return next((file for file in self.files if file.format == "csv" and not file.is_original), None)


@dataclass(frozen=True, slots=True)
class RegisterCounts:
    """How many records a register has of each department, by its code; "" for those without a right one, last."""

    resource: str
    standard: str
    departments: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """When the record of a dataset changed here last: *content* is a hash of it, "" where it was withdrawn."""

    content: str
    time: datetime
    """In UTC, with its zone."""


@dataclass(frozen=True, slots=True)
class PublishedChart:
    """A chart of a dataset: the name of its files below ``charts/``, the table it is of, what it says in words."""

    name: str
    resource: str
    kind: str
    finding: LocalText
    has_picture: bool = False
    """Whether there are PNG pictures of it beside those as SVG, as there are of the first of a dataset."""


@dataclass(frozen=True, slots=True)
class PublishedDataset:
    """A dataset as the release holds it. What is not open has no resources here: only its entry is published.

    *package* is one archive with all of its files, None where there are none.
    """

    dataset: Dataset
    resources: tuple[PublishedResource, ...] = ()
    package: PublishedFile | None = None
    quality: Quality | None = None
    """None until it was assessed."""
    registers: tuple[RegisterCounts, ...] = ()
    """Counts of registers whose rows the public does not get."""
    changed: datetime | None = None
    """When its record changed here last, in UTC with its zone; None until the release was put together."""
    use: Use | None = None
    """How often it was used; None where nobody counts."""
    charts: tuple[PublishedChart, ...] = ()
    """Its charts, the first of which stands for it in lists."""

    @property
    def has_files(self) -> bool:
        """Whether there is anything to download; links to other sites are not."""
        return any(item.files for item in self.resources)

    @property
    def rows(self) -> int:
        """Rows of all its tables together."""
        return sum(item.profile.rows for item in self.resources if item.profile)

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats that can be downloaded, each once, in upper case, sorted.

        Every table is offered as Parquet too, so to name it would tell nothing; only a publisher's own counts.
        """
        found = {
            file.format
            for item in self.resources
            for file in item.files
            if file.is_original or file.format != "parquet"
        }
        found |= {item.resource.format for item in self.resources if item.resource.kind == "link"}
        return tuple(sorted(name.upper() for name in found if name))
