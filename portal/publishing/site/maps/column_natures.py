"""Columns of published tables as fields of the catalogue: whether their numbers are amounts or readings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from portal.model.catalog import Field
from portal.model.measurement_units import in_english, unit_of
from portal.model.number_natures import Nature, nature_of
from portal.model.text import LocalText


def is_rate(field: Mapping[str, Any]) -> bool:
    """Whether the numbers of a column are shares, means or other readings, which are not divided once more.

    >>> [is_rate({"name": name, "type": "number"}) for name in ("入学率", "学生数", "比赛场次")]
    [True, False, False]
    """
    return nature(field) in ("level", "offset")


def nature(field: Mapping[str, Any]) -> Nature | Literal[""]:
    """Return what may be done with the numbers of a column, "" where nobody can say."""
    stated, unit = stated_field(field), str(field.get("unit") or "")
    return nature_of(stated, in_english(unit) if unit else unit_of(stated.name, stated.title, stated.description))


def stated_field(field: Mapping[str, Any]) -> Field:
    """Return a column of a table schema as the catalogue knows it."""
    name, title, type_, description = (str(field.get(key) or "") for key in ("name", "title", "type", "description"))
    return Field(name, LocalText(title), type_, description=LocalText(description))
