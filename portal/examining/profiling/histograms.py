"""Histogram of a column of numbers: bins of one width between round numbers, or one for each of close whole ones."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from portal.model.table_profile import Bin

BINS_MAX = 24
"""A histogram has as many bins at most; fewer where they end on round numbers."""

_WIDTHS = (1, 2, 5, 10, 20)
_EXACT = Context(prec=400)


def edges_between(low: Decimal, high: Decimal, *, whole: bool) -> list[Decimal]:
    """Return ends of bins of one round width that hold everything from *low* to *high*; [] where the two are one.

    Bins of *whole* numbers are no narrower than 1, and the last one ends beyond *high*, so that all hold equally many
    numbers. Numbers too far apart or too close for a decimal of 400 digits have
    none.

    >>> edges = edges_between(Decimal(3), Decimal(187), whole=True)
    >>> [str(edge) for edge in (*edges[:3], edges[-1])]
    ['0', '10', '20', '190']
    """
    span = _EXACT.subtract(high, low)
    if span <= 0 or abs(span.adjusted()) > 300 or max(abs(low.adjusted()), abs(high.adjusted())) > 300:
        return []
    wanted = _EXACT.divide(span, Decimal(BINS_MAX))
    power = wanted.adjusted()
    for factor in _WIDTHS:
        width = Decimal(factor).scaleb(power)
        if whole:
            width = max(width, Decimal(1))
        first = _EXACT.divide(low, width).to_integral_value(ROUND_FLOOR, _EXACT)
        last = _EXACT.divide(high, width).to_integral_value(ROUND_FLOOR if whole else ROUND_CEILING, _EXACT) + whole
        count = int(last - first)
        if 0 < count <= BINS_MAX:
            return [_EXACT.multiply(_EXACT.add(first, Decimal(step)), width) for step in range(count + 1)]
    return []


def bins_of(counts: Mapping[Decimal, int], *, whole: bool) -> tuple[Bin, ...]:
    """Return the histogram of finite numbers with how often each occurs; () where fewer than two occur.

    >>> [(one.start, one.end, one.count) for one in bins_of({Decimal(1): 5, Decimal(3): 1}, whole=True)]
    [('1', '1', 5), ('2', '2', 0), ('3', '3', 1)]
    """
    if len(counts) < 2:
        return ()
    low, high = min(counts), max(counts)
    if whole and high - low < BINS_MAX:
        values = [int(low) + step for step in range(int(high - low) + 1)]
        return tuple(Bin(str(value), str(value), counts.get(Decimal(value), 0)) for value in values)
    edges = edges_between(low, high, whole=whole)
    found = [0] * max(0, len(edges) - 1)
    for number, count in counts.items():
        if found:
            found[bin_of(edges, number)] += count
    return written(edges, found)


def bin_of(edges: Sequence[Decimal], number: Decimal) -> int:
    """Return the number of the bin that holds *number*: the one that begins there or before; the last holds its end.

    >>> edges = [Decimal(0), Decimal(10), Decimal(20)]
    >>> [bin_of(edges, Decimal(number)) for number in (0, 9, 10, 20)]
    [0, 0, 1, 1]
    """
    return max(0, min(bisect_right(edges, number), len(edges) - 1) - 1)


def written(edges: Sequence[Decimal], counts: Iterable[int]) -> tuple[Bin, ...]:
    """Return bins with their ends as plain text."""
    texts = [plain(edge) for edge in edges]
    return tuple(Bin(start, end, count) for start, end, count in zip(texts, texts[1:], counts, strict=False))


def plain(number: Decimal) -> str:
    """Return a number without an exponent and without noughts at its end.

    >>> plain(Decimal("1E+3")), plain(Decimal("0.50")), plain(Decimal("-0"))
    ('1000', '0.5', '0')
    """
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
