"""What a search found, as values: exact hits, what may be meant and why, rows that name the thing, suggestions.

Exact hits and what may be meant never mix: `Hits` counts the first alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.publishing.search.engine import Hits

BECAUSE_KINDS = ("words", "synonym", "broader", "narrower", "translation", "typo", "homophone", "pinyin", "value")
"""Why a dataset may be meant: most of the words; another word for the thing, a wider or narrower one, one of the other
language; a slip of one character, one of equal sound, a spelling in pinyin or its initials; a value in its tables."""


@dataclass(frozen=True)
class Because:
    """Why a dataset may be meant: *typed* is a part of what was asked, *meant* the words found instead of it."""

    kind: str
    typed: str
    meant: str


@dataclass(frozen=True)
class MeantDataset:
    """A dataset that may be meant, by its name, with all the reasons, the strongest first."""

    name: str
    because: tuple[Because, ...]


@dataclass(frozen=True)
class Alternative:
    """One wording of a thing asked for: *words* of the tokeniser, all of which must occur.

    *percent* says how much it counts beside the words as typed (100); *because* is None for the typed words themselves.
    """

    words: tuple[str, ...]
    percent: int
    because: Because | None = None


@dataclass(frozen=True)
class Thing:
    """One thing that was asked for, as *typed*, and the wordings by which it may be found; any one of them will do.

    *worth* says in per cent how much it counts beside other things of equal rarity: a word of the lexicon more than two
    characters that happen to stand side by side. *stretch* are the words of all such characters together: one value of
    a table must have all of them.
    """

    typed: str
    alternatives: tuple[Alternative, ...]
    worth: int = 100
    stretch: tuple[str, ...] = ()


@dataclass(frozen=True)
class Understood:
    """What was understood of the words of a search, beyond the letter.

    *dropped* are the fillers that say nothing of the thing ("哪里有", "我家附近"); *intents* name the kinds of data
    that are raised (``places``, ``statistics``, ``matters``, ``lists``, ``series``); *is_personal* says that a named
    person's record is asked for, which can never be open.
    """

    things: tuple[Thing, ...] = ()
    dropped: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    is_personal: bool = False


@dataclass(frozen=True)
class FoundRow:
    """A row of an open table that names the thing asked for; *row* counts from 1 with the header as row 1."""

    dataset: str
    resource: str
    row: int
    title: str
    """The value of the name-like column."""
    cells: tuple[tuple[str, str], ...] = ()
    """Titles and values of the first columns, codes with their names."""


@dataclass(frozen=True)
class Suggestion:
    """A completion of what is being typed: *text* to search for, and of what *kind* (title, publisher, word)."""

    text: str
    kind: str
    because: Because | None = None


@dataclass(frozen=True)
class Broader:
    """A wider query that finds something: its *text*, what it leaves out as typed, how many datasets have all of it."""

    text: str
    left_out: tuple[str, ...]
    total: int


@dataclass(frozen=True)
class Found:
    """The whole answer to a search."""

    hits: Hits
    understood: Understood
    also: tuple[MeantDataset, ...] = ()
    rows: tuple[FoundRow, ...] = ()
    broader: Broader | None = None
    """The nearest broader query, where there is no exact hit."""
