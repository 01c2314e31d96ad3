"""Maps of numbers by district (choropleth): shades for rates, circles for amounts, on a layer of outlines.

The layer is one that catalog.yaml names with the column of its codes; its outlines are approved, and the number of the
approval stands on the map.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path

from portal.i18n import gettext_noop as _
from portal.i18n import translate
from portal.model.catalog import Field, Resource, Schema
from portal.model.map_choices import NO_NUMBERS, MapChoice, choice_faults
from portal.model.map_layers import MapLayer
from portal.model.text import LocalText
from portal.publishing.publication import PublishedResource
from portal.publishing.rows.store_plan import TableSource
from portal.publishing.site.maps.chosen_columns import refusals, way_of
from portal.publishing.site.maps.column_natures import nature, stated_field
from portal.publishing.site.maps.district_numbers import (
    PER,
    DistrictNumbers,
    Districts,
    district_numbers,
    per_inhabitants,
)
from portal.publishing.site.maps.drawing.map_classes import number_classes
from portal.publishing.site.maps.drawing.map_picture import Layer, picture_of
from portal.publishing.site.maps.map_views import Drawn
from portal.publishing.site.maps.places.geometry import Feature
from portal.publishing.site.maps.places.located import Located, Points
from portal.publishing.site.maps.places.map_columns import MapColumns
from portal.publishing.site.maps.places.place_tables import PlaceTable, all_rows, withheld_columns

DISTRICT_ROWS_MAX = 100_000
"""A table with more rows is not put on the map of districts."""
NOT_BY_DISTRICT = LocalText(
    "不是一个区域一个数，或者有数的区域不到一半，或者其中有负数",
    "it has no single number for each district, or for less than half of them, or some are below zero",
)
_FIELDS = ({"name": "district"}, {"name": "number", "type": "number"}, {"name": "amount", "type": "number"})


def by_districts(
    item: PublishedResource,
    site_dir: Path,
    layer: Layer,
    outlines: PlaceTable,
    stated: MapLayer,
    choice: MapChoice | None = None,
) -> Drawn | None:
    """Return the map of a table by the districts of a *layer*, None where the table has no number of theirs.

    *outlines* is the table that the layer was read from, *stated* what catalog.yaml says of its columns, *choice* what
    it says of this map.
    """
    districts = _districts(outlines, stated)
    if item.table_file is None or item.profile is None or item.profile.rows > DISTRICT_ROWS_MAX or not districts:
        return None
    source = TableSource(item.resource.name, site_dir / item.table_file.path, item.table_schema)
    numbers, refused = _numbers(source, districts, choice, withheld_columns(item.profile))
    if numbers is None:
        return None
    is_in_circles = choice is not None and bool(choice.size) and not refused
    rates = None if is_in_circles else per_inhabitants(numbers, districts)
    shown = rates or numbers.values
    codes = list(districts.outlines)
    rows = [
        [districts.names[code], _written(shown.get(code)), _written(numbers.values.get(code) if rates else None)]
        for code in codes
    ]
    flat = tuple(districts.outlines[code]._replace(row=row) for row, code in enumerate(codes))
    is_shaded = numbers.is_rate or bool(rates)
    columns = MapColumns(0, 1 if is_shaded else None, "number" if is_shaded else "", (1, 2))
    table = PlaceTable(_FIELDS, rows, columns, Located(Points(), flat, {}))
    classes = number_classes([row[1] for row in rows], 2, way_of(choice)) if is_shaded else None
    circles = None if is_shaded else [numbers.values.get(code, 0) for code in codes]
    column = None if numbers.column is None else str(source.fields[numbers.column]["name"])
    titles = _titles(numbers, column, item.resource, is_per_inhabitants=bool(rates))
    picture = picture_of(table.located, classes, circles=circles, is_finer_nearby=False)
    people = layer.columns.get(stated.population) or LocalText(stated.population) if rates else LocalText()
    without = 0 if is_shaded else len(codes) - len(numbers.values)
    remarks = (*_remarks(numbers, layer, titles, people, without, is_shaded=is_shaded), *refusals(refused))
    size = None if is_shaded else 1
    return Drawn(table, titles, {}, classes, picture, layer.system, layer.approval, remarks=remarks, size=size)


def _numbers(
    source: TableSource, districts: Districts, choice: MapChoice | None, withheld: Collection[str]
) -> tuple[DistrictNumbers | None, Sequence[tuple[str, LocalText]]]:
    """Return the numbers of districts, by the column that was chosen where they can be, and why they cannot."""
    rows = all_rows(source.csv) or ()
    refused: list[tuple[str, LocalText]] = []
    if choice and (name := choice.size or choice.colour):
        fields = {str(field["name"]): (number, field) for number, field in enumerate(source.fields)}
        faults = choice_faults(choice, [stated_field(field) for field in source.fields], withheld)
        fault = faults.get("size" if choice.size else "colour")
        if not fault and fields[name][1].get("type") not in ("number", "integer"):
            fault = NO_NUMBERS
        if not fault:
            number, field = fields[name]
            is_reading = not choice.size and nature(field) not in ("flow", "stock")
            numbers = district_numbers(source, rows, districts, withheld, (number, is_reading))
            if numbers and numbers.column == number:
                return numbers, ()
            fault = NOT_BY_DISTRICT
        refused.append((name, fault))
    return district_numbers(source, rows, districts, withheld), refused


def _districts(outlines: PlaceTable, stated: MapLayer) -> Districts | None:
    names = [str(field["name"]) for field in outlines.fields]
    if stated.code not in names:
        return None
    code = names.index(stated.code)
    features: dict[str, Feature] = {}
    for feature in outlines.located.flat:
        before = features.get(key := outlines.rows[feature.row][code])
        features[key] = Feature(before.row, before.shapes + feature.shapes) if before else feature
    named = outlines.columns.name
    people = names.index(stated.population) if stated.population in names else None
    rows = {key: outlines.rows[feature.row] for key, feature in features.items() if key}
    return Districts(
        {key: features[key] for key in rows},
        {key: (row[named] if named is not None else "") or key for key, row in rows.items()},
        {} if people is None else {key: _number(row[people]) for key, row in rows.items()},
    )


def _titles(numbers: DistrictNumbers, column: str | None, resource: Resource, *, is_per_inhabitants: bool) -> Resource:
    """Return a resource whose schema says what the numbers of a *column* are called, those of rows where it is None."""
    declared = {field.name: field.title for field in resource.schema.fields}
    amount = _both(_("Number of rows")) if column is None else declared.get(column) or LocalText(column)
    if numbers.day:
        day = LocalText(numbers.day, numbers.day)
        amount = _both(_("%(title)s, %(day)s"), title=amount, day=day)
    per = LocalText("万", f"{PER:,}")
    number = (
        _both(_("%(title)s, per %(people)s inhabitants"), title=amount, people=per) if is_per_inhabitants else amount
    )
    schema = Schema((Field("district", LocalText()), Field("number", number), Field("amount", amount)))
    return Resource(resource.name, resource.title, "table", "csv", resource.media_type, schema=schema)


def _remarks(
    numbers: DistrictNumbers, layer: Layer, titles: Resource, people: LocalText, without: int, *, is_shaded: bool
) -> Iterator[tuple[str, Mapping[str, LocalText]]]:
    """Yield what the map shows, by which column of *people*, and how many districts are *without* a circle."""
    number = titles.schema.fields[1].title
    details: Mapping[str, LocalText] = {"number": number, "layer": layer.title, "people": people}
    if people:
        yield _("%(number)s, by the districts in “%(layer)s” and their population (%(people)s)."), details
    elif is_shaded:
        yield _("%(number)s, by the districts in “%(layer)s”."), details
    else:
        yield (
            _(
                "%(number)s, by the districts in “%(layer)s”. The area of a circle tells the amount, for a large "
                "district is not a large amount."
            ),
            details,
        )
    if without:
        yield _("Districts without a number: %(count)s."), {"count": LocalText(f"{without:,}")}
    if numbers.elsewhere:
        yield _("Rows whose code is that of no district: %(count)s."), {"count": LocalText(f"{numbers.elsewhere:,}")}


def _both(message: str, **details: LocalText) -> LocalText:
    """Return a message in both languages."""
    return LocalText(
        *(translate(lang, message, **{k: text.to(lang) for k, text in details.items()}) for lang in ("zh", "en"))
    )


def _written(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return number if isfinite(number) else 0.0
