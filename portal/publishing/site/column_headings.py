"""Headings of columns for people: the title, and the unit of its numbers (µg/m³, 万元) as the publisher states it.

What a unit is, `portal.model.measurement_units` knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.model.measurement_units import UNIT_CHARACTERS_MAX, title_and_unit


def is_quantity(field: Mapping[str, Any]) -> bool:
    """Whether a column holds numbers, which are set to the end of the line; codes that are texts hold none."""
    return field.get("type") in ("integer", "number")


def heading_of(title: str, field: Mapping[str, Any]) -> tuple[str, str]:
    """Return the heading of a column without its unit, and the unit.

    >>> heading_of("总价（万元）", {"type": "number"}), heading_of("Price (yuan)", {"type": "number"})
    (('总价', '万元'), ('Price', 'yuan'))
    >>> heading_of("名称（全）", {"type": "string"}), heading_of("PM10", {"type": "integer", "unit": "µg/m³"})
    (('名称（全）', ''), ('PM10', 'µg/m³'))
    """
    if not is_quantity(field):
        return title, ""
    heading, unit = title_and_unit(title)
    stated = field.get("unit")
    return heading, unit or (stated.strip()[:UNIT_CHARACTERS_MAX] if isinstance(stated, str) else "")
