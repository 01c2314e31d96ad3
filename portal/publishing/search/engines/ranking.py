"""Ranking of exact hits: BM25F over fields, phrases and titles that are the query, quality, freshness, openness, use.

All weights of the order by relevance stand here.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from portal.publishing.search.search_documents import TEXTS, SearchDocument

TEXT_WEIGHTS = {"title": 6.0, "keywords": 3.0, "publisher": 4.0, "columns": 1.5, "body": 1.0}
"""How much a word counts by where it stands."""
SATURATION = 4.0
"""k1 of BM25: how soon one more occurrence adds little; larger than usual, for counts are multiplied by weights."""
LENGTH_SHARE, TITLE_LENGTH_SHARE = 0.75, 0.4
"""b of BM25: how much a word counts less in a long document for columns and body, and in a long title for the title."""
COUNT_BITS = 4
"""Bits of a packed count: more than 15 occurrences in one text are 15."""
COUNT_MAX = (1 << COUNT_BITS) - 1
"""Occurrences of a word in one text of a document that count."""

IN_PUBLISHER = np.uint32(COUNT_MAX << COUNT_BITS * TEXTS.index("publisher"))
"""The bits of a packed count that say whether a word stands in what the publisher is about."""
MATTER_BOOST = 1.15
"""By so much a dataset counts whose publisher is about all that was asked."""
RAISED_MAX = 130
"""Per cent that a dataset counts at most for what it is, whatever was asked."""

_WHOLE_TITLE, _IN_TITLE = 2.0, 1.3
"""By so much a title counts that is the query, and one that holds it as it was typed."""


def raised_per_cent(document: SearchDocument, newest: int) -> int:
    """Return how much a dataset counts for its quality, freshness, openness and use, in per cent from 100.

    It is fresh beside *newest*, the year of the latest update of all: a release does not grow old by being read.

    >>> raised_per_cent(SearchDocument("a", "", "", {}, "2026-05-01", "", quality=405, is_open=True), 2026)
    124
    """
    quality = 8 * min(max(document.quality, 0), _QUALITY_FULL) // _QUALITY_FULL
    fresh = max(10 - 2 * (newest - int(document.updated[:4])), 0) if document.updated else 0
    used = min(2 * max(document.uses, 0).bit_length() // 3, 6)
    return min(100 + quality + fresh + used + 6 * document.is_open, RAISED_MAX)


_QUALITY_FULL = 400
"""Points of metadata that are all points."""


def word_scores(
    packed: NDArray[np.uint32], titles: NDArray[np.float32], lengths: NDArray[np.float32], size: int
) -> NDArray[np.float32]:
    """Return how much a word says of each document that has it: BM25F over the texts, times the rarity of the word.

    *packed* are counts by text (`packed_counts`), *titles* and *lengths* how long the titles of these documents and all
    their texts are beside the mean.
    """
    long = 1 - LENGTH_SHARE + LENGTH_SHARE * lengths
    damping = {"title": 1 - TITLE_LENGTH_SHARE + TITLE_LENGTH_SHARE * titles, "columns": long, "body": long}
    weight = np.zeros(len(packed), np.float32)
    for place, text in enumerate(TEXTS):
        count = ((packed >> np.uint32(COUNT_BITS * place)) & np.uint32(COUNT_MAX)).astype(np.float32)
        weight += TEXT_WEIGHTS[text] * (count / damping[text] if text in damping else count)
    rarity = np.log1p((size - len(packed) + 0.5) / (len(packed) + 0.5))
    scores: NDArray[np.float32] = (rarity * (SATURATION + 1) * weight / (SATURATION + weight)).astype(np.float32)
    return scores


def title_boost(title: str, spelled: str) -> float:
    """Return by how much a document counts whose spelled *title* is, or else holds, the *spelled* query."""
    return _WHOLE_TITLE if spelled.strip() in map(str.strip, title.split("\n")) else _IN_TITLE
