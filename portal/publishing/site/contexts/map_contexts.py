"""Contexts of a map on a page: the picture, its legend, what it leaves out, and its places as a list."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class MapKey:
    """One class of the legend: its sign, its words, how many places it has."""

    sign: Markup
    label: str
    count: str


@dataclass(frozen=True)
class MapPlace:
    """One place of the list: *mark* is the id of its symbol in the picture, *where* its coordinates."""

    id: str
    mark: str
    name: str
    facts: str
    where: str
    """Its coordinates, "" where its name tells them."""


@dataclass(frozen=True)
class MapOutlines:
    """Where lines and areas are in finer detail, for those who have zoomed in by more than *zoom*."""

    zoom: str
    path: str


@dataclass(frozen=True)
class MapView:
    """The map of a resource. Where there is none, *picture* is "" and *missing* says why.

    *rest* says how many places are not in the list, and *rows_path* leads to all rows, "" where nobody lists them.
    """

    id: str
    picture: Markup
    missing: str = ""
    elsewhere: str = ""
    """The id of the map that shows the same places, where *missing* leads to one."""
    legend_title: str = ""
    legend: tuple[MapKey, ...] = ()
    notes: tuple[str, ...] = ()
    list_title: str = ""
    places: tuple[MapPlace, ...] = ()
    rest: str = ""
    rows_path: str = ""
    points_path: str = ""
    """Where all points of a clustered map are, "" where the picture has them."""
    outlines: tuple[MapOutlines, ...] = ()
    sizes_title: str = ""
    sizes: tuple[MapKey, ...] = ()
    """Circles of round amounts, where areas of circles tell amounts."""
