"""Numbers of districts by their codes: which number of a table a map shows, for which day, and as an amount or a rate.

A table without coordinates gets onto the map where a column of it holds the codes of a layer of districts:

- one row a district: the first column of numbers of which is known whether they are amounts or rates;
- one row a district and day: that column on the newest day on which as many districts as on any have a row;
- a list of things with a key of its own: how many there are in each district.

What is a share, a mean or another rate already is shown as it is, by shades. An amount is divided by the population
where that is known, and shown as shades, too; otherwise as circles, because a large district is not a large number.
Amounts below zero, tables with the codes of two districts in a row, and tables of any other form are not shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from math import isfinite
from typing import NamedTuple

from portal.model.number_natures import is_reckoned_with
from portal.publishing.rows.store_plan import TableSource
from portal.publishing.site.maps.column_natures import is_rate, nature, stated_field
from portal.publishing.site.maps.places.geometry import Feature

PER = 10_000
"""A rate is told for so many inhabitants."""
DISTRICTS_SHARE_MIN = 0.5
"""A map is drawn where at least this share of the districts has a number."""
ELSEWHERE_SHARE_MAX = 0.2
"""Rows are not counted by district where a greater share of them belongs to none: that is no picture of them."""

_DATES = ("date", "datetime", "yearmonth", "year")
_IN_ORDER = re.compile(r"\d{4}(\D?\d\d)*\D?")
"""A day that is later than another comes after it as text, too."""


class Districts(NamedTuple):
    """A layer of districts: outlines, names and inhabitants by code."""

    outlines: Mapping[str, Feature]
    names: Mapping[str, str]
    population: Mapping[str, float]


class DistrictNumbers(NamedTuple):
    """One number for each district: that of *column*, None where it is how many rows there are; *day* is its day.

    *elsewhere* counts rows whose code, "" too, no district of the layer has.
    """

    values: Mapping[str, float]
    column: int | None
    day: str
    is_rate: bool
    elsewhere: int


def district_numbers(
    source: TableSource,
    rows: Sequence[Sequence[str]],
    districts: Districts,
    withheld: Collection[str] = (),
    wanted: tuple[int, bool] | None = None,
) -> DistrictNumbers | None:
    """Return the number of each district, None where the table has none that can be told by its form.

    *withheld* columns may tell of single persons; *wanted* is the column of numbers that the publisher
    chose, and whether they are readings.
    """
    code = _code_column(source, rows, districts)
    if code is None:
        return None
    known = [row for row in rows if row[code] in districts.outlines]
    dates = [number for number, field in enumerate(source.fields) if field.get("type") in _DATES]
    number = _number_column(source, code, withheld) if wanted is None else wanted[0]
    day = ""
    if not _is_unique(known, [code]):
        if len(dates) == 1 and _is_unique(known, [code, dates[0]]):
            day = _newest([row[dates[0]] for row in known])
            if not day:
                return None
            rows = [row for row in rows if row[dates[0]] == day]
            known = [row for row in known if row[dates[0]] == day]
        elif any(len(key) == 1 and key[0] != code for key in source.keys):
            return _counted(rows, code, districts)
        else:
            return None
    if number is None or not known:
        return None
    values = {row[code]: float(row[number]) for row in known if _is_number(row[number])}
    is_reading = is_rate(source.fields[number]) if wanted is None else wanted[1]
    found = DistrictNumbers(values, number, day, is_reading, len(rows) - len(known))
    if not found.is_rate and any(value < 0 for value in values.values()):
        return None
    return _enough(found, districts)


def per_inhabitants(numbers: DistrictNumbers, districts: Districts) -> Mapping[str, float] | None:
    """Return amounts for so many inhabitants, None where the population of one of the districts is not known."""
    people = districts.population
    if numbers.is_rate or not all(people.get(code, 0) > 0 for code in numbers.values):
        return None
    return {code: float(f"{value / people[code] * PER:.4g}") for code, value in numbers.values.items()}


def _counted(rows: Sequence[Sequence[str]], code: int, districts: Districts) -> DistrictNumbers | None:
    """Return how many rows each district has; one without any has none, which is a number, too."""
    counts = Counter(row[code] for row in rows if row[code] in districts.outlines)
    elsewhere = len(rows) - counts.total()
    if elsewhere > ELSEWHERE_SHARE_MAX * len(rows):
        return None
    found = _enough(DistrictNumbers(counts, None, "", False, elsewhere), districts)
    return found and found._replace(values={district: counts[district] for district in districts.outlines})


def _code_column(source: TableSource, rows: Sequence[Sequence[str]], districts: Districts) -> int | None:
    """Return the column most of whose different values are codes of districts, None where it is not sure which is."""
    found = []
    for number in range(len(source.fields)):
        values = {row[number] for row in rows} - {""}
        if values and len(values & districts.outlines.keys()) * 2 > len(values):
            found.append(number)
    if len(found) > 1:
        keys = {number for key in source.keys for number in key}
        found = [number for number in found if number in keys]
    return found[0] if len(found) == 1 else None


def _number_column(source: TableSource, code: int, withheld: Collection[str]) -> int | None:
    keys = {number for key in source.keys for number in key}
    for number, field in enumerate(source.fields):
        if field["name"] in withheld:
            continue
        if number != code and number not in keys and is_reckoned_with(stated_field(field)) and nature(field):
            return number
    return None


def _is_unique(rows: Sequence[Sequence[str]], columns: Sequence[int]) -> bool:
    return len({tuple(row[number] for number in columns) for row in rows}) == len(rows)


def _newest(days: Sequence[str]) -> str:
    """Return the newest day on which as many districts as on any have a row, "" where nobody can say which is newer."""
    counts = Counter(day for day in days if day)
    if not all(map(_IN_ORDER.fullmatch, counts)):
        return ""
    most = max(counts.values(), default=0)
    return max((day for day, count in counts.items() if count == most), default="")


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False


def _enough(numbers: DistrictNumbers, districts: Districts) -> DistrictNumbers | None:
    """Return the numbers where enough districts have one, and they differ."""
    share = len(numbers.values) / len(districts.outlines)
    return numbers if share >= DISTRICTS_SHARE_MIN and len(set(numbers.values.values())) > 1 else None
