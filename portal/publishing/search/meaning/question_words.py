"""The table of question words: fillers, single characters at the edge, intents, whose records are personal.

It stands in ``question_words.yaml`` and is read once a process.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from portal.publishing.search.lexicon.units import folded_key
from portal.yamlfile import read_document

INTENTS = ("places", "statistics", "matters", "lists", "series")
"""The kinds of data that a question may ask for."""

_FILE = Path(__file__).parent / "question_words.yaml"


@dataclass(frozen=True)
class QuestionWords:
    """Words by their keys. *intents* gives the kind of data that a word asks for; those are fillers, too."""

    fillers: frozenset[str]
    intents: Mapping[str, str]
    edges: frozenset[str]
    general: frozenset[str]
    """Words that say too little to lead from a longer word to them."""
    owners: frozenset[str]
    records: frozenset[str]
    whole_records: frozenset[str]
    """Records that are one person's whoever asks."""
    private_records: frozenset[str]
    """Records that nobody but a person has: a name before them is one of a person."""
    surnames: frozenset[str]
    place_ends: frozenset[str]
    """Characters that names of places end in, and those of people rarely."""
    vague: frozenset[str]
    """Those fillers that stand in titles themselves, as "information" does."""

    def is_dropped(self, key: str) -> bool:
        """Whether the word says nothing of the thing that is asked for."""
        return key in self.fillers or key in self.intents


@lru_cache(maxsize=1)
def question_words() -> QuestionWords:
    """Return the table that comes with the portal."""
    table = read_document(_FILE)
    personal = table["personal"]
    return QuestionWords(
        fillers=_keys(row for rows in table["fillers"].values() for row in rows),
        intents={key: kind for kind in INTENTS for key in _keys(table["intents"][kind])},
        edges=_keys(table["edges"]),
        general=_keys(table["general"]),
        owners=_keys([*personal["owners"], personal["english_owners"]]),
        records=_keys([*personal["records"], personal["english_records"]]),
        whole_records=_keys(personal["whole"]),
        private_records=_keys(personal["private"]),
        surnames=frozenset(personal["surnames"].strip()),
        place_ends=frozenset(personal["place_ends"].strip()),
        vague=_keys(table["fillers"]["vague"]),
    )


def _keys(rows: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(folded_key(word) for row in rows for word in row)
