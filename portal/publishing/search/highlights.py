"""Highlights: which pieces of a title or description hold what was asked for; safe, as pieces of text and no HTML.

What is compared is folded, what is marked is the text as it was written. The longest match wins: where 空气质量 stands
as it was typed, a 质量 alone is not marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.publishing.search.tokeniser import fold, placed_words, query_words

ASKED_MAX = 60
"""Words and phrases that are looked for in one text."""
MARKED_CHARACTERS_MAX = 5_000
"""Characters of a text in which what was asked for is looked for; what stands behind is shown without marks."""
EXCERPT_CHARACTERS = 120
"""Characters of a long text that are shown around its first match."""

_ONE_TO_ONE = re.compile("[\x20-\x7e\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e\n“”‘’—]+")
"""Signs of which each is folded to one: most of most texts."""


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A piece of a text, and whether it is what was asked for."""

    text: str
    is_match: bool


def highlighted(text: str, asked: Iterable[str]) -> tuple[TextPiece, ...]:
    """Return *text* in pieces; *asked* are words and phrases as they were typed, or others that were found for them.

    >>> [(piece.text, piece.is_match) for piece in highlighted("城市空氣質量日报", ["空气质量"])]
    [('城市', False), ('空氣質量', True), ('日报', False)]
    """
    return tuple(_pieces(text, _spans(text, asked)))


def excerpt(text: str, asked: Iterable[str], characters: int = EXCERPT_CHARACTERS) -> tuple[TextPiece, ...]:
    """Return the part of *text* around its first match in pieces, with … where it is cut; the beginning without one."""
    spans = _spans(text, asked)
    first = spans[0][0] if spans else 0
    start = 0 if len(text) <= characters else max(min(first - characters // 4, len(text) - characters), 0)
    end = start + characters
    within = [(max(low, start) - start, min(high, end) - start) for low, high in spans if low < end and high > start]
    before, after = "…" if start else "", "…" if end < len(text) else ""
    pieces = list(_pieces(text[start:end], within))
    return (*([TextPiece(before, False)] if before else []), *pieces, *([TextPiece(after, False)] if after else []))


def _pieces(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[TextPiece]:
    done = 0
    for start, end in spans:
        if start > done:
            yield TextPiece(text[done:start], False)
        yield TextPiece(text[start:end], True)
        done = end
    if done < len(text):
        yield TextPiece(text[done:], False)


def _spans(text: str, asked: Iterable[str]) -> list[tuple[int, int]]:
    """Return where *text* holds what was asked for: ascending, apart from each other."""
    folded, origins = _folded(text[:MARKED_CHARACTERS_MAX])
    placed: dict[str, list[tuple[int, int]]] = {}
    for word, start, end in placed_words(folded):
        placed.setdefault(word, []).append((start, end))
    found: list[tuple[int, int]] = []
    for typed in list(dict.fromkeys(asked))[:ASKED_MAX]:
        found += _longest(folded, fold(typed).strip(), placed)
    return _joined((origins[start], origins[end - 1] + 1) for start, end in found)


def _longest(folded: str, typed: str, placed: dict[str, list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """Return where all of *typed* stands; where it does nowhere, where its words do."""
    words = query_words(typed)
    spans = [span for word in words for span in placed.get(word, ())]
    if len(words) < 2:
        return spans
    whole = [(found.start(), found.end()) for found in re.finditer(re.escape(typed), folded)]
    inside = _joined(spans)
    return [span for span in whole if any(low <= span[0] and span[1] <= high for low, high in inside)] or spans


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _folded(text: str) -> tuple[str, list[int]]:
    """Return *text* folded, and for each place in that the place in *text* that it comes from."""
    pieces: list[str] = []
    origins: list[int] = []
    place = 0
    while place < len(text):
        plain = _ONE_TO_ONE.match(text, place)
        pieces.append(fold(plain[0] if plain else text[place]))
        origins += range(place, place + len(pieces[-1])) if plain else [place] * len(pieces[-1])
        place = plain.end() if plain else place + 1
    return "".join(pieces), origins
