"""What the passages of one file hold, place by place: lines that go on, and numbers that are chance where they stand.

A mobile of eleven bare digits is one in a letter, and chance in a table of forty amounts. A number in groups is one in
a list of people, and chance in a grid of heights. So what a place holds is judged when all of it was seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from portal.examining.privacy.documents.text_found import Passage
from portal.examining.privacy.recognising.detectors import Hit
from portal.examining.privacy.recognising.passages import hits_in

ALIKE_MIN = 8
CHANCE_SHARE = 0.3
"""Among so many other long numbers a smaller share of mobiles is put down to chance."""

_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z.])[1-9][0-9]{8,13}(?![0-9A-Za-z])")
_ROW_OF_NUMBERS = re.compile(r"^[ \t]*(?:[+-]?[0-9.]{1,12}[ \t]{1,8}){2,}[+-]?[0-9.]{1,12}[ \t]*$", re.MULTILINE)
_GOES_ON = re.compile(r"[^\n]{0,16}[0-9][0-9 -]{2,20}$")
_LABEL = re.compile(r"(?:密\s*级|(?:保密|秘密|涉密)等级)\s*[:：]?$")


@dataclass
class _Place:
    hits: list[tuple[int | None, Hit]] = field(default_factory=list)
    long_numbers: int = 0
    number_rows: int = 0
    tail: str = ""

    def likely(self) -> list[tuple[int | None, Hit]]:
        """Return the hits without those that chance explains."""
        bare = sum(hit.kind == "phone-bare" for _, hit in self.hits)
        grouped = sum(hit.kind == "phone-grouped" for _, hit in self.hits)
        is_chance = self.long_numbers - bare >= ALIKE_MIN and bare < CHANCE_SHARE * self.long_numbers
        is_grid = self.number_rows - grouped >= ALIKE_MIN and grouped < CHANCE_SHARE * self.number_rows
        kept = []
        for row, hit in self.hits:
            is_dropped = (is_chance and hit.kind == "phone-loose") or (is_grid and hit.kind == "phone-grouped")
            if not is_dropped:
                is_suspect = is_chance and hit.kind == "phone-bare"
                kept.append((row, replace(hit, kind="phone-loose") if is_suspect else hit))
        return kept


class HitsInPlaces:
    """Gathers what the passages of one file hold; `places` gives it, judged."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._places: dict[str, _Place] = {}

    def look(self, passage: Passage) -> Iterator[Hit]:
        """Yield what *passage* holds; what the line before began counts, too. Each may be kept with `keep`."""
        place = self._places.setdefault(passage.place, _Place())
        text = passage.text
        place.long_numbers += len(_LONG_NUMBER.findall(text))
        place.number_rows += len(_ROW_OF_NUMBERS.findall(text))
        yield from hits_in(text, self._today)
        if place.tail and not passage.is_beside:
            yield from self._over_the_line(place.tail, text)
        end = text.rstrip()[-40:]
        tail = _LABEL.search(end) or _GOES_ON.search(end)
        place.tail = tail[0] if tail and not passage.is_beside else ""

    def _over_the_line(self, tail: str, text: str) -> Iterator[Hit]:
        """Yield what begins in the *tail* of a line and ends in the next, where a word says what it is."""
        head = text.lstrip()[:40].partition("\n")[0]
        if _LABEL.search(tail):
            yield from (hit for hit in hits_in(f"{tail.rstrip(':：')}：{head}", self._today) if hit.kind == "secrecy")
        elif head[:1].isdigit():
            for hit in hits_in(f"{tail}\n{head}", self._today):
                if hit.kind in ("id", "phone") and "\n" in hit.text:
                    yield hit

    def keep(self, passage: Passage, hit: Hit) -> None:
        """Take *hit* as one of its place."""
        self._places[passage.place].hits.append((passage.row, hit))

    def places(self) -> Iterator[tuple[str, list[tuple[int | None, Hit]]]]:
        """Yield each place that holds something, with its hits and their lines."""
        for name, place in self._places.items():
            hits = place.likely()
            if hits:
                yield name, hits
