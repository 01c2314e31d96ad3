"""The lexicon as values: groups of words that mean one thing, and which groups a word that was typed leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from portal.publishing.search.lexicon.units import folded_key

_Key = TypeVar("_Key", str, int)

WORD_UNITS_MAX = 24
"""Characters or words of one entry of the lexicon."""


@dataclass(frozen=True, slots=True)
class Group:
    """Words for one thing. *words* are as titles say it; *same* leads there and back, *plain* and *dialect* only there.

    *broader* are words of other groups, for wider things. *file* and *row* say where the group stands.
    """

    words: tuple[str, ...]
    same: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    dialect: tuple[tuple[str, tuple[str, ...]], ...] = ()
    english: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    topic: str = ""
    file: str = ""
    row: int = 0

    @property
    def official(self) -> tuple[str, ...]:
        """The words by which datasets are found."""
        return (*self.words, *self.same)

    @property
    def one_way(self) -> tuple[str, ...]:
        """Citizens' words, those of dialects too: they lead to the others, not back."""
        return (*self.plain, *(word for _, words in self.dialect for word in words))

    @property
    def all_words(self) -> tuple[str, ...]:
        """Every word that leads to the group."""
        return (*self.official, *self.one_way, *self.english)


@dataclass(frozen=True)
class Lexicon:
    """Groups, looked up by what was typed. Make one with `lexicon_of`."""

    groups: Sequence[Group] = ()
    by_key: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """By the key of each word the numbers of the groups that it stands in."""
    wider: Mapping[int, Sequence[int]] = field(default_factory=dict)
    narrower: Mapping[int, Sequence[int]] = field(default_factory=dict)

    def groups_of(self, key: str) -> Iterator[Group]:
        """Yield the groups that a key leads to."""
        return (self.groups[number] for number in self.by_key.get(key, ()))

    def wider_of(self, key: str) -> Iterator[Group]:
        """Yield the groups of wider things."""
        return (self.groups[number] for number in self.beside(key, self.wider))

    def narrower_of(self, key: str) -> Iterator[Group]:
        """Yield the groups of narrower things."""
        return (self.groups[number] for number in self.beside(key, self.narrower))

    def beside(self, key: str, others: Mapping[int, Sequence[int]]) -> list[int]:
        """Return the numbers of the groups that *others*, which is `wider` or `narrower`, has for those of a key."""
        numbers = dict.fromkeys(other for number in self.by_key.get(key, ()) for other in others.get(number, ()))
        return list(numbers)


def lexicon_of(groups: Iterable[Group]) -> Lexicon:
    """Return the lexicon of *groups*; a broader word that no group has is passed over.

    >>> lexicon = lexicon_of([Group(("失信被执行人",), plain=("老赖",)), Group(("限高令",), broader=("失信被执行人",))])
    >>> [group.words for group in lexicon.groups_of("老赖")], [group.words for group in lexicon.narrower_of("老赖")]
    ([('失信被执行人',)], [('限高令',)])
    """
    kept = tuple(groups)
    by_key: dict[str, dict[int, None]] = {}
    by_official: dict[str, dict[int, None]] = {}
    for number, group in enumerate(kept):
        for word in group.all_words:
            by_key.setdefault(folded_key(word), {})[number] = None
        for word in group.official:
            by_official.setdefault(folded_key(word), {})[number] = None
    wider: dict[int, dict[int, None]] = {}
    narrower: dict[int, dict[int, None]] = {}
    for number, group in enumerate(kept):
        for other in (other for word in group.broader for other in by_official.get(folded_key(word), ())):
            if other != number:
                wider.setdefault(number, {})[other] = None
                narrower.setdefault(other, {})[number] = None
    return Lexicon(kept, _settled(by_key), _settled(wider), _settled(narrower))


def _settled(numbers: Mapping[_Key, Mapping[int, None]]) -> dict[_Key, tuple[int, ...]]:
    return {key: tuple(value) for key, value in numbers.items()}
