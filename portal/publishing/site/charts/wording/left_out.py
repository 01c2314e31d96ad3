"""What a chart leaves out, in sentences below it: rows without a time, rows of totals, periods that are not whole."""

from __future__ import annotations

from collections.abc import Sequence

from portal.model.text import LocalText, enumerated_texts

ROWS_OF_TOTALS = LocalText("合计行没有重复计入。", "Rows of totals are not counted twice.")
ROWS_DIFFER = LocalText(
    "各时间的行数不同，合计不一定可比。", "Not all times have as many rows; sums may differ for that."
)


def only_rows(column: str, values: Sequence[str]) -> LocalText:
    """Return that a filter lets some rows through."""
    told = enumerated_texts(values)
    return LocalText(f"只含{column}为{told.zh}的行。", f"Only rows whose {column} is {told.en}.")


def taken_together(tables: int) -> LocalText:
    """Return that a chart is of several tables of one shape."""
    return LocalText(f"{tables} 张同样的表合在一起。", f"{tables} tables alike taken together.")


def rows_without_time(count: int) -> LocalText:
    """Return that rows have no time."""
    return LocalText(f"{count} 行没有时间，没有画。", f"{count} rows without a time are not drawn.")


def tables_without_time(count: int) -> LocalText:
    """Return that the names of tables tell no time."""
    return LocalText(
        f"{count} 张表的时段不完整或没有写明，没有画。",
        f"{count} of the tables, of a period that is not whole or not told, not drawn.",
    )


def half_known(count: int) -> LocalText:
    """Return that things lack one of the two values before and after."""
    return LocalText(f"{count} 项前后的数值不全，没有画。", f"{count} of which one value is missing are not drawn.")


def first_period(*, may_be_whole: bool) -> LocalText:
    """Return that the first period is not drawn."""
    if may_be_whole:
        return LocalText("第一个时段不一定完整，没有画。", "The first period may not be complete and is not drawn.")
    return LocalText("第一个时段不完整，没有画。", "The first period is not complete and is not drawn.")


def last_period(*, may_be_whole: bool) -> LocalText:
    """Return that the last period is not drawn."""
    if may_be_whole:
        return LocalText("最后一个时段不一定完整，没有画。", "The last period may not be complete and is not drawn.")
    return LocalText("最后一个时段不完整，没有画。", "The last period is not complete and is not drawn.")


def far_below(count: int) -> LocalText:
    """Return that values lie far below all others."""
    return LocalText(f"{count} 个远小于其余的数值没有画。", f"{count} values far below the others are not drawn.")


def far_above(count: int) -> LocalText:
    """Return that values lie far above all others."""
    return LocalText(f"{count} 个远大于其余的数值没有画。", f"{count} values far above the others are not drawn.")
