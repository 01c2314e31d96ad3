"""Suggestions while a search is typed: titles, publishers, official words for plain ones, pinyin and initials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from portal.publishing.search.found import Because, Suggestion
from portal.publishing.search.lexicon.citizens_words import Lexicon
from portal.publishing.search.lexicon.units import folded_key
from portal.publishing.search.terms.term_keys import Term, Terms

SUGGESTIONS_MAX = 20
"""Suggestions of one answer."""
SUGGESTED_CHARACTERS_MAX = 60
"""Characters of what is being typed that count."""
CANDIDATES_MAX = 60
"""Terms with one beginning that may become suggestions; some of them are plain words that lead to one and the same."""
LOOKED_AT_MAX = 5_000
"""Terms with one beginning that are looked at for the best of them."""
PINYIN_LETTERS_MIN = 2
"""Letters from which pinyin and initials are completed."""
_KINDS = {"title": "title", "publisher": "publisher"}
_NOT_SHOWN = frozenset(["part", "english", "plain"])


class Completing(Terms, Protocol):
    """Terms that can be asked for by the beginning of a key."""

    def beginning(self, kind: str, key: str, looked_at_max: int, limit: int) -> Sequence[Term]:
        """Return terms whose key of a kind (``text``, ``pinyin``, ``initials``) begins with *key*, the best first."""


def suggest(text: str, lexicon: Lexicon, terms: Completing, limit: int = 10) -> tuple[Suggestion, ...]:
    """Return at most *limit* completions of *text*: what it means, what begins so, what plain words mean that do.

    Of one character alone see `_of_character`.
    """
    typed = text.strip()[:SUGGESTED_CHARACTERS_MAX]
    key = folded_key(typed)
    limit = min(limit, SUGGESTIONS_MAX)
    found: dict[str, Suggestion] = {}
    if not key or limit < 1:
        return ()
    completions = _all(typed, key, lexicon, terms)
    for item in _of_character(key, completions) if len(key) == 1 else completions:
        found.setdefault(folded_key(item.text), item)
        if len(found) == limit:
            break
    return tuple(found.values())


def _all(typed: str, key: str, lexicon: Lexicon, terms: Completing) -> Iterator[Suggestion]:
    yield from _official(typed, key, lexicon, terms)
    candidates = terms.beginning("text", key, LOOKED_AT_MAX, CANDIDATES_MAX)
    yield from (_as_suggestion(term) for term in candidates if term.kind != "plain")
    for term in candidates:
        if term.kind == "plain":
            yield from _official(term.text, term.key, lexicon, terms)
    letters = key.replace(" ", "")
    if letters.isascii() and letters.isalpha() and len(letters) >= PINYIN_LETTERS_MIN:
        for kind in ("pinyin", "initials"):
            for term in terms.beginning(kind, letters, LOOKED_AT_MAX, CANDIDATES_MAX):
                if term.kind not in _NOT_SHOWN:
                    yield _as_suggestion(term, Because("pinyin", typed, term.text))


def _of_character(key: str, completions: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """Yield what begins with one character, then what plain words mean that do, as far as it has the character, too.

    Very many plain words begin so: 水 leads to 自来水 by 水不干净, but not to 游乐场 by 水上乐园.
    """
    items = list(completions)
    yield from (item for item in items if not item.because)
    yield from (item for item in items if item.because and key in folded_key(item.text))


def _official(typed: str, key: str, lexicon: Lexicon, terms: Completing) -> Iterator[Suggestion]:
    """Yield the official words that a plain word leads to, those that find something."""
    for group in lexicon.groups_of(key):
        for word in group.official:
            word_key = folded_key(word)
            if word_key != key and any(term.key == word_key for term in terms.beginning("text", word_key, 1, 1)):
                yield Suggestion(word, "word", Because("synonym", typed, word))
                break


def _as_suggestion(term: Term, because: Because | None = None) -> Suggestion:
    return Suggestion(term.text, _KINDS.get(term.kind, "word"), because)
