"""What may stand wrong between the groups of the lexicon: a word twice, an unknown broader word, a circle of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from portal.findings.details import Listed
from portal.findings.finding import Finding, found
from portal.publishing.search.lexicon.citizens_words import Group
from portal.publishing.search.lexicon.units import folded_key
from portal.publishing.search.tokeniser import fold


def check_groups(groups: Sequence[Group]) -> tuple[Finding, ...]:
    """Return what is wrong between *groups*, rule by rule."""
    return (*_twice(groups), *_broader_unknown(groups), *_circles(groups))


def _twice(groups: Sequence[Group]) -> Iterator[Finding]:
    """Find a word that stands twice in a list, and an official one that stands in two groups: they are one group.

    A citizens' word that is an official one of its group stands twice as well. A word may be of two dialects, and an
    abbreviation English too.

    >>> groups = Group(("低保",), plain=("吃低保", "低保")), Group(("低 保",), same=("困难补助",))
    >>> [item.value for item in _twice(groups)]
    ['低保', '低 保']
    """
    official: dict[str, Group] = {}
    for group in groups:
        here = {folded_key(word): group for word in group.official}
        lists = [(group.official, official), (group.plain, here), (group.english, {})]
        for words, others in (*lists, *((words, here) for _, words in group.dialect)):
            seen: set[str] = set()
            for word in words:
                other = group if fold(word) in seen else others.get(folded_key(word))
                if other:
                    yield _word_twice(group, word, other)
                seen.add(fold(word))
        for key in here:
            official.setdefault(key, group)


def _word_twice(group: Group, word: str, other: Group) -> Finding:
    return found("lexicon-word-twice", file=group.file, row=group.row, value=word, other=f"{other.file}:{other.row}")


def _broader_unknown(groups: Sequence[Group]) -> Iterator[Finding]:
    """Find broader words that are the official word of no group."""
    official = {folded_key(word) for group in groups for word in group.official}
    for group in groups:
        for word in group.broader:
            if folded_key(word) not in official:
                yield found("lexicon-broader-unknown", file=group.file, row=group.row, value=word)


def _circles(groups: Sequence[Group]) -> Iterator[Finding]:
    """Find groups that are broader than themselves, over others or straight; each circle once."""
    by_word: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        for key in dict.fromkeys(map(folded_key, group.official)):
            by_word.setdefault(key, []).append(number)
    wider = {
        number: [other for word in group.broader for other in by_word.get(folded_key(word), ())]
        for number, group in enumerate(groups)
    }
    done: set[int] = set()
    for start in range(len(groups)):
        circle = _circle_from(start, wider, done)
        if circle:
            group = groups[circle[0]]
            names = Listed(tuple(groups[number].words[0] for number in circle))
            yield found("lexicon-circle", file=group.file, row=group.row, value=group.words[0], words=names)


def _circle_from(start: int, wider: Mapping[int, Sequence[int]], done: set[int]) -> list[int]:
    """Return a circle that is reached from *start*, [] where there is none; what was walked is added to *done*.

    >>> _circle_from(0, {0: [1], 1: [2], 2: [1]}, set())
    [1, 2]
    """
    path: list[int] = []
    steps = [iter([start])]
    while steps:
        following = next(steps[-1], None)
        if following is None:
            steps.pop()
            if path:
                done.add(path.pop())
        elif following in path:
            circle = path[path.index(following) :]
            done.update(path)
            return circle
        elif following not in done:
            path.append(following)
            steps.append(iter(wider.get(following, ())))
    return []
