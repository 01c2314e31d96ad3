"""Which columns of a table a map uses: where rows lie, what they are called, what colours them, what is told of them.

Chosen by rules that need no wish of the publisher, in this order:

- *colour*: the first text column that says a kind (2 to 8 different values), then yes-or-no columns, then texts of up
  to 30 values, of which the commonest are shown, then the first column of numbers. Columns that say where something is
  come last of their kind: the map shows that already. Codes without names, names and coordinates colour nothing.
- *facts*: the column of the colour and up to two more, short ones, that are neither names nor codes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from portal.examining.validation.cells.coordinates import axis_of
from portal.model.number_natures import IDENTIFIERS, says
from portal.model.terms import REFERENCE_SYSTEMS
from portal.publishing.rows.store_plan import TableSource
from portal.publishing.search.named_rows.name_columns import is_text_of_things, name_columns
from portal.publishing.site.maps.drawing.map_classes import CATEGORIES_MAX

CATEGORIES_CUT_MAX = 30
"""A column of more different values than this has no colours: nearly everything would be among the others."""
FACTS = 3
"""So many columns are told of a place beside its name."""
FACT_CHARACTERS_MAX = 40
"""A column with a longer cell is no short fact."""

_WHERE = re.compile(
    r"区县|区划|街道|乡镇|道路|地址|位置|省|市|区$|县$|district|street|road|town|address|area", re.IGNORECASE
)
_CODE = re.compile(r"(代码|编号|编码|登记号|序号|号)$|(^|[\s_-])(id|code|no)$", re.IGNORECASE)
_AXIS_TYPES = frozenset(["number", "integer", "string", "any"])
_NUMBERS = frozenset(["number", "integer", "year"])

GEOMETRY_COLUMNS = ("geometry", "geometry_geojson")
"""What the column of geometries is called in a table that was read from GeoJSON."""

NoPlaces = Literal["one-axis", "several"]
"""Why a table with coordinates has no map: it has only one of longitude and latitude, or more than one place a row."""


class WhereColumns(NamedTuple):
    """The columns, from 0, that hold the place of a row: *axes* (longitude, latitude), or one *geometry*."""

    axes: tuple[int, int] | None = None
    geometry: int | None = None
    is_point: bool = False
    """Whether *geometry* holds points (geopoint), not GeoJSON."""


class MapColumns(NamedTuple):
    """What else is used of a row; *kind* tells what the colours stand for, "" where there are none."""

    name: int | None
    colour: int | None
    kind: Literal["", "category", "number"]
    facts: tuple[int, ...]


def where_columns(
    fields: Sequence[Mapping[str, Any]], crs: str, *, is_geojson: bool = False
) -> WhereColumns | NoPlaces | None:
    """Return where the places of a table stand, why it has none that can be drawn, or None for one without any.

    What was read from GeoJSON has its geometries in the last column that is called so, whatever their type is.

    >>> where_columns([{"name": "纬度", "type": "number"}], "WGS84")
    'one-axis'
    """
    whole = [number for number, field in enumerate(fields) if field.get("type") in ("geopoint", "geojson")]
    if is_geojson and not whole:
        whole = [number for number, field in enumerate(fields) if field.get("name") in GEOMETRY_COLUMNS][-1:]
    if len(whole) == 1:
        return WhereColumns(geometry=whole[0], is_point=fields[whole[0]].get("type") == "geopoint")
    longitudes = [number for number, field in enumerate(fields) if _axis(field, crs) == "longitude"]
    latitudes = [number for number, field in enumerate(fields) if _axis(field, crs) == "latitude"]
    if len(longitudes) == len(latitudes) == 1 and not whole:
        return WhereColumns(axes=(longitudes[0], latitudes[0]))
    if whole or (longitudes and latitudes):
        return "several"
    return "one-axis" if longitudes or latitudes else None


def map_columns(
    source: TableSource, rows: Sequence[Sequence[str]], where: WhereColumns, withheld: Collection[str] = ()
) -> MapColumns:
    """Choose the columns of a table; *rows* are all of its rows, *withheld* columns may tell of single persons."""
    hidden = {number for number, field in enumerate(source.fields) if field["name"] in withheld}
    named = [column for column in name_columns(source, rows) if column.number not in hidden]
    names = [column.number for column in named if not column.is_code]
    name = names[0] if names else next((column.number for column in named), None)
    used = {*(where.axes or ()), where.geometry, name, *hidden}
    free = [number for number in range(len(source.fields)) if number not in used]
    nothing: tuple[int | None, Literal["", "category", "number"]] = (None, "")
    links = source.links
    told = [number for number in free if number in links or not is_code(source.fields[number])]
    told.sort(key=links.__contains__)
    values = {number: {row[number] for row in rows} - {""} for number in told}
    colour, kind = next(_colours(source.fields, told, values), nothing)
    facts = [number for number in told if number != colour and _is_fact(source.fields[number], values[number])]
    chosen = [*([] if colour is None else [colour]), *facts][:FACTS]
    return MapColumns(name, colour, kind, tuple(chosen))


def is_code(field: Mapping[str, Any]) -> bool:
    """Whether a column is a code by its name or title.

    >>> is_code({"name": "区划代码"}), is_code({"name": "类型"})
    (True, False)
    """
    return any(_CODE.search(text) for text in _called(field))


def _axis(field: Mapping[str, Any], crs: str) -> str:
    if field.get("type", "any") not in _AXIS_TYPES:
        return ""
    name, title = str(field.get("name") or ""), str(field.get("title") or "")
    plain = {"x": "longitude", "y": "latitude"} if crs in REFERENCE_SYSTEMS else {}
    return axis_of(name) or axis_of(title) or plain.get(name.lower(), "")


def _colours(
    fields: Sequence[Mapping[str, Any]], free: Sequence[int], values: Mapping[int, set[str]]
) -> Iterator[tuple[int, Literal["category", "number"]]]:
    """Yield what may colour a map, the best first."""
    of_kind = list(free)
    of_kind.sort(key=lambda number: any(_WHERE.search(text) for text in _called(fields[number])))
    texts = [number for number in of_kind if is_text_of_things(fields[number])]
    yield from ((number, "category") for number in texts if 2 <= len(values[number]) <= CATEGORIES_MAX)
    yield from (
        (number, "category")
        for number in of_kind
        if fields[number].get("type") == "boolean" and len(values[number]) == 2
    )
    yield from (
        (number, "category")
        for number in texts
        if CATEGORIES_MAX < len(values[number]) <= CATEGORIES_CUT_MAX and not _is_long(values[number])
    )
    yield from (
        (number, "number")
        for number in of_kind
        if fields[number].get("type") in ("number", "integer") and not says(IDENTIFIERS, (*_called(fields[number]),))
    )


def _is_fact(field: Mapping[str, Any], values: set[str]) -> bool:
    if len(values) < 2 or _is_long(values):
        return False
    return field.get("type") in (*_NUMBERS, "boolean", "date") or is_text_of_things(field)


def _is_long(values: set[str]) -> bool:
    return any(len(value) > FACT_CHARACTERS_MAX for value in values)


def _called(field: Mapping[str, Any]) -> Iterator[str]:
    for key in ("name", "title"):
        if isinstance(text := field.get(key), str):
            yield text.strip()
