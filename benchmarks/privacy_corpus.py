"""A labelled corpus for the privacy gate, made by seed: evasions that must be found, look-alikes that must pass.

Everybody in it is made up: identity numbers are of people born in 1850, mobiles 1380000…, cards 6222 0200…. A class
is a generator of `privacy_cases`; a case is a table or a text and says what is right of it. `printed` are the shares
that ``python benchmarks/privacy.py`` prints and a test holds.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from privacy_cases import evasions, look_alikes
from privacy_cases.made_up import Case, Group

from portal.examining.privacy.documents.text_found import Passage
from portal.examining.privacy.hits_in_places import HitsInPlaces
from portal.examining.privacy.sieve import table_columns
from portal.examining.privacy.sieved_cells import CellsOfRows
from portal.examining.privacy.sightings import KINDS_IN_TEXT
from portal.examining.privacy.tabular import TableScreen

TODAY = date(2026, 6, 1)


@dataclass(frozen=True)
class Share:
    """Of *cases* of one class so many were *found* (refused or warned of), and so many *refused*."""

    group: Group
    name: str
    cases: int
    found: int
    refused: int


_BY: tuple[Literal["refused", "found"], ...] = ("refused", "found")
_GROUPS: tuple[Group, ...] = ("identifiers", "quasi-identifiers", "marks")


def verdict(case: Case) -> Literal["refused", "warned", "passed"]:
    """Say what the gate makes of *case* in an open dataset."""
    if case.rows:
        labels, *body = case.rows
        rows = list(enumerate(body, start=2))
        screen = TableScreen(CellsOfRows(rows, len(labels)), table_columns(labels, [], "t", frozenset()), TODAY)
        certainties = {item.certainty for item in screen.sightings()}
    else:
        seen = HitsInPlaces(TODAY)
        for row, line in enumerate(case.text.split("\n"), start=1):
            passage = Passage(line, row=row)
            for hit in seen.look(passage):
                seen.keep(passage, hit)
        kinds = [hit.kind for _, hits in seen.places() for _, hit in hits]
        certainties = {KINDS_IN_TEXT.get(kind, (kind, "certain"))[1] for kind in kinds}
    if certainties & {"certain", "contact"}:
        return "refused"
    return "warned" if certainties else "passed"


def measured(cases: Sequence[Case]) -> list[Share]:
    """Return what was found of each class, in the order in which the classes first appear."""
    verdicts: dict[tuple[Group, str], list[str]] = {}
    for case in cases:
        verdicts.setdefault((case.group, case.name), []).append(verdict(case))
    return [
        Share(group, name, len(said), sum(item != "passed" for item in said), said.count("refused"))
        for (group, name), said in verdicts.items()
    ]


def share_of(shares: Sequence[Share], *groups: Group, by: Literal["found", "refused"] = "found") -> float:
    """Return the share of all cases of *groups* that were found, or refused."""
    chosen = [share for share in shares if share.group in groups]
    said = sum(share.found if by == "found" else share.refused for share in chosen)
    return said / sum(share.cases for share in chosen)


def printed(seed: int = 12) -> Iterator[str]:
    """Yield the table of recall and precision by class, and of look-alikes that are refused or warned of."""
    cases = corpus(seed)
    shares = measured(cases)
    honest = [share for share in shares if share.group == "look-alikes"]
    refused, warned = (share_of(honest, "look-alikes", by=by) for by in _BY)
    yield f"corpus of {len(cases):,} cases, seed {seed}:                recall  refused"
    for share in shares:
        if share.group != "look-alikes":
            yield f"  {share.name:<40} {share.found / share.cases:8.3f} {share.refused / share.cases:8.3f}"
    for group in _GROUPS:
        recall = share_of(shares, group)
        right = sum(share.found for share in shares if share.group == group)
        wrong = sum(share.refused for share in honest)
        yield f"  {group:<40} {recall:8.3f}, precision {right / (right + wrong):.3f}"
    for share in honest:
        yield f"  {share.name:<40} {share.refused / share.cases:8.3f} refused, {share.found / share.cases:.3f} told"
    yield f"  look-alikes refused: {refused:.2%}; refused or warned of: {warned:.2%}"


def corpus(seed: int = 12, each: int = 6) -> list[Case]:
    """Return the cases of all classes, *each* of every spelling with other numbers; the same for the same seed."""
    chance = random.Random(seed)
    return [case for make in CLASSES for _ in range(each) for case in make(chance)]


CLASSES: tuple[Callable[[random.Random], Iterator[Case]], ...] = (
    evasions.id_spellings,
    evasions.other_documents,
    evasions.mobile_spellings,
    evasions.cards_plates_mail,
    evasions.marks,
    evasions.named,
    look_alikes.number_tables,
    look_alikes.amounts,
    look_alikes.codes,
    look_alikes.prose,
    look_alikes.honest_people,
)
"""The classes of the corpus, what must be found before what must pass."""


if __name__ == "__main__":
    print("\n".join(printed()))
