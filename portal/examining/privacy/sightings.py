"""Hits of personal data gathered by column or document and kind: a thousand equal cells are one.

A sighting is what the detectors saw in one place, of one kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from portal.examining.privacy.recognising.detectors import Hit
from portal.findings.finding import ROWS_KEPT_MAX

PLACES_SHOWN = 5
"""How many rows are listed in words; up to `ROWS_KEPT_MAX` are kept, so that each of them can be marked."""

Certainty = Literal["certain", "suspect", "office", "contact"]


@dataclass(frozen=True)
class Sighting:
    """One kind of thing in one place: a column, a sheet, a document, a text of the description.

    *masked* is the first of them as it may be shown; nothing else of them is kept.
    """

    kind: str
    certainty: Certainty = "certain"
    """suspect: it may be chance; office: it is an office's own, and not declared as such; contact: a mobile where an
    office gives out its numbers, not declared."""
    count: int = 1
    masked: str = ""
    resource: str | None = None
    file: str | None = None
    rows: tuple[int, ...] = ()
    column: int | None = None
    field: str | None = None
    place: str = ""
    """Where it is, when it is no cell of a field: a sheet, a member of an archive, a key of the descriptor.

    header, notes and outside are the parts of a sheet around its table.
    """
    names: tuple[str, ...] = ()
    """By which names an exception may speak of it."""


KINDS_IN_TEXT: dict[str, tuple[str, Certainty]] = {
    "plate-bare": ("plate", "suspect"),
    "address-room": ("address", "suspect"),
    "secrecy-word": ("secrecy", "suspect"),
    "secrecy-openness": ("secrecy", "suspect"),
    "phone-bare": ("phone", "certain"),
    "phone-grouped": ("phone", "certain"),
    "phone-loose": ("phone", "suspect"),
    "id-loose": ("id", "suspect"),
    "email-likely": ("email", "suspect"),
}
"""What a hit means in running text, where it is of a kind that only a column can make certain."""


def gathered(hits: Iterable[tuple[int | None, Hit]], **place: object) -> list[Sighting]:
    """Gather hits, each with its row or None, into one sighting a kind; *place* is the rest of where they are.

    >>> hits = [(2, Hit("name", "张某")), (3, Hit("name", "李某"))]
    >>> [(item.count, item.masked, item.rows) for item in gathered(hits)]
    [(2, '张*', (2, 3))]
    """
    sightings: dict[tuple[str, Certainty], Sighting] = {}
    for row, hit in hits:
        kind, certainty = meaning = KINDS_IN_TEXT.get(hit.kind, (hit.kind, "certain"))
        known = sightings.get(meaning)
        rows = (row,) if row is not None else ()
        if known is None:
            first = Sighting(kind, certainty, masked=hit.masked, rows=rows)
            sightings[meaning] = replace(first, **place)  # type: ignore[arg-type]
        else:
            kept = known.rows if len(known.rows) >= ROWS_KEPT_MAX or rows == known.rows[-1:] else known.rows + rows
            sightings[meaning] = replace(known, count=known.count + 1, rows=kept)
    return list(sightings.values())
