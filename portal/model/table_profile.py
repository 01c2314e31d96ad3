"""Statistics of a table as values: rows; of each column kind, gaps, distinct, range, histogram, top values, dates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

ColumnKind = Literal["empty", "number", "time", "clock", "truth", "category", "identifier", "text", "other"]
"""What a column holds, as far as its type and its values tell.

``empty`` has no value at all; ``number`` are integers and decimals; ``time`` are days, moments, months and years, and
``clock`` times of a day; ``truth`` is yes or no; ``category`` are texts that come again, each twice on average;
``identifier`` are texts none of which comes again; ``text`` is any other text; ``other`` are coordinates and lists.
"""
TimeUnit = Literal["hour", "day", "month", "quarter", "year", "decade"]
StepUnit = Literal["second", "day", "month", "year"]
Order = Literal["", "rising", "falling", "equal"]
TOTAL_WORDS = frozenset(
    "合计 总计 小计 共计 全市 全省 全国 全区 全县 全部 总数 合 计 总 Total total TOTAL Sum sum All all".split()
)
"""What stands in a row of totals in the place of a name."""
_TOTAL_ENDS = ("合计", "总计", "小计", "共计")


def says_total(text: str) -> bool:
    """Whether a cell says that its row is a total of others.

    >>> says_total("合 计"), says_total("全区合计"), says_total("累计"), says_total("会计")
    (True, True, False, False)
    """
    return text in TOTAL_WORDS or text.replace(" ", "").replace("\u3000", "").endswith(_TOTAL_ENDS)


@dataclass(frozen=True, slots=True)
class ValueCount:
    """A value, as it stands in the published CSV, and how many cells hold it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Bin:
    """How many numbers are at least *start* and less than *end*; the last bin of decimals holds its *end*, too.

    A bin of one value has it as *start* and *end*.
    """

    start: str
    end: str
    count: int


@dataclass(frozen=True, slots=True)
class OverTime:
    """How many cells fall into each hour, day … decade from the first to the last; those without any are there with 0.

    *starts* are texts such as ``2026-03-01T05``, ``2026-03-01``, ``2026-03``, ``2026-Q1``, ``2026`` and, for a decade,
    its first year.
    """

    unit: TimeUnit
    starts: tuple[str, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """The even step in which the different moments of a column follow each other, and how many steps are missing."""

    unit: StepUnit
    size: int
    missing: int


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """What one column holds: *gaps* are cells without a value; *distinct* is None where there are too many to count.

    All numbers are exact. What does not apply, or is not told of what may be personal (*is_withheld*), is empty.
    """

    name: str
    gaps: int
    distinct: int | None
    minimum: str = ""
    maximum: str = ""
    type: str = "any"
    kind: ColumnKind = "text"
    top: tuple[ValueCount, ...] = ()
    """The values that most cells hold, the most frequent first: all of them where *distinct* are no more."""
    bins: tuple[Bin, ...] = ()
    """The histogram of a column of numbers; infinite ones and NaN are in none."""
    over_time: OverTime | None = None
    steps: Steps | None = None
    """None where the moments follow in no even step."""
    total: str = ""
    """The sum of all numbers, to the last digit."""
    order: Order = ""
    """Whether ordered values only rise or only fall in the order of rows; the same twice running does not matter."""
    has_total_row: bool = False
    """Whether a text in it says that its row is a total of others (合计), so that adding up would count twice."""
    is_withheld: bool = False
    """Whether its values are not told here because they may be personal."""

    @property
    def has_all_values(self) -> bool:
        """Whether *top* holds every value that occurs."""
        return self.distinct is not None and len(self.top) == self.distinct

    def without_values(self) -> ColumnProfile:
        """Return what may be told of a column whose values may be personal: how many there are."""
        return ColumnProfile(
            self.name,
            self.gaps,
            self.distinct,
            type=self.type,
            kind=self.kind,
            has_total_row=self.has_total_row,
            is_withheld=True,
        )


@dataclass(frozen=True, slots=True)
class TableProfile:
    """The size of a table, its columns, and its first and newest rows as text ("" for a cell without a value)."""

    rows: int
    columns: tuple[ColumnProfile, ...]
    first_rows: tuple[tuple[str, ...], ...] = ()
    newest_rows: tuple[tuple[str, ...], ...] = ()
    """The newest rows, the newest first; () for a table that is not in time."""
    newest_by: str = ""
    """The column that says which they are."""

    def withholding(self, names: frozenset[str]) -> TableProfile:
        """Return the same without the values of the columns *names*."""
        columns = (item.without_values() if item.name in names else item for item in self.columns)
        return replace(self, columns=tuple(columns)) if names else self
