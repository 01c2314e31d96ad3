"""Tables of the language for a browser: folding of characters, question words, syllables of pinyin; one JSON value.

A browser has Unicode's normal forms and lower case itself; what folding does beyond stands here.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from portal.publishing.search.lexicon import wordings
from portal.publishing.search.meaning import second_list, slips, understood_query
from portal.publishing.search.meaning.question_words import INTENTS, question_words
from portal.publishing.search.terms.sounds import Readings
from portal.publishing.search.tokeniser import fold


def language_tables(readings: Readings) -> dict[str, Any]:
    """Return the tables; *simplified* are pairs of characters in one text."""
    words = question_words()
    return {
        "simplified": "".join(simplified_pairs()),
        "folded": folded_otherwise(),
        "weights": weights(),
        "fillers": sorted(words.fillers),
        "intents": [sorted(key for key, kind in words.intents.items() if kind == intent) for intent in INTENTS],
        "edges": sorted(words.edges),
        "owners": sorted(words.owners),
        "records": sorted(words.records),
        "whole_records": sorted(words.whole_records),
        "private_records": sorted(words.private_records),
        "place_ends": "".join(sorted(words.place_ends)),
        "surnames": "".join(sorted(words.surnames)),
        "vague": sorted(words.vague),
        "syllables": " ".join(sorted(readings.syllables)),
        "spoken_fillers": " ".join(sorted(slips.spoken_fillers(readings))),
    }


def weights() -> dict[str, Any]:
    """Return the numbers by which wordings, slips, things and datasets count: those of the server, so none drifts."""
    return {
        "wordings": wordings.PERCENT,
        "slips": slips.PERCENT_OF_SLIPS,
        "blurred": slips.BLURRED_PERCENT,
        "initials": slips.INITIALS_PERCENT,
        "worth": understood_query.WORTH,
        "share_min": second_list.SHARE_MIN,
        "score_min": second_list.SCORE_MIN,
        "also_max": second_list.ALSO_MAX,
        "doubtful_max": second_list.DOUBTFUL_MAX,
        "sure_share": second_list.SURE_SHARE,
        "because_max": second_list.BECAUSE_MAX,
        "absent": second_list.ABSENT_PERCENT,
        "absent_known": second_list.ABSENT_KNOWN_PERCENT,
        "words_weighed_max": second_list.WORDS_WEIGHED_MAX,
        "intent": second_list.INTENT_PERCENT,
        "filler": second_list.FILLER_PERCENT,
        "fillers_max": second_list.FILLERS_MAX,
        "superseded": second_list.SUPERSEDED_PERCENT,
        "value": second_list.VALUE_PERCENT,
        "within_value": second_list.WITHIN_VALUE_PERCENT,
        "part_times": second_list.PART_TIMES,
    }


def simplified_pairs() -> Iterator[str]:
    """Yield each character that folding makes another Chinese one of, with that one.

    >>> "氣气" in set(simplified_pairs())
    True
    """
    for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)):
        character = chr(code)
        folded = fold(character)
        if folded != character:
            yield character + folded


@lru_cache(maxsize=1)
def folded_otherwise() -> dict[str, str]:
    """Return the characters whose case folds to something else than their lower case.

    >>> folded_otherwise()["ß"]
    'ss'
    """
    found = {}
    for start in range(0, sys.maxunicode + 1, _BLOCK):
        block = "".join(map(chr, range(start, start + _BLOCK)))
        for character in block if block.casefold() != block.lower() else ():
            if unicodedata.category(character)[0] == "L" and character.casefold() != character.lower():
                found[character] = character.casefold()
    return found


_BLOCK = 1024
"""Characters whose case is looked at together: nearly all blocks have none that folds otherwise."""
