"""Times that names of resources tell (counts-2026-10), for tables of one shape that hold no time of their own.

Strict: a name tells a time only where nothing in it or in the title says something else (half a year, a week, 1-6月).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

TABLE_COLUMN = "_resource"
"""The column of several tables of one shape together that says which of them a row is of, as the API has it."""
TABLES_ALIKE_MIN = 3
"""So many tables of one shape are shown as one."""
NAMED_SHARE_MIN = 0.75
"""The share of tables whose names must tell a time."""
NamedStep = Literal["year", "quarter", "month"]
NamedTime = tuple[NamedStep, int]
"""A step of time with its number: the year, year x 4 + quarter - 1, or year x 12 + month - 1."""
_TIME = re.compile(r"((?:19|20)\d\d)(?:-?(0[1-9]|1[0-2])|-?q([1-4]))?", re.IGNORECASE)
_OTHER_WORDS = frozenset("half week weeks to until ytd cumulative first second h part upper lower".split())
_OTHER_TITLES = re.compile(
    r"半年|旬|周|累计|截至|至|学年|[-–—~～]\s*\d+\s*月|half|week|until|cumulative", re.IGNORECASE
)
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_MONTHS = re.compile(r"(?<!\d)(\d{1,2})\s*月")


def named_time(name: str, title: str = "") -> NamedTime | None:
    """Return the time that a resource is called after, None where it is called after none, or after another span.

    >>> named_time("counts-2026-10", "2026年10月交通量"), named_time("quotas-2025q3"), named_time("budget_2026")
    (('month', 24321), ('quarter', 8102), ('year', 2026))
    >>> named_time("counts"), named_time("counts-2026-10", "2026年1-10月累计"), named_time("enrolment-2025-2026")
    (None, None, None)
    """
    tokens = [token for token in re.split(r"[-_.]", name) if token]
    words = [token for token in tokens if token.isalpha()]
    found = _TIME.fullmatch("-".join(token for token in tokens if not token.isalpha()))
    if found is None or _OTHER_WORDS & {word.lower() for word in words} or _OTHER_TITLES.search(title):
        return None
    year, month, quarter = found.groups()
    if set(_YEARS.findall(title)) - {year} or (month and {int(item) for item in _MONTHS.findall(title)} - {int(month)}):
        return None
    if month:
        return "month", int(year) * 12 + int(month) - 1
    return ("quarter", int(year) * 4 + int(quarter) - 1) if quarter else ("year", int(year))


def named_times(resources: Iterable[tuple[str, str]]) -> dict[str, NamedTime]:
    """Return the times of resources by their names, given with their titles: each has one of its own, all of one step.

    A few may tell none (the month that is not over yet); where it is more of them, or two tell one, there is nothing.

    >>> named_times([("a-2024", ""), ("a-2025", "")]), named_times([("a-2024", ""), ("a-2024-05", "")])
    ({'a-2024': ('year', 2024), 'a-2025': ('year', 2025)}, {})
    >>> len(named_times([*((f"a-{year}", "") for year in range(2010, 2018)), ("a-2018", "2018年1至6月")]))
    8
    """
    found = {name: named_time(name, title) for name, title in resources}
    known = {name: time for name, time in found.items() if time}
    is_even = len({step for step, _ in known.values()}) == 1
    is_most = len(known) >= len(found) * NAMED_SHARE_MIN
    return known if is_even and is_most and len(set(known.values())) == len(known) else {}
