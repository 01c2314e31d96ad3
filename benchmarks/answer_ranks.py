"""Where the wanted thing stands in an answer, and what comes of many: hit@1, hit@3, hit@10, MRR, empty answers.

A dataset's place counts through both lists: the exact hits first, all of them, then what may be meant. A row's place
is its place among the rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from asked_queries import WantedRow

from portal.publishing.search.found import Found

DEPTH = 10
"""Places that count for MRR."""


@dataclass(frozen=True)
class AnswerRank:
    """The *place* of the first thing wanted, counted from 1, 0 where it is not among the first ten."""

    place: int
    is_empty: bool


@dataclass(frozen=True)
class Scores:
    """What the answers to some queries are worth, each a share of 1."""

    queries: int
    hit_1: float
    hit_3: float
    hit_10: float
    mrr: float
    empty: float

    @property
    def line(self) -> str:
        """Its row of a Markdown table."""
        shares = (self.hit_1, self.hit_3, self.hit_10, self.mrr, self.empty)
        return f"{self.queries} | " + " | ".join(f"{share:.2f}" for share in shares)


HEADING = "queries | hit@1 | hit@3 | hit@10 | MRR | empty"


def scores(ranks: Sequence[AnswerRank]) -> Scores:
    """Sum up; no answers are worth nothing.

    >>> scores([AnswerRank(1, False), AnswerRank(4, False), AnswerRank(0, True), AnswerRank(0, False)])
    Scores(queries=4, hit_1=0.25, hit_3=0.25, hit_10=0.5, mrr=0.3125, empty=0.25)
    """
    number = max(len(ranks), 1)

    def within(places: int) -> float:
        return sum(0 < rank.place <= places for rank in ranks) / number

    mrr = sum(1 / rank.place for rank in ranks if rank.place) / number
    return Scores(len(ranks), within(1), within(3), within(DEPTH), mrr, sum(rank.is_empty for rank in ranks) / number)


def dataset_rank(found: Found, wanted: Collection[str]) -> AnswerRank:
    """Return where the first of the *wanted* datasets stands."""
    places = [place for place, name in enumerate(found.hits.names, 1) if name in wanted]
    places += [found.hits.total + place for place, item in enumerate(found.also, 1) if item.name in wanted]
    return AnswerRank(_first(places), _is_empty(found))


def row_rank(found: Found, wanted: Collection[WantedRow]) -> AnswerRank:
    """Return where the first of the *wanted* rows stands."""
    rows = [WantedRow(row.dataset, row.resource, row.title) for row in found.rows]
    return AnswerRank(_first([place for place, row in enumerate(rows, 1) if row in wanted]), _is_empty(found))


def _first(places: Iterable[int]) -> int:
    return min((place for place in places if place <= DEPTH), default=0)


def _is_empty(found: Found) -> bool:
    return not (found.hits.total or found.also or found.rows)
