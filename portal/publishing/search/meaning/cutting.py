"""Cutting a question into words: the longest known words, fillers, and what is left as unknown characters.

Of all ways to cut, the one counts that leaves the fewest units unknown, then the one with the fewest pieces, then the
one whose first piece is longest. So a filler never takes a part of a known word, nor the other way round.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from portal.publishing.search.lexicon.units import is_chinese, key_of

PIECE_UNITS_MAX = 12
"""Units of the longest word that a question is cut into."""


class Kind(Enum):
    """What a piece of a question is."""

    KNOWN = "known"
    FILLER = "filler"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Piece:
    """The units from *start* to before *end* of a run; unknown pieces are one unit long."""

    start: int
    end: int
    kind: Kind
    key: str


def cut(run: Sequence[str], is_known: Callable[[str], bool], is_filler: Callable[[str], bool]) -> list[Piece]:
    """Cut *run* into pieces; what is a filler is one even where it is known.

    >>> known, fillers = {"有色金属", "价格"}, {"有", "多少"}
    >>> [piece.key for piece in cut(list("有色金属价格多少"), known.__contains__, fillers.__contains__)]
    ['有色金属', '价格', '多少']
    """
    end = len(run)
    costs: list[tuple[int, int]] = [(0, 0)] * (end + 1)
    chosen: list[Piece] = [Piece(0, 0, Kind.UNKNOWN, "")] * end
    for start in range(end - 1, -1, -1):
        unknown, pieces = costs[start + 1]
        costs[start] = (unknown + 1, pieces + 1)
        chosen[start] = Piece(start, start + 1, Kind.UNKNOWN, run[start])
        for stop in range(min(end, start + PIECE_UNITS_MAX), start, -1):
            if stop == start + 1 and is_chinese(run[start]) and not is_filler(run[start]):
                continue
            unknown, pieces = costs[stop]
            if (unknown, pieces + 1) >= costs[start]:
                continue
            key = key_of(run[start:stop])
            kind = Kind.FILLER if is_filler(key) else Kind.KNOWN if is_known(key) else None
            if kind:
                costs[start] = (unknown, pieces + 1)
                chosen[start] = Piece(start, stop, kind, key)
    result = []
    place = 0
    while place < end:
        result.append(chosen[place])
        place = chosen[place].end
    return result


def trimmed(
    stretch: Sequence[Piece],
    edges: frozenset[str],
    begins: Callable[[str], object] = lambda pair: False,
    ends: Callable[[str], object] = lambda pair: False,
) -> Sequence[Piece]:
    """Return unknown pieces without single characters at their edges that say nothing, as long as two are left.

    A character stays where some word *begins* with it and the next, or *ends* with the one before and it.

    >>> stretch = [Piece(at, at + 1, Kind.UNKNOWN, unit) for at, unit in enumerate("我有检查")]
    >>> "".join(piece.key for piece in trimmed(stretch, frozenset("我有查")))
    '检查'
    """
    start, end = 0, len(stretch)
    while end - start > 2 and stretch[start].key in edges and not begins(_pair(stretch, start)):
        start += 1
    while end - start > 2 and stretch[end - 1].key in edges and not ends(_pair(stretch, end - 2)):
        end -= 1
    left = stretch[start:end]
    return [] if all(piece.key in edges for piece in left) else left


def _pair(stretch: Sequence[Piece], start: int) -> str:
    return stretch[start].key + stretch[start + 1].key
