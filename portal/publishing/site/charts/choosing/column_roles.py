"""What a column of a table is for a chart: time, category, identifier, place, age, sex, or a number of which nature.

By its type, its constraints, its keys and the words of its title. In doubt a number has no nature: it is neither
added up nor averaged, only its own values are shown. Identifiers, positions and coordinates are never reckoned with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from portal.model.catalog import Field
from portal.model.measurement_units import in_english, is_unit, unit_of, without_unit
from portal.model.number_natures import IDENTIFIERS, PLACES, YEARS, Nature, nature_of, says
from portal.model.table_profile import ColumnProfile
from portal.model.text import LocalText

Role = Literal["time", "period", "category", "identifier", "place", "age", "sex", "number", "other"]

YEAR_DIGITS = 4
CATEGORIES_MAX = 60
"""Different values that a column of categories may have; one with more names things."""

_AGE = re.compile(r"年龄(组|段)?$|^age([ _-]?group)?$", re.IGNORECASE)
_SEX = re.compile(r"^(性别|男女|sex|gender)$", re.IGNORECASE)
_NOTES = re.compile(
    r"说明|备注|描述|简介|提示|内容|地址|位置|摘要|原文|事由|职责|规则|note|remark|description|comment|address|summary",
    re.IGNORECASE,
)
"""Titles of columns of free text, whatever their cells repeat."""
_PERIODS = re.compile(r"季度|学年|周次|quarter|school year", re.IGNORECASE)
_UNITS = re.compile(r"^(计量|数据|度量)?单位$|^units?( of measure(ment)?)?$", re.IGNORECASE)
_CODE_WORDS = re.compile(r"(编号|编码|代码|标识|号|[ _-]?(id|code|no))$", re.IGNORECASE)
_WRITTEN_TIMES = re.compile(r"(时间|日期|年月|年代)$|(date|time)$", re.IGNORECASE)
"""Titles of integers that may be years, months or days written in digits."""
TIME_TYPES = frozenset(["date", "datetime", "yearmonth", "year"])


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """A column as charts see it. *nature* is "" for a number of which nobody can say what adding it up would mean."""

    name: str
    title: LocalText
    type: str
    role: Role
    nature: Nature | Literal[""] = ""
    unit: LocalText = LocalText()
    distinct: int | None = None
    gaps: int = 0
    minimum: str = ""
    maximum: str = ""
    is_unique: bool = False
    values: tuple[str, ...] = ()
    """All values in the order of the schema, where it lists them."""
    is_code: bool = False
    """Whether its values are codes, which people want to see by their names."""
    has_total_row: bool = False
    """Whether a row that is called a total (合计) stands in it beside its parts."""
    holds_units: bool = False
    """Whether it says for each row the unit of its number, of which there are several."""
    is_withheld: bool = False
    """Whether its values may be of single persons: no picture shows them, not even in the place of codes."""

    @property
    def is_amount(self) -> bool:
        """Whether its numbers may be added up."""
        return self.nature in ("flow", "stock")


def chart_column(
    field: Field,
    profile: ColumnProfile | None,
    rows: int,
    *,
    is_key: bool,
    stated_unit: str = "",
    examples: Sequence[str] = (),
) -> ChartColumn:
    """Return what a column is; *is_key* tells that it is the whole primary key.

    A column whose values no profile tells, since they may be of single persons, is none that charts look at.
    """
    distinct = profile.distinct if profile else None
    gaps = profile.gaps if profile else 0
    unique = is_key or bool(field.constraints.get("unique")) or (rows > 1 and distinct == rows)
    role = _role(field, profile, is_unique=unique, rows=rows)
    if profile and profile.is_withheld:
        role = "other"
    unit = LocalText()
    if role == "number":
        unit = in_english(stated_unit) if stated_unit else unit_of(field.name, field.title, field.description)
    return ChartColumn(
        name=field.name,
        title=LocalText(without_unit(field.title.zh or field.name), without_unit(field.title.en)),
        type=field.type,
        role=role,
        nature=nature_of(field, unit) if role == "number" else "",
        unit=unit,
        distinct=distinct,
        gaps=gaps,
        minimum=profile.minimum if profile else "",
        maximum=profile.maximum if profile else "",
        is_unique=unique,
        values=_listed(field),
        is_code=bool(_CODE_WORDS.search(field.name)),
        has_total_row=bool(profile and profile.has_total_row),
        holds_units=role != "number" and _holds_units(field, profile, examples),
        is_withheld=bool(profile and profile.is_withheld),
    )


def _holds_units(field: Field, profile: ColumnProfile | None, examples: Sequence[str]) -> bool:
    """Whether a column that is called a unit (单位: an office, too) holds several units."""
    if profile is None or profile.distinct == 1:
        return False
    return says(_UNITS, (field.name, field.title.zh, field.title.en)) and any(map(is_unit, examples))


def _role(field: Field, profile: ColumnProfile | None, *, is_unique: bool, rows: int) -> Role:
    distinct = profile.distinct if profile else None
    words = (field.name, field.title.zh, field.title.en)
    if field.type in TIME_TYPES:
        return "time"
    if says(_SEX, words):
        return "sex"
    if says(_AGE, words):
        return "age"
    if says(PLACES, words):
        return "place"
    if field.type in ("integer", "number"):
        if says(YEARS, words) and field.type == "integer":
            return "period" if _looks_like_year(field) else "identifier"
        if field.type == "integer" and says(_WRITTEN_TIMES, words) and profile and _holds_times(profile):
            return "period" if len(profile.maximum) == YEAR_DIGITS else "other"
        if says(IDENTIFIERS, words):
            return "identifier"
        return "other" if _enumerated(field) else "number"
    if field.type not in ("string", "boolean", "any"):
        return "other"
    if says(_PERIODS, words):
        return "period"
    if _enumerated(field) or field.type == "boolean":
        return "category"
    if says(_NOTES, words):
        return "other"
    if is_unique or distinct is None or distinct > CATEGORIES_MAX or (rows > 20 and distinct > rows * 0.5):
        return "identifier"
    return "category"


def _holds_times(profile: ColumnProfile) -> bool:
    """Whether all integers are years (2026), months (202610) or days (20261031) of recent centuries."""
    ends = profile.minimum, profile.maximum
    lengths = {len(end) for end in ends}
    return lengths <= {YEAR_DIGITS, 6, 8} and len(lengths) == 1 and all("1500" <= end[:4] <= "2100" for end in ends)


def _enumerated(field: Field) -> bool:
    values = field.constraints.get("enum")
    return isinstance(values, list) and 0 < len(values) <= CATEGORIES_MAX


def _listed(field: Field) -> tuple[str, ...]:
    return tuple(map(str, field.constraints["enum"])) if _enumerated(field) else ()


def _looks_like_year(field: Field) -> bool:
    low, high = field.constraints.get("minimum"), field.constraints.get("maximum")
    return not (isinstance(low, int | float) and low < 1000) and not (isinstance(high, int | float) and high > 3000)
