"""Sentences of a map in one language: what it shows, what is left out and why, how places were moved, its scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from portal.i18n import gettext_noop as _
from portal.i18n import number_text, translate, translate_many
from portal.model.map_layers import MADE_UP
from portal.model.terms import REFERENCE_SYSTEMS
from portal.model.text import enumerated
from portal.publishing.site.maps.drawing.class_borders import Way
from portal.publishing.site.maps.drawing.clusters import smallest
from portal.publishing.site.maps.drawing.map_frame import Frame, ScaleBar, degree_label, scale_bar
from portal.publishing.site.maps.drawing.map_picture import Picture
from portal.publishing.site.maps.places.geometry import Unplaced
from portal.publishing.site.maps.places.located import Located
from portal.publishing.site.maps.places.place_tables import MAP_BYTES_MAX, MAP_ROWS_MAX, NotDrawn
from portal.publishing.site.maps.reference_systems import ERROR_METRES, SHIFTED

PLACE_STEP = 0.00001
"""A place is told to about a metre."""

_NOT_DRAWN: Mapping[NotDrawn, str] = {
    "one-axis": _("There is no map: the table has only one of longitude and latitude."),
    "several": _("There is no map: the rows have more than one place each, and it is not said which is meant."),
    "too-many": _("There is no map: more than %(rows)s rows are too many for a page. Download the file to draw them."),
    "too-big": _("There is no map: more than %(megabytes)s MB of geometry are too many for a page. Download the file."),
    "tangled": _("There is no map: its lines lie upon one another so often that nobody could read it."),
    "system": _("There is no map: nothing here can convert coordinates in “%(system)s”."),
    "nowhere": _("There is no map: no row has coordinates in degrees that can be placed."),
    "damaged": _("There is no map: the file is no GeoJSON that can be read."),
}

_WAYS: Mapping[Way, str] = {
    "quantiles": _("Every class stands about equally often on the map (quantiles)."),
    "natural-breaks": _("The classes are cut where the numbers lie furthest apart (natural breaks)."),
}


def not_drawn(why: NotDrawn, system: str, lang: str) -> str:
    """Return the sentence that stands in the place of a map."""
    rows, megabytes = number_text(lang, MAP_ROWS_MAX), number_text(lang, MAP_BYTES_MAX // 1_000_000)
    return translate(lang, _NOT_DRAWN[why], rows=rows, megabytes=megabytes, system=system)


def description(counted: str, frame: Frame, lang: str) -> str:
    """Return what the picture shows, for those who do not see it; *counted* is how many things there are."""
    is_whole = frame.east - frame.west >= 360
    return translate(
        lang,
        "%(count)s between %(west)s and %(east)s, %(south)s and %(north)s; north is up. The list after the map "
        "names them.",
        count=counted,
        west=degree_label(-180 if is_whole else _east(frame.west), "E", "W", 0.01),
        east=degree_label(180 if is_whole else _east(frame.east), "E", "W", 0.01),
        south=degree_label(max(frame.south, -90), "N", "S", 0.01),
        north=degree_label(min(frame.north, 90), "N", "S", 0.01),
    )


def place_text(longitude: float, latitude: float) -> str:
    """Return a place in degrees.

    >>> place_text(150.27338, 20.2138)
    '150.27338°E, 20.21380°N'
    """
    return f"{degree_label(_east(longitude), 'E', 'W', PLACE_STEP)}, {degree_label(latitude, 'N', 'S', PLACE_STEP)}"


def scale_text(frame: Frame, lang: str) -> str:
    """Return the length that the scale bar stands for, and where it is true on a map of a large part of the Earth."""
    bar = scale_bar(frame)
    length = _length(bar, lang)
    if bar.latitude is None:
        return length
    latitude = degree_label(bar.latitude, "N", "S", 1)
    return translate(lang, "%(length)s at %(latitude)s", length=length, latitude=latitude)


def approval_text(approvals: Sequence[str], lang: str) -> str:
    """Return what stands on a map of outlines that were approved under these numbers, or are made up."""
    numbers = [approval for approval in approvals if approval != MADE_UP]
    said = translate(lang, "Map approval number: %(numbers)s", numbers=enumerated(lang, numbers)) if numbers else ""
    made_up = translate(lang, "Made-up outlines") if MADE_UP in approvals else ""
    return translate(lang, "; ").join(text for text in (said, made_up) if text)


def notes(
    located: Located,
    picture: Picture,
    system: str,
    lang: str,
    *,
    way: Way = "",
    is_withheld: bool = False,
    is_made_up: bool = False,
) -> Iterator[str]:
    """Yield what must be known to read the map right: how it was drawn, what was moved, what is missing from it."""
    if way:
        yield translate(lang, _WAYS[way])
    if picture.is_clustered:
        yield translate(
            lang, "Where places lie close together, one circle stands for several; its area tells how many they are."
        )
        least = smallest(max(len(mark.rows) for mark in picture.marks if mark.kind == "cluster"))
        if least > 1:
            count = number_text(lang, least)
            yield translate(lang, "The smallest circles stand for up to %(count)s places each.", count=count)
    elif picture.together:
        yield translate_many(
            lang,
            "%(num)s symbol stands for several places that cannot be told apart at this scale.",
            "%(num)s symbols stand for several places each that cannot be told apart at this scale.",
            picture.together,
        )
    if picture.small:
        yield translate_many(
            lang,
            "%(num)s area is too small to be seen at this scale; a symbol marks it.",
            "%(num)s areas are too small to be seen at this scale; symbols mark them.",
            picture.small,
        )
    if picture.crossing:
        yield translate_many(
            lang,
            "The outline of %(num)s area crosses itself; it is drawn as it was given.",
            "The outlines of %(num)s areas cross themselves; they are drawn as they were given.",
            picture.crossing,
        )
    yield from _left_out(located.unplaced, lang)
    if picture.behind:
        layers = enumerated(lang, (translate(lang, "“%(title)s”", title=one.title.to(lang)) for one in picture.behind))
        yield translate(lang, "Behind the places lie %(layers)s.", layers=layers)
    if is_made_up:
        yield translate(
            lang, "The outlines are made up for demonstration. They show no real place and were not approved."
        )
    if is_withheld:
        yield translate(
            lang,
            "Outlines of administrative areas are shown only with the number of their approval. None is stated, so a "
            "point in the middle stands for each area.",
        )
    yield _system(system, lang, is_bare=not picture.behind)


def _left_out(unplaced: Mapping[Unplaced, int], lang: str) -> Iterator[str]:
    if count := unplaced.get("none"):
        yield translate_many(
            lang,
            "%(num)s row has no place and is not on the map.",
            "%(num)s rows have no place and are not on the map.",
            count,
        )
    if count := unplaced.get("broken"):
        yield translate_many(
            lang,
            "%(num)s row has coordinates that cannot be read and is not on the map.",
            "%(num)s rows have coordinates that cannot be read and are not on the map.",
            count,
        )
    if count := unplaced.get("range"):
        yield translate_many(
            lang,
            "%(num)s row has coordinates that are no degrees of the Earth and is not on the map.",
            "%(num)s rows have coordinates that are no degrees of the Earth and are not on the map.",
            count,
        )
    if count := unplaced.get("swapped"):
        yield translate_many(
            lang,
            "%(num)s row looks as if longitude and latitude were exchanged; it is not on the map.",
            "%(num)s rows look as if longitude and latitude were exchanged; they are not on the map.",
            count,
        )
    if count := unplaced.get("zero"):
        yield translate_many(
            lang,
            "%(num)s row lies at 0°, 0°, which stands for an unknown place; it is not on the map.",
            "%(num)s rows lie at 0°, 0°, which stands for an unknown place; they are not on the map.",
            count,
        )


def _system(system: str, lang: str, *, is_bare: bool) -> str:
    if not system:
        return translate(
            lang,
            "The coordinate reference system is not stated. The map takes the coordinates for WGS 84; if they are in "
            "GCJ-02 or BD-09, everything lies some hundred metres off.",
        )
    name = REFERENCE_SYSTEMS[system].to(lang)
    if system in SHIFTED:
        return translate(
            lang,
            "The coordinates are in %(system)s. For the map they were brought back to WGS 84 by the published "
            "formulas, to within %(metres)s m.",
            system=name,
            metres=ERROR_METRES,
        )
    if not is_bare:
        return translate(lang, "Drawn in %(system)s.", system=name)
    return translate(lang, "Drawn in %(system)s, on a graticule of plain coordinates.", system=name)


def _length(bar: ScaleBar, lang: str) -> str:
    if bar.metres < 1000:
        return f"{number_text(lang, round(bar.metres))} m"
    return f"{number_text(lang, round(bar.metres / 1000))} km"


def _east(longitude: float) -> float:
    """Return a longitude between -180 and 180 degrees."""
    return (longitude + 180) % 360 - 180 if abs(longitude) > 180 else longitude
