"""Contexts of charts on pages: the SVG in two sizes, its finding, notes, table of numbers, files to download."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class ChartView:
    """A chart of a dataset. *pictures* are SVG elements for narrow and wide columns, of which one is shown.

    *places* are for each row of the table the place of its slot in the picture, for the hint on pointing.
    """

    id: str
    finding: str
    pictures: tuple[Markup, ...]
    source: str
    notes: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[int, ...]
    table_note: str
    files: tuple[tuple[str, str], ...]
    """What can be downloaded, as (label, path)."""
    title: str = ""
    """What its publisher calls it, "" where that is nothing."""


@dataclass(frozen=True)
class ChartsView:
    """The charts of a dataset; *reason* tells in a sentence why a table has none."""

    charts: tuple[ChartView, ...] = ()
    reason: str = ""
    image: str = ""
    """The picture that stands for the dataset on other sites, "" for none."""
    image_words: str = ""
    """What that picture shows."""
